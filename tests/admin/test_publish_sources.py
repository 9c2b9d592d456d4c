"""The publish panel beside the sources: the alert that it answers, the wording that it takes, what no longer holds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.admin import publish_views
from stories.models import Alert, Update, User, Version
from stories.models.words import AlertState, VerdictWord
from stories.publishing.publish import publish_article
from tests.admin.forms import form_of
from tests.admin.publish_panel import edit, panel, sent
from tests.factories import (
    AlertFactory,
    CitationFactory,
    VerdictFactory,
    make_reporter,
)

PASSAGE, WORDING = "closed from Monday", "closed from *Tuesday* <b>or</b> later"


@pytest.fixture
def reworded(db):
    """A live story one of whose passages its source has reworded, and the alert of it."""
    citation = CitationFactory(exact=PASSAGE)
    article = citation.article
    article.slug, article.body = "bridge", f"The notice says it is “{PASSAGE}”, at noon."
    article.save()
    publish_article(article, by=None, now=timezone.now() - timedelta(days=1))
    verdict = VerdictFactory(citation=citation, wording=WORDING)
    alert = AlertFactory(source=citation.source, state=AlertState.NEEDS_UPDATE)
    alert.verdicts.add(verdict)
    return article, alert


def test_a_colleagues_answer_meanwhile_does_not_undo_the_publication(desk_of_ruth, reworded, monkeypatch):
    article, alert = reworded
    alert.state = AlertState.OPEN
    alert.save()
    form = sent(desk_of_ruth, panel(article, alert))
    ask = publish_views.ask_to_publish

    def answered_first(*args, **options):
        Alert.objects.update(state=AlertState.STILL_HOLDS)
        return ask(*args, **options)

    monkeypatch.setitem(publish_views._ASKS, "_publish", answered_first)
    desk_of_ruth.post(panel(article, alert), form)

    assert Version.objects.count() == 2
    assert Alert.objects.get().state == AlertState.STILL_HOLDS


def test_a_button_that_is_pressed_twice_takes_a_wording_once(desk_of_ruth, reworded):
    article, alert = reworded
    typed = sent(desk_of_ruth, panel(article, alert))

    answers = [desk_of_ruth.post(panel(article, alert), typed) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/stories/bridge/changes/"] * 2
    assert Version.objects.count() == 2


def test_from_an_alert_everything_is_filled_in_and_one_click_publishes(desk_of_ruth, reworded):
    article, alert = reworded
    url = panel(article, alert)
    offered = desk_of_ruth.get(url)

    answer = desk_of_ruth.post(url, sent(desk_of_ruth, url))

    article.refresh_from_db()
    citation = article.citations.get()
    update = Update.objects.get()
    assert (
        offered.context["form"]["note"]
        .value()
        .startswith("A source this story quotes has changed its wording.")
    )
    assert answer.url == reverse("changelog", args=["bridge"])
    assert citation.exact == WORDING
    assert update.version.frozen["updates"][0]["caused_by"]["wording"] == WORDING
    assert update.version.frozen["citations"][0]["verdict"] == VerdictWord.VERBATIM
    # The words of the source mean themselves: none of its markup takes effect.
    assert "*Tuesday* &lt;b&gt;or&lt;/b&gt;" in update.version.frozen["html"]
    reasons = {row.first().history_change_reason for row in (article.history, citation.history)}
    assert reasons == {"took the source’s new wording"}
    alert.refresh_from_db()
    assert alert.state == AlertState.NEEDS_UPDATE


def test_the_preview_has_the_new_wording_already_and_writes_nothing(desk_of_ruth, reworded):
    article, alert = reworded
    before = article.body

    page = desk_of_ruth.get(panel(article, alert))

    article.refresh_from_db()
    assert "Tuesday" in page.context["proposal"].content["body"]
    assert page.context["proposal"].content["citations"][0]["exact"] == WORDING
    assert article.body == before


def test_a_wording_that_is_not_taken_leaves_the_story_as_it_is(desk_of_ruth, reworded):
    article, alert = reworded
    url = panel(article, alert)

    desk_of_ruth.post(url, sent(desk_of_ruth, url, take=[], knowingly="on"))

    article.refresh_from_db()
    assert PASSAGE in article.body
    assert Version.objects.count() == 2


def test_what_changed_at_a_source_can_be_chosen_as_the_reason(desk_of_ruth, reworded):
    article, alert = reworded
    settled = AlertFactory(source=alert.source, state=AlertState.STILL_HOLDS)
    settled.verdicts.add(*alert.verdicts.all())

    page = desk_of_ruth.get(panel(article)).content.decode()
    chosen = desk_of_ruth.get(panel(article, alert)).content.decode()

    assert f'href="?alert={alert.pk}"' in page
    assert f'href="?alert={settled.pk}"' not in page
    assert "Is it because a source changed?" not in chosen


def test_a_change_that_several_people_heard_of_is_offered_once_by_the_editors_own_alert(
    desk_of_ruth, reworded
):
    article, alert = reworded
    own = AlertFactory(source=alert.source, recipient=User.objects.get(username="ruth"))
    colleagues = AlertFactory(source=alert.source)
    for each in (own, colleagues):
        each.verdicts.add(*alert.verdicts.all())

    causes = desk_of_ruth.get(panel(article)).context["causes"]

    assert causes == [own]


def test_a_change_that_readers_were_told_of_is_offered_again_only_when_there_is_another(
    desk_of_ruth, reworded
):
    article, alert = reworded
    desk_of_ruth.post(panel(article, alert), sent(desk_of_ruth, panel(article, alert), knowingly="on"))
    edit(article, dek="More to follow.")
    assert desk_of_ruth.get(panel(article)).context["causes"] == []

    alert.verdicts.add(VerdictFactory(citation=article.citations.get(), wording="closed until Friday"))

    assert desk_of_ruth.get(panel(article)).context["causes"] == [alert]


def test_where_publishing_is_refused_the_wording_is_not_taken_either(desk_of_ruth, reworded):
    article, alert = reworded
    url = panel(article, alert)

    answer = desk_of_ruth.post(url, sent(desk_of_ruth, url, note=" "))

    article.refresh_from_db()
    assert answer.status_code == 200
    assert PASSAGE in article.body
    assert article.citations.get().exact == PASSAGE


def test_an_editor_reads_why_a_reporter_asks_for_the_update(desk_of_ruth, reworded):
    article, alert = reworded
    maya = make_reporter(first_name="Maya", last_name="Torres")
    Alert.objects.update(answered_by=maya, answered_at=timezone.now(), answer_note="The date is another.")

    html = desk_of_ruth.get(panel(article, alert)).content.decode()

    assert "Maya Torres: “The date is another.”" in html


def test_a_passage_that_the_body_has_twice_is_not_offered(desk_of_ruth, reworded):
    article, alert = reworded
    article = edit(article, body=f"{PASSAGE}, and again {PASSAGE}")

    page = desk_of_ruth.get(panel(article, alert))

    assert page.context["form"]["take"].value() == []
    assert "2 times" in page.content.decode()


def test_an_alert_that_was_still_open_is_answered_by_publishing(desk_of_ruth, reworded):
    article, alert = reworded
    alert.state = AlertState.OPEN
    alert.save()
    url = panel(article, alert)

    desk_of_ruth.post(url, sent(desk_of_ruth, url))

    alert.refresh_from_db()
    assert (alert.state, alert.answered_by.username) == (AlertState.NEEDS_UPDATE, "ruth")


def _altered_story():
    """A live story, edited since, whose passage its page has otherwise."""
    citation = CitationFactory(claim__article__body="It says: “The bridge will be closed from Monday.”")
    publish_article(citation.article, updates=[], by=None, now=timezone.now())
    VerdictFactory(citation=citation)
    citation.article.body += " More follows."
    citation.article.save()
    return citation.article


def test_passages_that_are_not_on_their_pages_are_published_knowingly_or_not(desk_of_ruth):
    article = _altered_story()
    said = sent(desk_of_ruth, panel(article), note="More is known.")

    refused = desk_of_ruth.post(panel(article), said)
    published = desk_of_ruth.post(panel(article), {**said, "knowingly": "on"})

    assert "1 quoted passage not as on its page" in refused.content.decode()
    assert "tick that you know" in refused.content.decode()
    assert published.status_code == 302
    assert article.live_version.number == 2


def test_a_passage_whose_new_wording_is_taken_needs_no_tick(desk_of_ruth):
    article = _altered_story()
    alert = AlertFactory(source=article.citations.get().source)
    alert.verdicts.add(article.citations.get().verdicts.get())
    url = f"{panel(article)}?alert={alert.pk}"

    answer = desk_of_ruth.post(url, sent(desk_of_ruth, url))

    assert answer.status_code == 302
    assert "may be closed" in article.live_version.frozen["body"]


def test_a_wording_that_is_taken_in_the_story_is_told_to_readers_as_one_that_is_taken_in_the_panel(
    desk_of_ruth, reworded
):
    article, alert = reworded
    citation = article.citations.get()
    edit(article, body=article.body.replace(PASSAGE, "closed from Tuesday"))
    citation.exact = "closed from Tuesday"
    citation.save()
    url = panel(article, alert)
    page = desk_of_ruth.get(url)

    desk_of_ruth.post(url, sent(desk_of_ruth, url, knowingly="on"))

    assert "The working copy no longer has the old wording." in page.content.decode()
    assert page.context["form"]["take"].value() == []
    update = Update.objects.get()
    assert update.note.startswith("A source this story quotes has changed its wording.")
    assert update.version.frozen["updates"][0]["caused_by"]["wording"] == WORDING


def test_whoever_edits_the_story_because_of_an_alert_comes_back_to_the_panel_of_that_alert(
    desk_of_ruth, reworded
):
    article, alert = reworded
    story = reverse("admin:stories_article_change", args=[article.pk]) + f"?alert={alert.pk}"
    offered = desk_of_ruth.get(panel(article, alert)).content.decode()

    typed = form_of(desk_of_ruth, story, dek="More.", stories_article_save_and_publish="1")
    answer = desk_of_ruth.post(story, typed)

    assert f'href="{story}"' in offered
    assert answer.url == panel(article, alert)
