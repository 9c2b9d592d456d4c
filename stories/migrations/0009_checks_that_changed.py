"""The list of checks that found a change and saw it twice reads these alone, and not all that were made since."""

from django.db import migrations, models

from stories.models.migrating import AddIndexWhileWritten


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("stories", "0008_roles")]

    operations = [
        AddIndexWhileWritten(
            "check",
            models.Index(
                fields=["id"],
                condition=models.Q(("is_confirmed", True), ("outcome", "changed")),
                name="check_changed",
            ),
        ),
    ]
