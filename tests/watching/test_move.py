"""A page has moved for good: an editor confirms the new address."""

import pytest
from django.urls import reverse

from stories.models import Source
from stories.watching.move import AddressTaken, NotMoved, confirm_move
from tests.factories import SourceFactory, make_editor, make_reporter
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, CitedPage, page


@pytest.fixture
def moved(read_once: CitedPage) -> CitedPage:
    read_once.site.put("/moved-here", page(PASSAGE, OTHER_PASSAGE))
    read_once.site.put(read_once.path, status=301, headers={"Location": "/moved-here"})
    read_once.looks(2)
    return read_once


def test_the_new_address_waits_for_an_editor(moved):
    assert moved.watch.moved_to == moved.site.url("/moved-here")
    assert Source.objects.get().url == moved.site.url("/notice")


def test_it_waits_too_where_the_page_has_changed_on_the_way(read_once):
    read_once.site.put("/moved-here", page(REWORDED, OTHER_PASSAGE))
    read_once.site.put(read_once.path, status=308, headers={"Location": "/moved-here"})

    read_once.looks(2)

    assert read_once.watch.moved_to == read_once.site.url("/moved-here")


def test_a_detour_is_no_move(read_once):
    read_once.site.put("/for-now", page(PASSAGE, OTHER_PASSAGE))
    read_once.site.put(read_once.path, status=302, headers={"Location": "/for-now"})

    read_once.looks(2)

    assert read_once.watch.moved_to == ""


def test_the_source_gets_its_new_address_and_keeps_what_rests_on_it(moved):
    ruth, to = make_editor(username="ruth"), moved.watch.moved_to

    confirm_move(moved.source, to=to, by=ruth, now=moved.clock())

    source = Source.objects.get()
    assert source.url == to
    assert source.citations.count() == 1
    row = source.history.latest()
    assert (row.history_user, row.history_change_reason) == (ruth, "The page has moved for good.")
    check = moved.look()
    assert check.outcome == "unchanged"
    assert moved.watch.moved_to == ""
    assert not check.verdicts.filter(is_news=True).exists()


def test_an_address_that_another_source_has_is_refused_with_its_name(moved):
    SourceFactory(title="Harbour board", url=moved.watch.moved_to)

    with pytest.raises(AddressTaken, match="Harbour board"):
        confirm_move(moved.source, to=moved.watch.moved_to, by=make_editor(), now=moved.clock())

    assert Source.objects.get(pk=moved.source.pk).url == moved.site.url("/notice")


@pytest.mark.parametrize("to", ["", "https://elsewhere.example/"])
def test_only_what_the_site_says_can_be_confirmed(moved, to):
    with pytest.raises(NotMoved):
        confirm_move(moved.source, to=to, by=make_editor(), now=moved.clock())


def test_an_editor_confirms_it_at_the_desk(moved, client):
    client.force_login(make_editor())
    page_of_source, to = reverse("desk_source", args=[moved.source.pk]), moved.watch.moved_to
    assert to in client.get(page_of_source).content.decode()

    answer = client.post(reverse("desk_confirm_move", args=[moved.source.pk]), {"to": to}, follow=True)

    assert "new address" in answer.content.decode()
    assert Source.objects.get().url == to


def test_a_reporter_sees_it_and_cannot(moved, client):
    reporter = make_reporter()
    moved.source.citations.get().article.reporters.add(reporter)
    client.force_login(reporter)

    shown = client.get(reverse("desk_source", args=[moved.source.pk])).content.decode()
    answer = client.post(reverse("desk_confirm_move", args=[moved.source.pk]), {"to": moved.watch.moved_to})

    assert "An editor can take the new address over." in shown
    assert answer.status_code == 403


def test_the_admin_leads_there(moved, client):
    client.force_login(make_editor())
    change = reverse("admin:stories_source_change", args=[moved.source.pk])

    assert "Take the new address" in client.get(change).content.decode()
