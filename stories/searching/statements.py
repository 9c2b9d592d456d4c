"""What of each noun can be found, as one SELECT for both databases: triggers, rebuilding and verifying share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

COLUMNS = ("kind", "key", "part", "article_id", "title", "text", "about", "state", "is_public", "at")
_WRITTEN = COLUMNS[3:]


@dataclass(frozen=True, slots=True)
class Text:
    """A kind of text: its SELECT, the condition of every row of it, and the columns that name a row or its parent."""

    select: str
    condition: str = "TRUE"
    key: str = "id"
    parents: tuple[str, ...] = ()


def _live(name: str) -> str:
    return f"{{part:{name}}}"


#: Browsers ended the lines of some texts otherwise.
_STORY = "{dek} || '\n' || {byline} || '\n' || REPLACE({body}, '\r\n', '\n') || '\n' || {slug}"
_DRAFTED = _STORY.format(dek="it.dek", byline="it.byline", body="it.body", slug="it.slug")
_READ = _STORY.format(dek=_live("dek"), byline=_live("byline"), body=_live("body"), slug=_live("article"))
_IS_LAST = (
    "it.number = (SELECT MAX(each.number) FROM stories_version AS each WHERE each.article_id = it.article_id)"
)

TEXTS: dict[str, Text] = {
    "draft": Text(
        f"SELECT 'article', it.id, 'draft', it.id, it.headline, {_DRAFTED}, '', 'draft', FALSE, it.saved_at "
        "FROM stories_article AS it",
        # Found by what readers have, as long as it says the same.
        condition=(
            f"NOT EXISTS (SELECT 1 FROM (SELECT {_live('headline')} AS headline, {_READ} AS text, it.article_id "
            f"FROM stories_version AS it WHERE {_IS_LAST}) AS live "
            f"WHERE live.article_id = it.id AND live.headline = it.headline AND live.text = {_DRAFTED})"
        ),
    ),
    "live": Text(
        f"SELECT 'article', it.article_id, 'live', it.article_id, {_live('headline')}, {_READ}, '', 'live', TRUE, "
        "COALESCE(it.stated_at, it.recorded_at) FROM stories_version AS it",
        condition=_IS_LAST,
        key="article_id",
    ),
    "claim": Text(
        "SELECT 'claim', it.id, '', it.article_id, '', it.text, story.headline, it.standing, FALSE, "
        "story.created_at FROM stories_claim AS it JOIN stories_article AS story ON story.id = it.article_id",
        parents=("article_id",),
    ),
    "citation": Text(
        "SELECT 'citation', it.id, '', it.article_id, '', it.exact, "
        "story.headline || ' ' || COALESCE(origin.title, '') || ' ' || COALESCE(origin.url, ''), "
        "CASE WHEN it.source_id IS NULL OR it.claim_id IS NULL THEN 'proposed' ELSE 'attached' END, FALSE, "
        "it.created_at FROM stories_citation AS it JOIN stories_article AS story ON story.id = it.article_id "
        "LEFT JOIN stories_source AS origin ON origin.id = it.source_id",
        parents=("article_id", "source_id"),
    ),
    "source": Text(
        "SELECT 'source', it.id, '', NULL, it.title, COALESCE(it.url, ''), it.note, "
        "CASE WHEN it.merged_into_id IS NOT NULL THEN 'merged' WHEN it.is_watched AND it.url IS NOT NULL "
        "THEN 'watched' ELSE 'unwatched' END, FALSE, it.created_at FROM stories_source AS it"
    ),
    "update": Text(
        "SELECT 'update', it.id, '', it.article_id, '', it.note, story.headline, "
        "CASE WHEN it.version_id IS NULL THEN 'draft' ELSE 'live' END, it.version_id IS NOT NULL, "
        "COALESCE(it.stated_at, it.recorded_at) FROM stories_update AS it "
        "JOIN stories_article AS story ON story.id = it.article_id",
        parents=("article_id",),
    ),
}


#: The nouns that have texts, by the names of their tables.
KINDS = ("article", "claim", "citation", "source", "update")


def kind_of(name: str) -> str:
    """The noun that a text of this name is of."""
    return "article" if name in ("draft", "live") else name


def rows_between(kind: str, keys: Callable[[str], str]) -> str:
    """The rows that should be there of a kind, where `keys` is the condition of a column that holds its key."""
    return " UNION ALL ".join(
        f"{text.select} WHERE {text.condition} AND {keys(f'it.{text.key}')}"
        for name, text in TEXTS.items()
        if kind_of(name) == kind
    )


def write(rows: str) -> str:
    """Write these rows, over those that are there of the same texts."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in _WRITTEN)
    return (
        f"INSERT INTO stories_searchable ({columns}) {rows} "
        f"ON CONFLICT (kind, key, part) DO UPDATE SET {changes}"
    )


def write_of(name: str, column: str, value: str) -> str:
    """Write the texts of one kind whose `column` is this."""
    text = TEXTS[name]
    return write(f"{text.select} WHERE {text.condition} AND it.{column} = {value}")


def let_go_of(draft: str) -> str:
    """A working copy that says what readers have is not there."""
    text = TEXTS["draft"]
    return (
        f"DELETE FROM stories_searchable WHERE kind = 'article' AND key = {draft} AND part = 'draft' "
        f"AND NOT EXISTS (SELECT 1 FROM stories_article AS it WHERE {text.condition} AND it.id = {draft})"
    )
