"""An answer may be that the source moved or is watched no longer; the inbox lists its tabs by indexes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0027_digest_addresses'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='alert',
            name='alert_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='alertevent',
            name='alert_event_states_are_known',
        ),
        migrations.AlterField(
            model_name='alert',
            name='state',
            field=models.CharField(choices=[('open', 'open'), ('still_holds', 'still holds'), ('needs_update', 'needs an update'), ('ignored', 'ignored'), ('moved', 'the source moved'), ('unwatched', 'no longer watched'), ('restored', 'restored by its source')], default='open', max_length=12),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='state_after',
            field=models.CharField(blank=True, choices=[('open', 'open'), ('still_holds', 'still holds'), ('needs_update', 'needs an update'), ('ignored', 'ignored'), ('moved', 'the source moved'), ('unwatched', 'no longer watched'), ('restored', 'restored by its source')], max_length=12),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='state_before',
            field=models.CharField(blank=True, choices=[('open', 'open'), ('still_holds', 'still holds'), ('needs_update', 'needs an update'), ('ignored', 'ignored'), ('moved', 'the source moved'), ('unwatched', 'no longer watched'), ('restored', 'restored by its source')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['-gravity', '-developed_at', '-id'], name='alert_open_by_gravity'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(fields=['-developed_at', '-id'], name='alert_by_development'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(condition=models.Q(('state', 'needs_update')), fields=['-answered_at', '-id'], name='alert_needing_an_update'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'still_holds', 'needs_update', 'ignored', 'moved', 'unwatched', 'restored'])), name='alert_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alertevent',
            constraint=models.CheckConstraint(condition=models.Q(('state_before__in', ['', 'open', 'still_holds', 'needs_update', 'ignored', 'moved', 'unwatched', 'restored']), ('state_after__in', ['', 'open', 'still_holds', 'needs_update', 'ignored', 'moved', 'unwatched', 'restored'])), name='alert_event_states_are_known'),
        ),
    ]
