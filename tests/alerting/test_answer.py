"""Answering: open ↔ answered, by one person at a time, of what they had before them."""

import pytest
from django.utils import timezone

from stories.alerting.answer import (
    AlertAnsweredError,
    AlertDevelopedError,
    AlertSupersededError,
    answer_alert,
    reopen_alert,
)
from stories.models import Alert, User
from stories.models.words import AlertState
from tests.alerting.scenes import NOON, at
from tests.factories import AlertFactory

pytestmark = pytest.mark.django_db

ANSWERS = [AlertState.STILL_HOLDS, AlertState.NEEDS_UPDATE, AlertState.IGNORED, AlertState.MOVED]


@pytest.fixture
def alert(reporter: User) -> Alert:
    return AlertFactory(recipient=reporter, opened_at=NOON, developed_at=NOON)


@pytest.mark.parametrize("state", ANSWERS)
def test_an_answer_is_recorded_with_who_when_and_why(state: AlertState, alert: Alert, reporter: User) -> None:
    answered = answer_alert(alert, state=state, by=reporter, now=at(5), note=" Same\x07 sense. ")

    assert (answered.state, answered.answered_by, answered.answered_at) == (state, reporter, at(5))
    assert answered.answer_note == "Same sense."


@pytest.mark.parametrize("state", [AlertState.OPEN, AlertState.RESTORED, "nonsense"])
def test_what_is_no_answer_is_refused(state: str, alert: Alert, reporter: User) -> None:
    with pytest.raises(ValueError, match="is no answer: it may be ignored, moved, needs_update"):
        answer_alert(alert, state=state, by=reporter, now=NOON)


def test_the_same_answer_twice_counts_once(alert: Alert, reporter: User) -> None:
    answer_alert(alert, state=AlertState.IGNORED, by=reporter, now=at(5))

    again = answer_alert(alert, state=AlertState.IGNORED, by=reporter, now=at(6))

    assert again.answered_at == at(5)


def test_an_alert_that_another_answered_says_who_and_when(alert: Alert, reporter: User, editor: User) -> None:
    editor.first_name, editor.last_name = "Edith", "Moore"
    editor.save()
    answer_alert(alert, state=AlertState.NEEDS_UPDATE, by=editor, now=at(5))

    with timezone.override("America/New_York"), pytest.raises(AlertAnsweredError) as refusal:
        answer_alert(alert, state=AlertState.STILL_HOLDS, by=reporter, now=at(6))

    assert str(refusal.value) == (
        "This was answered already: needs an update, by Edith Moore on 4 May 2026 at 08:05 EDT."
    )
    assert Alert.objects.get().state == AlertState.NEEDS_UPDATE


def test_an_alert_that_developed_since_it_was_looked_at_is_to_be_looked_at_again(
    alert: Alert, reporter: User
) -> None:
    Alert.objects.update(developed_at=at(5))

    with pytest.raises(AlertDevelopedError):
        answer_alert(alert, state=AlertState.STILL_HOLDS, by=reporter, now=at(6), seen_at=NOON)

    assert Alert.objects.get().is_open


def test_an_answer_can_be_taken_back(alert: Alert, reporter: User) -> None:
    answered = answer_alert(alert, state=AlertState.IGNORED, by=reporter, now=at(5), note="Typo.")

    reopened = reopen_alert(answered, by=reporter, now=at(6))

    assert (reopened.state, reopened.answered_at, reopened.answered_by) == (AlertState.OPEN, None, None)
    assert reopened.answer_note == ""


def test_what_its_source_restored_can_be_opened_again(reporter: User) -> None:
    alert = AlertFactory(recipient=reporter, state=AlertState.RESTORED)

    assert reopen_alert(alert, by=reporter, now=NOON).is_open


def test_opening_an_open_one_changes_nothing(alert: Alert, reporter: User) -> None:
    assert reopen_alert(alert, by=reporter, now=NOON).is_open


def test_an_answer_that_another_changed_meanwhile_is_not_taken_back(
    alert: Alert, reporter: User, editor: User
) -> None:
    seen = answer_alert(alert, state=AlertState.IGNORED, by=reporter, now=at(1))
    reopen_alert(seen, by=editor, now=at(2))
    answer_alert(seen, state=AlertState.NEEDS_UPDATE, by=editor, now=at(3))

    with pytest.raises(AlertAnsweredError):
        reopen_alert(seen, by=reporter, now=at(4))


def test_only_one_alert_about_a_source_can_be_open(alert: Alert, reporter: User) -> None:
    older = AlertFactory(recipient=reporter, source=alert.source, state=AlertState.IGNORED)

    with pytest.raises(AlertSupersededError):
        reopen_alert(older, by=reporter, now=NOON)

    older.refresh_from_db()
    assert older.state == AlertState.IGNORED


def test_each_answer_is_kept_in_the_history_of_the_alert(alert: Alert, reporter: User) -> None:
    answer_alert(alert, state=AlertState.IGNORED, by=reporter, now=at(5), note="Typo.")

    event = alert.events.get()
    assert (event.kind, event.actor, event.actor_name, event.at) == (
        "answered",
        reporter,
        reporter.name,
        at(5),
    )
    assert (event.state_before, event.state_after, event.note) == ("open", "ignored", "Typo.")


def test_a_refused_answer_leaves_no_trace(alert: Alert, reporter: User) -> None:
    with pytest.raises(AlertDevelopedError):
        answer_alert(alert, state=AlertState.IGNORED, by=reporter, now=at(6), seen_at=at(1))

    assert not alert.events.exists()
