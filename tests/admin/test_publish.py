"""The publish panel: what it offers, what it refuses without losing a word, and the last of the three clicks."""

import html
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import Publication, Update, Version
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from tests.admin.publish_panel import edit, panel, sent
from tests.factories import (
    AlertFactory,
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    UpdateFactory,
    UserFactory,
    make_reporter,
)


@pytest.fixture
def live(db):
    article = ArticleFactory(slug="bridge", headline="Bridge closes", body="The bridge is closed.")
    publish_article(article, by=None, now=timezone.now() - timedelta(days=1))
    return article


def test_the_first_publication_needs_one_click(desk_of_ruth):
    article = ArticleFactory()

    answer = desk_of_ruth.post(panel(article), sent(desk_of_ruth, panel(article)))

    version = Version.objects.get()
    assert answer.url == reverse("changelog", args=[article.slug])
    assert (version.number, version.actor) == (1, "Ruth Ames")
    assert version.stated_at == version.recorded_at


def test_a_first_version_is_read_as_a_story_and_not_as_changes(desk_of_ruth):
    page = desk_of_ruth.get(panel(ArticleFactory())).content.decode()

    assert "nr-card--first" in page
    assert "0 removed" not in page


def test_an_edit_is_published_with_a_note_and_shown_before(desk_of_ruth, live):
    edit(live, headline="Bridge may close")
    seen = desk_of_ruth.get(panel(live)).content.decode()

    desk_of_ruth.post(panel(live), sent(desk_of_ruth, panel(live), kind="correction", note="Not sure yet."))

    update = Update.objects.get()
    assert "<ins>may close" in seen or "<ins>may " in seen
    assert "the headline was changed" in seen
    assert seen.index("What readers will see change") < seen.index('name="_publish"')
    assert (update.kind, update.note, update.headline_changed) == ("correction", "Not sure yet.", True)
    assert update.version.number == 2
    assert verify_record() == []


def test_words_that_only_went_are_counted_as_such_and_not_struck_out(desk_of_ruth, live):
    edit(live, headline=live.headline.rsplit(maxsplit=1)[0])
    story = reverse("admin:stories_article_change", args=[live.pk])

    seen = desk_of_ruth.get(panel(live)).content.decode()
    edited = desk_of_ruth.get(story).content.decode()

    assert ">1 word removed<" in seen
    assert "Has unpublished changes</a>: 1 word removed<" in edited


def test_what_nobody_can_see_in_a_change_is_spelled_out_before_it_is_published(desk_of_ruth, live):
    edit(live, headline="Bridge\u200b closes")

    seen = desk_of_ruth.get(panel(live)).content.decode()

    assert "<ins>Bridge⟨U+200B⟩</ins>" in seen


def test_a_draft_of_an_update_fills_the_panel_in_and_is_what_is_published(desk_of_ruth, live):
    edit(live, headline="Bridge may close")
    draft = UpdateFactory(article=live, kind="correction", note="The bridge may close, it is not certain.")

    desk_of_ruth.post(panel(live), sent(desk_of_ruth, panel(live)))

    published = Update.objects.get()
    assert (published.pk, published.kind, published.note) == (draft.pk, draft.kind, draft.note)
    assert published.version.number == 2
    assert verify_record() == []


def test_a_draft_that_says_when_readers_saw_it_is_published_as_of_then(desk_of_ruth):
    article = ArticleFactory()
    UpdateFactory(
        article=article,
        note="The company has answered.",
        stated_at=datetime(2024, 5, 18, 19, 24, tzinfo=UTC),
        stated_zone="America/New_York",
    )
    shown = desk_of_ruth.get(panel(article)).content.decode()

    desk_of_ruth.post(panel(article), sent(desk_of_ruth, panel(article)))

    version = Version.objects.get()
    assert "18 May 2024, 15:24 EDT" in shown
    assert version.stated_at == datetime(2024, 5, 18, 19, 24, tzinfo=UTC)
    assert version.frozen["stated_because"] == "It was published elsewhere before."


@pytest.mark.parametrize(("days", "precision"), [(0.5, "day"), (-1, "minute")])
def test_a_time_that_would_be_refused_or_is_not_exact_is_not_offered(days, precision, desk_of_ruth):
    article = ArticleFactory()
    stated_at = timezone.now() - timedelta(days=days)
    UpdateFactory(article=article, stated_at=stated_at, stated_precision=precision)

    assert sent(desk_of_ruth, panel(article))["when"] == "now"


