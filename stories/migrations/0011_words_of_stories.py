"""Stories have an index of words by themselves, by which PostgreSQL knows how many say a word."""

from django.db import migrations

from stories.models.migrating import AddIndexOfPostgresql


class Migration(migrations.Migration):
    # An index is made beside those who write.
    atomic = False

    dependencies = [("stories", "0010_texts_once")]

    operations = [
        AddIndexOfPostgresql(
            "searchable", "searchable_article_words", "USING gin ((CASE WHEN kind = 'article' THEN words END))"
        )
    ]
