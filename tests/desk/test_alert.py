"""One alert: what happened, what rests on it, and an answer that leads somewhere."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.alerting.tell import tell_news
from stories.models import Alert, Delivery, User
from stories.models.words import AlertState, Outcome, VerdictWord
from tests.alerting.scenes import altered_alert, at, find, only_alert, page_news, quote
from tests.factories import SourceFactory, WatchFactory, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(reporter: User) -> Alert:
    return altered_alert(reporter, headline="Bridge to close")


@pytest.fixture
def desk(client: Client, reporter: User) -> Client:
    client.force_login(reporter)
    return client


@pytest.fixture
def editing(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


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


def test_an_answer_can_be_undone(desk: Client, alert: Alert) -> None:
    answer(desk, alert, state="ignored")

    assert "Undo the answer" in page(desk, alert)
    answer(desk, alert, state="open")

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

    response = desk.post(
        reverse("desk_answer", args=[alert.pk]), {"state": "ignored", "seen_at": seen_at}, follow=True
    )

    assert "The source changed again while you were looking." in response.content.decode()
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


def test_the_page_of_the_alert_counts_its_queries(
    desk: Client, reporter: User, django_assert_num_queries: Any
) -> None:
    source = SourceFactory()
    find([quote(source, reporter) for _ in range(10)], VerdictWord.ALTERED)
    tell_news(now=at(1))
    address = only_alert(reporter).get_absolute_url()

    # Session, person, permissions (2), alert, verdicts, checks, own stories, look before, updates, deliveries.
    with django_assert_num_queries(11):
        desk.get(address)
