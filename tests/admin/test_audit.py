"""The chief finds what was done, by whom and to what, and takes it along."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stories.auditing.entries import write_entry
from stories.models import Act, AuditEntry
from tests.factories import ArticleFactory, make_chief, make_editor

pytestmark = pytest.mark.django_db

LOG = reverse("admin:stories_auditentry_changelist")
CSV = reverse("admin:stories_auditentry_as_csv")
MARCH = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(make_chief(username="noor"))
    return client


@pytest.fixture
def entries() -> None:
    ruth = make_editor(username="ruth")
    write_entry(Act.PUBLISHED, by=ruth, on=ArticleFactory(slug="bridge"), now=MARCH)
    write_entry(Act.DELETED, by=ruth, on=ArticleFactory(slug="harbour"))
    write_entry(Act.SIGN_IN_FAILED, actor="kit", words='=HYPERLINK("https://evil.example")')


def found(client: Client, **asked: str) -> list[str]:
    return [entry.act for entry in client.get(LOG, asked).context["cl"].result_list]


@pytest.mark.parametrize(
    ("asked", "acts"),
    [
        ({"q": "ruth"}, [Act.DELETED, Act.PUBLISHED]),
        ({"q": "bridge"}, [Act.PUBLISHED]),
        ({"act__exact": "deleted"}, [Act.DELETED]),
        ({"object_kind__exact": "article"}, [Act.DELETED, Act.PUBLISHED]),
        ({"at__year": "2026", "at__month": "3"}, [Act.PUBLISHED]),
        (
            {"at_from_0": "2026-03-01", "at_from_1": "00:00", "at_to_0": "2026-03-03", "at_to_1": "00:00"},
            [Act.PUBLISHED],
        ),
    ],
)
def test_it_is_searched(asked: dict[str, str], acts: list[str], chief: Client, entries: None) -> None:
    assert found(chief, **asked) == acts


def test_an_entry_tells_who_what_and_on_what(chief: Client, entries: None) -> None:
    html = chief.get(LOG).content.decode()

    for words in ("ruth", "published", "bridge", "sign-in failed", "kit"):
        assert words in html


def test_what_is_taken_along_is_what_is_shown_and_no_formula(chief: Client, entries: None) -> None:
    answer = chief.get(CSV)

    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:3] == ["at", "actor", "act"]
    assert rows[1][5].startswith("'=HYPERLINK")
    assert len(rows) == 1 + 3
    assert AuditEntry.objects.filter(act=Act.EXPORTED, actor="noor").exists()


def test_a_search_is_taken_along_with_it(chief: Client, entries: None) -> None:
    answer = chief.get(CSV, {"q": "bridge"})

    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 1 + 1


def test_nobody_writes_in_it(chief: Client, entries: None) -> None:
    entry = AuditEntry.objects.first()
    assert entry

    assert chief.get(reverse("admin:stories_auditentry_add")).status_code == 403
    assert chief.post(reverse("admin:stories_auditentry_delete", args=[entry.pk])).status_code == 403
    assert chief.post(reverse("admin:stories_auditentry_change", args=[entry.pk]), {}).status_code == 403


def test_a_long_log_takes_as_many_questions_as_a_short_one(chief: Client, entries: None) -> None:
    chief.get(LOG)
    short = questions_of(chief)
    ruth = make_editor()
    for _ in range(20):
        write_entry(Act.PUBLISHED, by=ruth)

    assert questions_of(chief) == short


def questions_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(LOG)
    return len(asked)
