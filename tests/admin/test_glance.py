"""The admin's first page: what needs a person now, and how the newsroom does, as far as they may see it."""

import csv
import io
import re

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from stories.glance.standing import MANY_SOURCES
from stories.models import Alert, ErrorReport, KeptFigure, Preferences, Publication
from stories.publishing.proof.flaw import Flaw
from stories.publishing.verifying import keep_verification
from tests.factories import (
    AlertFactory,
    ArticleFactory,
    SourceFactory,
    UserFactory,
    WatchFactory,
    make_chief,
    make_editor,
    make_reporter,
)
from tests.glance.scenes import DAY, HOUR, NOW, cite, find, note, publish, read

pytestmark = pytest.mark.django_db

FIRST_PAGE = "/admin/"
FIGURES = ("updates", "times", "passages", "sources", "busiest")
NEEDS = ["alerts", "quotes", "approvals", "reports", "failing", "scheduled"]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def editing(client):
    client.force_login(make_editor(username="ruth"))
    return client


def make_newsroom(headline="The bridge closes"):
    """One of everything that the page tells of."""
    article = ArticleFactory(headline=headline)
    fails, stands, answered = cite(article), cite(article), cite(article)
    publish(article, at=NOW - 2 * DAY)
    read(stands)
    alert = AlertFactory(source=fails.source)
    alert.verdicts.add(find(fails, "missing", at=NOW - 3 * HOUR))
    change = find(answered, "altered", at=NOW - 5 * HOUR)
    publish(article, note(article, "correction", caused_by=change), at=NOW - HOUR)
    WatchFactory(
        outcome="blocked", checked_at=NOW, read_at=NOW - 9 * DAY, source__title=f"Lost page of {headline}"
    )
    for state, fields in (("awaiting", {}), ("scheduled", {"publish_at": NOW + DAY})):
        waiting = ArticleFactory(headline=f"{headline}: {state}")
        Publication.objects.create(
            article=waiting,
            state=state,
            kind="update",
            note="N.",
            mark="x",
            asker="Noor",
            asked_at=NOW,
            **fields,
        )
    ErrorReport.objects.create(
        article=article, version_number=1, message=f"Wrong town in {headline}", received_at=NOW
    )
    return article


def glance_of(client):
    return client.get(FIRST_PAGE).context["glance"]


def test_the_first_page_tells_of_all_that_needs_an_editor(editing):
    make_newsroom()

    page = editing.get(FIRST_PAGE)

    needs = page.context["glance"].pressing
    assert [(need.name, need.count) for need in needs] == [(name, 1) for name in NEEDS]
    for need in needs:
        for line in need.lines:
            assert escape(line.text) in page.content.decode()
            assert editing.get(line.address).status_code == 200


def test_each_need_leads_to_as_many_rows_as_it_counts(editing):
    make_newsroom()
    make_newsroom("The dam leaks")

    for need in glance_of(editing).pressing:
        rows = editing.get(need.address).context["cl"]

        assert (need.name, rows.result_count) == (need.name, need.count)
        assert need.count == 2


def test_every_number_of_every_table_leads_to_as_many_rows(editing):
    make_newsroom()
    SourceFactory()
    followed = 0

    for name in FIGURES:
        shown = editing.get(reverse("admin:glance", args=[name])).context["shown"]
        for cell in (cell for row in shown.rows for cell in row if cell.address and cell.is_number):
            rows = editing.get(cell.address)

            assert rows.status_code == 200
            assert (cell.address, rows.context["cl"].result_count) == (cell.address, cell.value)
            followed += 1
        assert editing.get(shown.address).status_code == 200

    assert followed >= 10


def test_there_is_a_picture_a_table_a_page_and_a_file_for_each_figure(editing):
    make_newsroom()

    page = editing.get(FIRST_PAGE).content.decode()

    assert page.count('<svg class="glance__svg') >= len(FIGURES)
    assert page.count('<caption class="nr-visually-hidden"') == len(FIGURES)
    for name in FIGURES:
        assert reverse("admin:glance", args=[name]) in page
        assert editing.get(reverse("admin:glance", args=[name])).status_code == 200
        assert reverse("admin:glance_file", args=[name]) in page


def test_the_menu_and_all_lists_stay_within_reach(editing):
    page = editing.get(FIRST_PAGE)

    assert page.context["sidebar_navigation"]
    assert reverse("admin:stories_verdict_changelist") in page.content.decode().split("glance__rest")[1]


def test_the_file_is_a_table_that_runs_nothing(editing):
    article = make_newsroom('=HYPERLINK("https://evil.example")')

    response = editing.get(reverse("admin:glance_file", args=["busiest"]))

    head, first, *_rest = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="busiest-2026-11-26.csv"'
    assert head[0] == "Story"
    assert first[:2] == [f"'{article.headline}", "2"]


