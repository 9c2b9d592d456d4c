"""The audit log is written once: what goes, and when, was said when it was written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from stories.auditing.entries import asked_by, forget, write_entry
from stories.models import Act, AuditEntry
from stories.models.append_only import AppendOnlyError
from stories.models.history import acting_as
from tests.factories import ArticleFactory, ClaimFactory, make_chief, make_reporter

pytestmark = pytest.mark.django_db

TABLE = "stories_auditentry"


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET actor = 'somebody else'",
        f"UPDATE {TABLE} SET act = 'signed_in'",
        f"UPDATE {TABLE} SET network = ''",
        f"UPDATE {TABLE} SET address = '127.0.0.1'",
        f"UPDATE {TABLE} SET kept_until = at",
        f"DELETE FROM {TABLE}",
    ],
)
def test_the_database_lets_nobody_change_it(sql: str) -> None:
    with asked_by(RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")):
        write_entry(Act.EXPORTED, by=make_chief())

    with pytest.raises(DatabaseError, match="written once"):
        run(sql)


def test_neither_does_the_application() -> None:
    entry = write_entry(Act.EXPORTED, by=make_chief())

    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.update(actor="somebody else")


def test_the_name_stays_when_the_account_goes() -> None:
    chief = make_chief(username="noor")
    write_entry(Act.EXPORTED, by=chief)

    chief.delete()

    entry = AuditEntry.objects.get()
    assert (entry.person, entry.actor) == (None, "noor")


def test_a_full_address_goes_after_a_while_and_a_shortened_one_stays(client: Any, settings: Any) -> None:
    settings.AUDIT_ADDRESS_DAYS = 30
    client.post("/account/login/", {"login": "x", "password": "y"}, REMOTE_ADDR="203.0.113.7")

    forget(now=timezone.now() + timedelta(days=29))
    before = AuditEntry.objects.get()
    forget(now=timezone.now() + timedelta(days=31))
    after = AuditEntry.objects.get()

    assert (before.address, before.network) == ("203.0.113.7", "203.0.113.0")
    assert (after.address, after.network) == ("", "203.0.113.0")


def test_entries_are_kept_unless_it_was_said_that_they_go(settings: Any) -> None:
    long_ago = timezone.now() - timedelta(days=11)
    settings.AUDIT_KEPT_DAYS = 0
    write_entry(Act.EXPORTED, actor="kept", now=long_ago)
    settings.AUDIT_KEPT_DAYS = 10
    write_entry(Act.EXPORTED, actor="had its time", now=long_ago)
    write_entry(Act.EXPORTED, actor="has its time")

    forget(now=timezone.now())

    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {"kept", "has its time"}


def test_what_acts_for_nobody_is_named() -> None:
    write_entry(Act.EXPORTED)
    with acting_as("import"):
        write_entry(Act.EXPORTED)

    assert list(AuditEntry.objects.order_by("pk").values_list("actor", flat=True)) == ["command", "import"]


def test_what_nobody_has_published_is_not_told() -> None:
    article = ArticleFactory(slug="bridge", headline="The mayor resigns")
    claim = ClaimFactory(article=article, text="The mayor knew.")

    told = [write_entry(Act.DELETED, actor="x", on=each).object_words for each in (article, claim)]

    assert told == ["bridge", f"bridge, claim {claim.pk}"]


def test_an_account_is_told_by_what_no_other_has() -> None:
    people = [make_reporter(username=name, first_name="Kit", last_name="Moss") for name in ("kit", "moss")]

    told = [write_entry(Act.PERSON_DEACTIVATED, actor="x", on=each).object_words for each in people]

    assert told == ["kit", "moss"]


def test_an_act_that_fails_leaves_no_entry() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write_entry(Act.EXPORTED, actor="x")
        raise RuntimeError

    assert not AuditEntry.objects.exists()
