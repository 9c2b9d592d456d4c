"""Rows that several doors take are taken in one order by all, so that of two who meet one waits, and not each."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.test import RequestFactory

from stories.admin.site import site
from stories.alerting.undo import standing_answer
from stories.changing.deed import hold
from stories.desk.answering import Answer, give_answer, take_back
from stories.models import Alert, Article, Citation, Claim, Source, Update, User, Verdict
from tests.alerting.scenes import NOON, altered_alert
from tests.factories import UpdateFactory, make_chief, make_reporter
from tests.locks import is_anybody_waiting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def beside(held: QuerySet[Any], act: Callable[[], object], wanted: QuerySet[Any]) -> None:
    """Hold a row until somebody who acts waits for it, and ask then for what they take after it."""

    other = threading.Thread(target=run_apart, args=[act])
    with transaction.atomic():
        assert held.select_for_update(of=("self",), no_key=True).first()
        other.start()
        wait_until_somebody_waits()
        assert wanted.select_for_update(of=("self",), no_key=True, nowait=True).first()
    other.join(120)
    assert not other.is_alive()


@contextmanager
def ended_beside(act: Callable[[], object]) -> Iterator[None]:
    """End what is done within once somebody who acts waits for it, and let them come to their end."""
    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            yield
            other = others.submit(run_apart, act)
            wait_until_somebody_waits()
        other.result(120)


def run_apart(act: Callable[[], object]) -> None:
    try:
        act()
    finally:
        connection.close()


def wait_until_somebody_waits() -> None:
    deadline = time.monotonic() + 120
    while not is_anybody_waiting():
        assert time.monotonic() < deadline, "nobody waits for a lock"
        time.sleep(0.02)


@pytest.fixture
def alert() -> Alert:
    return altered_alert(make_reporter())


@pytest.fixture
def chief() -> User:
    return make_chief()


def answer_of(rows: type[Model], alert: Alert) -> Answer:
    """One that changes the source of the alert, or the passages that it tells of."""
    passages = Citation.objects.filter(verdicts__alerts=alert).values_list("pk", flat=True)
    return Answer("unwatched", citation_ids=tuple(passages) if rows is Citation else ())


@pytest.mark.parametrize("rows", [Source, Citation])
def test_an_answer_takes_what_it_changes_before_the_alert(
    rows: type[Model], alert: Alert, chief: User
) -> None:
    """As whoever tells of a source does, and whoever merges it."""
    answer = answer_of(rows, alert)

    beside(
        rows._default_manager.order_by("pk"),
        lambda: give_answer(alert, answer, by=chief, now=NOON),
        Alert.objects.all(),
    )

    assert not rows._default_manager.get().is_watched  # type: ignore[attr-defined]


@pytest.mark.parametrize("rows", [Source, Citation])
def test_so_does_whoever_takes_it_back(rows: type[Model], alert: Alert, chief: User) -> None:
    given = standing_answer(give_answer(alert, answer_of(rows, alert), by=chief, now=NOON))
    assert given

    beside(
        rows._default_manager.order_by("pk"),
        lambda: take_back(given, by=chief, now=NOON),
        Alert.objects.all(),
    )

    assert rows._default_manager.get().is_watched  # type: ignore[attr-defined]


def test_a_claim_is_deleted_before_its_passages_are_left_without_one(alert: Alert) -> None:
    """As who takes up an old text again saves it."""
    beside(
        Claim.objects.order_by("pk"), lambda: Claim.objects.get().delete(), Citation.objects.order_by("pk")
    )

    assert Citation.objects.get().claim is None


@pytest.mark.parametrize("noun", [Citation, Article])
def test_a_passage_is_deleted_before_what_was_found_of_it(noun: type[Model], alert: Alert) -> None:
    """As a look that finds it otherwise is written down."""
    Citation.objects.update(claim=None)

    beside(
        Citation.objects.order_by("pk"),
        lambda: noun._default_manager.get().delete(),
        Verdict.objects.all(),
    )

    assert not Verdict.objects.exists()


def hold_by_a_deed(row: Model) -> None:
    hold(type(row), row.pk)


def hold_by_a_form(row: Model) -> None:
    request = RequestFactory().get("/")
    request.user = make_chief()
    form = site.get_model_admin(type(row)).get_form(request, row)(instance=row, data={})
    form.is_valid()


@pytest.mark.parametrize("noun", [Citation, Claim, Update])
@pytest.mark.parametrize("door", [hold_by_a_deed, hold_by_a_form, Model.save])
def test_who_holds_what_a_story_is_listed_with_does_not_hold_the_story(
    door: Callable[[Model], None], noun: type[Model], alert: Alert
) -> None:
    """Else they would hold it after what hangs on it, and whoever publishes holds it before."""
    UpdateFactory(article=Article.objects.get())
    free: list[int] = []

    def take_the_story() -> None:
        try:
            with transaction.atomic():
                stories = Article.objects.select_for_update(no_key=True, skip_locked=True)
                free.extend(stories.values_list("pk", flat=True))
        finally:
            connection.close()

    with transaction.atomic():
        door(noun._default_manager.order_by("pk").get())
        other = threading.Thread(target=take_the_story)
        other.start()
        other.join(120)

    assert free == [Article.objects.get().pk]


def test_a_person_is_deleted_though_somebody_answers_their_alert_meanwhile(alert: Alert) -> None:
    """What the answer leaves behind goes with the alert."""
    person = alert.recipient

    with ended_beside(person.delete):
        give_answer(alert, Answer("still_holds"), by=person, now=NOON)

    assert not User.objects.filter(pk=person.pk).exists()