def test_a_draft_that_says_it_was_read_before_the_version_that_readers_have_is_not_offered(
    desk_of_ruth, live
):
    edit(live, headline="Bridge may close")
    earlier = live.live_version.shown_at - timedelta(days=2)
    draft = UpdateFactory(article=live, note="The company has answered.", stated_at=earlier)

    desk_of_ruth.post(panel(live), sent(desk_of_ruth, panel(live), note="The headline is corrected."))

    draft.refresh_from_db()
    assert draft.version is None
    assert live.updates.published().get().note == "The headline is corrected."


def test_a_minor_change_is_published_without_a_note(desk_of_ruth, live):
    edit(live, body="The bridge is closed!")

    desk_of_ruth.post(panel(live), sent(desk_of_ruth, panel(live), kind="minor", note="left over"))

    assert Version.objects.get(number=2).is_minor
    assert not Update.objects.exists()


def test_a_time_is_taken_in_the_zone_that_is_chosen_and_told_as_back_dated(desk_of_ruth, live):
    """Invariant 9."""
    moment = (timezone.now() - timedelta(hours=5)).replace(second=0, microsecond=0)
    wall = moment.astimezone(ZoneInfo("Asia/Tokyo")).strftime("%Y-%m-%dT%H:%M")
    typed = sent(
        desk_of_ruth,
        panel(live),
        note="As of this morning.",
        when="earlier",
        at=wall,
        zone="Asia/Tokyo",
        because="It was on paper first.",
    )
    looked = {name: value for name, value in typed.items() if name != "_publish"}
    preview = desk_of_ruth.post(panel(live), looked)

    desk_of_ruth.post(panel(live), typed)

    version = Version.objects.get(number=2)
    assert "Back-dated" in preview.content.decode()
    assert version.stated_at == moment
    assert version.is_back_dated
    assert version.frozen["updates"][0]["stated_zone"] == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"note": ""}, "note"),
        ({"note": "A note.", "when": "earlier", "at": "2999-01-01T12:00"}, "not come yet"),
        ({"note": "A note.", "when": "earlier", "at": "2001-01-01T12:00"}, "Say why"),
        (
            {"note": "A note.", "when": "earlier", "at": "2001-01-01T12:00", "because": "On paper."},
            "before that of an earlier version",
        ),
        ({"note": "A note.", "when": "later", "at": "2001-01-01T12:00"}, "has passed"),
        ({"note": "A note.", "when": "later", "at": ""}, "Say when"),
        (
            {"note": "A note.", "when": "later", "at": "9999-12-31T23:59", "zone": "America/New_York"},
            "Give a year",
        ),
        (
            {"note": "A note.", "when": "earlier", "at": "0001-01-01T00:00", "zone": "Asia/Tokyo"},
            "Give a year",
        ),
        ({"note": "A note.", "kind": "clarification"}, "send it for approval"),
        ({"note": "A note.", "kind": "retraction"}, "tick that you know"),
        (
            {"note": "A note.", "when": "later", "at": "2024-03-10T02:30", "zone": "America/New_York"},
            "no such time",
        ),
        ({"note": "A note.", "when": "later", "at": "noon"}, "Write it like"),
        ({"note": "A note.", "kind": "gossip"}, "valid choice"),
        ({"note": "", "kind": "minor"}, "Nothing that readers see"),
    ],
)
def test_a_refusal_says_why_and_loses_nothing(typed, told, desk_of_ruth, db):
    article = ArticleFactory()
    now = timezone.now()
    publish_article(article, by=None, now=now, stated_at=now - timedelta(days=1))

    answer = desk_of_ruth.post(panel(article), sent(desk_of_ruth, panel(article), **typed))

    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert answer.context["form"]["note"].value() == typed["note"]
    assert Version.objects.count() == 1
    assert not Update.objects.exists()


