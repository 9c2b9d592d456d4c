"""Whether the index of words says what the rows say, and how it is made to: some texts at a time.

A text that is missing, out of date or of nothing is a flaw. Each step is by itself: whoever breaks off has what was
done so far, and goes on after the place that the last step names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError

from stories.searching.dialects import dialect_of, fit
from stories.searching.statements import COLUMNS, KINDS, rows_between, write

_TABLE = "stories_searchable"
_AT_ONCE = 1_000
#: Each is another save at that very moment.
_MOST_LOOKS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Every text before it is done: those of the kinds before, and of its own up to this key."""

    kind: str = KINDS[0]
    key: int = 0

    @classmethod
    def parse(cls, typed: str) -> Place:
        """What `str()` gave. Raises ValueError."""
        kind, _, key = typed.partition(":")
        if kind not in KINDS or not key.isdecimal():
            raise ValueError(f"“{typed}” is no place of the index")
        return cls(kind, int(key))

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Step:
    """So many rows were read, with so many flaws in what is said of them."""

    done: Place
    rows: int
    flaws: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The texts of a kind with the keys after one and up to another; up to any, where it is the last."""

    kind: str
    after: int
    until: int | None
    rows: int

    def keys(self, column: str) -> str:
        upper = "" if self.until is None else f" AND {column} <= {self.until}"
        return f"{column} > {self.after}{upper}"

    def there(self) -> str:
        return f"kind = '{self.kind}' AND {self.keys('key')}"

    def step(self, flaws: int) -> Step:
        return Step(Place(self.kind, self.after if self.until is None else self.until), self.rows, flaws)


def verify_index(using: str = "default") -> int:
    """How many flaws there are; as many as texts where the engine’s own index is broken."""
    return sum(step.flaws for step in verify_in_steps(using))


def mend_index(using: str = "default") -> int:
    """Make the index what the rows say; return how many flaws there were."""
    return sum(step.flaws for step in mend_in_steps(using))


def verify_in_steps(using: str = "default", *, after: Place | None = None) -> Iterator[Step]:
    connection = connections[using]
    yield from _in_steps(connection, after or Place(), _count_flaws)
    yield Step(Place(KINDS[-1]), 0, _count(connection, _of_no_kind()) + _broken(connection))


def mend_in_steps(using: str = "default", *, after: Place | None = None) -> Iterator[Step]:
    """Each step in a transaction of its own."""
    connection = connections[using]
    yield from _in_steps(connection, after or Place(), _mend)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_of_no_kind()}")
        flaws = cursor.rowcount
        # Last: where rows are copied without triggers, nothing else enters what was written here.
        for statement in dialect_of(connection).rebuild:
            cursor.execute(statement)
    yield Step(Place(KINDS[-1]), 0, flaws)


def rows_to_read(using: str = "default", *, after: Place | None = None) -> dict[str, int]:
    """How many rows of each kind the steps read."""
    place = after or Place()
    beyond = {kind: place.key if kind == place.kind else 0 for kind in _kinds_from(place)}
    return {
        kind: _count(connections[using], f"stories_{kind} WHERE id > {key}") for kind, key in beyond.items()
    }


def _in_steps(
    connection: BaseDatabaseWrapper, place: Place, act: Callable[[BaseDatabaseWrapper, _Stretch], int]
) -> Iterator[Step]:
    for kind in _kinds_from(place):
        last: int | None = place.key if kind == place.kind else 0
        while last is not None:
            stretch = _next(connection, kind, last)
            yield stretch.step(act(connection, stretch))
            last = stretch.until


def _kinds_from(place: Place) -> tuple[str, ...]:
    return KINDS[KINDS.index(place.kind) :]


def _next(connection: BaseDatabaseWrapper, kind: str, after: int) -> _Stretch:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*), MAX(id) FROM (SELECT id FROM stories_{kind} WHERE id > {after} "
            f"ORDER BY id LIMIT {_AT_ONCE}) AS read"
        )
        rows, until = cursor.fetchone()
    return _Stretch(kind, after, until if rows == _AT_ONCE else None, rows)


def _count_flaws(connection: BaseDatabaseWrapper, stretch: _Stretch) -> int:
    words = dialect_of(connection).out_of_step
    return (
        _count(connection, f"({_differing(connection, stretch)}) AS differing")
        + _count(connection, f"{_TABLE} WHERE {_is_of_nothing(connection, stretch)}")
        + (_count(connection, f"{_TABLE} WHERE {stretch.there()} AND {words}") if words else 0)
    )


def _mend(connection: BaseDatabaseWrapper, stretch: _Stretch) -> int:
    """How many flaws there were at first.

    A statement of PostgreSQL reads what was committed before it, and may write that over what somebody saved since. So
    it is looked again, until nothing was written; not for ever, where a text never comes to be what its row says.
    """
    with transaction.atomic(using=connection.alias):
        written = flaws = _write_anew(connection, stretch)
        for _again in range(_MOST_LOOKS):
            if not written:
                break
            written = _write_anew(connection, stretch)
    return flaws


def _write_anew(connection: BaseDatabaseWrapper, stretch: _Stretch) -> int:
    """In the order of the keys: whoever saves several of these texts would else wait for us, and we for them."""
    dialect = dialect_of(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_TABLE} WHERE {_is_of_nothing(connection, stretch)}")
        written = cursor.rowcount
        # The second column is the key, and the third the part: not every kind names them.
        in_order = f"SELECT * FROM ({_differing(connection, stretch)}) AS differing WHERE TRUE ORDER BY 2, 3"
        cursor.execute(write(in_order))
        written += cursor.rowcount
        if dialect.out_of_step:
            out_of_step = f"SELECT id FROM {_TABLE} WHERE {stretch.there()} AND {dialect.out_of_step}"
            held = f"{out_of_step} ORDER BY key, part FOR NO KEY UPDATE"
            cursor.execute(f"UPDATE {_TABLE} SET {dialect.words} WHERE id IN ({held})")
            written += cursor.rowcount
    return int(written)


def _wanted(connection: BaseDatabaseWrapper, stretch: _Stretch) -> str:
    return fit(dialect_of(connection), rows_between(stretch.kind, stretch.keys))


def _differing(connection: BaseDatabaseWrapper, stretch: _Stretch) -> str:
    there = f"SELECT {_quoted(COLUMNS)} FROM {_TABLE} WHERE {stretch.there()}"
    return f"{_wanted(connection, stretch)} EXCEPT {there}"


def _is_of_nothing(connection: BaseDatabaseWrapper, stretch: _Stretch) -> str:
    wanted = (
        f"WITH wanted ({_quoted(COLUMNS)}) AS ({_wanted(connection, stretch)}) SELECT key, part FROM wanted"
    )
    # By EXCEPT, which reads both once; a NOT IN looks for each row in all others where they do not fit in memory.
    there = f"SELECT key, part FROM {_TABLE} WHERE {stretch.there()}"
    nothing = f"{there} EXCEPT SELECT key, part FROM ({wanted}) AS named"
    return f"{stretch.there()} AND (key, part) IN ({nothing})"


def _of_no_kind() -> str:
    return f"{_TABLE} WHERE kind NOT IN {KINDS}"


def _broken(connection: BaseDatabaseWrapper) -> int:
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in dialect_of(connection).verify:
                cursor.execute(statement)
    except DatabaseError:
        return _count(connection, _TABLE) or 1
    return 0


def _count(connection: BaseDatabaseWrapper, rows: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {rows}")
        return int(cursor.fetchone()[0])


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
