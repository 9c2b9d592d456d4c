"""A person's private feed: their alerts with the words that changed, for whoever has the key and nobody else."""

from typing import Any

import feedparser
import pytest
from django.test import Client
from django.urls import reverse

from stories.alerting.feed_tokens import make_token
from stories.alerting.tell import tell_news
from stories.desk import alert_feed
from stories.models import Alert, FeedToken, User
from stories.models.words import Outcome, VerdictWord
from tests.alerting.scenes import NOON, altered_alert, at, find, page_news, quote
from tests.factories import FollowingFactory, SourceFactory, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(reporter: User) -> str:
    return reverse("desk_feed", args=[make_token(reporter, now=NOON)])


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    return parsed


def test_an_alert_is_an_entry_with_the_words_that_changed(
    client: Client, address: str, reporter: User
) -> None:
    alert = altered_alert(reporter, headline="Bridge to close")

    [entry] = read(client, address).entries

    assert entry.title == "Altered: a passage quoted in “Bridge to close”"
    assert entry.link.endswith(alert.get_absolute_url())
    [content] = entry.content
    assert content.type == "text/html"
    assert ">will</del>" in content.value
    assert ">may</ins>" in content.value


def test_the_feed_says_whose_it_is_and_where(client: Client, address: str, reporter: User) -> None:
    feed = read(client, address).feed

    assert reporter.name in feed.title
    assert feed.id.startswith("tag:127.0.0.1,")
    assert [link.href for link in feed.links if link.rel == "self"] == [f"http://127.0.0.1:8000{address}"]


def test_whatever_somebody_is_called_their_feed_is_well_formed(
    client: Client, address: str, reporter: User
) -> None:
    reporter.first_name = "Ann\x1b[2J\uffff\x01"
    reporter.save()

    assert "Ann" in read(client, address).feed.title


def test_what_develops_is_an_entry_of_its_own(client: Client, address: str, reporter: User) -> None:
    alert = altered_alert(reporter)
    [first] = read(client, address).entries
    again = read(client, address).entries[0]
    find([alert.verdicts.get().citation], VerdictWord.MISSING, minutes=5)
    tell_news(now=at(5))

    [second] = read(client, address).entries

    assert first.id == again.id
    assert second.id != first.id
    assert second.title.startswith("Missing")


def test_the_latest_come_first_and_the_oldest_are_left_out(
    client: Client, address: str, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_feed, "ALERTS_SHOWN", 2)
    for minutes in range(3):
        altered_alert_at(reporter, minutes)

    entries = read(client, address).entries

    assert [entry.updated[14:16] for entry in entries] == ["02", "01"]


def altered_alert_at(reporter: User, minutes: int) -> None:
    find([quote(SourceFactory(), reporter)], VerdictWord.ALTERED, minutes=minutes)
    tell_news(now=at(minutes))


def test_a_colleagues_alert_is_not_in_it(client: Client, address: str) -> None:
    altered_alert(make_reporter(), headline="Secret investigation")

    assert read(client, address).entries == []


def test_an_editors_feed_has_their_own_alerts_only(client: Client, editor: User, reporter: User) -> None:
    altered_alert(reporter)
    address = reverse("desk_feed", args=[make_token(editor, now=NOON)])

    assert read(client, address).entries == []


def test_a_story_that_its_reporter_lost_is_not_in_it(client: Client, address: str, reporter: User) -> None:
    """Invariant 5."""
    alert = altered_alert(reporter, headline="Bridge to close")
    alert.verdicts.get().citation.article.reporters.clear()

    assert b"Bridge to close" not in client.get(address).content


def test_what_becomes_of_a_followed_page_is_in_it(client: Client, address: str, reporter: User) -> None:
    source = SourceFactory(title="Port notices")
    quote(source, make_reporter(), headline="Secret investigation")
    FollowingFactory(person=reporter, source=source)
    page_news(source, Outcome.GONE)
    tell_news(now=NOON)

    [entry] = read(client, address).entries

    assert "Secret investigation" not in str(entry)
    assert "Port notices" in str(entry)


@pytest.mark.parametrize(
    "headline", ["Closed\x1b]0;a\x07 <script>alert(1)</script>", "Bad \x00\x0b\ufffe letters"]
)
def test_whatever_a_headline_holds_the_feed_is_well_formed(
    headline: str, client: Client, address: str, reporter: User
) -> None:
    altered_alert(reporter, headline=headline.replace("\x00", ""))

    [entry] = read(client, address).entries

    assert "<script" not in entry.content[0].value


@pytest.mark.parametrize("token", ["wrong", "a" * 43, "%00", "..%2f"])
def test_a_wrong_key_opens_nothing(token: str, client: Client, address: str) -> None:
    assert client.get(f"/desk/feed/{token}.atom").status_code == 404


def test_being_signed_in_is_no_key(client: Client, reporter: User, address: str) -> None:
    client.force_login(reporter)

    assert client.get("/desk/feed/.atom").status_code == 404


def test_a_right_and_a_wrong_key_are_looked_up_alike(
    client: Client, address: str, django_assert_num_queries: Any
) -> None:
    """One look for a digest; a revoked key is like one that never was."""
    FeedToken.objects.all().delete()

    with django_assert_num_queries(1):
        client.get(address)


def test_nobody_keeps_or_lists_it(client: Client, address: str) -> None:
    response = client.get(address)

    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_a_reader_that_has_it_already_is_told_so(client: Client, address: str, reporter: User) -> None:
    altered_alert(reporter)
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_it_counts_its_queries(
    client: Client, address: str, reporter: User, django_assert_num_queries: Any
) -> None:
    for minutes in range(5):
        altered_alert_at(reporter, minutes)

    # Token, language, the latest, alerts, verdicts, checks, permissions (2), followed sources, stories, followings.
    with django_assert_num_queries(11):
        client.get(address)


def do(desk: Client, **fields: str) -> str:
    return desk.post(reverse("desk_feed_settings"), fields, follow=True).content.decode()


def shown_address(html: str) -> str:
    start = html.index("http://127.0.0.1:8000/desk/feed/")
    return html[start : html.index(".atom", start) + 5].removeprefix("http://127.0.0.1:8000")


def test_its_address_is_made_and_shown_once(desk: Client) -> None:
    before = desk.get(reverse("desk_feed_settings")).content.decode()

    made = do(desk)
    later = desk.get(reverse("desk_feed_settings")).content.decode()

    assert "You have none yet." in before
    assert Client().get(shown_address(made)).status_code == 200
    assert "/desk/feed/" not in later


def test_a_new_address_takes_the_place_of_the_old_one(desk: Client) -> None:
    old, new = shown_address(do(desk)), shown_address(do(desk))

    assert [Client().get(address).status_code for address in (old, new)] == [404, 200]


def test_it_is_revoked(desk: Client) -> None:
    old = shown_address(do(desk))

    html = do(desk, revoke="yes")

    assert "no longer works" in html
    assert Client().get(old).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("desk_feed_settings")).status_code == 302
    assert Alert.objects.count() == 0