def test_what_was_saved_since_the_panel_was_opened_is_not_published_unseen(desk_of_ruth, live):
    """Invariant 10."""
    edit(live, body="What Ruth has looked at.")
    typed = sent(desk_of_ruth, panel(live), note="Said Ruth.")
    edit(live, body="What somebody else wrote since.")

    refused = desk_of_ruth.post(panel(live), typed)
    accepted = desk_of_ruth.post(panel(live), {**typed, "seen": refused.context["proposal"].seen})

    assert "changed while you were here" in refused.content.decode()
    assert "somebody else" in refused.content.decode()
    assert accepted.status_code == 302
    assert Version.objects.count() == 2


def test_a_button_that_is_pressed_twice_publishes_once_and_shows_it_twice(desk_of_ruth, live):
    edit(live, body="The bridge is open.")
    typed = sent(desk_of_ruth, panel(live), note="It is open.")

    answers = [desk_of_ruth.post(panel(live), typed) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/stories/bridge/changes/"] * 2
    assert Version.objects.count() == 2


def test_a_note_that_readers_have_is_not_published_again_without_a_change(desk_of_ruth, live):
    """As by going back after publishing, and pressing the button again."""
    edit(live, body="The bridge is open.")
    desk_of_ruth.post(panel(live), sent(desk_of_ruth, panel(live), note="It is open."))

    refused = desk_of_ruth.post(panel(live), sent(desk_of_ruth, panel(live), note="It is open."))

    assert "Nothing that readers see has changed" in refused.content.decode()
    assert Version.objects.count() == 2


def test_of_a_page_that_is_gone_a_note_is_offered_too(desk_of_ruth, live):
    source = CitationFactory(claim=ClaimFactory(article=live)).source
    check = CheckFactory(source=source, outcome="gone", explanation="The page is gone (HTTP 410).")
    alert = AlertFactory(source=source)
    alert.checks.add(check)

    offered = desk_of_ruth.get(panel(live, alert))

    assert offered.context["form"]["note"].value() == "A page that this story quotes is no longer online."
    assert "The page is gone (HTTP 410)." in offered.content.decode()


@pytest.mark.parametrize("number", ["0", "99999999", "x", "1; DROP", "²"])
def test_an_alert_that_is_not_there_is_as_none(number, desk_of_ruth, live):
    page = desk_of_ruth.get(panel(live) + f"?alert={number}")

    assert page.status_code == 200
    assert page.context["alert"] is None


def test_more_than_minor_is_said_before_it_is_chosen_and_refused_when_it_is(desk_of_ruth, live):
    edit(live, headline="Bridge may close", body="The bridge is not closed.")

    answer = desk_of_ruth.post(panel(live), sent(desk_of_ruth, panel(live), kind="minor"))

    page = html.unescape(answer.content.decode())
    assert "Why this is more than minor" in page
    assert "This is more than a minor change: the headline “Bridge closes” became “Bridge may close”" in page
    assert "the word “not” is new" in page
    assert Version.objects.count() == 1


def test_a_note_about_a_corrected_headline_is_said_to_stand_on_top(desk_of_ruth, live):
    edit(live, headline="Bridge may close")
    typed = {name: value for name, value in sent(desk_of_ruth, panel(live)).items() if name != "_publish"}

    pages = [
        desk_of_ruth.post(panel(live), {**typed, "kind": kind, "note": "Not sure."}).content.decode()
        for kind in ("correction", "update")
    ]

    assert ["stands above the text" in page for page in pages] == [True, False]


def test_a_publication_is_scheduled_from_the_panel(desk_of_ruth, live):
    edit(live, headline="Bridge may close")
    typed = sent(
        desk_of_ruth, panel(live), note="Not sure.", when="later", at="2999-01-01T12:00", zone="Asia/Tokyo"
    )

    answer = desk_of_ruth.post(panel(live), typed, follow=True)

    publication = Publication.objects.get()
    assert publication.publish_at.isoformat() == "2999-01-01T03:00:00+00:00"
    assert answer.redirect_chain[-1][0] == publication.get_absolute_url()
    assert "It waits for its time" in answer.content.decode()
    assert Version.objects.count() == 1


def test_a_retraction_is_offered_on_the_storys_page_and_sent_for_approval(desk_of_ruth, live):
    story = desk_of_ruth.get(reverse("admin:stories_article_change", args=[live.pk])).content.decode()
    url = desk_of_ruth.get(reverse("admin:stories_article_retract", args=[live.pk])).url

    typed = sent(desk_of_ruth, url, note="We withdraw it.", confirm="on")
    del typed["_publish"]
    answer = desk_of_ruth.post(url, {**typed, "_ask": "1"}, follow=True)

    assert "Retract…" in story
    assert typed["kind"] == "retraction"
    assert "It waits for a second person" in answer.content.decode()
    assert Publication.objects.get().state == "awaiting"


def test_while_a_version_is_on_its_way_the_story_and_the_panel_say_so(desk_of_ruth, live):
    edit(live, headline="Bridge may close")
    typed = sent(desk_of_ruth, panel(live), note="Not sure.", when="later", at="2999-01-01T12:00")
    desk_of_ruth.post(panel(live), typed)
    address = Publication.objects.get().get_absolute_url()

    pages = [
        desk_of_ruth.get(panel(live)).content.decode(),
        desk_of_ruth.get(reverse("admin:stories_article_change", args=[live.pk])).content.decode(),
    ]

    assert all(f'href="{address}"' in page for page in pages)


def test_who_may_edit_and_not_publish_proposes(client, live):
    trainee = UserFactory(is_staff=True)
    trainee.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_article", "change_article", "view_publication"])
    )
    client.force_login(trainee)
    edit(live, headline="Bridge may close")

    page = client.get(panel(live)).content.decode()
    typed = sent(client, panel(live), note="Not sure.")
    refused = client.post(panel(live), typed)
    del typed["_publish"]
    client.post(panel(live), {**typed, "_ask": "1"})

    assert "Propose to an editor" in page
    assert 'name="_publish"' not in page
    assert "an editor publishes it" in refused.content.decode()
    assert Publication.objects.get().state == "proposed"


