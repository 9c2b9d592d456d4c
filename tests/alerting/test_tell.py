"""Telling: each person hears of each change once, or nothing of it is written at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from stories.alerting.news import lock_news
from stories.alerting.tell import tell_news
from stories.models import Alert, Check, Delivery, User, Verdict
from stories.models.words import AlertState, Channel, DeliveryState, Gravity, Outcome, VerdictWord
from tests.alerting.scenes import (
    NOON,
    altered_alert,
    at,
    deliveries_of,
    find,
    only_alert,
    page_news,
    quote,
    told_words,
    untold,
)
from tests.factories import FollowingFactory, SourceFactory, UserFactory, make_editor, make_reporter

pytestmark = pytest.mark.django_db


def test_an_altered_passage_becomes_one_alert_and_one_delivery(reporter: User) -> None:
    source = SourceFactory()
    check = find([quote(source, reporter)], VerdictWord.ALTERED)

    [delivery] = tell_news(now=NOON)

    alert = only_alert(reporter)
    assert (alert.source, alert.state, alert.gravity) == (source, AlertState.OPEN, Gravity.HIGH)
    assert (alert.opened_at, alert.developed_at) == (NOON, NOON)
    assert (delivery.alert, delivery.change, delivery.channel) == (alert, check, Channel.EMAIL)
    assert (delivery.state, delivery.next_try_at) == (DeliveryState.WAITING, NOON)


def test_nobody_is_told_of_a_passage_that_is_watched_no_longer(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    citation.is_watched = False
    citation.save()

    assert tell_news(now=NOON) == []
    assert not Alert.objects.exists()


def test_telling_twice_tells_nothing_twice(reporter: User) -> None:
    """Invariant 3: what is marked as told is not told again."""
    find([quote(SourceFactory(), reporter)], VerdictWord.ALTERED)
    tell_news(now=NOON)

    again = tell_news(now=at(1))

    assert again == []
    assert Alert.objects.count() == Delivery.objects.count() == 1
    assert Verdict.objects.get().told_at == NOON


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the fault is written in SQLite's own way")
def test_news_that_cannot_be_told_keep_no_other_news_back(
    reporter: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Invariant 3: one source at fault must not silence the newsroom."""
    bad, good = SourceFactory(), SourceFactory()
    find([quote(bad, reporter)], VerdictWord.ALTERED)
    find([quote(good, reporter)], VerdictWord.ALTERED)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER at_fault BEFORE INSERT ON stories_alert "
            f"WHEN NEW.source_id = {bad.pk} BEGIN SELECT RAISE(ABORT, 'at fault'); END"
        )

    [delivery] = tell_news(now=NOON)

    assert delivery.alert.source == good
    assert untold() == 1
    assert "at fault" in caplog.text


