"""An editor adds a source: what cannot be read is said at once, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Source
from stories.models.words import Outcome, Pace, VerdictWord
from tests.admin.forms import form_of
from tests.factories import CheckFactory, CitationFactory, SourceFactory, VerdictFactory, WatchFactory

ADD = "admin:stories_source_add"
CHANGE = "admin:stories_source_change"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://10.0.0.3/minutes", "not on the public internet"),
        ("http://localhost/minutes", "localhost"),
        ("http://169.254.169.254/latest", "not on the public internet"),
        ("ftp://council.example.org/minutes", "Only http and https"),
    ],
)
def test_an_address_that_no_check_would_read_is_refused_with_the_reason(address, told, desk_of_ruth):
    typed = form_of(desk_of_ruth, reverse(ADD), title="Minutes", url=address, is_watched="on")

    answer = desk_of_ruth.post(reverse(ADD), typed)

    form = answer.context["adminform"].form
    assert told in form.errors["url"][0]
    assert form["title"].value() == "Minutes"
    assert not Source.objects.exists()


def test_an_internal_address_may_be_noted_where_nobody_is_to_look(desk_of_ruth):
    typed = form_of(desk_of_ruth, reverse(ADD), title="Minutes", url="http://10.0.0.3/minutes")
    del typed["is_watched"]

    desk_of_ruth.post(reverse(ADD), typed)

    assert Source.objects.get().is_watchable is False


def test_a_name_is_not_looked_up_while_an_editor_waits(desk_of_ruth):
    typed = form_of(desk_of_ruth, reverse(ADD), title="Minutes", url="council.invalid/minutes")

    desk_of_ruth.post(reverse(ADD), typed)

    assert Source.objects.get().url == "https://council.invalid/minutes"


def test_an_address_that_the_newsroom_allows_is_accepted(desk_of_ruth, settings):
    settings.WATCH_ALLOWED_PRIVATE = ["127.0.0.1:8010"]
    typed = form_of(desk_of_ruth, reverse(ADD), title="Minutes", url="http://127.0.0.1:8010/minutes")

    desk_of_ruth.post(reverse(ADD), typed)

    assert Source.objects.get().title == "Minutes"


def test_a_source_without_a_name_is_called_what_its_page_calls_itself(site, desk_of_ruth):
    address = site.put("/minutes", "<title>Minutes of\n 4 March</title><h1>Minutes</h1><p>The ferry is kept.")
    typed = form_of(desk_of_ruth, reverse(ADD), url=address, is_watched="on")

    desk_of_ruth.post(reverse(ADD), typed)

    assert Source.objects.get().title == "Minutes of 4 March"


@pytest.mark.parametrize("page", [b"", b"<title>Sign in</title><form><input type=password></form>"])
def test_a_page_that_cannot_be_read_or_believed_gives_its_address(page, site, desk_of_ruth):
    address = site.put("/minutes", page)
    typed = form_of(desk_of_ruth, reverse(ADD), url=address, is_watched="on")

    desk_of_ruth.post(reverse(ADD), typed)

    assert Source.objects.get().title == address


def test_an_address_that_is_refused_names_nothing(desk_of_ruth):
    """Or the next one that is typed would go by it."""
    typed = form_of(desk_of_ruth, reverse(ADD), url="http://10.0.0.3/minutes", is_watched="on")

    refused = desk_of_ruth.post(reverse(ADD), typed)

    assert refused.context["adminform"].form["title"].value() == ""


def test_a_page_that_only_people_are_to_read_is_not_asked_for_its_name(site, desk_of_ruth):
    address = site.put("/minutes", "<title>Minutes</title><p>The ferry is kept.")
    typed = form_of(desk_of_ruth, reverse(ADD), url=address)
    del typed["is_watched"]

    desk_of_ruth.post(reverse(ADD), typed)

    assert (Source.objects.get().title, site.asked) == (address, [])


def test_a_source_needs_a_name_or_an_address(desk_of_ruth):
    answer = desk_of_ruth.post(reverse(ADD), form_of(desk_of_ruth, reverse(ADD)))

    assert "needs a name" in answer.context["adminform"].form.errors["title"][0]
    assert not Source.objects.exists()


def test_a_corrected_address_begins_without_the_strikes_of_the_old_one(desk_of_ruth):
    watch = WatchFactory(strike_count=2, struck_at=timezone.now())
    url = reverse(CHANGE, args=[watch.source_id])

    desk_of_ruth.post(url, form_of(desk_of_ruth, url, title="Other"))
    watch.refresh_from_db()
    assert watch.strike_count == 2

    desk_of_ruth.post(url, form_of(desk_of_ruth, url, url="https://port.example/corrected"))
    watch.refresh_from_db()
    assert (watch.strike_count, watch.struck_at) == (0, None)


def test_an_editor_pins_an_interval_and_the_history_says_who(desk_of_ruth):
    source = SourceFactory()
    url = reverse(CHANGE, args=[source.pk])

    desk_of_ruth.post(
        url, form_of(desk_of_ruth, url, check_interval_seconds="600", change_reason="live blog")
    )

    trail = source.history.first()
    assert (trail.check_interval_seconds, trail.history_actor) == (600, "ruth")
    assert trail.history_change_reason == "live blog"


def test_an_interval_shorter_than_politeness_allows_is_refused_with_the_reason(desk_of_ruth, settings):
    settings.WATCH_SHORTEST_SECONDS = 60
    source = SourceFactory()
    url = reverse(CHANGE, args=[source.pk])

    answer = desk_of_ruth.post(url, form_of(desk_of_ruth, url, check_interval_seconds="20"))

    assert "every 60 seconds" in answer.context["adminform"].form.errors["check_interval_seconds"][0]
    source.refresh_from_db()
    assert source.check_interval_seconds is None


def test_an_editor_sees_when_the_next_look_is_and_why(desk_of_ruth):
    now = timezone.now()
    watch = WatchFactory(pace=Pace.SETTLED, due_at=now + timedelta(hours=5), read_at=now - timedelta(hours=2))

    page = desk_of_ruth.get(reverse(CHANGE, args=[watch.source_id])).content.decode()

    assert "2 hours ago" in page.replace("\xa0", " ")
    assert "nothing about it has changed for some time" in page


def test_the_page_shows_its_life_as_a_picture(desk_of_ruth):
    check = CheckFactory()
    passage = CitationFactory(source=check.source, exact="Bridge <will> shut")

    html = desk_of_ruth.get(reverse(CHANGE, args=[check.source_id])).content.decode()

    assert '<svg class="life__picture"' in html
    assert "“Bridge &lt;will&gt; shut”" in html
    assert reverse("desk_copies", args=[check.source_id]) in html
    assert passage.exact not in html


def test_the_page_leads_to_the_passages_that_are_quoted_from_it(desk_of_ruth):
    passage = CitationFactory(exact="The bridge will shut")
    CitationFactory(exact="The tide will turn")
    page = desk_of_ruth.get(reverse(CHANGE, args=[passage.source_id])).content.decode()
    listed = f"{reverse('admin:stories_citation_changelist')}?source__id__exact={passage.source_id}"

    html = desk_of_ruth.get(listed).content.decode()

    assert f'href="{listed}"' in page
    assert "The bridge will shut" in html
    assert "The tide will turn" not in html


def test_the_picker_of_sources_gives_each_once_and_by_title(client, editor):
    SourceFactory(title="Timetable")
    SourceFactory(title="Notice 14")
    client.force_login(editor)

    asked = {"app_label": "stories", "model_name": "citation", "field_name": "source", "term": ""}
    picked = client.get("/admin/autocomplete/", asked).json()["results"]

    assert [row["text"] for row in picked] == ["Notice 14", "Timetable"]


def test_sources_of_the_same_page_are_merged_and_split_on_a_page(desk_of_ruth):
    kept = SourceFactory(url="https://port.example/a")
    other = SourceFactory(url="https://port.example/a?fbclid=1")
    url = reverse("admin:stories_source_same_pages")
    CitationFactory(source=kept)
    proposed = desk_of_ruth.get(url).content.decode()
    assert other.url in proposed
    assert "that would move: 0, or 1 the other way round" in proposed

    merged = desk_of_ruth.post(url, {"kept": kept.pk, "source": other.pk, "_merge": "1"}, follow=True)
    other.refresh_from_db()
    assert other.merged_into == kept
    assert "is merged into" in merged.content.decode()

    desk_of_ruth.post(url, {"split": other.merges.get().pk}, follow=True)
    other.refresh_from_db()
    assert other.merged_into is None


def test_of_two_that_are_held_apart_nothing_is_merged(desk_of_ruth):
    kept = SourceFactory(url="https://port.example/a")
    other = SourceFactory(url="https://port.example/a?fbclid=1")
    url = reverse("admin:stories_source_same_pages")

    page = desk_of_ruth.post(url, {"kept": kept.pk, "source": other.pk, "_apart": "1"}, follow=True)

    assert "No two sources have the same address." in page.content.decode()


@pytest.mark.parametrize("said", [{}, {"kept": "x", "source": "-1"}, {"split": "999"}])
def test_a_merge_of_what_is_not_there_is_refused(desk_of_ruth, said):
    page = desk_of_ruth.post(reverse("admin:stories_source_same_pages"), said, follow=True)

    assert "not there any more" in page.content.decode()


def test_the_list_says_how_a_source_is_and_not_how_its_last_check_ended(desk_of_ruth):
    watch = WatchFactory(outcome=Outcome.UNCHANGED, checked_at=timezone.now())
    citation = CitationFactory(source=watch.source)
    VerdictFactory(citation=citation, verdict=VerdictWord.ALTERED, is_confirmed=True)

    page = desk_of_ruth.get(reverse("admin:stories_source_changelist")).content.decode()

    assert "1 of 1 passage changed" in page
    assert "unchanged" not in page[page.index("<tbody") : page.index("</tbody>")].lower()


def test_the_list_of_checks_says_in_a_sentence_what_happened(desk_of_ruth):
    CheckFactory(reason="not_modified", explanation="The server says that the page has not changed.")

    page = desk_of_ruth.get(reverse("admin:stories_check_changelist")).content.decode()

    assert "The server says that the page has not changed." in page
    assert "not_modified" not in page