def test_who_was_signed_out_while_typing_is_told_where_the_text_is(client, live):
    answer = client.post(panel(live), {"note": "An hour of work."}, follow=True)

    assert "What you typed is still in your browser" in answer.content.decode()
    assert Version.objects.count() == 1


def test_who_signed_in_anew_while_typing_is_told_where_the_text_is(live):
    answer = Client(enforce_csrf_checks=True).post(panel(live), {"note": "An hour of work."})

    assert answer.status_code == 403
    assert "What you typed is still in your browser" in answer.content.decode()


def test_only_who_may_publish_gets_to_the_panel(client, live):
    """Invariant 5."""
    client.force_login(make_reporter(is_staff=True))

    answers = [client.get(panel(live)).status_code, client.post(panel(live), {"_publish": "1"}).status_code]

    assert answers == [403, 403]


def test_a_story_that_is_not_there_leads_back_to_the_list(desk_of_ruth):
    answer = desk_of_ruth.get(reverse("admin:stories_article_publish", args=[404]))

    assert answer.url == reverse("admin:stories_article_changelist")


def test_a_body_that_cannot_be_rendered_is_told_and_not_a_crash(desk_of_ruth, live):
    edit(live, body="> " * 5000 + "x")

    pages = [
        desk_of_ruth.get(panel(live)),
        desk_of_ruth.get(reverse("admin:stories_article_preview", args=[live.pk])),
        desk_of_ruth.get(reverse("admin:stories_article_change", args=[live.pk])),
    ]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all("cannot be published" in page.content.decode() for page in pages)


def test_the_preview_shows_the_story_as_readers_would_read_it(desk_of_ruth, live):
    edit(live, body="The bridge is *closed*.")

    page = desk_of_ruth.get(reverse("admin:stories_article_preview", args=[live.pk])).content.decode()

    assert "<p>The bridge is <em>closed</em>.</p>" in page


def test_quotations_without_a_source_are_named(desk_of_ruth):
    article = ArticleFactory(body="He said, “Nobody asked me about it.”")

    page = desk_of_ruth.get(panel(article)).content.decode()

    assert "1 passage in quotation marks attached to no source" in page
    assert "“Nobody asked me about it.”" in page


def test_the_note_is_filled_in_from_what_changed(desk_of_ruth):
    article = ArticleFactory(headline="Bridge closes")
    publish_article(article, updates=[], by=None, now=timezone.now())
    article.headline = "Bridge may close"
    article.save()

    form = desk_of_ruth.get(panel(article)).context["form"]

    assert (
        form["note"].value()
        == "The headline of this story was “Bridge closes”; it is now “Bridge may close”."
    )
