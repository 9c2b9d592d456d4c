from django.db import migrations, models

from stories.models.migrating import AddIndexWhileWritten


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0077_words_that_readers_have"),
    ]

    operations = [
        AddIndexWhileWritten(
            model_name="alert",
            index=models.Index(fields=["recipient", "-developed_at", "-id"], name="alert_of_recipient"),
        ),
        AddIndexWhileWritten(
            model_name="alert",
            index=models.Index(
                condition=models.Q(("assignee__isnull", False)),
                fields=["assignee", "-developed_at", "-id"],
                name="alert_of_assignee",
            ),
        ),
    ]
