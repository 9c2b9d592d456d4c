"""Answers that change the source, and many answers at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.alerting.tell import tell_news
from stories.models import Alert, AlertEvent, Citation, Source, User
from stories.models.words import AlertState, VerdictWord
from tests.alerting.scenes import at, find, quote, untold
from tests.factories import AlertFactory, SourceFactory, make_editor, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.desk.answering.ask_to_check", lambda _keys: True)


def say(client: Client, alert: Alert, **said: Any) -> Any:
    return client.post(reverse("desk_answer", args=[alert.pk]), said, follow=True)


def say_of_many(client: Client, *alerts: Alert, answer: str = "still_holds", **said: Any) -> Any:
    keys = [f"{alert.pk}@{alert.developed_at.isoformat()}" for alert in alerts]
    return client.post(reverse("desk_answers"), {"alert": keys, "answer": answer, **said}, follow=True)


def undo(client: Client, alert: Alert) -> Any:
    answer = AlertEvent.objects.filter(alert=alert, kind="answered").latest("pk")
    return client.post(reverse("desk_undo_answer", args=[alert.pk]), {"answer": answer.pk}, follow=True)


def states() -> set[str]:
    return set(Alert.objects.values_list("state", flat=True))


def test_a_source_gets_its_new_address_and_undoing_gives_the_old_one_back(
    editing: Client, alert: Alert, editor: User
) -> None:
    was = alert.source.url

    say(editing, alert, state="moved", to="https://port.example/new")
    moved, answered = Source.objects.get(), Alert.objects.get()
    undo(editing, alert)

    assert (moved.url, answered.state, answered.answered_by) == ("https://port.example/new", "moved", editor)
    assert (Source.objects.get().url, Alert.objects.get().state) == (was, "open")


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("nonsense", "Write the whole new address"),
        ("http://127.0.0.1/", "is not"),
        ("https://port.example/taken", "has that address already"),
        ("", "Write the whole new address"),
    ],
)
def test_an_address_that_cannot_be_taken_is_refused_and_kept_in_the_form(
    to: str, why: str, editing: Client, alert: Alert
) -> None:
    SourceFactory(url="https://port.example/taken", title="Harbour board")

    response = say(editing, alert, state="moved", to=to, note="Found it.")

    html = response.content.decode()
    assert response.status_code == 409
    assert why in html
    assert f'value="{to}"' in html
    assert (states(), alert.events.filter(kind="answered").count()) == ({"open"}, 0)


def test_nobody_hears_any_more_of_a_source_that_is_watched_no_longer_until_that_is_undone(
    editing: Client, alert: Alert
) -> None:
    say(editing, alert, state="unwatched", sure="on")
    source, state = Source.objects.get(), Alert.objects.get().state
    reason = source.history.latest().history_change_reason
    undo(editing, alert)

    assert (source.is_watched, state, reason) == (False, "unwatched", "Not to be watched any more.")
    assert (Source.objects.get().is_watched, Alert.objects.get().state) == (True, "open")


def test_to_stop_watching_is_confirmed_in_words(editing: Client, alert: Alert) -> None:
    html = editing.get(alert.get_absolute_url()).content.decode()
    response = say(editing, alert, state="unwatched")

    assert "Nobody will hear of this source any more. One story rests on it." in html
    assert response.status_code == 400
    assert Source.objects.get().is_watched


@pytest.mark.parametrize(
    "said", [{"state": "moved", "to": "https://port.example/x"}, {"state": "unwatched", "sure": "on"}]
)
def test_a_reporter_changes_no_source(said: dict[str, str], desk: Client, alert: Alert) -> None:
    assert say(desk, alert, **said).status_code == 403
    assert (states(), Source.objects.get().is_watched) == ({"open"}, True)


def test_a_reporter_has_a_passage_of_their_story_watched_no_longer_until_that_is_undone(
    desk: Client, alert: Alert
) -> None:
    citation = alert.verdicts.get().citation

    html = desk.get(alert.get_absolute_url()).content.decode()
    say(desk, alert, state="unwatched", citation=citation.pk)
    left, answered = Citation.objects.get(), Alert.objects.get()
    undo(desk, alert)

    assert f'name="citation" value="{citation.pk}" required' in html
    assert (left.is_watched, answered.state) == (False, "unwatched")
    assert answered.answer_note == f"Nobody is told any more of {citation}"
    assert Source.objects.get().is_watched
    assert (Citation.objects.get().is_watched, Alert.objects.get().state) == (True, "open")


def test_a_passage_named_beside_another_answer_changes_nothing(desk: Client, alert: Alert) -> None:
    citation = Citation.objects.get()

    moved = say(desk, alert, state="moved", to="https://port.example/x", citation=citation.pk)
    say(desk, alert, state="still_holds", citation=citation.pk)

    assert moved.status_code == 403
    assert Citation.objects.get().is_watched
    assert Source.objects.get().url == alert.source.url


def test_undoing_a_move_whose_old_address_is_taken_by_now_says_so(editing: Client, alert: Alert) -> None:
    was = alert.source.url
    say(editing, alert, state="moved", to="https://port.example/new")
    SourceFactory(url=was, title="Harbour board")

    response = editing.post(reverse("desk_undo"), {"alert": alert.pk}, follow=True)

    assert "“Harbour board” has that address already" in response.content.decode().replace("&quot;", "")
    assert states() == {"moved"}


CHANGED_SINCE = "was changed by somebody since"


def set_watched(row: Source | Citation, *values: bool) -> None:
    """An editor decides so, one decision after the other."""
    for value in values:
        row.refresh_from_db()
        row.is_watched = value
        row.save()


def test_undoing_leaves_a_source_alone_that_an_editor_has_left_once_more_since(
    editing: Client, alert: Alert
) -> None:
    say(editing, alert, state="unwatched", sure="on")
    set_watched(alert.source, True, False)

    html = undo(editing, alert).content.decode()

    assert CHANGED_SINCE in html
    assert (Source.objects.get().is_watched, states()) == (False, {"open"})


def test_undoing_says_nothing_of_a_source_that_is_watched_again_already(
    editing: Client, alert: Alert
) -> None:
    say(editing, alert, state="unwatched", sure="on")
    set_watched(alert.source, True)

    html = undo(editing, alert).content.decode()

    assert CHANGED_SINCE not in html
    assert (Source.objects.get().is_watched, states()) == (True, {"open"})


def test_undoing_watches_no_source_that_was_merged_into_another_since(editing: Client, alert: Alert) -> None:
    say(editing, alert, state="unwatched", sure="on")
    source = alert.source
    source.refresh_from_db()
    source.merged_into = SourceFactory()
    source.save()

    html = editing.post(reverse("desk_undo"), {"alert": alert.pk}, follow=True).content.decode()

    assert CHANGED_SINCE in html
    assert not Source.objects.get(pk=source.pk).is_watched


def test_undoing_gives_no_old_address_to_a_source_that_has_moved_on_since(
    editing: Client, alert: Alert
) -> None:
    say(editing, alert, state="moved", to="https://port.example/new")
    source = alert.source
    source.refresh_from_db()
    source.url = "https://port.example/newest"
    source.save()

    html = undo(editing, alert).content.decode()

    assert CHANGED_SINCE in html
    assert (Source.objects.get().url, states()) == ("https://port.example/newest", {"open"})


def test_what_else_was_changed_of_a_source_keeps_nothing_from_being_undone(
    editing: Client, alert: Alert
) -> None:
    say(editing, alert, state="unwatched", sure="on")
    source = alert.source
    source.refresh_from_db()
    source.note = "Ask the harbour master."
    source.save()

    html = undo(editing, alert).content.decode()

    assert CHANGED_SINCE not in html
    assert Source.objects.get().is_watched


def test_undoing_leaves_a_passage_alone_of_which_somebody_has_decided_since(
    desk: Client, alert: Alert
) -> None:
    citation = alert.verdicts.get().citation
    say(desk, alert, state="unwatched", citation=citation.pk)
    set_watched(citation, True, False)

    html = undo(desk, alert).content.decode()

    assert CHANGED_SINCE in html
    assert (Citation.objects.get().is_watched, states()) == (False, {"open"})


def test_undoing_leaves_a_passage_alone_of_which_nobody_was_told_before(desk: Client, alert: Alert) -> None:
    citation = alert.verdicts.get().citation
    set_watched(citation, False)
    say(desk, alert, state="unwatched", citation=citation.pk)

    undo(desk, alert)

    assert (Citation.objects.get().is_watched, states()) == (False, {"open"})


def test_nobody_is_told_of_a_passage_that_is_watched_no_longer(reporter: User, alert: Alert) -> None:
    citation = alert.verdicts.get().citation
    Alert.objects.update(state=AlertState.UNWATCHED)
    citation.is_watched = False
    citation.save()
    find([citation], VerdictWord.MISSING, minutes=5)
    other = quote(alert.source, reporter)
    find([other], VerdictWord.ALTERED, minutes=6)

    tell_news(now=at(7))

    told = Alert.objects.exclude(pk=alert.pk).get()
    assert [verdict.citation for verdict in told.verdicts.all()] == [other]
    assert untold() == 0


def test_the_passage_of_a_story_that_one_only_follows_is_left_alone(desk: Client, alert: Alert) -> None:
    article = alert.verdicts.get().citation.article
    article.reporters.clear()

    assert say(desk, alert, state="unwatched", citation=Citation.objects.get().pk).status_code == 403
    assert Citation.objects.get().is_watched


def test_many_alerts_get_one_answer_and_one_why(desk: Client, reporter: User) -> None:
    alerts = [AlertFactory(recipient=reporter) for _ in range(3)]

    response = say_of_many(desk, *alerts[:2], note="Typos.", view="?state=open&whose=mine&q=port")

    assert "Noted of 2 alerts: still holds." in response.content.decode()
    assert response.redirect_chain == [(reverse("desk_inbox") + "?state=open&whose=mine&q=port", 302)]
    assert [alert.answer_note for alert in Alert.objects.order_by("pk")] == ["Typos.", "Typos.", ""]


def test_what_was_said_of_many_is_undone_at_once(desk: Client, reporter: User) -> None:
    alerts = [AlertFactory(recipient=reporter) for _ in range(2)]
    say_of_many(desk, *alerts)

    response = desk.post(
        reverse("desk_undo"), {"alert": [alert.pk for alert in alerts], "view": "?state=open"}, follow=True
    )

    assert "2 alerts are open again." in response.content.decode()
    assert states() == {"open"}


def test_of_many_only_what_developed_meanwhile_is_refused(desk: Client, reporter: User) -> None:
    alerts = [AlertFactory(recipient=reporter) for _ in range(2)]
    Alert.objects.filter(pk=alerts[0].pk).update(developed_at=at(5))

    response = say_of_many(desk, *alerts)

    assert "The source changed again while you were looking." in response.content.decode()
    assert [alert.state for alert in Alert.objects.order_by("pk")] == ["open", "still_holds"]


def test_of_many_those_of_others_are_left_alone(desk: Client, reporter: User) -> None:
    """Invariant 5: one door, for many as for one."""
    own, other = AlertFactory(recipient=reporter), AlertFactory(recipient=make_reporter())

    say_of_many(desk, own, other)

    assert Alert.objects.get(pk=other.pk).is_open


def test_nobody_undoes_by_an_old_message_what_another_has_said_since(desk: Client, reporter: User) -> None:
    alert, editor = AlertFactory(recipient=reporter), make_editor()
    Alert.objects.update(state=AlertState.NEEDS_UPDATE, answered_by=editor, answered_at=at(1))

    response = desk.post(reverse("desk_undo"), {"alert": alert.pk}, follow=True)

    assert "There was nothing left to take back." in response.content.decode()
    assert states() == {"needs_update"}


def test_an_answer_without_alerts_says_what_is_missing(desk: Client) -> None:
    assert "Select the alerts" in say_of_many(desk).content.decode()


@pytest.mark.parametrize("answer", ["moved", "unwatched", "open", "nonsense"])
def test_what_changes_a_source_is_not_said_of_many(answer: str, editing: Client, alert: Alert) -> None:
    assert say_of_many(editing, alert, answer=answer).status_code == 400


@pytest.mark.parametrize(
    "keys", [["nonsense"], ["1@soon"], ["9" * 30 + "@2026-01-01T00:00:00+00:00"], ["²@x"]]
)
def test_what_no_form_of_ours_sends_answers_nothing(keys: list[str], desk: Client, alert: Alert) -> None:
    desk.post(reverse("desk_answers"), {"alert": keys, "answer": "ignored"})

    assert states() == {"open"}
