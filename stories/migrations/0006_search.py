"""The texts that are searched, and the engine of each database that finds words in them.

The index fills itself when the migrations are done.
"""

import datetime

import django.db.models.functions.comparison
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = "CREATE VIRTUAL TABLE stories_searchable_words USING fts5(title, text, about, content='stories_searchable', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
POSTGRESQL = "ALTER TABLE stories_searchable ADD COLUMN words tsvector; CREATE INDEX searchable_by_words ON stories_searchable USING gin (words)"


def add_engine(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def drop_engine(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE stories_searchable_words")


class Migration(migrations.Migration):
    replaces = [("stories", "0043_searchable"), ("stories", "0064_searchable_by_time")]

    dependencies = [
        ("stories", "0005_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="Searchable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("article", "Story"), ("claim", "Claim"), ("citation", "Quoted passage"), ("source", "Source"), ("update", "Update")], max_length=8)),
                ("key", models.BigIntegerField(help_text="Of the row that it is the text of.")),
                ("part", models.CharField(blank=True, max_length=5)),
                ("article_id", models.BigIntegerField(null=True)),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("about", models.TextField()),
                ("state", models.CharField(help_text="In the words of its noun.", max_length=12)),
                ("is_public", models.BooleanField(help_text="Readers have this very text.")),
                ("at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["article_id"], name="searchable_by_article"),
                    models.Index(
                        models.OrderBy(django.db.models.functions.comparison.Coalesce("at", models.Value(datetime.datetime(1, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), descending=True),
                        name="searchable_by_time",
                    ),
                    models.Index(
                        models.OrderBy(django.db.models.functions.comparison.Coalesce("at", models.Value(datetime.datetime(1, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), descending=True),
                        condition=models.Q(("is_public", True)),
                        name="searchable_public_by_time",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "key", "part"), name="searchable_once_per_text")],
            },
        ),
        migrations.RunPython(add_engine, drop_engine),
    ]
