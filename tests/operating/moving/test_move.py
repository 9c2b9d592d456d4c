"""A newsroom in SQLite moves into PostgreSQL, whole and proven, or not at all."""

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from stories.management.embedded import only_one
from tests.pristine import copy_pristine
from tests.running import ROOT

pytestmark = [pytest.mark.services, pytest.mark.long]

#: What PostgreSQL holds no row of: how it comes about in SQLite, and what is said.
NOT_HELD = [
    ("UPDATE stories_article SET dek = ?", "a\0b", "stories_article, row 1, dek: it has a NUL character"),
    ("UPDATE stories_user SET first_name = ?", "x" * 151, "it has 151 characters, and may have 150"),
    ("UPDATE stories_citation SET source_id = ?", 99_999, "stories_citation"),
]


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    """A data folder with the example newsroom, which has rows of every kind that a story needs."""
    folder = tmp_path_factory.mktemp("example")
    copy_pristine(folder / "newsroom.sqlite3")
    manage(folder, "load_example", "--site", "http://127.0.0.1:8010")
    return folder


@pytest.fixture
def folder(example, tmp_path) -> Path:
    return Path(shutil.copytree(example, tmp_path / "data"))


@pytest.fixture
def target() -> Iterator[str]:
    """The address of an empty database."""
    with made_of("template1") as address:
        yield address


@pytest.fixture
def migrated_target() -> Iterator[str]:
    """The address of one with all its tables and no rows: to make them takes as long as all the rest."""
    with made_of(os.environ["TESTS_TEMPLATE"]) as address:
        yield address


@contextmanager
def made_of(template: str) -> Iterator[str]:
    server, name = urlsplit(os.environ["DATABASE_URL"]), f"moved_{uuid.uuid4().hex}"
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server._replace(path=f"/{name}").geturl()
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(folder: Path, *words: str, database: str = "", fails: bool = False) -> str:
    ours = {"DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment |= {"DATA_DIR": str(folder)} | ({"DATABASE_URL": database} if database else {})
    ended = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert (ended.returncode != 0) is fails, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def change(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "newsroom.sqlite3")) as database, database:
        database.execute(statement, values)


@contextmanager
def what_cannot_be_counted(target: str) -> Iterator[None]:
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("CREATE STATISTICS broken ON (1 / (id - id)) FROM stories_article")
        yield
        connection.execute("DROP STATISTICS broken")


def ask(target: str, statement: str) -> list:
    with psycopg.connect(target) as connection:
        return connection.execute(statement).fetchall()


def test_everything_goes_over_and_stays_proven_guarded_and_found(folder, target):
    change(folder, "UPDATE stories_user SET first_name = ?", "Žofie “O’Hara”\\ \n\t🗞")

    said = manage(folder, "move_to", target)

    assert "The record is sound" in said
    assert "so is the root of the record" in said
    assert "sound" in manage(folder, "verify_record", database=target)
    assert "Everything can be found" in manage(folder, "search_index", database=target)
    assert ask(target, "SELECT DISTINCT first_name FROM stories_user") == [("Žofie “O’Hara”\\ \n\t🗞",)]
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        ask(target, "UPDATE stories_version SET content = ''")
    keys = "SELECT nextval(pg_get_serial_sequence('stories_article', 'id')) > max(id) FROM stories_article"
    assert ask(target, keys) == [(True,)]
    assert "manage.py migrate" not in manage(folder, "check", "--database", "default", database=target)
    counted = "SELECT reltuples >= 1 FROM pg_class WHERE oid = 'stories_searchable'::regclass"
    assert ask(target, counted) == [(True,)]

    again = manage(folder, "move_to", target, fails=True)
    assert "The database is not empty" in again
    assert "Nothing was moved" in again


def test_what_the_other_side_could_not_hold_is_named_and_once_it_is_mended_everything_goes_over(
    example, folder, migrated_target, tmp_path
):
    """One after the other into the same database."""
    target = migrated_target
    for number, (statement, value, why) in enumerate(NOT_HELD):
        damaged = Path(shutil.copytree(example, tmp_path / f"damaged-{number}"))
        change(damaged, statement, value)

        said = manage(damaged, "move_to", target, fails=True)

        assert why in said
        assert "Nothing was moved" in said
        assert "Traceback" not in said
        assert ask(target, "SELECT count(*) FROM stories_article") == [(0,)]

    with what_cannot_be_counted(target):
        said = manage(example, "move_to", target, fails=True)

        assert "could not count its values: division by zero. Nothing was moved." in said
        assert "Traceback" not in said
        assert ask(target, "SELECT count(*) FROM stories_article") == [(0,)]

    assert "both sides are the same" in manage(folder, "move_to", target)


def test_a_newsroom_that_is_open_or_at_work_stays_where_it_is(folder, target):
    with only_one(folder / "running.pid"):
        assert "stop it first" in manage(folder, "move_to", target, fails=True)
    change(folder, "INSERT INTO stories_pulse VALUES ('tick', datetime('now'))")

    assert "a worker ticked" in manage(folder, "move_to", target, fails=True)
    assert ask(target, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_a_record_that_was_altered_stays_where_it_is(folder, target):
    change(folder, "DROP TRIGGER stories_version_no_update")
    change(folder, "UPDATE stories_version SET content = replace(content, 'a', 'e') WHERE id = 1")

    assert "is not sound" in manage(folder, "move_to", target, fails=True)


def test_a_schema_of_another_time_is_refused(folder, target):
    change(folder, "DELETE FROM django_migrations WHERE app = 'mfa' AND name LIKE '0003_%'")

    assert "Migrations are missing" in manage(folder, "move_to", target, fails=True)


@pytest.mark.parametrize(
    "address", ["nonsense", "sqlite:///elsewhere.sqlite3", "postgres://127.0.0.1:1/newsroom"]
)
def test_an_address_that_leads_nowhere_is_told_in_a_sentence(folder, address):
    said = manage(folder, "move_to", address, fails=True)

    assert "CommandError" in said
    assert "Traceback" not in said
