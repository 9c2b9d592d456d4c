"""What a query asks of either database. No typed text becomes part of a statement or of an engine's syntax."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_

from django.db import connection
from django.db.models import FloatField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from stories.models import Searchable
from stories.searching.query import Query, Term

_WORDS = "stories_searchable_words"
#: How much a word counts in a title, in a text, in what a text belongs to.
_WEIGHTS = (8.0, 1.0, 0.1)


def matching(query: Query, *, with_about: bool) -> QuerySet[Searchable]:
    """The rows found, each with its `rank`, the best lowest; `with_about` by what they belong to as well."""
    rows = Searchable.objects.order_by()
    unranked = Value(0.0, output_field=FloatField())
    spaced = [term for term in query.wanted if not term.is_unspaced]
    letters = [_says(term, with_about) for term in query.wanted if term.is_unspaced]
    if not query.wanted:
        return rows.none().annotate(rank=unranked)
    if letters:
        rows = rows.filter(reduce(and_, letters))
    for term in query.unwanted:
        rows = rows.exclude(_says(term, with_about=False)) if term.is_unspaced else rows
    unwanted = [term for term in query.unwanted if not term.is_unspaced]
    if not spaced:
        # What is not wanted is looked for as it is written: there is no index to ask.
        rows = rows.exclude(_any(unwanted)) if unwanted else rows
        return rows.annotate(rank=unranked)
    ask = _ask_sqlite if connection.vendor == "sqlite" else _ask_postgresql
    return ask(rows, spaced, unwanted, with_about)


def _says(term: Term, with_about: bool) -> Q:
    said = Q(title__icontains=term.words) | Q(text__icontains=term.words)
    return said | Q(about__icontains=term.words) if with_about else said


def _any(terms: Iterable[Term]) -> Q:
    return reduce(lambda found, term: found | _says(term, with_about=False), terms, Q(pk__in=[]))


def _ask_sqlite(
    rows: QuerySet[Searchable], wanted: list[Term], unwanted: list[Term], with_about: bool
) -> QuerySet[Searchable]:
    asked = " AND ".join(_in_fts5(term) for term in wanted)
    if unwanted:
        asked = f"({asked}) NOT ({' OR '.join(_in_fts5(term) for term in unwanted)})"
    if not with_about:
        asked = f"{{title text}} : ({asked})"
    found = rows.extra(
        tables=[_WORDS],
        where=[f"{_WORDS}.rowid = stories_searchable.id", f"{_WORDS} MATCH %s"],
        params=[asked],
    )
    rank = RawSQL(f"bm25({_WORDS}, %s, %s, %s)", _WEIGHTS, output_field=FloatField())
    return found.annotate(rank=rank)


def _in_fts5(term: Term) -> str:
    """A string of FTS5, in which only the quotation mark means anything, and the query has none left."""
    return f'"{term.words}"{" *" if term.is_begun else ""}'


def _ask_postgresql(
    rows: QuerySet[Searchable], wanted: list[Term], unwanted: list[Term], with_about: bool
) -> QuerySet[Searchable]:
    said = [term.words for term in (*wanted, *unwanted)]
    asked = " && ".join([*map(_in_tsquery, wanted), *(f"!! {_in_tsquery(term)}" for term in unwanted)])
    where, params = [f"words @@ ({asked})"], list(said)
    if not with_about:
        where.append(f"(about = '' OR ts_filter(words, '{{a,b}}') @@ ({asked}))")
        params += said
    title, text, about = (weight / _WEIGHTS[0] for weight in _WEIGHTS)
    rank = RawSQL(
        f"-ts_rank('{{{about}, 0, {text}, {title}}}'::real[], words, ({asked}))",
        said,
        output_field=FloatField(),
    )
    return rows.extra(where=where, params=params).annotate(rank=rank)


def _in_tsquery(term: Term) -> str:
    return "stories_search_begun(%s)" if term.is_begun else "stories_search_phrase(%s)"
