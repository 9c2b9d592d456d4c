"""Lists too long to be counted: what is told of how many there are, and the way to the next page."""

import pytest
from django.test import Client
from django.urls import reverse

from stories.desk.pages import OpenPaginator
from stories.models import User
from stories.models.words import AlertState
from tests.alerting.scenes import at, quote
from tests.factories import AlertFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "rows", "has_next"),
    [("1", [1, 2], True), ("3", [5], False), ("", [1, 2], True), ("9", [1, 2], True), ("-1", [1, 2], True)],
)
def test_an_open_list_knows_whether_there_is_another_page(
    number: str, rows: list[int], has_next: bool
) -> None:
    page = OpenPaginator([1, 2, 3, 4, 5], 2).get_page(number)

    assert list(page.object_list) == rows
    assert page.has_next() is has_next


def test_where_there_are_very_many_sources_their_health_is_not_counted(
    desk: Client, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.desk.source_list.MOST_COUNTED", 2)
    monkeypatch.setattr("stories.desk.source_list.ROWS_PER_PAGE", 2)
    for _ in range(3):
        quote(SourceFactory(), reporter)

    response = desk.get(reverse("desk_sources"))

    found, html = response.context["list"], response.content.decode()
    assert {level.count for level in found.levels} == {None}
    assert len(found.rows) == 2
    assert "tabs__count" not in html
    assert '<span class="meta">Page 1</span>' in html
    assert "page=2" in html


def test_a_tab_of_very_many_alerts_says_that_there_are_more(
    desk: Client, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("inbox_filter", "inbox"):
        monkeypatch.setattr(f"stories.desk.{place}.MOST_COUNTED", 2)
    for state in (AlertState.OPEN, AlertState.OPEN, AlertState.OPEN, AlertState.IGNORED):
        AlertFactory(recipient=reporter, state=state)

    html = desk.get(reverse("desk_inbox")).content.decode()

    assert '<span class="tabs__count">2+</span>' in html
    assert '<span class="tabs__count">1</span>' in html


def test_a_search_looks_at_the_newest_alerts(
    desk: Client, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.desk.inbox_filter.MOST_SEARCHED", 1)
    older, newer = (quote(SourceFactory(title=f"The {name}"), reporter).source for name in ("pier", "mole"))
    AlertFactory(recipient=reporter, source=older, developed_at=at(1))
    AlertFactory(recipient=reporter, source=newer, developed_at=at(2))

    def rows(words: str) -> int:
        return len(desk.get(reverse("desk_inbox"), {"q": words}).context["inbox"].rows)

    assert (rows("mole"), rows("pier")) == (1, 0)
