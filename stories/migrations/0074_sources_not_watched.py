from django.db import migrations, models

from stories.models.migrating import AddIndexWhileWritten


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0073_index_of_what_is_not_superseded"),
    ]

    operations = [
        AddIndexWhileWritten(
            model_name="source",
            index=models.Index(
                condition=models.Q(("is_watched", False)),
                fields=["title", "id"],
                name="source_not_watched",
            ),
        ),
    ]
