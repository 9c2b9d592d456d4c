from django.db import migrations

from stories.models.migrating import AddIndexOfPostgresql


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0079_rarer_words_counted"),
    ]

    operations = [
        AddIndexOfPostgresql(
            "searchable",
            "searchable_source_words",
            "USING gin ((CASE WHEN kind = 'source' THEN words END))",
        ),
    ]