def test_a_spreadsheet_has_durations_in_hours_and_people_in_words(editing):
    make_newsroom()

    table = editing.get(reverse("admin:glance_file", args=["times"])).content.decode("utf-8-sig")
    page = editing.get(reverse("admin:glance", args=["times"])).content.decode()

    head, this_week, *_earlier = csv.reader(io.StringIO(table, newline=""))
    assert head[2] == "Median (hours)"
    assert this_week[:3] == ["2026-11-23", "1", "4.0"]
    assert "Median</th>" in page
    assert "4 h</td>" in page


def test_the_page_asks_as_many_queries_whatever_there_is_to_count(editing):
    make_newsroom()
    editing.get(FIRST_PAGE)
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        editing.get(FIRST_PAGE)
    for number in range(5):
        make_newsroom(f"Story {number}")
    cache.clear()

    with CaptureQueriesContext(connection) as many:
        editing.get(FIRST_PAGE)
    with CaptureQueriesContext(connection) as kept:
        editing.get(FIRST_PAGE)

    assert len(many) == len(few) <= 40
    assert len(kept) == len(many) - 10


def test_what_was_answered_is_gone_from_the_page_at_once(editing):
    article = make_newsroom()
    assert glance_of(editing).pressing[1].name == "quotes"

    verdict = article.citations.order_by("pk").first().verdicts.get()
    publish(article, note(article, caused_by=verdict), at=NOW)

    assert "quotes" not in [need.name for need in glance_of(editing).pressing]


def test_a_new_newsroom_says_what_to_do_first(editing):
    page = editing.get(FIRST_PAGE)

    html = page.content.decode()
    assert page.context["glance"].is_new
    assert "Begin with a story" in html
    assert reverse("admin:stories_intake_add") in html
    assert reverse("admin:stories_article_add") in html
    assert "Nothing needs you now." in html
    for _figure, shown in page.context["glance"].figures:
        assert shown.drawing is None
        assert escape(shown.empty) in html


def staff(*permissions, **fields):
    person = UserFactory(is_staff=True, **fields)
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return person


def test_a_reporter_in_the_admin_is_told_of_their_own_stories_alone(client):
    """Invariant 5."""
    mine, other = make_newsroom("Mine"), make_newsroom("Another’s")
    reporter = make_reporter(is_staff=True)
    mine.reporters.add(reporter)
    client.force_login(reporter)

    page = client.get(FIRST_PAGE)

    html = page.content.decode()
    assert {need.name: need.count for need in page.context["glance"].needs} == {
        "alerts": 0,
        "quotes": 1,
        "failing": 0,
    }
    assert "Mine" in html
    assert other.headline not in html
    assert "Lost page" not in html
    for address in re.findall(r'class="glance__line" href="([^"]+)"', html):
        assert client.get(address).status_code == 200


def test_who_may_look_at_sources_alone_is_told_of_sources_alone(client):
    """Invariant 5."""
    make_newsroom()
    client.force_login(staff("view_source"))

    page = client.get(FIRST_PAGE)

    assert [need.name for need in page.context["glance"].needs] == ["failing"]
    assert [figure.name for figure, _shown in page.context["glance"].figures] == ["sources"]
    assert "The bridge closes:" not in page.content.decode()
    refused = [
        name for name in FIGURES if client.get(reverse("admin:glance_file", args=[name])).status_code == 403
    ]
    assert refused == ["updates", "times", "passages", "busiest"]


def test_who_may_see_nothing_is_shown_nothing(client):
    make_newsroom()
    client.force_login(staff())

    page = client.get(FIRST_PAGE)

    assert page.status_code == 200
    assert (page.context["glance"].needs, page.context["glance"].figures) == ([], [])


def test_times_and_weeks_are_those_of_the_person_and_the_page_says_so(client):
    editor = make_editor()
    Preferences.objects.create(person=editor, time_zone="Pacific/Auckland")
    client.force_login(editor)
    make_newsroom()

    html = client.get(FIRST_PAGE).content.decode()

    assert "Times and weeks are in the zone Pacific/Auckland." in html
    assert "27 Nov 2026, 06:00 NZDT" in html


def test_there_is_no_figure_by_another_name(editing):
    assert editing.get("/admin/glance/secrets/").status_code == 404
    assert editing.get("/admin/glance/secrets.csv").status_code == 404


def test_a_week_that_is_no_day_leads_to_the_whole_list(editing):
    address = reverse("admin:stories_update_changelist")

    assert editing.get(f"{address}?weeks=soon", follow=True).status_code == 200
    assert editing.get(f"{address}?weeks=2025-01-06").status_code == 200


