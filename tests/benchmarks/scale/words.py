"""The index of words of a newsroom that is filled: the product's own texts and words, written without comparing."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from stories.searching.dialects import dialect_of, fit
from stories.searching.statements import COLUMNS, TEXTS

_TABLES = {"draft": "stories_article", "live": "stories_version"}


def texts_to_index(at_once: int) -> list[tuple[str, str]]:
    """Statements that write all of them; the long texts, each some milliseconds of work, in stretches."""
    return [*_statements(at_once)]


def _statements(at_once: int) -> Iterator[tuple[str, str]]:
    for name, text in TEXTS.items():
        if name not in _TABLES:
            yield name, _written(name, text.condition)
            continue
        for first in range(0, _last(_TABLES[name]) + 1, at_once):
            yield name, _written(name, f"{text.condition} AND it.id > {first} AND it.id <= {first + at_once}")


def _written(name: str, condition: str) -> str:
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    # Nothing else tells of which type a NULL is.
    values = ", ".join(
        "article_id::bigint" if column == "article_id" else f'"{column}"' for column in COLUMNS
    )
    rows = fit(dialect_of(connection), f"{TEXTS[name].select} WHERE {condition}")
    return (
        f"INSERT INTO stories_searchable ({columns}, words) "
        f"SELECT {values}, stories_search_words(title, text, about) FROM ({rows}) AS written ({columns})"
    )


def _last(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
        return int(cursor.fetchone()[0])
