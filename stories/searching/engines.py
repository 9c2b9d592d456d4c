"""What a query asks of either database. No typed text becomes part of a statement or of an engine's syntax."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models import FloatField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from stories.models import Searchable, SearchKind
from stories.searching.query import Query, Term

_WORDS = "stories_searchable_words"
#: As PostgreSQL's indexes have them: `searchable_public_words`, `…_article_words` and `…_source_words`.
PUBLIC_WORDS = "(CASE WHEN is_public THEN words END)"
ARTICLE_WORDS = "(CASE WHEN kind = 'article' THEN words END)"
SOURCE_WORDS = "(CASE WHEN kind = 'source' THEN words END)"
EVERY_TEXT = Q()
#: How much a word counts in a title, in a text, in what a text belongs to.
_WEIGHTS = (8.0, 1.0, 0.1)


def matching(query: Query, keys: Collection[int]) -> QuerySet[Searchable]:
    """Of these rows, which answer, those whose own words do, each with its `rank`, the best lowest."""
    spaced, rows = _narrowed(query, Q(pk__in=keys), with_about=False)
    if not spaced:
        return rows.annotate(rank=Value(0.0, output_field=FloatField()))
    ask = _ask_sqlite if connection.vendor == "sqlite" else _ask_postgresql
    return ask(rows, spaced, _spaced(query.unwanted))


def belonging(query: Query, among: Q = EVERY_TEXT) -> QuerySet[Searchable]:
    """The rows that answer by their own words and by what they belong to, in no order."""
    spaced, rows = _narrowed(query, among, with_about=True)
    if not spaced:
        return rows
    if connection.vendor == "sqlite":
        asked = _in_fts5(spaced, _spaced(query.unwanted))
        return rows.filter(pk__in=RawSQL(f"SELECT rowid FROM {_WORDS} WHERE {_WORDS} MATCH %s", [asked]))
    asked, said = _in_tsquery(spaced, _spaced(query.unwanted))
    return rows.extra(where=[f"words @@ ({asked})"], params=said)


def belonging_to_readers(query: Query, among: Q = EVERY_TEXT) -> QuerySet[Searchable]:
    """Of these rows those that readers have."""
    return _counted_apart(PUBLIC_WORDS, Q(is_public=True), query, among)


def belonging_to_articles(query: Query, among: Q = EVERY_TEXT) -> QuerySet[Searchable]:
    """Of these rows those of stories."""
    return _counted_apart(ARTICLE_WORDS, Q(kind=SearchKind.ARTICLE), query, among)


def _counted_apart(words: str, such: Q, query: Query, among: Q) -> QuerySet[Searchable]:
    """Of these rows such as have an index of words by themselves.

    PostgreSQL counts apart which words these say: by what all texts say, it expects a word of the sources in them, and
    of a word of every story few stories. It counts so for an index of all rows alone, and multiplies by how many are
    such where that is asked beside.
    """
    spaced, rows = _narrowed(query, among, with_about=True)
    if not spaced or connection.vendor == "sqlite":
        return belonging(query, among & such)
    asked, said = _in_tsquery(spaced, _spaced(query.unwanted))
    return rows.extra(where=[f"{words} @@ ({asked})"], params=said)


def belonging_to_sources(query: Query, among: Q = EVERY_TEXT) -> QuerySet[Searchable]:
    """Of these rows those of sources, by whose names most lists are searched.

    PostgreSQL reads all that a word may go on to first ("notice" of "notice 77"), of a million sources if they say it.
    So whole words are looked for in the index of all texts, and what may go on in the sources' own: it takes the one
    that it expects less of, and asks of what it finds whether it says the rest; or both.
    """
    # Told also where PostgreSQL need not: where very many answer, a source is asked by its key whether it does.
    sources = Q(kind=SearchKind.SOURCE) & among
    spaced, rows = _narrowed(query, sources, with_about=True)
    if not spaced or connection.vendor == "sqlite":
        return belonging(query, sources)
    begun = [term for term in spaced if term.is_begun]
    whole = [term for term in spaced if not term.is_begun]
    unwanted = _spaced(query.unwanted)
    if begun and whole:
        asked, said = _in_half(whole, begun, [])
        rows = rows.extra(where=[f"words @@ ({asked})"], params=said)
        asked, said = _in_half(begun, whole, unwanted)
    else:
        asked, said = _in_tsquery(spaced, unwanted)
    return rows.extra(where=[f"{SOURCE_WORDS} @@ ({asked})"], params=said)


def _narrowed(query: Query, among: Q, *, with_about: bool) -> tuple[list[Term], QuerySet[Searchable]]:
    """The terms that the engine's index is asked for, and the rows without what it cannot tell.

    Asked among which rows first: of those that no index leads to, PostgreSQL unpacks the words of these alone.
    """
    rows = Searchable.objects.order_by().filter(among)
    if not query.wanted:
        return [], rows.none()
    spaced = _spaced(query.wanted)
    for term in query.terms:
        if term.is_excluded and (term.is_unspaced or not spaced):
            rows = rows.exclude(_says(term, with_about=with_about))
        elif term.is_unspaced:
            rows = rows.filter(_says(term, with_about=with_about))
    return spaced, rows


def _spaced(terms: Iterable[Term]) -> list[Term]:
    return [term for term in terms if not term.is_unspaced]


def _says(term: Term, with_about: bool) -> Q:
    said = Q(title__icontains=term.words) | Q(text__icontains=term.words)
    return said | Q(about__icontains=term.words) if with_about else said


def _ask_sqlite(rows: QuerySet[Searchable], wanted: list[Term], unwanted: list[Term]) -> QuerySet[Searchable]:
    found = rows.extra(
        tables=[_WORDS],
        where=[f"{_WORDS}.rowid = stories_searchable.id", f"{_WORDS} MATCH %s"],
        params=[f"{{title text}} : ({_in_fts5(wanted, unwanted)})"],
    )
    rank = RawSQL(f"bm25({_WORDS}, %s, %s, %s)", _WEIGHTS, output_field=FloatField())
    return found.annotate(rank=rank)


def _in_fts5(wanted: list[Term], unwanted: list[Term]) -> str:
    """Strings of FTS5, in which only the quotation mark means anything, and a query has none left."""
    asked = " AND ".join(map(_string, wanted))
    return f"({asked}) NOT ({' OR '.join(map(_string, unwanted))})" if unwanted else asked


def _string(term: Term) -> str:
    return f'"{term.words}"{" *" if term.is_begun else ""}'


def _ask_postgresql(
    rows: QuerySet[Searchable], wanted: list[Term], unwanted: list[Term]
) -> QuerySet[Searchable]:
    asked, said = _in_tsquery(wanted, unwanted)
    # Where a text belongs to nothing, all that it says is its own, and answers: its words are not unpacked once more.
    # No index knows the condition: these rows are read by their keys, and not by a word that very many say.
    own = f"(about = '' OR ts_filter(words, '{{a,b}}') @@ ({asked}))"
    title, text, about = (weight / _WEIGHTS[0] for weight in _WEIGHTS)
    weights = f"'{{{about}, 0, {text}, {title}}}'::real[]"
    rank = RawSQL(f"-ts_rank({weights}, words, ({asked}))", said, output_field=FloatField())
    return rows.extra(where=[own], params=said).annotate(rank=rank)


def _in_tsquery(wanted: list[Term], unwanted: list[Term]) -> tuple[str, list[str]]:
    """An expression with a parameter for each term, and these."""
    parts = [*map(_function, wanted), *(f"!! {_function(term)}" for term in unwanted)]
    return " && ".join(parts), [term.words for term in (*wanted, *unwanted)]


def _in_half(half: list[Term], other: list[Term], unwanted: list[Term]) -> tuple[str, list[str]]:
    """As the half asks; as the other does where PostgreSQL knows no word of it ("²"), which would find nothing."""
    words, known = _in_tsquery(half, [])
    asked, said = _in_tsquery(half, unwanted)
    instead, other_said = _in_tsquery(other, unwanted)
    return f"CASE WHEN numnode({words}) > 0 THEN {asked} ELSE {instead} END", [*known, *said, *other_said]


def _function(term: Term) -> str:
    return "stories_search_begun(%s)" if term.is_begun else "stories_search_phrase(%s)"