def test_of_a_large_newsroom_figures_stand_as_they_were_counted_and_say_when(editing):
    SourceFactory(pk=MANY_SOURCES)
    make_newsroom()
    editing.get(FIRST_PAGE)
    with time_machine.travel(NOW + HOUR, tick=False):
        make_newsroom("The tunnel closes")

        page = editing.get(FIRST_PAGE)

    quotes = next(need for need in page.context["glance"].needs if need.name == "quotes")
    assert (quotes.count, quotes.as_of) == (1, NOW)
    assert "updated every five minutes" in page.text


def test_of_a_large_newsroom_a_quote_that_was_answered_since_is_not_shown(editing):
    SourceFactory(pk=MANY_SOURCES)
    make_newsroom()
    editing.get(FIRST_PAGE)
    Alert.objects.update(state="still_holds")

    page = editing.get(FIRST_PAGE)

    quotes = next(need for need in page.context["glance"].needs if need.name == "quotes")
    assert list(quotes.lines) == []
    assert editing.get("/admin/stories/citation/?stands=failing").context["cl"].result_count == 0


def test_the_list_of_failing_quotes_looks_up_as_many_as_it_counts_or_all_that_something_else_narrows(
    editing, monkeypatch
):
    monkeypatch.setattr("stories.glance.quotes._PASSAGES_AT_ONCE", 1)
    monkeypatch.setattr("stories.admin.glance.filters.MOST_COUNTED_OF_SOME", 0)
    make_newsroom()
    make_newsroom("The tunnel closes")

    def count(asked):
        return editing.get(f"/admin/stories/citation/?stands=failing{asked}").context["cl"].result_count

    assert (count(""), count("&state=attached")) == (1, 2)


def test_what_is_done_to_all_failing_quotes_is_done_to_more_than_the_list_counts(editing, monkeypatch):
    monkeypatch.setattr("stories.glance.quotes._PASSAGES_AT_ONCE", 1)
    monkeypatch.setattr("stories.admin.glance.filters.MOST_COUNTED_OF_SOME", 0)
    make_newsroom()
    make_newsroom("The tunnel closes")
    failing = "/admin/stories/citation/?stands=failing"
    shown = editing.get(failing).context["cl"].result_list

    asked = editing.post(
        failing,
        {"action": "leave_citation", "_selected_action": [row.pk for row in shown], "select_across": "1"},
    )

    assert "2 rows will change" in asked.text


@pytest.mark.parametrize(
    "since", [{"outcome": "unchanged"}, {"outcome": ""}, {"source__is_watched": False}], ids=str
)
def test_of_a_large_newsroom_a_source_that_was_read_since_is_not_shown(editing, since):
    SourceFactory(pk=MANY_SOURCES)
    watch = WatchFactory(outcome="blocked", checked_at=NOW, source__title="The harbour board")
    before = editing.get(FIRST_PAGE).text
    for name, value in since.items():
        row, field = (watch.source, "is_watched") if name == "source__is_watched" else (watch, name)
        setattr(row, field, value)
        row.save()

    page = editing.get(FIRST_PAGE)

    assert page.status_code == 200
    assert ("The harbour board" in before, "The harbour board" in page.text) == (True, False)


def test_of_a_large_newsroom_who_sees_their_own_stories_waits_for_no_others_and_is_told_so(client):
    SourceFactory(pk=MANY_SOURCES)
    make_newsroom()
    client.force_login(make_reporter(username="kit", is_staff=True))

    page = client.get(FIRST_PAGE)

    assert not KeptFigure.objects.exists()
    assert "updated every minute" in page.text


def test_more_grave_alerts_than_are_counted_are_told_so(editing, monkeypatch):
    monkeypatch.setattr("stories.admin.glance.needs.MOST_COUNTED", 2)
    AlertFactory.create_batch(3, gravity=3)

    page = editing.get(FIRST_PAGE)

    assert "More than 2" in page.text
    assert "grave alerts are open" in page.text


def test_who_answers_for_what_is_published_learns_that_the_record_does_not_verify(client):
    keep_verification([], now=NOW - 2 * DAY)
    keep_verification([Flaw("bridge", 2, "<b>it</b> is gone", "missing")], now=NOW - DAY)
    client.force_login(make_chief())

    page = client.get(FIRST_PAGE).content.decode()

    assert "The public record does not verify" in page
    assert "MISSING bridge, version 2: &lt;b&gt;it&lt;/b&gt; is gone." in page
    assert "manage.py doctor" in page


def test_of_a_record_that_was_mended_and_to_editors_nothing_is_said(client, editing):
    keep_verification([Flaw("bridge", 2, "it is gone", "missing")], now=NOW - DAY)
    assert "does not verify" not in editing.get(FIRST_PAGE).content.decode()
    keep_verification([], now=NOW)
    client.force_login(make_chief())

    assert "does not verify" not in client.get(FIRST_PAGE).content.decode()
