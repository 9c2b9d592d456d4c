"""An editor may say that there is nothing to do about a reader's report."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0045_kept_text")]
    operations = [
        migrations.AddField(
            model_name="errorreport",
            name="is_dismissed",
            field=models.BooleanField(
                default=False,
                help_text="There was nothing to do about it: no error, or none of ours.",
                verbose_name="dismissed",
            ),
        ),
        migrations.AddConstraint(
            model_name="errorreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_dismissed", False), ("answered_at__isnull", False), _connector="OR"),
                name="error_report_dismissed_is_answered",
            ),
        ),
    ]
