"""The log: one trail from check to version, nothing that is secret, and no draft."""

import io
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from newsroom.logs import ForMachines, ForPeople
from newsroom.redaction import HIDDEN, redact
from stories import tasks
from stories.models import Delivery, Source, Verdict, Watch
from stories.publishing.publish import publish_article
from stories.trail import current_trail, following
from stories.watching.due import adopt_sources
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    SourceFactory,
    UpdateFactory,
    UserFactory,
    make_reporter,
)
from tests.watching.looking import PASSAGE, REWORDED, page
from tests.watching.source_site import SourceSite

CANARY = "canary-of-a-draft"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged at the lowest level, as a machine reads it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ForMachines())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.django_db
def test_one_trail_leads_from_the_check_to_the_version(
    logged, settings, editor, django_capture_on_commit_callbacks
):
    citation = CitationFactory(source=SourceFactory(), exact=PASSAGE)
    citation.article.reporters.add(make_reporter())
    with SourceSite().serving() as site:
        settings.WATCH_ALLOWED_PRIVATE = [site.host_and_port]
        citation.source.url = site.put("/notice", page(PASSAGE))
        citation.source.save()
        check(citation.source)
        site.put("/notice", page(REWORDED))
        check(citation.source)
        check(citation.source)
    tasks.tell()
    delivery = Delivery.objects.get()
    tasks.deliver(delivery.pk)
    cause = Verdict.objects.latest("pk")
    update = UpdateFactory.build(article=citation.article, caused_by=cause)
    with django_capture_on_commit_callbacks(execute=True):
        publish_article(citation.article, updates=[update], by=editor, now=timezone.now())

    told = [json.loads(line) for line in logged.getvalue().splitlines()]
    followed = [line["message"].split()[0] for line in told if line["trail"] == f"check-{delivery.change_id}"]
    assert list(dict.fromkeys(followed)) == ["Check", "Alert", "Delivery", "Version"]


def check(source: Source) -> None:
    adopt_sources(now=timezone.now())
    Watch.objects.filter(source=source).update(due_at=timezone.now())
    tasks.check_sources([source.pk])


@pytest.mark.django_db
def test_no_draft_and_no_secret_is_logged_at_any_level(logged, client, editor, settings):
    article = ArticleFactory(headline=CANARY, body=CANARY)
    client.force_login(editor)
    client.get(f"/stories/{article.slug}/")
    client.get(f"/desk/feed/{CANARY}.atom")
    client.get(f"/desk/unsubscribe/{CANARY}/")
    client.post("/account/login/", {"login": "ruth", "password": CANARY})
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE stories_article SET slug = NULL WHERE id = %s", [article.pk])
    except IntegrityError:
        logging.getLogger("stories").exception("A story could not be saved")
    logging.getLogger("stories").error("cannot reach %s", f"https://ruth:{CANARY}@mail.example/")
    logging.getLogger("stories").error("signed with %s", settings.SECRET_KEY)

    assert "A story could not be saved" in logged.getvalue()
    assert CANARY not in logged.getvalue()
    assert settings.SECRET_KEY not in logged.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "redis://:canary@broker/0 refused",
        "postgres://newsroom:canary@db/newsroom",
        "GET /desk/feed/canary.atom 404",
        "/desk/unsubscribe/canary/?x=1",
        "Not Found: /account/password/1a-dio937-canary/x",
        "Not Found: /desk//feed/canary.atom",
        "Not Found: /Desk/Unsubscribe/ canary/",
        "Not Found: /desk/feed/../feed/canary.atom",
        "Not Found: //account//password/1A-dio937-canary/",
        "Authorization: Bearer canary-of-a-token",
        "{'password': 'canary-word'}",
        "api_key=canary-key&x=1",
        "sessionid=canary; path=/",
        "__Host-sessionid=canary; path=/",
        "old_api-key = 'canary'",
        "X-Hub-Signature: canary-signature",
        "new row violates check constraint\nDETAIL:  Failing row contains (1, canary,\n canary).",
    ],
)
def test_what_opens_something_is_hidden(text):
    assert "canary" not in redact(text)
    assert HIDDEN in redact(text)


def test_so_are_the_passwords_of_brokers_that_stand_in_for_each_other(tmp_path):
    told = "import django; django.setup(); from newsroom.redaction import redact; print(redact('canary-1, canary-2'))"
    own = {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "CELERY_BROKER_URL": "amqp://newsroom:canary-1@a/v;amqp://newsroom:canary-2@b/v",
    }

    ended = subprocess.run(
        [sys.executable, "-c", told], env={**os.environ, **own}, capture_output=True, text=True, check=True
    )

    assert ended.stdout == f"{HIDDEN}, {HIDDEN}\n"


