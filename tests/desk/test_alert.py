"""One alert: what happened, what rests on it, and an answer that leads somewhere."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.alerting.tell import tell_news
from stories.models import Alert, Check, Delivery, User
from stories.models.words import AlertState, Outcome, VerdictWord
from tests.alerting.scenes import altered_alert, at, find, only_alert, page_news, quote
from tests.desk.test_inbox import publish_update
from tests.factories import SnapshotFactory, SourceFactory, WatchFactory, make_reporter

pytestmark = pytest.mark.django_db

PAGE = "".join(
    f"<p>{text}</p>"
    for text in (
        "The bridge will be closed from Monday.",
        "The ferry runs twice an hour.",
        "Tickets are sold on board.",
        "A street fair.",
        "A market.",
    )
)


def page(client: Client, alert: Alert) -> str:
    return client.get(alert.get_absolute_url()).content.decode()


def answer(client: Client, alert: Alert, **fields: Any) -> Any:
    return client.post(reverse("desk_answer", args=[alert.pk]), fields, follow=False)


def state_of(alert: Alert) -> str:
    return Alert.objects.get(pk=alert.pk).state


def panel(alert: Alert, number: int = 0) -> str:
    article = alert.verdicts.order_by("pk")[number].citation.article
    return f"{reverse('admin:stories_article_publish', args=[article.pk])}?alert={alert.pk}"


def test_it_shows_both_wordings_what_rests_on_them_and_the_source(desk: Client, alert: Alert) -> None:
    WatchFactory(source=alert.source, read_at=at(3))

    html = page(desk, alert)

    assert "<del>will</del><ins>may</ins>" in html
    assert "The bridge <ins>may</ins> be closed from Monday." in html
    assert "Bridge to close" in html
    assert "The bridge closes on Monday." in html
    assert f'href="{alert.source.url}"' in html
    assert "Last read" in html


def test_it_leads_to_the_story_as_readers_have_it(desk: Client, alert: Alert) -> None:
    article = alert.verdicts.get().citation.article
    link = f'<a href="{article.get_absolute_url()}">Bridge to close</a>'
    as_a_draft = page(desk, alert)

    publish_update(article, alert)

    assert link not in as_a_draft
    assert link in page(desk, alert)


def test_its_history_is_told_newest_first(desk: Client, alert: Alert) -> None:
    citation = alert.verdicts.get().citation
    find([citation], VerdictWord.MISSING, minutes=5)
    page_news(alert.source, Outcome.GONE, minutes=9)
    tell_news(now=at(10))

    html = page(desk, alert)

    assert html.index("Page gone</p>") < html.index("1 passage missing") < html.index("1 passage altered")


def test_it_says_who_was_told_and_what_went_wrong(desk: Client, alert: Alert) -> None:
    Delivery.objects.update(state="given_up", error="550 no such mailbox")

    html = page(desk, alert)

    assert "given up" in html
    assert "550 no such mailbox" in html


def test_an_alert_of_somebody_else_does_not_exist(desk: Client) -> None:
    """Invariant 5: not even its existence is told."""
    theirs = altered_alert(make_reporter())

    assert desk.get(theirs.get_absolute_url()).status_code == 404
    assert answer(desk, theirs, state="ignored").status_code == 404
    assert state_of(theirs) == AlertState.OPEN


def test_a_stranger_can_neither_see_nor_answer(client: Client, alert: Alert) -> None:
    assert client.get(alert.get_absolute_url()).status_code == 302
    assert answer(client, alert, state="ignored").status_code == 302
    assert state_of(alert) == AlertState.OPEN


def test_a_story_that_its_reporter_lost_is_not_shown(desk: Client, alert: Alert) -> None:
    """Invariant 5: an alert shows no draft to somebody who may not see it any more."""
    alert.verdicts.get().citation.article.reporters.clear()

    html = page(desk, alert)

    assert "Bridge to close" not in html
    assert "will be closed" not in html


def test_an_answer_is_given_by_post_only(desk: Client, alert: Alert) -> None:
    assert desk.get(reverse("desk_answer", args=[alert.pk])).status_code == 405


@pytest.mark.parametrize("state", ["still_holds", "ignored", "needs_update"])
def test_a_reporters_answer_is_recorded_and_acknowledged(
    state: str, desk: Client, alert: Alert, reporter: User
) -> None:
    response = desk.post(
        reverse("desk_answer", args=[alert.pk]), {"state": state, "note": "Same sense."}, follow=True
    )

    alert.refresh_from_db()
    assert (alert.state, alert.answered_by, alert.answer_note) == (state, reporter, "Same sense.")
    assert response.redirect_chain == [(alert.get_absolute_url(), 302)]
    assert "Noted: " in response.content.decode()


def test_a_reporter_is_told_that_the_editors_see_it(desk: Client, alert: Alert) -> None:
    response = desk.post(reverse("desk_answer", args=[alert.pk]), {"state": "needs_update"}, follow=True)

    assert "The editors see it too." in response.content.decode()


@pytest.mark.parametrize("state", ["restored", "nonsense", ""])
def test_what_is_no_answer_is_refused(state: str, desk: Client, alert: Alert) -> None:
    assert answer(desk, alert, state=state).status_code == 400
    assert state_of(alert) == AlertState.OPEN


def undo(client: Client, alert: Alert, **fields: Any) -> Any:
    return client.post(reverse("desk_undo_answer", args=[alert.pk]), fields, follow=True)


def test_an_answer_can_be_undone_from_the_history(desk: Client, alert: Alert) -> None:
    answer(desk, alert, state="ignored")
    given = alert.events.get(kind="answered")

    html = page(desk, alert)
    undo(desk, alert, answer=given.pk)

    assert "Undo the answer" in html
    assert "Undo this answer" in html
    assert state_of(alert) == AlertState.OPEN
    assert "took “ignored” back" in page(desk, alert)


def test_an_answer_can_be_undone_from_the_message_right_after_it(desk: Client, alert: Alert) -> None:
    response = desk.post(reverse("desk_answer", args=[alert.pk]), {"state": "still_holds"}, follow=True)

    undone = desk.post(reverse("desk_undo"), {"alert": alert.pk}, follow=True)

    assert "Noted: still holds." in response.content.decode()
    assert f'action="{reverse("desk_undo")}"' in response.content.decode()
    assert undone.redirect_chain == [(alert.get_absolute_url(), 302)]
    assert state_of(alert) == AlertState.OPEN


def test_only_the_answer_that_stands_can_be_undone(desk: Client, alert: Alert) -> None:
    answer(desk, alert, state="ignored")
    first = alert.events.get(kind="answered")
    undo(desk, alert, answer=first.pk)
    answer(desk, alert, state="needs_update")

    response = undo(desk, alert, answer=first.pk)

    assert "That answer does not stand any more" in response.content.decode()
    assert state_of(alert) == AlertState.NEEDS_UPDATE


def test_what_its_source_restored_can_be_opened_again(desk: Client, alert: Alert) -> None:
    Alert.objects.update(state=AlertState.RESTORED)

    assert "Open again" in page(desk, alert)
    undo(desk, alert)

    assert state_of(alert) == AlertState.OPEN


def test_an_answer_to_what_another_answered_meanwhile_is_refused(
    desk: Client, alert: Alert, editor: User
) -> None:
    Alert.objects.update(state=AlertState.NEEDS_UPDATE, answered_by=editor, answered_at=at(1))

    response = desk.post(reverse("desk_answer", args=[alert.pk]), {"state": "ignored"}, follow=True)

    assert f"This was answered already: needs an update, by {editor.name}" in response.content.decode()
    assert state_of(alert) == AlertState.NEEDS_UPDATE


def test_an_answer_to_what_has_developed_since_is_refused(desk: Client, alert: Alert) -> None:
    seen_at = alert.developed_at.isoformat()
    Alert.objects.update(developed_at=at(5))

    response = answer(desk, alert, state="ignored", seen_at=seen_at, note="Only the order of words.")

    html = response.content.decode()
    assert response.status_code == 409
    assert "The source changed again while you were looking." in html
    assert "New since you looked" in html
    assert "Only the order of words.</textarea>" in html
    assert state_of(alert) == AlertState.OPEN


def test_the_form_sends_back_what_the_person_saw(desk: Client, alert: Alert) -> None:
    html = page(desk, alert)

    assert f'name="seen_at" value="{alert.developed_at.isoformat()}"' in html


def test_an_editor_who_says_needs_an_update_is_led_to_the_publish_panel(
    editing: Client, alert: Alert
) -> None:
    response = answer(editing, alert, state="needs_update")

    assert response["Location"] == panel(alert)
    assert state_of(alert) == AlertState.NEEDS_UPDATE


def test_an_alert_whose_update_is_published_says_so_and_asks_for_none(editing: Client, alert: Alert) -> None:
    answer(editing, alert, state="needs_update")
    publish_update(alert.verdicts.get().citation.article, alert)

    html = page(editing, alert)

    assert "</a>” is published.</p>" in html
    assert "Update it again" in html
    assert "button--primary" not in html


def test_an_editor_chooses_between_several_stories(editing: Client, reporter: User) -> None:
    source = SourceFactory()
    citations = [quote(source, reporter), quote(source, reporter)]
    find(citations, VerdictWord.ALTERED)
    tell_news(now=at(1))
    alert = only_alert(reporter)
    second = citations[1].article

    html = page(editing, alert)
    response = answer(editing, alert, article=second.pk)

    assert f'name="article" value="{second.pk}">{second.headline}<' in html
    assert response["Location"] == panel(alert, number=1)
    assert f"{reverse('admin:stories_article_publish', args=[second.pk])}?alert={alert.pk}" in page(
        editing, alert
    )


@pytest.mark.parametrize("chosen", ["0", "nonsense"])
def test_a_story_that_the_alert_does_not_tell_of_leads_nowhere(
    chosen: str, editing: Client, alert: Alert
) -> None:
    assert answer(editing, alert, article=chosen)["Location"] == alert.get_absolute_url()


@pytest.mark.parametrize("passages", [1, 10])
def test_the_page_of_the_alert_counts_its_queries(
    passages: int, desk: Client, reporter: User, django_assert_num_queries: Any
) -> None:
    source = SourceFactory()
    find([quote(source, reporter) for _ in range(passages)], VerdictWord.ALTERED)
    tell_news(now=at(1))
    address = only_alert(reporter).get_absolute_url()

    # Session, person, permissions (2); alert, verdicts, checks, own stories, followings, look before, steps,
    # updates; copies (2), picture (3), colleagues, people to care, buttons, deliveries, passages to leave, those of
    # the stories that readers have, stories.
    with django_assert_num_queries(24):
        desk.get(address)


def test_the_copies_and_the_page_around_the_passage_are_shown(editing: Client, reporter: User) -> None:
    citation = quote(SourceFactory(), reporter)
    before = SnapshotFactory(source=citation.source, body=PAGE.encode())
    after = SnapshotFactory(source=citation.source, body=PAGE.replace("will be", "may be").encode())
    find([citation], VerdictWord.VERBATIM, is_news=False)
    Check.objects.update(snapshot=before)
    check = find([citation], VerdictWord.ALTERED, minutes=1)
    Check.objects.filter(pk=check.pk).update(snapshot=after, baseline=before)
    WatchFactory(source=citation.source, snapshot=after)
    tell_news(now=at(2))

    html = page(editing, only_alert(reporter))

    assert '<p class="page-diff__fold">Two more paragraphs</p>' in html
    assert "The ferry runs twice an hour." in html
    assert "A street fair." not in html
    assert reverse("desk_compare_copies", args=[citation.source_id, before.pk, after.pk]) in html
    for copy in (before, after):
        assert 'sandbox="" referrerpolicy="no-referrer" title="The copy' in html
        assert reverse("desk_inert_copy", args=[citation.source_id, copy.pk]) in html


def test_a_reporter_learns_what_colleagues_on_the_same_story_said(desk: Client, reporter: User) -> None:
    colleague = make_reporter(first_name="Cora")
    alert = altered_alert(reporter, colleague)
    theirs = only_alert(colleague)
    Alert.objects.filter(pk=theirs.pk).update(
        state="still_holds", answered_by=colleague, answered_at=at(3), answer_note="Same sense."
    )

    html = page(desk, alert)

    assert "Cora: <strong>still holds</strong>" in html
    assert "Same sense." in html
    assert theirs.get_absolute_url() not in html


def test_a_reporter_does_not_learn_who_else_works_on_the_source(
    desk: Client, editing: Client, reporter: User, editor: User
) -> None:
    """Invariant 5: that somebody was told would say that they have a story."""
    source = SourceFactory()
    find([quote(source, reporter), quote(source, make_reporter(first_name="Cora"))], VerdictWord.ALTERED)
    tell_news(now=at(1))
    alert = only_alert(reporter)

    desk.force_login(reporter)
    for_reporter = page(desk, alert)
    desk.force_login(editor)
    for_editor = page(desk, alert)

    assert "Cora" not in for_reporter
    assert "Cora" in for_editor


def test_it_is_given_to_somebody_and_noted_about(desk: Client, alert: Alert, reporter: User) -> None:
    desk.post(reverse("desk_assign", args=[alert.pk]), {"to": reporter.pk})
    desk.post(reverse("desk_note", args=[alert.pk]), {"note": "I have asked the port."})

    html = page(desk, alert)

    assert f"{reporter.name} gave it to {reporter.name}" in html
    assert "I have asked the port." in html


def test_two_of_one_name_are_told_apart_by_their_accounts(
    desk: Client, alert: Alert, reporter: User, editor: User
) -> None:
    User.objects.filter(pk__in=[reporter.pk, editor.pk]).update(first_name="Ann", last_name="Lee")

    html = page(desk, alert)

    assert f">Ann Lee ({reporter.username}) (you)</option>" in html
    assert f">Ann Lee ({editor.username})</option>" in html


def test_it_is_not_given_to_somebody_who_may_not_see_it(desk: Client, alert: Alert) -> None:
    stranger = make_reporter()

    assert desk.post(reverse("desk_assign", args=[alert.pk]), {"to": stranger.pk}).status_code == 400
    assert stranger.name not in page(desk, alert)


def test_an_empty_note_is_refused(desk: Client, alert: Alert) -> None:
    response = desk.post(reverse("desk_note", args=[alert.pk]), {"note": " "})

    assert response.status_code == 400
    assert "Write something first." in response.content.decode()


def test_what_was_typed_stays_where_another_was_quicker(desk: Client, alert: Alert, editor: User) -> None:
    Alert.objects.update(state=AlertState.STILL_HOLDS, answered_by=editor, answered_at=at(1))

    html = answer(desk, alert, state="needs_update", note="They cut the number.").content.decode()

    assert "They cut the number.</textarea>" in html


def test_it_leads_an_editor_to_the_stories(editing: Client, alert: Alert) -> None:
    article = alert.verdicts.get().citation.article

    assert f'<a href="{reverse("admin:stories_article_change", args=[article.pk])}">' in page(editing, alert)
