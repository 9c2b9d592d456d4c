"""What only PostgreSQL wants to be told, to find a few rows among millions."""

from django.db import migrations

from stories.models.migrating import AddIndexOfPostgresql, AddStatistics, CountMoreValues


class Migration(migrations.Migration):
    atomic = False
    replaces = [
        ("stories", "0077_words_that_readers_have"),
        ("stories", "0079_rarer_words_counted"),
        ("stories", "0080_words_of_sources"),
    ]
    dependencies = [("stories", "0006_search")]

    operations = [
        AddIndexOfPostgresql(
            "searchable", "searchable_public_words", "USING gin ((CASE WHEN is_public THEN words END))"
        ),
        AddIndexOfPostgresql(
            "searchable", "searchable_source_words", "USING gin ((CASE WHEN kind = 'source' THEN words END))"
        ),
        CountMoreValues("searchable", "words", 500),
        AddStatistics("verdict", "verdict_standing", ["is_confirmed", "is_superseded", "verdict"]),
    ]
