"""Taking an answer back leaves the alert as it was before, and says who did it."""

import pytest

from stories.alerting.answer import AlertSupersededError, AnswerGoneError, answer_alert, reopen_alert
from stories.alerting.undo import standing_answer, undo_answer
from stories.models import Alert, AlertEvent, User
from stories.models.words import AlertState
from tests.alerting.scenes import NOON, at
from tests.factories import AlertFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(reporter: User) -> Alert:
    return AlertFactory(recipient=reporter, opened_at=NOON, developed_at=NOON)


def given(alert: Alert, by: User, minutes: float = 5, state: str = AlertState.IGNORED) -> AlertEvent:
    answer = standing_answer(answer_alert(alert, state=state, by=by, now=at(minutes), note="Typo."))
    assert answer
    return answer


def test_the_alert_is_open_again_and_the_history_says_who_took_what_back(
    alert: Alert, reporter: User, editor: User
) -> None:
    answer = given(alert, by=reporter)

    undone = undo_answer(answer, by=editor, now=at(6))

    assert (undone.state, undone.answered_at, undone.answered_by, undone.answer_note) == (
        "open",
        None,
        None,
        "",
    )
    step = alert.events.last()
    assert step
    assert (step.kind, step.actor, step.state_before, step.state_after) == (
        "undone",
        editor,
        "ignored",
        "open",
    )


def test_an_earlier_answer_stays_readable_where_the_alert_had_opened_again(
    alert: Alert, reporter: User, editor: User
) -> None:
    Alert.objects.update(answered_at=at(1), answered_by=editor, answer_note="It was so then.")

    undone = undo_answer(given(alert, by=reporter), by=reporter, now=at(6))

    assert (undone.answered_at, undone.answered_by, undone.answer_note) == (at(1), editor, "It was so then.")


def test_an_answer_that_was_followed_by_another_is_not_taken_back(alert: Alert, reporter: User) -> None:
    first = given(alert, by=reporter)
    reopen_alert(Alert.objects.get(), by=reporter, now=at(6))
    given(alert, by=reporter, minutes=7)

    with pytest.raises(AnswerGoneError):
        undo_answer(first, by=reporter, now=at(8))

    assert Alert.objects.get().state == AlertState.IGNORED


def test_an_answer_is_taken_back_once(alert: Alert, reporter: User) -> None:
    answer = given(alert, by=reporter)
    undo_answer(answer, by=reporter, now=at(6))

    with pytest.raises(AnswerGoneError):
        undo_answer(answer, by=reporter, now=at(7))


def test_where_a_newer_alert_is_open_the_answer_stays(alert: Alert, reporter: User) -> None:
    answer = given(alert, by=reporter)
    AlertFactory(recipient=reporter, source=alert.source)

    with pytest.raises(AlertSupersededError):
        undo_answer(answer, by=reporter, now=at(7))

    assert Alert.objects.get(pk=alert.pk).state == AlertState.IGNORED
