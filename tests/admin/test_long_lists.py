"""However many rows there are, a list is as quick, and says honestly how many it has counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stories.admin.source import SourceAdmin
from stories.admin.update import UpdateAdmin
from stories.glance.sources import IS_FAILING
from stories.glance.standing import MANY_SOURCES
from stories.models import Article, Check, Snapshot, Source, Update, Watch
from stories.publishing.publish import publish_article
from tests.factories import (
    AlertFactory,
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    SnapshotFactory,
    SourceFactory,
    UpdateFactory,
    UserFactory,
    VerdictFactory,
    WatchFactory,
    make_editor,
)

pytestmark = pytest.mark.django_db


def listed(client: Client, noun: str, **asked: str) -> Any:
    return client.get(reverse(f"admin:stories_{noun}_changelist"), asked).context["cl"]


def test_a_list_is_counted_as_far_as_anybody_turns_pages(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.admin.long_lists.LongPaginator.most_counted", 2)
    for _ in range(3):
        ArticleFactory()

    response = chief.get(reverse("admin:stories_article_changelist"))

    assert response.context["cl"].result_count == 2
    assert "more than 2 articles" in " ".join(response.content.decode().split())


def test_a_shorter_list_says_how_many_there_are(chief: Client) -> None:
    ArticleFactory()

    html = " ".join(chief.get(reverse("admin:stories_article_changelist")).content.decode().split())

    assert "1 article" in html
    assert "more than" not in html


def test_behind_the_first_page_of_a_list_only_its_own_rows_are_read(chief: Client) -> None:
    oldest = UpdateFactory()
    for _ in range(UpdateAdmin.list_per_page):
        UpdateFactory()

    with CaptureQueriesContext(connection) as queries:
        page = listed(chief, "update", p="2")

    assert list(page.result_list) == [oldest]
    skipping = [query["sql"] for query in queries if "OFFSET" in query["sql"]]
    assert skipping
    assert not any('"note"' in sql for sql in skipping)


def test_snapshots_are_narrowed_by_each_status_that_there_is(chief: Client) -> None:
    read, refused = SnapshotFactory(status=200), SnapshotFactory(status=403)

    lines = listed(chief, "snapshot").filter_specs[0].lookup_choices

    assert lines == [200, 403]
    assert list(listed(chief, "snapshot", status="403").result_list) == [refused]
    assert list(listed(chief, "snapshot", status="200").result_list) == [read]


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite puts what has no time last")
@pytest.mark.parametrize(
    ("index", "rows"),
    [
        ("update_newest_first", Update.objects.order_by(*UpdateAdmin.ordering)),
        ("snapshot_by_status", Snapshot.objects.order_by("status")),
        ("watch_suspected", Watch.objects.filter(is_suspected=True).order_by("-pk")),
        (
            "watch_unread_by_reading",
            Source.objects.filter(IS_FAILING).order_by(*SourceAdmin.ordering_of_unread),
        ),
    ],
    ids=["updates", "snapshots", "watches", "sources"],
)
def test_a_list_is_read_in_the_order_of_an_index(index: str, rows: QuerySet[Any]) -> None:
    with connection.cursor() as cursor:
        # On no rows at all any plan is as good as another.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        cursor.execute("SET LOCAL enable_sort = off")

    plan = rows[:50].explain()

    assert index in plan, plan
    assert "Sort" not in plan, plan


def test_what_machines_wrote_is_found_by_the_words_of_its_source(chief: Client) -> None:
    check = CheckFactory(source=SourceFactory(title="Harbour office", url="https://harbour.example/notices"))
    CheckFactory(source=SourceFactory(title="Ferry timetable"))

    assert list(listed(chief, "check", q="harbour office").result_list) == [check]
    assert list(listed(chief, "check", q="harbour.example").result_list) == [check]
    assert list(listed(chief, "check", q="lighthouse").result_list) == []
    assert Check.objects.count() == 2


def test_an_alert_is_found_by_its_person_and_by_its_source(chief: Client) -> None:
    alert = AlertFactory(recipient=UserFactory(username="ana", last_name="Duarte"))
    AlertFactory()

    assert list(listed(chief, "alert", q="duarte").result_list) == [alert]
    assert list(listed(chief, "alert", q=f'"{alert.source.title}"').result_list) == [alert]


def test_sources_are_sorted_by_how_often_they_are_quoted_while_they_are_few(chief: Client) -> None:
    often, once = SourceFactory(title="Harbour office"), SourceFactory(title="Ferry timetable")
    for source in (often, often, once):
        CitationFactory(source=source)
    most_first = "-4"

    few = listed(chief, "source", o=most_first)
    never = SourceFactory(pk=MANY_SOURCES, title="Lighthouse")
    many = listed(chief, "source", o=most_first)

    assert (few.list_display[4], "citation_count" in few.sortable_by) == ("citation_count", True)
    assert list(few.result_list) == [often, once]
    assert "citation_count" not in many.sortable_by
    assert list(many.result_list) == [once, often, never]


@pytest.mark.parametrize("narrowed", [{"health": "failing"}, {"watch__outcome__exact": "failed"}])
def test_sources_that_cannot_be_read_come_in_the_order_in_which_they_were_last(
    narrowed: dict[str, str], chief: Client
) -> None:
    now = timezone.now()
    before, lately, never = (
        WatchFactory(outcome="failed", read_at=read_at, source__title=title).source
        for title, read_at in (("A", now - timedelta(days=9)), ("B", now - timedelta(hours=9)), ("C", None))
    )
    WatchFactory(outcome="unchanged", read_at=now)

    assert list(listed(chief, "source", **narrowed).result_list) == [never, lately, before]
    assert list(listed(chief, "source", **narrowed, o="1").result_list) == [before, lately, never]


def test_of_very_many_sources_that_changed_those_are_listed_that_miss_a_passage_and_were_quoted_last(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.admin.long_lists.NarrowedPaginator.most_counted", 2)
    monkeypatch.setattr("stories.admin.glance.filters.MOST_COUNTED_OF_SOME", 2)

    def ill_source(**verdict: Any) -> Source:
        source = VerdictFactory(**verdict).found_by.source
        return WatchFactory(checked_at=timezone.now(), source=source).source

    missing = ill_source(verdict="missing")
    sources = [missing, *(ill_source(verdict="altered") for _ in range(5))]
    unwatched = ill_source(verdict="missing")
    Source.objects.filter(pk=unwatched.pk).update(is_watched=False)

    def ill(**asked: str) -> Any:
        return listed(chief, "source", health="ill", **asked)

    assert (ill().result_count, ill().paginator.is_more) == (2, True)
    assert set(ill().queryset) == {missing, *sources[-2:]}
    assert set(ill(kind__exact="page").queryset) == set(sources)


def test_of_very_many_stories_with_open_alerts_those_of_the_gravest_are_listed(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.admin.article.MOST_FOUND", 2)
    monkeypatch.setattr("stories.admin.article._MOST_ALERTS", 3)
    mild, grave, graver = (_told_of(gravity) for gravity in (1, 2, 3))

    assert list(listed(chief, "article", alerts="open").result_list) == [graver, grave]
    # Among some, any may be; and of few stories, all are.
    assert list(listed(chief, "article", alerts="open", q=mild.headline).result_list) == [mild]
    monkeypatch.setattr("stories.admin.article.MOST_FOUND", 4)
    assert list(listed(chief, "article", alerts="open").result_list) == [graver, grave, mild]


def _told_of(gravity: int) -> Article:
    citation = CitationFactory(article__headline=f"Of gravity {gravity}")
    alert = AlertFactory(source=citation.source, gravity=gravity)
    alert.verdicts.add(VerdictFactory(citation=citation))
    return citation.article


def test_stories_are_looked_for_once_to_be_counted_and_shown(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.admin.article.MOST_FOUND", 3)
    monkeypatch.setattr("stories.admin.long_lists.NarrowedPaginator.most_counted", 2)
    stories = [ArticleFactory(headline=f"Ferry {number}") for number in range(4)]
    Article.objects.filter(pk=stories[0].pk).update(saved_at=timezone.now() + timedelta(hours=1))

    with CaptureQueriesContext(connection) as queries:
        found = listed(chief, "article", q="ferry")

    assert list(found.queryset) == [stories[0], stories[3], stories[2]]
    assert (found.result_count, found.paginator.is_more) == (2, True)
    assert sum("stories_searchable" in query["sql"] for query in queries) == 1
    # Another order, or a filter beside, may bring any to the front.
    assert len(listed(chief, "article", q="ferry", o="1").queryset) == 4
    assert len(listed(chief, "article", q="ferry", published="draft").queryset) == 4


def test_where_nothing_is_found_nothing_is_looked_for_once_more(chief: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = listed(chief, "update", q="nobody")

    assert list(found.result_list) == []
    assert sum("stories_searchable" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize("noun", ["article", "source", "alert", "check", "verdict", "delivery", "snapshot"])
def test_no_list_without_end_reads_every_row_to_know_its_years(noun: str, chief: Client) -> None:
    assert listed(chief, noun).date_hierarchy is None


def test_a_list_of_versions_has_none_parsed_by_the_database(chief: Client) -> None:
    publish_article(ArticleFactory(headline="The bridge closes"), by=make_editor(), now=timezone.now())

    with CaptureQueriesContext(connection) as queries:
        html = chief.get(reverse("admin:stories_version_changelist")).content.decode()

    assert "The bridge closes" in html
    assert not any("json" in query["sql"].lower() for query in queries if '"stories_version"' in query["sql"])


def test_a_list_that_is_narrowed_is_counted_less_far(chief: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.admin.long_lists.NarrowedPaginator.most_counted", 2)
    source = SourceFactory(title="Harbour office")
    for _ in range(3):
        CheckFactory(source=source)

    def count(**asked: str) -> tuple[int, bool]:
        page = listed(chief, "check", **asked)
        return page.result_count, page.paginator.is_more

    assert count() == count(p="1", o="1", q=" ", _popup="1") == (3, False)
    assert count(q="harbour") == count(outcome__exact=Check.objects.first().outcome) == (2, True)


def test_a_search_by_name_looks_for_the_newest_of_what_the_filters_leave(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.admin.long_lists.MOST_FOUND", 2)
    ana = UserFactory(username="ana")
    still_open = AlertFactory(recipient=ana)
    answered = [AlertFactory(recipient=ana, state="ignored") for _ in range(3)]

    assert set(listed(chief, "alert", q="ana").result_list) == set(answered[1:])
    assert list(listed(chief, "alert", q="ana", state__exact="open").result_list) == [still_open]
