"""How each database keeps the index: SQLite by FTS5, PostgreSQL by a tsvector with a GIN index.

Words are folded alike by both: lower case, without accents, parted at whatever is neither letter nor number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from stories.text.language.composed import marks_in_ranges

#: PostgreSQL holds at most a megabyte of words for a row, which so many characters never come to.
INDEXED_CHARACTERS = 100_000
_WORDS = "stories_searchable_words"
#: Punctuation and symbols, at which FTS5's unicode61 parts words; not the space, which need not be made one.
_SEPARATORS = (
    r"\u0001-\u001f\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030"
    r"\ufe30-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff"
)
#: Lower case as all languages have it, where the database has such a collation.
_COLLATIONS = ("pg_c_utf8", "und-x-icu", "C.utf8", "C.UTF-8", "en_US.utf8")


class Sqlite:
    listing = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    own_names = tuple(f"stories_searchable_search_{verb}" for verb in ("insert", "update", "delete"))
    out_of_step = words = ""
    rebuild: tuple[str, ...] = (f"INSERT INTO {_WORDS} ({_WORDS}) VALUES ('rebuild')",)
    verify: tuple[str, ...] = (f"INSERT INTO {_WORDS} ({_WORDS}, rank) VALUES ('integrity-check', 1)",)

    def prepare(self, _connection: BaseDatabaseWrapper) -> list[str]:
        return []

    def part(self, name: str) -> str:
        read = f"COALESCE(json_extract(it.content, '$.{name}'), '')"
        return f"CASE WHEN json_valid(it.content) THEN {read} ELSE '' END"

    def changed(self, columns: Sequence[str]) -> str:
        return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)

    def drop(self, name: str, _table: str) -> str:
        return f'DROP TRIGGER IF EXISTS "{name}"'

    def trigger(self, table: str, name: str, verb: str, when: str, acts: Iterable[str]) -> list[str]:
        condition = f"WHEN {when} " if when else ""
        body = "; ".join(acts)
        return [
            f'CREATE TRIGGER "{table}_{name}" AFTER {verb} ON "{table}" FOR EACH ROW {condition}BEGIN {body}; END'
        ]

    def own_triggers(self, table: str) -> Iterable[list[str]]:
        columns = "title, text, about"
        new = f"INSERT INTO {_WORDS} (rowid, {columns}) VALUES (NEW.id, NEW.title, NEW.text, NEW.about)"
        old = (
            f"INSERT INTO {_WORDS} ({_WORDS}, rowid, {columns}) "
            "VALUES ('delete', OLD.id, OLD.title, OLD.text, OLD.about)"
        )
        said = self.changed(("id", "title", "text", "about"))
        yield self.trigger(table, "search_insert", "INSERT", "", [new])
        yield self.trigger(table, "search_update", "UPDATE", said, [old, new])
        yield self.trigger(table, "search_delete", "DELETE", "", [old])


class Postgres:
    listing = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    own_names = ("stories_searchable_search_words",)
    #: What a row's words are, and which rows have others. The engine keeps no index beside, to be rebuilt as a whole.
    words = "words = stories_search_words(title, text, about)"
    out_of_step = "words IS DISTINCT FROM stories_search_words(title, text, about)"
    rebuild: tuple[str, ...] = ()
    verify: tuple[str, ...] = ()

    def prepare(self, connection: BaseDatabaseWrapper) -> list[str]:
        return [
            _folding(_collation(connection)),
            "CREATE OR REPLACE FUNCTION stories_search_words(title text, said text, about text) RETURNS tsvector "
            f"LANGUAGE sql IMMUTABLE AS $$ SELECT {_weighed('title', 'A')} || {_weighed('said', 'B')} || "
            f"{_weighed('about', 'D')} $$",
            "CREATE OR REPLACE FUNCTION stories_search_phrase(said text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS "
            "$$ SELECT phraseto_tsquery('pg_catalog.simple', stories_search_fold(said)) $$",
            "CREATE OR REPLACE FUNCTION stories_search_begun(said text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS "
            "$$ SELECT CASE WHEN numnode(stories_search_phrase(said)) = 0 THEN stories_search_phrase(said) "
            "ELSE (stories_search_phrase(said)::text || ':*')::tsquery END $$",
            "CREATE OR REPLACE FUNCTION stories_search_part(content text, name text) RETURNS text LANGUAGE plpgsql "
            "IMMUTABLE AS $$ BEGIN RETURN COALESCE(content::json ->> name, ''); "
            "EXCEPTION WHEN data_exception THEN RETURN ''; END $$",
        ]

    def part(self, name: str) -> str:
        return f"stories_search_part(it.content, '{name}')"

    def changed(self, columns: Sequence[str]) -> str:
        return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)

    def drop(self, name: str, table: str) -> str:
        return f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'

    def trigger(
        self, table: str, name: str, verb: str, when: str, acts: Iterable[str], *, moment: str = "AFTER"
    ) -> list[str]:
        body = "; ".join(acts)
        condition = f"WHEN ({when}) " if when else ""
        return [
            f'CREATE OR REPLACE FUNCTION "{table}_{name}"() RETURNS trigger LANGUAGE plpgsql AS '
            f"$$ BEGIN {body}; RETURN NEW; END $$",
            f'CREATE OR REPLACE TRIGGER "{table}_{name}" {moment} {verb} ON "{table}" '
            f'FOR EACH ROW {condition}EXECUTE FUNCTION "{table}_{name}"()',
        ]

    def own_triggers(self, table: str) -> Iterable[list[str]]:
        said = self.changed(("title", "text", "about"))
        words = (
            f"IF TG_OP = 'INSERT' OR {said} THEN "
            "NEW.words := stories_search_words(NEW.title, NEW.text, NEW.about); END IF"
        )
        verb = "INSERT OR UPDATE OF title, text, about"
        yield self.trigger(table, "search_words", verb, "", [words], moment="BEFORE")


Dialect = Sqlite | Postgres


def dialect_of(connection: BaseDatabaseWrapper) -> Dialect:
    return Sqlite() if connection.vendor == "sqlite" else Postgres()


def fit(dialect: Dialect, statement: str) -> str:
    """The statement in the words of this database."""
    for part in ("headline", "dek", "byline", "body", "article"):
        statement = statement.replace(f"{{part:{part}}}", dialect.part(part))
    return statement


def _weighed(part: str, weight: str) -> str:
    return f"setweight(to_tsvector('pg_catalog.simple', stories_search_fold({part})), '{weight}')"


def _folding(collation: str) -> str:
    lower = f'lower(said COLLATE "{collation}")' if collation else "lower(said)"
    # PostgreSQL sorts the marks on a letter in the square of their number, and cannot be stopped meanwhile.
    marks = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in marks_in_ranges())
    few = f"regexp_replace({lower}, '([{marks}]{{30}})[{marks}]+', '\\1', 'g')"
    bare = f"regexp_replace(normalize({few}, NFD), '[\\u0300-\\u036f]', '', 'g') COLLATE \"default\""
    plain = 'lower(said COLLATE "C") COLLATE "default"'
    # What is ASCII alone has no accents, and is lower case by every collation alike: much quicker.
    folded = f"CASE WHEN octet_length(said) = char_length(said) THEN {plain} ELSE {bare} END"
    return (
        "CREATE OR REPLACE FUNCTION stories_search_fold(said text) RETURNS text LANGUAGE sql IMMUTABLE AS "
        f"$$ SELECT left(regexp_replace({folded}, '[{_SEPARATORS}]', ' ', 'g'), {INDEXED_CHARACTERS}) $$"
    )


def _collation(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT collname FROM pg_collation WHERE collname = ANY(%s)", [list(_COLLATIONS)])
        there = {name for (name,) in cursor.fetchall()}
    return next((name for name in _COLLATIONS if name in there), "")
