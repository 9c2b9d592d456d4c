from django.db import migrations, models

from stories.models.migrating import AddIndexWhileWritten


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0080_words_of_sources"),
    ]

    operations = [
        AddIndexWhileWritten(
            model_name="version",
            index=models.Index(condition=models.Q(("is_minor", True)), fields=["-id"], name="version_minor"),
        ),
    ]
