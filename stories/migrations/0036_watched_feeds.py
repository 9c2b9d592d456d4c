import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0035_merged_sources'),
    ]

    operations = [
        migrations.CreateModel(
            name='WatchedFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('address', models.URLField(max_length=2000, unique=True)),
                ('zone', models.CharField(help_text='Of times that are printed without one.', max_length=60)),
                ('mode', models.CharField(choices=[('draft', 'a draft'), ('recorded', 'on the record')], default='draft', help_text='On the record, readers see each as a version; a draft waits for an editor.', max_length=8, verbose_name='its stories become')),
                ('is_active', models.BooleanField(default=False, verbose_name='watched')),
                ('interval_seconds', models.PositiveIntegerField(default=900, validators=[django.core.validators.MinValueValidator(60)], verbose_name='look every … seconds')),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=100)),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='last look')),
                ('failure_count', models.PositiveIntegerField(default=0)),
                ('message', models.TextField(blank=True, verbose_name='what the last look found')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title', 'pk'],
                'indexes': [models.Index(condition=models.Q(('is_active', True)), fields=['due_at'], name='watched_feed_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('mode__in', ['draft', 'recorded'])), name='watched_feed_mode_is_known')],
            },
        ),
        migrations.AddField(
            model_name='incoming',
            name='entry',
            field=models.CharField(blank=True, editable=False, help_text='Digest of the feed’s address and the entry’s key.', max_length=64),
        ),
        migrations.AddField(
            model_name='incoming',
            name='entry_mark',
            field=models.CharField(blank=True, editable=False, help_text='Digest of all that the entry says.', max_length=64),
        ),
        migrations.AddIndex(
            model_name='incoming',
            index=models.Index(condition=models.Q(('entry', ''), _negated=True), fields=['entry'], name='incoming_by_entry'),
        ),
        migrations.AddField(
            model_name='intake',
            name='feed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='intakes', to='stories.watchedfeed'),
        ),
    ]
