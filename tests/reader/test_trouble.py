"""What went wrong is told in a page: a database that is away, soon, and what was too much or cannot be read."""

import os
import socket
import subprocess
import sys

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.utils import timezone

from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory
from tests.locks import locked

#: Only what hangs takes so long.
LONGEST_SECONDS = 300
ASKED = """
import django

django.setup()
from django.test import Client

answer = Client(raise_request_exception=False).get("/stories/bridge/", headers={"host": "127.0.0.1"})
print(answer.status_code, answer.get("Retry-After"), answer["Cache-Control"])
print(answer.content.decode())
"""
#: How long the reader was kept waiting at most: as often as the pool was asked, as long as it lets anybody wait.
ASKED_OF_THE_POOL = (
    ASKED
    + """
from django.db import connections

pool = connections["default"].pool
print("at most", pool.get_stats()["requests_num"] * pool.timeout, "seconds")
"""
)


def test_while_the_database_is_away_a_reader_is_soon_told_to_come_again(tmp_path):
    # Where nobody listens, and which nobody else can take.
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        away = f"postgres://newsroom@127.0.0.1:{held.getsockname()[1]}/newsroom"
        own = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATA_DIR": str(tmp_path), "DATABASE_URL": away}
        told = subprocess.run(
            [sys.executable, "-c", ASKED_OF_THE_POOL],
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            check=False,
        )

    assert told.stdout.startswith("503 60 private, no-store\n"), told.stdout[:300] + told.stderr[-2000:]
    assert told.stdout.endswith("\nat most 5 seconds\n")
    assert "is not answering, or cannot save anything, just now" in told.stdout
    assert "try again in a minute" in told.stdout


LOCKED = """
from newsroom import patience

# The lock is held until this one has led to an answer.
patience.LONGEST_AT_A_LOCK_SECONDS = patience.LONGEST_IN_SILENCE_SECONDS = 3600
patience.%s = 1
import newsroom.wsgi
from django.db import connections

connections["default"].settings_dict["NAME"] = %r
""" + ASKED.replace("import django\n\ndjango.setup()\n", "")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite whoever reads waits for nobody")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("shortened", "pool"),
    [
        ("LONGEST_AT_A_LOCK_SECONDS", "16"),
        ("LONGEST_IN_SILENCE_SECONDS", "16"),
        ("LONGEST_IN_SILENCE_SECONDS", "0"),
    ],
)
def test_while_somebody_has_locked_a_table_a_reader_is_told_to_come_again(shortened, pool, tmp_path):
    """By the server; and by us where that says nothing at all, as one whose disk stands still."""
    own = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATA_DIR": str(tmp_path),
        "DATABASE_POOL_SIZE": pool,
    }
    publish_article(ArticleFactory(slug="bridge"), by=None, now=timezone.now())

    with locked("stories_version"):
        told = subprocess.run(
            [sys.executable, "-c", LOCKED % (shortened, connection.settings_dict["NAME"])],
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_SECONDS,
        )

    assert told.stdout.startswith("503 60 private, no-store\n"), told.stdout[:300] + told.stderr[-2000:]


BROKEN = """
import newsroom.wsgi
from threading import Barrier, Thread

from django.db import connection

connection.settings_dict["NAME"] = %r
held, together = [], Barrier(8)


def hold():
    with connection.cursor():
        held.append(connection.connection.info.backend_pid)
        together.wait()
    connection.close()


threads = [Thread(target=hold) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
with connection.cursor() as cursor:
    held.remove(connection.connection.info.backend_pid)
    cursor.execute("SELECT pg_terminate_backend(pid, 60000) FROM unnest(%%s) AS pid", [held])
connection.close()
""" + ASKED.replace("import django\n\ndjango.setup()\n", "")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a connection to a file does not break")
@pytest.mark.django_db(transaction=True)
def test_the_first_reader_after_a_restart_of_the_database_is_served(tmp_path):
    """However many of the process's connections broke: as one is found, none of the others is asked."""
    own = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATA_DIR": str(tmp_path)}
    publish_article(ArticleFactory(slug="bridge"), by=None, now=timezone.now())

    told = subprocess.run(
        [sys.executable, "-c", BROKEN % connection.settings_dict["NAME"]],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_SECONDS,
    )

    assert told.stdout.startswith("200 "), told.stdout[:300] + told.stderr[-2000:]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite says that it is away")
@pytest.mark.django_db
def test_whoever_sends_something_to_a_database_that_takes_no_writes_is_told_to_come_again():
    article = ArticleFactory()
    publish_article(article, by=None, now=timezone.now())
    # What waits to be checked at the end could not be, then.
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")

    told = Client(raise_request_exception=False).post(
        f"/stories/{article.slug}/report/", {"message": "Pier 9."}
    )

    assert (told.status_code, told["Retry-After"]) == (503, "60")


def test_what_is_too_large_for_a_form_is_refused_in_words(client: Client, settings):
    settings.NEWSROOM_NAME = "The Harbour Post"

    told = client.post("/admin/login/", {"username": "a" * 3_000_000})

    assert told.status_code == 413
    assert "a form takes up to 2.5 MB" in told.text
    assert "The Harbour Post" in told.text


def test_what_cannot_be_read_is_refused_in_words(client: Client):
    told = client.post("/admin/login/", b"--", content_type="multipart/form-data; boundary=\xe9")

    assert told.status_code == 400
    assert "Nothing was saved." in told.text


def test_a_failure_is_told_in_the_same_design_without_a_request():
    page = get_template("500.html").render()

    assert "Something went wrong on our side" in page
    assert "stories/base.css" in page
