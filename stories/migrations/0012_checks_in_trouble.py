"""The list of checks that failed reads these alone, and not all that were made since."""

from django.db import migrations, models

from stories.models.migrating import AddIndexWhileWritten


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("stories", "0011_words_of_stories")]

    operations = [
        AddIndexWhileWritten(
            "check",
            models.Index(
                fields=["id"],
                condition=models.Q(("outcome__in", ["gone", "blocked", "failed"])),
                name="check_in_trouble",
            ),
        ),
    ]
