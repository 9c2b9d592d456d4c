"""Who did what of weight."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0046_dismissed_reports")]
    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('act', models.CharField(choices=[('signed_in', 'signed in'), ('sign_in_failed', 'sign-in failed'), ('sign_in_delayed', 'sign-in had to wait'), ('signed_out', 'signed out'), ('link_asked', 'asked for a link to choose a password'), ('password_changed', 'changed a password'), ('factor_added', 'added a second factor'), ('factor_removed', 'removed a second factor'), ('codes_made', 'made recovery codes'), ('person_made', 'made an account'), ('person_invited', 'invited somebody'), ('person_changed', 'changed an account'), ('person_deactivated', 'deactivated an account'), ('person_reactivated', 'reactivated an account'), ('roles_changed', 'changed a person’s roles'), ('permissions_changed', 'changed what a role may do'), ('published', 'published'), ('proposed', 'asked for approval'), ('scheduled', 'scheduled'), ('approved', 'approved'), ('refused', 'refused'), ('cancelled', 'cancelled'), ('reverted', 'reverted'), ('retracted', 'retracted'), ('taken_down', 'took down'), ('deleted', 'deleted'), ('merged', 'merged sources'), ('split', 'split sources'), ('brought_in', 'brought stories in'), ('taken_back', 'took back what was brought in'), ('endpoint_made', 'made an endpoint'), ('endpoint_changed', 'changed an endpoint'), ('endpoint_removed', 'removed an endpoint'), ('token_made', 'made a token'), ('token_revoked', 'revoked a token'), ('exported', 'exported'), ('bulk', 'did to many at once')], db_index=True, max_length=20, verbose_name='what')),
                ('actor', models.CharField(help_text='Their name then, or what acted for nobody.', max_length=150, verbose_name='who')),
                ('address', models.CharField(blank=True, help_text='Kept for a while only.', max_length=45, verbose_name='from')),
                ('network', models.CharField(blank=True, db_index=True, help_text='The address, shortened.', max_length=45, verbose_name='from near')),
                ('object_kind', models.CharField(blank=True, max_length=40, verbose_name='on what kind')),
                ('object_key', models.CharField(blank=True, max_length=40)),
                ('object_words', models.CharField(blank=True, max_length=300, verbose_name='on what')),
                ('details', models.JSONField(blank=True, default=dict, verbose_name='details')),
                ('kept_until', models.DateTimeField(blank=True, db_index=True, help_text='Empty: kept.', null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit log',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['object_kind', 'object_key'], name='audit_by_object')],
                'constraints': [models.CheckConstraint(condition=models.Q(('actor', ''), _negated=True), name='audit_says_who')],
            },
        ),
    ]
