"""What an open page of the desk is told without a reload, and at what cost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.alerting.answer import answer_alert
from stories.alerting.care import assign_alert
from stories.alerting.events import write_event
from stories.desk.news import MOST_TOLD, latest_mark, news_for
from stories.models import Alert, User
from stories.models.words import AlertEventKind, AlertState
from tests.alerting.scenes import altered_alert, at
from tests.factories import AlertFactory, make_editor, make_reporter

pytestmark = pytest.mark.django_db

NEWS = reverse("desk_news")


def opened(alert: Alert) -> Alert:
    write_event(alert, kind=AlertEventKind.OPENED, at=at(1))
    return alert


def told(user: User, **asked: Any) -> list[Alert]:
    return [item.alert for item in news_for(user, **{"since": 0, **asked}).items]


def test_alerts_that_came_in_after_the_mark_are_told_newest_first(reporter: User) -> None:
    opened(AlertFactory(recipient=reporter))
    mark = latest_mark()
    first, second = (opened(AlertFactory(recipient=reporter)) for _ in range(2))

    assert told(reporter, since=mark) == [second, first]


def test_one_that_developed_twice_is_one(reporter: User) -> None:
    alert = opened(AlertFactory(recipient=reporter))
    write_event(alert, kind=AlertEventKind.DEVELOPED, at=at(2))

    assert told(reporter) == [alert]
    assert news_for(reporter, since=0).count == 1


def test_nobody_hears_of_the_alerts_of_others(reporter: User) -> None:
    """Invariant 5."""
    opened(AlertFactory(recipient=make_reporter()))

    assert told(reporter) == []


def test_what_is_answered_already_is_no_news(reporter: User) -> None:
    opened(AlertFactory(recipient=reporter, state=AlertState.RESTORED))

    assert told(reporter) == []


def test_an_editor_hears_of_everybodys_or_on_their_own_list_of_their_own(editor: User) -> None:
    theirs, own = opened(AlertFactory()), opened(AlertFactory(recipient=editor))

    assert told(editor) == [own, theirs]
    assert told(editor, whose="mine") == [own]


def test_editors_are_asked_for_the_update_that_a_reporter_cannot_publish(
    reporter: User, editor: User
) -> None:
    alert = AlertFactory(recipient=reporter)
    mark = latest_mark()
    answer_alert(alert, state=AlertState.NEEDS_UPDATE, by=reporter, now=at(2))

    [item] = news_for(editor, since=mark, whose="mine").items

    assert item.because == f"{reporter.name} asks for an update"
    assert told(reporter, since=mark) == []


def test_whoever_is_given_an_alert_hears_by_whom(reporter: User, editor: User) -> None:
    alert = AlertFactory()
    assign_alert(alert, to=reporter, among=[reporter], by=editor, now=at(1))

    [item] = news_for(reporter, since=0).items

    assert (item.alert, item.because) == (alert, f"{editor.name} gives you this")


def test_a_page_that_was_left_open_is_told_a_few_and_how_many(client: Client, reporter: User) -> None:
    client.force_login(reporter)
    for _ in range(MOST_TOLD + 2):
        opened(AlertFactory(recipient=reporter))

    html = client.get(NEWS, {"since": "0"}).content.decode()

    assert "7 new alerts" in html
    assert html.count("<li") == MOST_TOLD


def test_it_is_told_in_the_words_of_the_inbox(client: Client, reporter: User) -> None:
    client.force_login(reporter)
    alert = opened(altered_alert(reporter, headline="Bridge to close"))

    html = client.get(NEWS, {"since": "0"}).content.decode()

    assert f'<a href="{alert.get_absolute_url()}">A passage quoted in “Bridge to close”</a>' in html
    assert "1 new alert<" in html


@pytest.mark.parametrize("since", ["", "nonsense", "-1", "9" * 40])
def test_without_a_mark_the_answer_is_the_mark_of_now(since: str, client: Client, reporter: User) -> None:
    client.force_login(reporter)
    opened(AlertFactory(recipient=reporter))

    html = client.get(NEWS, {"since": since}).content.decode()

    assert f'data-mark="{latest_mark()}" data-count="0"' in html


def test_where_nothing_is_new_the_answer_is_empty_and_costs_five_queries(
    client: Client, reporter: User, django_assert_num_queries: Any
) -> None:
    client.force_login(reporter)
    first = client.get(NEWS, {"since": "0"})

    # Session, person, permissions (2), the last step.
    with django_assert_num_queries(5):
        again = client.get(NEWS, {"since": "0"}, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_another_person_is_never_answered_from_the_first_ones_tag(client: Client, reporter: User) -> None:
    client.force_login(reporter)
    tag = client.get(NEWS, {"since": "0"})["ETag"]
    client.force_login(make_editor())

    assert client.get(NEWS, {"since": "0"}, headers={"If-None-Match": tag}).status_code == 200


def test_a_stranger_is_told_nothing(client: Client) -> None:
    assert client.get(NEWS, {"since": "0"}).status_code == 302


@pytest.mark.parametrize("address", [reverse("desk_inbox"), reverse("desk_sources")])
def test_every_page_of_the_desk_asks(address: str, client: Client, reporter: User) -> None:
    client.force_login(reporter)

    assert f'data-news="{NEWS}"' in client.get(address).content.decode()