@pytest.mark.parametrize(
    "repeated",
    [
        "a-",
        "/",
        "/desk",
        "/desk//",
        "/account//",
        "password",
        "token ",
        "secret=",
        "a_",
        "bearer ",
        "://a:",
        "DETAIL:",
    ],
)
def test_a_long_address_is_looked_through_once(repeated):
    """Whoever asks for a page that is not there has its address written to the log."""
    line = "Not Found: " + repeated * (50_000 // len(repeated))
    began = time.process_time()

    redact(line)

    assert time.process_time() - began < 1


@pytest.mark.parametrize("form", [ForPeople, ForMachines])
def test_of_a_long_address_the_beginning_is_logged(form):
    """Asked for again and again it would fill the disk."""
    said = ("Not Found: %s", "/x" * 30_000)
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, *said[:1], said[1:], None)

    line = form().format(record)

    assert "Not Found: /x/x" in line
    assert "… (and 56011 characters)" in line
    assert len(line) < 5_000


@pytest.mark.parametrize(
    "text",
    [
        "Check 7 of source 9: unchanged",
        "https://example.com/notice could not be read: timed out",
        "GET /stories/slack/changes/ 200",
        "The token is not there",
    ],
)
def test_what_is_no_secret_stays(text):
    assert redact(text) == text


def test_people_read_a_sentence_and_its_trail():
    record = logging.LogRecord("stories", logging.WARNING, "", 0, "Source %s is slow", (7,), None)
    record.trail = "check-7"

    assert ForPeople().format(record).endswith("WARNING stories: Source 7 is slow [check-7]")


def test_a_line_for_machines_is_one_line_whatever_it_says():
    record = logging.LogRecord("stories", logging.WARNING, "", 0, "two\nlines “quoted”", (), None)

    line = ForMachines().format(record)

    assert "\n" not in line
    assert json.loads(line)["message"] == "two\nlines “quoted”"


HOSTILE = "no\r2026-05-18 ERROR forged\x1b]52;c;eA==\x07\x9b2J\x85\u2028\u202eso"


@pytest.mark.parametrize("formatter", [ForPeople, ForMachines])
def test_what_is_logged_of_others_drives_no_terminal_and_passes_for_no_line_of_its_own(formatter):
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        record = logging.LogRecord("stories", logging.ERROR, "", 0, "It said %s", (HOSTILE,), sys.exc_info())

    first, *more = formatter().format(record).splitlines()

    assert all(line.startswith("    ") for line in more)
    assert all(character.isprintable() for line in (first, *more) for character in line)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--", "multipart/form-data; boundary=\xe9"),
        (b"-" * 70_000, "multipart/form-data; boundary=x"),
        (b"&" * 20_001, "application/x-www-form-urlencoded"),
        (b"a=" + b"x" * 2_700_000, "application/x-www-form-urlencoded"),
    ],
)
def test_what_cannot_be_read_is_a_warning_of_a_line(body, kind, client, settings):
    """Whoever sends it may do so again and again: errors with tracebacks would hide those that are ours."""
    (told,) = lines_of(partial(client.post, "/account/login/", body, content_type=kind), settings)
    assert " WARNING django." in told


@pytest.mark.django_db
def test_who_is_turned_away_is_a_warning_of_a_line(client, settings):
    client.force_login(UserFactory())

    (told,) = lines_of(partial(client.get, "/desk/"), settings)

    assert " WARNING django.request: Forbidden" in told


def lines_of(ask, settings):
    """What the log of an installation says while somebody asks."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(ForPeople())
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(settings.LOGGING["filters"][name]["()"]())
    logging.getLogger().addHandler(handler)
    try:
        ask()
    finally:
        logging.getLogger().removeHandler(handler)
    return handler.stream.getvalue().splitlines()


def test_each_request_has_a_name_of_its_own_and_none_that_comes_from_outside(client):
    first, second = (client.get("/healthz", headers={"X-Request-ID": "mine"})["X-Request-ID"] for _ in "ab")

    assert first.startswith("request-")
    assert first != second
    assert current_trail() == ""


def test_what_belongs_to_no_other_trail_stays_on_the_one_under_way():
    with following("request-1"), following(""):
        assert current_trail() == "request-1"


def test_a_worker_tells_as_much_as_the_setting_says(tmp_path):
    # As `celery -A newsroom worker` begins.
    begun = "import logging; from newsroom.celery import app; worker = app.Worker(pool='solo')"
    told = f"{begun}; worker.setup_logging(); logging.getLogger('stories').info('Check 17 was made')"

    ended = subprocess.run(
        [sys.executable, "-c", told],
        env={**os.environ, "DATA_DIR": str(tmp_path), "LOG_LEVEL": "INFO"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Check 17 was made" in ended.stderr
