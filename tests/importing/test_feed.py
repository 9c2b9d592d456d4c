"""A newsroom's own feed, on a real server, brought in and watched."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from stories.importing.feed import look_at_feed
from stories.importing.intake import Choice, ask_to_undo, confirm_intake, open_intake
from stories.importing.work import work_on
from stories.models import Article, Intake, Version, WatchedFeed
from stories.models.words import IncomingState, IntakeKind, IntakeMode, IntakeState

pytestmark = pytest.mark.django_db

BODY = "<p>The bridge closes on Monday. It is closed for a year.</p><p>Ferries run. “Nobody will wait”, they say.</p>"
LATER = BODY.replace("Ferries run.", "Ferries run every ten minutes.")


def entry(key, headline, body, updated="2024-03-02T08:00:00Z"):
    content = f'<content type="html"><![CDATA[{body}]]></content>' if body else ""
    return (
        f"<entry><id>{key}</id><title>{headline}</title><updated>{updated}</updated>{content}"
        f'<link href="LINK/{key}"/></entry>'
    )


def publish(site, *entries, **answer):
    text = "".join(entries).replace("LINK", site.url("")[:-1] if site.url("").endswith("/") else site.url(""))
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Harbour Post</title>{text}</feed>'
    return site.put("/feed", feed, headers={"Content-Type": "application/atom+xml"}, **answer)


def preview(address, by):
    feed = WatchedFeed.objects.create(title=address, address=address, zone="UTC", added_at=timezone.now())
    intake = open_intake(
        IntakeKind.FEED, name="feed", zone="UTC", by=by, now=timezone.now(), address=address, feed=feed
    )
    work_on(intake, now=timezone.now)
    intake.refresh_from_db()
    return intake


def watch(address, by, mode=IntakeMode.RECORDED):
    intake = preview(address, by)
    choices = {each.pk: Choice() for each in intake.stories.filter(state=IncomingState.PROPOSED)}
    confirm_intake(intake, choices=choices, mode=mode, by=by)
    work_on(intake, now=timezone.now)
    return WatchedFeed.objects.get()


def look(feed):
    WatchedFeed.objects.update(due_at=timezone.now())
    intake = look_at_feed(feed, now=timezone.now())
    if intake:
        work_on(intake, now=timezone.now)
    feed.refresh_from_db()
    return intake


def test_what_it_would_bring_in_is_shown_and_nothing_is_watched_yet(site, ruth):
    intake = preview(
        publish(site, entry("1", "Bridge closes", BODY), entry("2", "Tunnel opens", LATER)), ruth
    )

    assert intake.is_ready
    assert intake.name == "The Harbour Post (feed)"
    assert [each.message for each in intake.stories.all()] == ["A new story, with 1 quoted passage."] * 2
    assert not WatchedFeed.objects.get().is_active
    assert not Article.objects.exists()


def test_each_entry_becomes_a_story_and_the_feed_is_watched(site, ruth):
    feed = watch(publish(site, entry("1", "Bridge closes", BODY)), ruth)

    version = Version.objects.get()
    assert (version.headline, version.stated_at) == ("Bridge closes", datetime(2024, 3, 2, 8, tzinfo=UTC))
    assert version.is_back_dated
    assert (feed.is_active, feed.mode, feed.title) == (True, IntakeMode.RECORDED, "The Harbour Post")


def test_a_look_that_finds_nothing_new_changes_nothing(site, ruth):
    feed = watch(publish(site, entry("1", "Bridge closes", BODY)), ruth)

    assert look(feed) is None
    assert (Intake.objects.count(), Version.objects.count()) == (1, 1)
    assert feed.checked_at is not None


def test_a_changed_entry_is_a_version_and_a_new_one_a_story_published_by_the_feed(site, ruth):
    feed = watch(publish(site, entry("1", "Bridge closes", BODY)), ruth)
    publish(
        site,
        entry(
            "2",
            "Tunnel opens",
            "<p>It opens. It was shut.</p><p>Buses run there.</p>",
            "2024-03-04T08:00:00Z",
        ),
        entry("1", "Bridge closed", LATER, "2024-03-03T08:00:00Z"),
    )

    look(feed)

    second = Version.objects.get(number=2)
    assert (second.headline, second.stated_at) == ("Bridge closed", datetime(2024, 3, 3, 8, tzinfo=UTC))
    assert second.actor == "feed (The Harbour Post)"
    assert second.frozen["stated_because"] == "It was published by The Harbour Post then."
    assert Article.objects.count() == 2


def test_a_change_without_a_later_time_has_no_stated_time(site, ruth):
    feed = watch(publish(site, entry("1", "Bridge closes", BODY)), ruth)
    publish(site, entry("1", "Bridge closes", LATER))

    look(feed)

    assert Version.objects.get(number=2).stated_at is None


def test_an_entry_without_a_text_is_read_at_its_address(site, ruth):
    text = "".join(
        f"<p>Paragraph {n} of a story that is long enough to be one, and is.</p>" for n in range(6)
    )
    site.put("/1", f"<html><body><article><h1>Bridge closes</h1>{text}</article></body></html>")

    watch(publish(site, entry("1", "Bridge closes", "")), ruth)

    assert "Paragraph 5" in Article.objects.get().body


def test_an_entry_that_cannot_be_read_is_told_and_tried_again(site, ruth):
    feed = watch(publish(site, entry("1", "Bridge closes", BODY)), ruth)
    publish(site, entry("1", "Bridge closes", BODY), entry("2", "Tunnel opens", ""))

    assert look(feed) is None
    assert "There is no page at this address." in feed.message
    text = "".join(
        f"<p>Paragraph {n} of a story that is long enough to be one, and is.</p>" for n in range(6)
    )
    site.put("/2", f"<html><body><article><h1>Tunnel opens</h1>{text}</article></body></html>")
    assert look(feed) is not None
    assert (feed.message, Article.objects.count()) == ("", 2)


def test_a_feed_that_fails_is_looked_at_later_and_later(site, ruth):
    feed = watch(publish(site, entry("1", "Bridge closes", BODY)), ruth)
    publish(site, status=503)

    look(feed)
    look(feed)

    assert feed.failure_count == 2
    assert "error 503" in feed.message
    assert feed.due_at - feed.checked_at == timedelta(seconds=4 * feed.interval_seconds)


def test_two_workers_do_not_look_at_once(site, ruth):
    feed = watch(publish(site, entry("1", "Bridge closes", BODY)), ruth)
    publish(site, entry("1", "Bridge closes", LATER))
    WatchedFeed.objects.update(due_at=timezone.now())

    intakes = [look_at_feed(WatchedFeed.objects.get(pk=feed.pk), now=timezone.now()) for _ in range(2)]

    assert [intake is None for intake in intakes] == [False, True]


def test_drafts_of_a_feed_wait_for_an_editor_and_can_be_undone(site, ruth):
    feed = watch(publish(site, entry("1", "Bridge closes", BODY)), ruth, IntakeMode.DRAFT)
    assert not Version.objects.exists()
    publish(site, entry("1", "Bridge closed", LATER, "2024-03-03T08:00:00Z"))
    intake = look(feed)
    assert Article.objects.get().headline == "Bridge closed"

    ask_to_undo(intake, by=ruth, now=timezone.now())
    work_on(intake, now=timezone.now)

    assert Article.objects.get().headline == "Bridge closes"


def test_what_is_no_feed_is_refused(site, ruth):
    intake = preview(site.put("/feed", "<html><body>No feed</body>"), ruth)

    assert intake.state == IntakeState.REFUSED
    assert "no feed (RSS or Atom)" in intake.message