def test_a_failure_in_the_middle_leaves_nothing_marked(
    reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant 3: alerts, deliveries and marks are written together or not at all."""
    find([quote(SourceFactory(), reporter)], VerdictWord.ALTERED)
    with monkeypatch.context() as broken:
        broken.setattr(Delivery.objects, "bulk_create", _fail)

        with pytest.raises(OperationalError):
            tell_news(now=NOON)

    assert untold() == 1
    assert Alert.objects.count() == 0
    assert len(tell_news(now=at(1))) == 1


def _fail(*_args: object, **_kwargs: object) -> None:
    raise OperationalError("the disk is full")


def test_news_that_somebody_else_marks_meanwhile_are_left_to_them(reporter: User) -> None:
    """Invariant 3: the mark is conditional, so the loser of a race writes nothing."""
    find([quote(SourceFactory(), reporter)], VerdictWord.ALTERED)
    races = []

    def mark_before_us(execute: Callable, sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "stories_verdict"') and not races:
            races.append(sql)
            Verdict.objects.update(told_at=at(-1))
        return execute(sql, *rest)

    with connection.execute_wrapper(mark_before_us):
        deliveries = tell_news(now=NOON)

    assert (len(races), deliveries, Alert.objects.count()) == (1, [], 0)


def test_one_person_with_several_claims_gets_one_alert_that_lists_them_all(reporter: User) -> None:
    source = SourceFactory()
    find([quote(source, reporter) for _ in range(3)], VerdictWord.ALTERED)

    deliveries = tell_news(now=NOON)

    assert len(deliveries) == 1
    assert only_alert(reporter).verdicts.count() == 3


def test_each_reporter_hears_only_of_their_own_stories() -> None:
    """Invariant 5: an alert names no story of somebody else's."""
    ana, ben = make_reporter(), make_reporter()
    source = SourceFactory()
    hers, his, both = quote(source, ana), quote(source, ben), quote(source, ana, ben)
    find([hers, his, both], VerdictWord.MISSING)

    tell_news(now=NOON)

    assert {verdict.citation for verdict in only_alert(ana).verdicts.all()} == {hers, both}
    assert {verdict.citation for verdict in only_alert(ben).verdicts.all()} == {his, both}


def test_a_story_without_active_reporters_is_the_editors(editor: User) -> None:
    gone = make_reporter(is_active=False)
    make_editor(is_active=False)
    find([quote(SourceFactory(), gone)], VerdictWord.ALTERED)

    [delivery] = tell_news(now=NOON)

    assert delivery.alert.recipient == editor


def test_a_story_with_a_reporter_is_not_the_editors(editor: User, reporter: User) -> None:
    find([quote(SourceFactory(), reporter)], VerdictWord.ALTERED)

    tell_news(now=NOON)

    assert not Alert.objects.filter(recipient=editor).exists()


def test_what_nobody_would_hear_waits_for_whoever_joins() -> None:
    find([quote(SourceFactory())], VerdictWord.ALTERED)
    assert tell_news(now=NOON) == []
    assert untold() == 1

    editor = make_editor()

    assert [delivery.alert.recipient for delivery in tell_news(now=NOON)] == [editor]
    assert untold() == 0


def test_they_wait_though_others_quote_the_source(reporter: User) -> None:
    """Invariant 3: else they would be marked as told, and nobody of the story had heard."""
    source = SourceFactory()
    quote(source, reporter)
    find([quote(source)], VerdictWord.ALTERED)

    assert tell_news(now=NOON) == []
    assert untold() == 1


def test_of_two_stories_that_without_people_waits_alone(reporter: User) -> None:
    """Invariant 3: what the one's reporter hears is told, and the other's part to who joins."""
    source = SourceFactory()
    hers, nobodys = quote(source, reporter), quote(source)
    find([hers, nobodys], VerdictWord.MISSING)

    told = [tell_news(now=NOON), tell_news(now=NOON)]
    editor = make_editor()
    told.append(tell_news(now=at(5)))

    assert [[delivery.alert.recipient for delivery in each] for each in told] == [[reporter], [], [editor]]
    assert only_alert(editor).verdicts.get().citation == nobodys
    assert untold() == 0


def test_they_wait_though_somebody_follows_the_source() -> None:
    """Invariant 3: whoever only follows it hears of no draft's passage, and answers for no story."""
    source = FollowingFactory(source=SourceFactory()).source
    find([quote(source)], VerdictWord.ALTERED)
    page_news(source, Outcome.GONE, minutes=1)

    assert tell_news(now=NOON) == []
    assert untold() == 2


def test_a_superuser_is_an_editor_too() -> None:
    chief = UserFactory(is_superuser=True, is_staff=True)
    find([quote(SourceFactory())], VerdictWord.ALTERED)

    assert [delivery.alert.recipient for delivery in tell_news(now=NOON)] == [chief]


def test_a_person_without_an_address_has_an_alert_at_the_desk_only() -> None:
    silent = make_reporter(email="")
    find([quote(SourceFactory(), silent)], VerdictWord.ALTERED)

    assert tell_news(now=NOON) == []
    assert only_alert(silent).is_open


@pytest.mark.parametrize(
    ("outcome", "gravity"),
    [
        (Outcome.GONE, Gravity.HIGH),
        (Outcome.CHANGED, Gravity.NORMAL),
        (Outcome.MOVED, Gravity.NORMAL),
        (Outcome.BLOCKED, Gravity.NORMAL),
        (Outcome.FAILED, Gravity.NORMAL),
    ],
)
def test_news_of_the_page_itself_reach_everybody_who_cites_it(
    outcome: Outcome, gravity: Gravity, reporter: User
) -> None:
    source = SourceFactory()
    quote(source, reporter)
    check = page_news(source, outcome)

    tell_news(now=NOON)

    alert = only_alert(reporter)
    assert (list(alert.checks.all()), alert.gravity) == ([check], gravity)


def test_what_follows_develops_the_open_alert(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    page_news(citation.source, Outcome.CHANGED)
    tell_news(now=NOON)
    find([citation], VerdictWord.ALTERED, minutes=5)
    tell_news(now=at(5))

    find([citation], VerdictWord.MISSING, minutes=9)
    tell_news(now=at(9))

    alert = only_alert(reporter)
    assert told_words(alert) == ["altered", "missing"]
    assert (alert.gravity, alert.opened_at, alert.developed_at) == (Gravity.HIGH, NOON, at(9))
    assert len(deliveries_of(reporter)) == 3


def test_gravity_is_raised_and_not_lowered(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)
    page_news(citation.source, Outcome.MOVED, minutes=5)

    tell_news(now=at(5))

    assert only_alert(reporter).gravity == Gravity.HIGH


def test_an_answered_alert_opens_again_when_its_passage_changes_again(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)
    Alert.objects.update(state=AlertState.STILL_HOLDS, answered_at=at(1), answered_by=reporter)
    find([citation], VerdictWord.MISSING, minutes=5)

    tell_news(now=at(5))

    alert = only_alert(reporter)
    assert (alert.state, told_words(alert)) == (AlertState.OPEN, ["altered", "missing"])
    assert alert.answered_by == reporter, "what was answered before stays readable"


def test_what_was_answered_is_not_told_again_when_its_page_comes_back(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)
    Alert.objects.update(state=AlertState.STILL_HOLDS, answered_at=at(1), answered_by=reporter)
    assert citation.source
    page_news(citation.source, Outcome.BLOCKED, minutes=5)
    tell_news(now=at(5))
    back = find([citation], VerdictWord.ALTERED, minutes=9)
    Check.objects.filter(pk=back.pk).update(outcome=Outcome.UNCHANGED)

    tell_news(now=at(9))

    answered, loss = Alert.objects.order_by("pk")
    assert (answered.state, told_words(answered)) == (AlertState.STILL_HOLDS, ["altered"])
    assert (loss.state, list(loss.checks.values_list("outcome", flat=True).order_by("pk"))) == (
        AlertState.RESTORED,
        [Outcome.BLOCKED, Outcome.UNCHANGED],
    )
    assert untold() == 0


def test_another_wording_than_the_one_answered_is_told_again(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)
    Alert.objects.update(state=AlertState.STILL_HOLDS, answered_at=at(1), answered_by=reporter)
    find([citation], VerdictWord.ALTERED, minutes=9, wording="The bridge was closed.")

    tell_news(now=at(9))

    assert Alert.objects.get().is_open


def test_a_change_of_another_passage_is_a_new_alert_where_the_first_is_answered(reporter: User) -> None:
    source = SourceFactory()
    first, second = quote(source, reporter), quote(source, reporter)
    find([first], VerdictWord.ALTERED)
    tell_news(now=NOON)
    Alert.objects.update(state=AlertState.IGNORED, answered_at=at(1), answered_by=reporter)
    find([second], VerdictWord.ALTERED, minutes=5)

    tell_news(now=at(5))

    assert sorted(Alert.objects.values_list("state", flat=True)) == ["ignored", "open"]


def test_the_latest_of_several_answered_alerts_opens_again(reporter: User) -> None:
    source = SourceFactory()
    passages = [quote(source, reporter), quote(source, reporter)]
    for minutes, passage in enumerate(passages):
        find([passage], VerdictWord.ALTERED, minutes=minutes)
        tell_news(now=at(minutes))
        Alert.objects.update(state=AlertState.IGNORED)
    older, later = Alert.objects.order_by("developed_at")
    find(passages, VerdictWord.MISSING, minutes=5)

    tell_news(now=at(5))

    older.refresh_from_db()
    later.refresh_from_db()
    assert (older.state, later.state) == (AlertState.IGNORED, AlertState.OPEN)


def test_a_restored_passage_closes_the_alert_that_told_of_it(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)
    find([citation], VerdictWord.VERBATIM, minutes=5)

    [delivery] = tell_news(now=at(5))

    alert = only_alert(reporter)
    assert (alert.state, alert.gravity) == (AlertState.RESTORED, Gravity.LOW)
    assert delivery.alert == alert


def test_an_alert_stays_open_until_all_its_passages_stand_again(reporter: User) -> None:
    source = SourceFactory()
    passages = [quote(source, reporter), quote(source, reporter)]
    find(passages, VerdictWord.ALTERED)
    tell_news(now=NOON)
    find(passages[:1], VerdictWord.VERBATIM, minutes=5)
    tell_news(now=at(5))
    state_after_the_first = only_alert(reporter).state

    find(passages[1:], VerdictWord.VERBATIM, minutes=9)
    tell_news(now=at(9))

    assert (state_after_the_first, only_alert(reporter).state) == (AlertState.OPEN, AlertState.RESTORED)


def test_a_flapping_passage_is_one_alert_with_a_history(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    words = [VerdictWord.ALTERED, VerdictWord.VERBATIM] * 3
    for minutes, word in enumerate(words):
        find([citation], word, minutes=minutes)
        tell_news(now=at(minutes))

    alert = only_alert(reporter)
    assert told_words(alert) == [str(word) for word in words]
    assert alert.state == AlertState.RESTORED


def test_what_came_and_went_before_anybody_was_told_is_no_news(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    find([citation], VerdictWord.VERBATIM, minutes=5)

    assert tell_news(now=at(6)) == []
    assert (untold(), Alert.objects.count()) == (0, 0)


def test_two_changes_told_in_one_go_are_one_delivery(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    later = find([citation], VerdictWord.MISSING, minutes=5)

    [delivery] = tell_news(now=at(6))

    assert delivery.change == later
    assert told_words(only_alert(reporter)) == ["altered", "missing"]


@pytest.mark.parametrize(
    ("answer", "mails"),
    [(AlertState.NEEDS_UPDATE, 2), (AlertState.STILL_HOLDS, 1), (AlertState.IGNORED, 1)],
)
def test_a_restoration_keeps_the_answer_and_is_mailed_only_where_work_is_waiting(
    answer: AlertState, mails: int, reporter: User
) -> None:
    alert = altered_alert(reporter)
    Alert.objects.update(state=answer, answered_at=at(1), answered_by=reporter)
    find([alert.verdicts.get().citation], VerdictWord.VERBATIM, minutes=5)

    tell_news(now=at(5))

    alert.refresh_from_db()
    assert (alert.state, told_words(alert)) == (answer, ["altered", "verbatim"])
    assert len(deliveries_of(reporter)) == mails


def test_that_a_passage_stands_is_no_news_to_people_who_heard_of_no_change(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)
    newcomer = make_reporter()
    citation.article.reporters.add(newcomer)
    find([citation], VerdictWord.VERBATIM, minutes=5)

    tell_news(now=at(5))

    assert not Alert.objects.filter(recipient=newcomer).exists()


def test_a_page_that_comes_back_closes_the_alert_that_it_was_gone(reporter: User) -> None:
    source = SourceFactory()
    quote(source, reporter)
    page_news(source, Outcome.GONE)
    tell_news(now=NOON)
    page_news(source, Outcome.UNCHANGED, minutes=5)

    [delivery] = tell_news(now=at(5))

    assert delivery.alert.pk == only_alert(reporter).pk
    assert only_alert(reporter).state == AlertState.RESTORED


def test_passages_that_can_be_read_again_close_the_alert_that_their_page_was_gone(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    page_news(citation.source, Outcome.GONE)
    tell_news(now=NOON)
    find([citation], VerdictWord.VERBATIM, minutes=5)

    [delivery] = tell_news(now=at(5))

    assert (delivery.alert.pk, only_alert(reporter).state) == (only_alert(reporter).pk, AlertState.RESTORED)


def test_a_move_is_not_undone_by_a_passage_that_stands(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    page_news(citation.source, Outcome.MOVED)
    tell_news(now=NOON)
    find([citation], VerdictWord.VERBATIM, minutes=5)

    tell_news(now=at(5))

    assert only_alert(reporter).is_open


def test_a_page_that_changed_because_a_passage_was_restored_did_not_change_elsewhere(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)
    Alert.objects.update(state=AlertState.IGNORED, answered_at=at(1), answered_by=reporter)
    check = find([citation], VerdictWord.VERBATIM, minutes=5)
    Check.objects.filter(pk=check.pk).update(is_news=True)

    assert tell_news(now=at(5)) == []
    assert Alert.objects.get().state == AlertState.IGNORED


def test_a_verdict_on_a_passage_that_now_rests_on_another_source_is_told_to_nobody(reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    find([citation], VerdictWord.ALTERED)
    citation.source = SourceFactory()
    citation.save()

    assert tell_news(now=NOON) == []
    assert (untold(), Alert.objects.count()) == (0, 0)


def test_there_is_nothing_to_claim_where_everything_is_told(reporter: User) -> None:
    source = SourceFactory()

    assert lock_news([source.pk]) == []


def test_the_number_of_queries_does_not_grow_with_the_stories_that_quote_a_source(reporter: User) -> None:
    counts = []
    for stories in (2, 20):
        source = SourceFactory()
        find([quote(source, reporter) for _ in range(stories)], VerdictWord.ALTERED)
        with CaptureQueriesContext(connection) as queries:
            tell_news(now=NOON)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_number_of_queries_does_not_grow_with_people_or_sources() -> None:
    counts = []
    for many in (2, 5):
        for _ in range(many):
            source = SourceFactory()
            find([quote(source, *(make_reporter() for _ in range(many)))], VerdictWord.ALTERED)
        with CaptureQueriesContext(connection) as queries:
            tell_news(now=NOON)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_number_of_queries_does_not_grow_with_the_alerts_that_develop() -> None:
    counts = []
    for many in (2, 5):
        citations = [quote(SourceFactory(), *(make_reporter() for _ in range(many))) for _ in range(many)]
        for minutes, word in enumerate((VerdictWord.ALTERED, VerdictWord.MISSING)):
            for citation in citations:
                find([citation], word, minutes=minutes)
            with CaptureQueriesContext(connection) as queries:
                tell_news(now=at(minutes))
        counts.append(len(queries))

    assert counts[0] == counts[1]
