import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0030_who_has_a_story_open'),
    ]

    operations = [
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('paste', 'pasted'), ('upload', 'uploaded'), ('address', 'from its address'), ('archive', 'from web archives'), ('feed', 'from a feed'), ('command', 'by a command')], max_length=8)),
                ('state', models.CharField(choices=[('reading', 'being read'), ('ready', 'to be confirmed'), ('taking', 'being taken in'), ('done', 'taken in'), ('refused', 'refused'), ('cancelled', 'cancelled'), ('undoing', 'being undone'), ('undone', 'undone')], default='reading', max_length=9)),
                ('mode', models.CharField(choices=[('draft', 'a draft'), ('recorded', 'on the record')], default='draft', max_length=8)),
                ('name', models.CharField(help_text='The file, the address or the first words.', max_length=300)),
                ('address', models.URLField(blank=True, max_length=2000)),
                ('zone', models.CharField(help_text='Of times that are printed without one.', max_length=60)),
                ('payload', models.BinaryField(help_text='The file, until it is read.', null=True)),
                ('message', models.TextField(blank=True, help_text='A sentence for whoever asked.')),
                ('done_count', models.PositiveIntegerField(default=0)),
                ('total_count', models.PositiveIntegerField(default=0)),
                ('asker', models.CharField(blank=True, help_text='Kept when the account goes.', max_length=150, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('confirmer', models.CharField(blank=True, max_length=150, verbose_name='confirmed by')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('undone_by', models.CharField(blank=True, max_length=150)),
                ('lease', models.UUIDField(blank=True, editable=False, null=True)),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('article', models.ForeignKey(blank=True, help_text='The story that it was said to be of.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.article')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'story brought in',
                'verbose_name_plural': 'stories brought in',
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ('reading', 'taking', 'undoing'))), fields=['id'], name='intake_at_work')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['paste', 'upload', 'address', 'archive', 'feed', 'command'])), name='intake_kind_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'ready', 'taking', 'done', 'refused', 'cancelled', 'undoing', 'undone'])), name='intake_state_is_known'), models.CheckConstraint(condition=models.Q(('mode__in', ['draft', 'recorded'])), name='intake_mode_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('lease__isnull', True), ('leased_until__isnull', True)), models.Q(('lease__isnull', False), ('leased_until__isnull', False)), _connector='OR'), name='intake_lease_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Incoming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=300)),
                ('address', models.URLField(blank=True, max_length=2000)),
                ('address_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('stated_at', models.DateTimeField(blank=True, help_text='When readers saw this text, where that is known.', null=True, verbose_name='stated time')),
                ('stated_zone', models.CharField(blank=True, max_length=60, verbose_name='zone')),
                ('story', models.JSONField(blank=True, help_text='The story, taken apart.', null=True)),
                ('state', models.CharField(choices=[('found', 'found'), ('proposed', 'proposed'), ('chosen', 'to be taken in'), ('taken', 'taken in'), ('skipped', 'skipped'), ('refused', 'refused'), ('undone', 'undone')], default='proposed', max_length=8)),
                ('message', models.TextField(blank=True, help_text='Why it was skipped or refused.')),
                ('choice', models.JSONField(default=dict, help_text='What was chosen when it was confirmed.')),
                ('made', models.JSONField(default=dict, help_text='What it made and what it replaced, for the undo.')),
                ('mark_before', models.CharField(blank=True, max_length=100)),
                ('mark', models.CharField(blank=True, help_text='Of the story’s history when it was taken.', max_length=100)),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='incoming', to='stories.article')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incoming', to='stories.version')),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stories', to='stories.intake')),
            ],
            options={
                'verbose_name': 'incoming story',
                'verbose_name_plural': 'incoming stories',
                'ordering': ['intake', 'position'],
                'indexes': [models.Index(condition=models.Q(('address_digest', ''), _negated=True), fields=['address_digest'], name='incoming_by_address')],
                'constraints': [models.UniqueConstraint(fields=('intake', 'position'), name='incoming_position_once'), models.CheckConstraint(condition=models.Q(('state__in', ['found', 'proposed', 'chosen', 'taken', 'skipped', 'refused', 'undone'])), name='incoming_state_is_known')],
            },
        ),
    ]
