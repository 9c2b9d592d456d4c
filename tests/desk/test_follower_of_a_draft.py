"""Who only follows a story reads it as its readers do, on every way that an alert takes (DESIGN invariant 5)."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.alerting.channels.chat import text_of
from stories.alerting.channels.email import _compose
from stories.alerting.channels.letter import letter_of_delivery
from stories.alerting.channels.payload import alert_data
from stories.alerting.feed_tokens import make_token
from stories.alerting.message import message_for
from stories.alerting.tell import tell_news
from stories.models import Alert, Article, Citation, Claim, Source, User
from stories.models.words import VerdictWord
from stories.publishing.publish import publish_article
from tests.alerting.scenes import NOON, at, deliveries_of, find, only_alert, quote
from tests.factories import FollowingFactory, WatchFactory, make_reporter

pytestmark = pytest.mark.django_db

SECRET = "Zyxw"


@pytest.fixture
def follower(reporter: User) -> User:
    return reporter


@pytest.fixture
def alert(follower: User) -> Alert:
    """Of a published passage; headline, claim and passage have been rewritten in the working copy since."""
    source: Source = WatchFactory().source
    story = quote(source, make_reporter(), headline="Bridge to close")
    publish_article(story.article, by=None, now=NOON)
    draft = quote(source, make_reporter(first_name=SECRET), headline=f"{SECRET} draft")
    FollowingFactory(person=follower)
    find([story, draft], VerdictWord.ALTERED, minutes=1)
    tell_news(now=at(2))
    Article.objects.filter(pk=story.article_id).update(headline=f"{SECRET} resigns", dek=SECRET, body=SECRET)
    Claim.objects.filter(pk=story.claim_id).update(text=f"{SECRET} knew")
    Citation.objects.filter(pk=story.pk).update(exact=f"{SECRET} was told.", prefix=SECRET, suffix=SECRET)
    return only_alert(follower)


def addresses(alert: Alert, follower: User) -> list[str]:
    source = alert.source_id
    return [
        alert.get_absolute_url(),
        reverse("desk_inbox"),
        reverse("desk_news") + "?since=0",
        reverse("desk_hearing"),
        reverse("desk_following") + "?q=bridge",
        reverse("desk_sources"),
        reverse("desk_source", args=[source]),
        reverse("desk_copies", args=[source]),
        reverse("desk_cite"),
        reverse("desk_feed", args=[make_token(follower, now=NOON)]),
    ]


def test_no_page_shows_what_readers_do_not_have(client: Client, follower: User, alert: Alert) -> None:
    client.force_login(follower)
    pages: dict[str, Any] = {address: client.get(address) for address in addresses(alert, follower)}

    assert {page.status_code for page in pages.values()} == {200}
    assert "Bridge to close" in pages[alert.get_absolute_url()].content.decode()
    assert [address for address, page in pages.items() if SECRET in page.content.decode()] == []


def test_no_channel_does(follower: User, alert: Alert) -> None:
    delivery = deliveries_of(follower)[0]
    message = message_for(delivery)
    letter = letter_of_delivery(delivery, message)
    mail, chat = _compose(letter), text_of(letter)

    said = [mail.subject, str(mail.body), str(mail.alternatives), chat.title, chat.body]
    said.append(json.dumps(alert_data(message)))

    assert "Bridge to close" in mail.subject
    assert [text for text in said if SECRET in text] == []
