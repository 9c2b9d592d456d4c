from django.db import migrations

from stories.models.migrating import AddIndexOfPostgresql


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0076_watches_unread_by_reading"),
    ]

    operations = [
        AddIndexOfPostgresql(
            "searchable",
            "searchable_public_words",
            "USING gin ((CASE WHEN is_public THEN words END))",
        ),
    ]
