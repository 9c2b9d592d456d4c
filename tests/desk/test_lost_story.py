"""Who lost a story or the role learns nothing more of it, nor anybody what else rests on a source."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.alerting.answer import answer_alert
from stories.alerting.care import note_alert
from stories.alerting.feed_tokens import make_token
from stories.alerting.tell import tell_news
from stories.desk.answering import Answer, give_answer
from stories.models import Alert, Article, Citation, Source, User
from stories.models.words import AlertState, VerdictWord
from tests.alerting.scenes import NOON, altered_alert, at, find, only_alert, quote
from tests.factories import SourceFactory, make_reporter

pytestmark = pytest.mark.django_db


def lose_stories(person: User) -> None:
    for article in Article.objects.of_reporter(person):
        article.reporters.remove(person)


def html_of(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_role_the_feed_leads_nowhere(client: Client, reporter: User) -> None:
    altered_alert(reporter, headline="Bridge to close")
    address = reverse("desk_feed", args=[make_token(reporter, now=NOON)])
    reporter.groups.clear()

    assert client.get(address).status_code == 404


def test_what_colleagues_note_is_not_for_who_lost_the_story(
    desk: Client, reporter: User, editor: User
) -> None:
    alert = altered_alert(reporter, headline="Bridge to close")
    note_alert(alert, note="Call the harbour master", by=editor, now=at(1))
    answer_alert(
        alert, state=AlertState.STILL_HOLDS, by=editor, now=at(2), note="The draft says so in part two"
    )
    lose_stories(reporter)

    html = html_of(desk.get(alert.get_absolute_url()))

    assert "harbour master" not in html
    assert "in part two" not in html


def test_a_confidential_source_is_named_to_nobody_who_lost_the_story(desk: Client, reporter: User) -> None:
    alert = altered_alert(reporter)
    Source.objects.update(is_confidential=True, title="The mole at the port")
    lose_stories(reporter)

    assert "The mole" not in html_of(desk.get(reverse("desk_inbox")))
    assert desk.get(alert.get_absolute_url()).status_code == 404
    assert "The mole" not in html_of(desk.get(reverse("desk_news"), {"since": "0"}))


def test_a_follower_cannot_ask_which_other_stories_rest_on_a_source(desk: Client, reporter: User) -> None:
    source = SourceFactory()
    mine = quote(source, reporter)
    hidden = quote(source, make_reporter())
    find([mine, hidden], VerdictWord.ALTERED)
    page = reverse("desk_inbox")
    tell_news(now=NOON)
    Alert.objects.get(recipient=reporter).verdicts.add(hidden.verdicts.get())

    html = html_of(desk.get(page, {"story": hidden.article_id}))

    assert only_alert(reporter).get_absolute_url() not in html


@pytest.mark.parametrize("seen_at", ["2026-05-04T12:00:00", "2026-05-04"])
def test_a_time_without_a_zone_breaks_nothing(desk: Client, reporter: User, seen_at: str) -> None:
    alert = altered_alert(reporter)

    one = desk.post(reverse("desk_answer", args=[alert.pk]), {"state": "still_holds", "seen_at": seen_at})
    many = desk.post(reverse("desk_answers"), {"answer": "still_holds", "alert": f"{alert.pk}@{seen_at}"})

    assert one.status_code < 500
    assert many.status_code < 500


def test_a_passage_of_a_colleagues_own_story_is_not_shown_where_they_stopped_watching_it(
    desk: Client, reporter: User
) -> None:
    jane, source = make_reporter(), SourceFactory()
    ours, hers = quote(source, reporter, jane), quote(source, jane)
    Citation.objects.filter(pk=hers.pk).update(exact="Words of a draft")
    find([ours, hers], VerdictWord.ALTERED)
    tell_news(now=NOON)
    give_answer(only_alert(jane), Answer(AlertState.UNWATCHED, citation_ids=(hers.pk,)), by=jane, now=at(1))

    html = html_of(desk.get(only_alert(reporter).get_absolute_url()))

    assert jane.name in html
    assert "Words of a draft" not in html


def test_nobody_without_a_role_is_given_an_alert(desk: Client, reporter: User) -> None:
    jane = make_reporter()
    alert = altered_alert(reporter, jane)
    jane.groups.clear()

    given = desk.post(reverse("desk_assign", args=[alert.pk]), {"to": jane.pk})

    assert given.status_code == 400
