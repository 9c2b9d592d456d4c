"""The chief finds what was done, by whom and to what, and takes it along."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from stories.admin.audit_words import _NAMES, in_words
from stories.auditing.entries import write_entry
from stories.models import Act, AuditEntry
from tests.factories import ArticleFactory, make_chief, make_editor
from tests.test_house import ROOT

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


def test_what_is_found_is_sorted_by_the_column_that_was_asked_for(chief: Client, entries: None) -> None:
    assert found(chief, q="ruth", o="0") == [Act.PUBLISHED, Act.DELETED]
    assert found(chief, q="ruth", o="-0") == [Act.DELETED, Act.PUBLISHED]


def test_an_entry_tells_who_what_and_on_what(chief: Client, entries: None) -> None:
    html = chief.get(LOG).content.decode()

    for words in ("ruth", "published", "bridge", "sign-in failed", "kit"):
        assert words in html


TOLD = [
    (Act.SIGNED_IN, {"with": "password, totp"}, "by: password, authenticator app"),
    (Act.FACTOR_ADDED, {"factor": "webauthn"}, "second factor: passkey or security key"),
    (Act.PUBLISHED, {"minor": False}, "minor, without a note: no"),
    (Act.REFUSED, {"kind": "editors_note"}, "kind: Editor’s note"),
    (Act.BROUGHT_IN, {"stories": 3, "mode": "recorded"}, "stories: 3; taken in as: on the record"),
    (Act.BULK, {"act": "undo delete_source", "chosen": 2}, "what: undone: Delete; rows chosen: 2"),
    (
        Act.PERMISSIONS_CHANGED,
        {"given": "– → add_source, use_desk", "taken": "–"},
        "may from now on: add sources; use the desk; may no longer: ",
    ),
    (Act.PERSON_CHANGED, {"is_superuser": "False → True"}, "may do everything: no → yes"),
    (
        Act.SCHEDULED,
        {"publish_at": "2026-03-02 20:30:00+00:00"},
        "to be published: 2 March 2026, 20:30:00 UTC",
    ),
    (Act.SIGN_IN_DELAYED, {"until": "2026-03-02"}, "had to wait until: 2026-03-02"),
    # What an older or a newer version told, or somebody's words, stays as it is.
    (Act.EXPORTED, {"unheard of": "_x"}, "unheard of: _x"),
    (Act.TAKEN_DOWN, {"authority": "totp → True"}, "authority: totp → True"),
]


@pytest.mark.parametrize(("act", "details", "words"), TOLD, ids=lambda value: str(value)[:30])
def test_details_are_told_in_words(act: Act, details: dict, words: str) -> None:
    with timezone.override("UTC"):
        told = in_words(write_entry(act, actor="ruth", details=details))

    assert "; ".join(f"{name}: {value}" for name, value in told) == words


def test_the_details_are_in_the_readers_language(chief: Client) -> None:
    write_entry(Act.SIGNED_IN, actor="ruth", details={"with": "totp"})

    with translation.override("es"):
        assert in_words(AuditEntry.objects.latest("pk")) == [("mediante", "aplicación de autenticación")]


def test_no_detail_that_is_written_is_without_words() -> None:
    """Whatever a call of `write_entry` names in its source."""
    modules = [path.read_text(encoding="utf-8") for path in (ROOT / "stories").rglob("*.py")]
    written = {
        name
        for module in modules
        if "write_entry(" in module
        for told in re.findall(r"(?:told|details)(?:=| = )\{(.*?)\}", module, re.DOTALL)
        for name in re.findall(r'"([\w ]+)":', told)
    }

    assert len(written) > 12
    assert written - set(_NAMES) == set()


def test_what_is_taken_along_is_what_is_shown_and_no_formula(chief: Client, entries: None) -> None:
    answer = chief.get(CSV)

    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:3] == ["at", "actor", "act"]
    assert (rows[0][-1], rows[1][-1]) == ("in_words", "sign-in failed")
    assert rows[1][5].startswith("'=HYPERLINK")
    assert len(rows) == 1 + 3
    assert AuditEntry.objects.filter(act=Act.EXPORTED, actor="noor").exists()


def test_a_search_is_taken_along_with_it(chief: Client, entries: None) -> None:
    answer = chief.get(CSV, {"q": "bridge"})

    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 1 + 1


def test_of_a_filter_that_there_is_not_the_list_is_shown_and_nothing_taken_along(
    chief: Client, entries: None
) -> None:
    answer = chief.get(f"{CSV}?page=0&number=0")

    assert answer["Location"] == LOG
    assert not AuditEntry.objects.filter(act=Act.EXPORTED).exists()


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


def test_a_search_looks_at_the_newest_entries_or_those_of_a_period(
    chief: Client, entries: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.admin.audit.MOST_SEARCHED", 2)

    assert found(chief, q="ruth") == [Act.DELETED]
    assert "Only the newest 2 entries were searched." in chief.get(LOG, {"q": "ruth"}).content.decode()
    assert found(chief, q="ruth", at_to_0="2026-03-03", at_to_1="00:00") == [Act.PUBLISHED]
    assert "entries were searched" not in chief.get(LOG).content.decode()


def test_the_name_of_what_is_taken_along_says_that_only_the_newest_were_searched(
    chief: Client, entries: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.admin.audit.MOST_SEARCHED", 2)

    some, every = chief.get(CSV, {"q": "ruth"}), chief.get(CSV)

    assert "-newest-2-since-20" in some["Content-Disposition"]
    assert "newest" not in every["Content-Disposition"]
    assert "entries were searched" not in chief.get(LOG).content.decode()


def test_the_kinds_that_there_are_are_offered_without_reading_every_entry(
    chief: Client, entries: None
) -> None:
    write_entry(Act.DELETED, on=make_editor())

    with CaptureQueriesContext(connection) as queries:
        html = chief.get(LOG).content.decode()

    assert "object_kind=article" in html
    assert "object_kind=user" in html
    assert not any("SELECT DISTINCT" in query["sql"] for query in queries)
