from django.db import migrations, models

from stories.models.migrating import AddIndexWhileWritten


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0075_claims_not_standing"),
    ]

    operations = [
        AddIndexWhileWritten(
            model_name="watch",
            index=models.Index(
                condition=models.Q(("outcome__in", ["gone", "blocked", "failed"])),
                fields=["-read_at", "-source"],
                name="watch_unread_by_reading",
            ),
        ),
    ]
