"""The inbox: open alerts first, everybody their own, and a word on what would be here."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stories.desk.inbox import ORDER, ROWS_PER_PAGE, Inbox, inbox_of
from stories.desk.inbox_filter import in_tab
from stories.desk.inbox_view import ANSWERED, NEEDS_UPDATE, OPEN, view_of
from stories.models import Alert, Article, Update, User, Version
from stories.models.words import AlertState, Gravity, Outcome
from tests.alerting.scenes import NOON, altered_alert, at, page_news, quote
from tests.factories import AlertFactory, SourceFactory, make_reporter

pytestmark = pytest.mark.django_db

INBOX = reverse("desk_inbox")


def page(client: Client, query: str = "") -> str:
    return client.get(INBOX + query).content.decode()


def inbox(user: User, **asked: object) -> Inbox:
    return inbox_of(user, view_of(user, {name: str(value) for name, value in asked.items()}), page_number="")


def shown(user: User, *, tab: str = OPEN, **asked: object) -> list[Alert]:
    return [row.account.alert for row in inbox(user, state=tab, **asked).rows]


def publish_update(article: Article, alert: Alert) -> None:
    """The shortest way to an update that is published because of an alert."""
    version = Version.objects.create(
        article=article, number=1, content="{}", digest=f"{article.pk:064x}", recorded_at=at(9)
    )
    verdict = alert.verdicts.get(citation__article=article)
    Update.objects.create(
        article=article, version=version, note="The bridge may close.", caused_by=verdict, recorded_at=at(9)
    )


def test_an_alert_shows_what_changed_in_the_very_words(desk: Client, reporter: User) -> None:
    altered_alert(reporter, headline="Bridge to close")

    html = page(desk)

    assert "A passage quoted in “Bridge to close”" in html
    assert "<del>will</del><ins>may</ins>" in html


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    response = client.get(INBOX)

    assert (response.status_code, response["Location"]) == (302, f"{reverse('account_login')}?next=/desk/")


def test_a_reporter_sees_their_own_alerts_only(desk: Client) -> None:
    """Invariant 5: no alert reaches somebody whose story it is not about."""
    altered_alert(make_reporter(), headline="Secret investigation")

    assert "Secret investigation" not in page(desk, "?whose=all")


def test_a_story_that_its_reporter_lost_is_not_named(desk: Client, reporter: User) -> None:
    """Invariant 5: an old alert does not show the story of others."""
    altered_alert(reporter, headline="Given to a colleague")
    Article.objects.get().reporters.clear()

    assert "Given to a colleague" not in page(desk)


def test_an_editor_sees_everybodys_and_can_narrow_it_to_their_own(editor: User) -> None:
    theirs, own = altered_alert(make_reporter()), altered_alert(editor)

    assert set(shown(editor)) == {theirs, own}
    assert shown(editor, whose="mine") == [own]


def test_open_alerts_are_sorted_by_gravity_and_then_by_time(reporter: User) -> None:
    times = [(Gravity.NORMAL, 3), (Gravity.HIGH, 1), (Gravity.HIGH, 2)]
    normal, older, newer = (
        AlertFactory(recipient=reporter, gravity=gravity, developed_at=at(minutes))
        for gravity, minutes in times
    )

    assert shown(reporter) == [newer, older, normal]


@pytest.mark.parametrize(
    ("state", "tab"),
    [
        (AlertState.OPEN, OPEN),
        (AlertState.NEEDS_UPDATE, NEEDS_UPDATE),
        (AlertState.STILL_HOLDS, ANSWERED),
        (AlertState.IGNORED, ANSWERED),
        (AlertState.RESTORED, ANSWERED),
    ],
)
def test_each_state_has_its_tab(state: AlertState, tab: str, reporter: User) -> None:
    alert = AlertFactory(recipient=reporter, state=state)

    found = inbox(reporter, state=tab)

    assert [row.account.alert for row in found.rows] == [alert]
    assert {choice.label: choice.count for choice in found.tabs if choice.count} == {
        {"open": "Open", "needs_update": "Needs an update", "answered": "Answered"}[tab]: 1
    }


def test_an_alert_needs_an_update_until_all_its_stories_have_one(reporter: User) -> None:
    alert = altered_alert(reporter)
    first = alert.verdicts.get().citation
    second = quote(first.source, reporter)
    alert.verdicts.create(
        citation=second,
        found_by=alert.verdicts.get().found_by,
        verdict="altered",
        passage="x",
        is_confirmed=True,
    )
    Alert.objects.update(state=AlertState.NEEDS_UPDATE)

    publish_update(first.article, alert)
    after_the_first = shown(reporter, tab=NEEDS_UPDATE)
    publish_update(second.article, alert)

    assert after_the_first == [alert]
    assert (shown(reporter, tab=NEEDS_UPDATE), shown(reporter, tab=ANSWERED)) == ([], [alert])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "an alert appears here"),
        ("?state=needs_update", "No story waits for an update"),
        ("?state=answered", "Nothing has been answered yet"),
        ("?state=nonsense&page=many", "an alert appears here"),
    ],
)
def test_an_empty_tab_says_what_would_be_there(query: str, words: str, desk: Client) -> None:
    assert words in page(desk, query)


def test_many_alerts_are_shared_out_over_pages(desk: Client, reporter: User) -> None:
    for _ in range(ROWS_PER_PAGE + 1):
        AlertFactory(recipient=reporter)

    first, second = page(desk), page(desk, "?page=2")

    assert (first.count("alert-row "), second.count("alert-row ")) == (ROWS_PER_PAGE, 1)
    assert "state=open&amp;whose=mine&amp;page=2" in first


@pytest.mark.parametrize("alerts", [1, 10])
def test_the_number_of_queries_is_the_same_however_many_alerts(
    alerts: int, desk: Client, reporter: User, django_assert_num_queries: Any
) -> None:
    for _ in range(alerts - 1):
        AlertFactory(recipient=reporter, source=SourceFactory())
    source = quote(SourceFactory(), reporter).source
    altered = page_news(source, Outcome.GONE)
    alert = AlertFactory(recipient=reporter, source=source, developed_at=NOON)
    alert.checks.add(altered)

    # Session, person, permissions (2), mark, own stories (2), followings, counts (3), alerts, verdicts, checks, those
    # that cite; stories, the newest of theirs (2) and sources to choose from; endpoints and a mailbox that failed.
    with django_assert_num_queries(21):
        desk.get(INBOX)


def test_an_editors_inbox_asks_as_often(client: Client, editor: User, django_assert_num_queries: Any) -> None:
    client.force_login(editor)
    for _ in range(5):
        altered_alert(make_reporter())

    with django_assert_num_queries(15):
        client.get(INBOX)


def test_it_can_be_narrowed_to_a_story_and_to_a_source(editor: User) -> None:
    """The address says it all, so that it can be kept and sent on."""
    first, second = altered_alert(make_reporter()), altered_alert(make_reporter())
    story = first.verdicts.get().citation.article

    assert shown(editor, story=story.pk) == [first]
    assert shown(editor, source=second.source_id) == [second]
    assert inbox(editor, story=story.pk, q="bridge").view.address == (
        f"?state=open&whose=all&story={story.pk}&q=bridge"
    )


def test_what_it_is_narrowed_to_is_offered_however_many_there_are(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.desk.inbox.MOST_OFFERED", 2)
    oldest, *_others = alerts = [altered_alert(make_reporter()) for _ in range(4)]
    story = oldest.verdicts.get().citation.article

    found = inbox(editor, story=story.pk, source=oldest.source_id)

    assert story in found.stories
    assert oldest.source in found.sources
    assert alerts[-1].source in found.sources


def test_an_alert_about_the_page_alone_belongs_to_the_stories_that_quote_it(editor: User) -> None:
    citation = quote(SourceFactory(), make_reporter())
    alert = AlertFactory(source=citation.source)
    AlertFactory()

    assert shown(editor, story=citation.article_id) == [alert]


@pytest.mark.parametrize(
    "words", ["harbour", "LEDGER", "example/lantern", "will be closed", "may be", "ledger may"]
)
def test_a_search_finds_headline_source_passage_and_wording(words: str, reporter: User) -> None:
    alert = altered_alert(reporter, headline="The harbour empties")
    alert.source.title, alert.source.url = "The ledger", "https://port.example/lantern"
    alert.source.save()
    AlertFactory(recipient=reporter)

    assert shown(reporter, q=words) == [alert]


def test_a_search_finds_a_source_without_an_address_by_its_name(editor: User) -> None:
    alert = AlertFactory(source=SourceFactory(kind="person", url=None, title="The harbour master"))
    AlertFactory()

    assert shown(editor, q="harbour") == [alert]


def test_a_search_finds_an_alert_about_the_page_alone_by_the_headline_of_a_story_that_quotes_it(
    editor: User,
) -> None:
    citation = quote(SourceFactory(), make_reporter(), headline="The harbour empties")
    alert = AlertFactory(source=citation.source)
    AlertFactory()

    assert shown(editor, q="harbour") == [alert]


def test_the_words_of_a_search_are_looked_for_once_for_the_tabs_and_the_page(reporter: User) -> None:
    alert = altered_alert(reporter, headline="Lighthouse")

    with CaptureQueriesContext(connection) as queries:
        found = shown(reporter, q="lighthouse")

    assert found == [alert]
    assert len([query for query in queries if "lighthouse" in query["sql"].lower()]) == 1


def test_a_search_counts_each_tab_anew(reporter: User) -> None:
    altered_alert(reporter, headline="Lighthouse")
    AlertFactory(recipient=reporter)
    AlertFactory(recipient=reporter, state=AlertState.IGNORED)

    assert [tab.count for tab in inbox(reporter, q="lighthouse").tabs] == [1, 0, 0]


def test_a_search_does_not_find_what_a_reporter_may_not_be_told(reporter: User) -> None:
    """Invariant 5: not even by guessing words of a story that was given to somebody else."""
    altered_alert(reporter, headline="The lighthouse papers")
    Article.objects.get().reporters.clear()

    assert shown(reporter, q="lighthouse") == []
    assert shown(reporter, q="will be closed") == []


def test_a_narrowed_tab_that_is_empty_leads_back_to_the_whole(desk: Client, reporter: User) -> None:
    AlertFactory(recipient=reporter)

    html = page(desk, "?q=nothing+like+it")

    assert "No alert here is about that." in html
    assert 'href="?state=open&amp;whose=mine">Show all of them' in html


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan in the words of SQLite")
@pytest.mark.parametrize(
    ("tab", "index"),
    [
        (OPEN, "alert_open_by_gravity"),
        (NEEDS_UPDATE, "alert_needing_an_update"),
        (ANSWERED, "alert_by_development"),
    ],
)
def test_each_tab_is_read_in_the_order_of_an_index(tab: str, index: str, db: None) -> None:
    """So a page of it costs the same however many alerts there are: nothing is sorted."""
    plan = in_tab(Alert.objects.all(), tab).order_by(*ORDER[tab])[:ROWS_PER_PAGE].explain()

    assert index in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan in the words of SQLite")
@pytest.mark.parametrize(
    ("way", "index"), [("recipient", "alert_of_recipient"), ("assignee", "alert_of_assignee")]
)
def test_a_persons_newest_are_read_in_the_order_of_an_index(way: str, index: str, db: None) -> None:
    plan = Alert.objects.filter(**{way: 1}).order_by(*ORDER[ANSWERED])[:ROWS_PER_PAGE].explain()

    assert index in plan
    assert "TEMP B-TREE" not in plan


def test_what_was_answered_is_shared_out_newest_first_whether_written_for_or_given_to_a_person(
    reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.desk.inbox.ROWS_PER_PAGE", 2)
    answered = {"state": AlertState.IGNORED}
    own = AlertFactory(recipient=reporter, developed_at=at(1), **answered)
    given = AlertFactory(recipient=make_reporter(), assignee=reporter, developed_at=at(4), **answered)
    both = AlertFactory(recipient=reporter, assignee=reporter, developed_at=at(3), **answered)
    hidden = AlertFactory(
        recipient=reporter, source=SourceFactory(is_confidential=True), developed_at=at(2), **answered
    )
    AlertFactory(recipient=make_reporter(), developed_at=at(2), **answered)

    def rows(number: int) -> list[Alert]:
        view = view_of(reporter, {"state": ANSWERED})
        return [row.account.alert for row in inbox_of(reporter, view, page_number=str(number)).rows]

    assert (rows(1), rows(2)) == ([given, both], [own])
    assert hidden not in rows(1) + rows(2)
