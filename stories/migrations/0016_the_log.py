import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0015_kept_entries'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(help_text='Leaves of the log.', unique=True)),
                ('note', models.TextField()),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-size'],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.PositiveBigIntegerField(help_text='Counted from 0, without a gap.', primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('version', 'version'), ('update', 'update'), ('takedown', 'takedown'), ('acknowledgement', 'acknowledgement')], max_length=16)),
                ('data', models.TextField()),
                ('hash', models.CharField(max_length=64)),
                ('salt', models.CharField(blank=True, help_text='Deleted by a takedown.', max_length=64)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='stories.article')),
                ('update', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='stories.update')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='stories.version')),
            ],
            options={
                'verbose_name_plural': 'leaves',
                'ordering': ['index'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('update', None)), fields=('version', 'kind'), name='leaf_once_per_version_and_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['version', 'update', 'takedown', 'acknowledgement'])), name='leaf_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Takedown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(help_text='Such as a court and its reference. Readers see it.', max_length=300)),
                ('in_the_name_of', models.CharField(help_text='Who asked for it. Readers see it.', max_length=300)),
                ('reason', models.TextField(help_text='For the newsroom alone.')),
                ('tombstone', models.TextField(help_text='The content from now on.')),
                ('taken_down_at', models.DateTimeField()),
                ('actor', models.CharField(help_text='Their name, kept when the account goes.', max_length=150)),
                ('leaf', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='takedown', to='stories.leaf')),
                ('taken_down_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='takedown', to='stories.version')),
            ],
            options={
                'ordering': ['-taken_down_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('authority', ''), _negated=True), models.Q(('in_the_name_of', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='takedown_says_why')],
            },
        ),
    ]
