"""A passage that nobody has cited yet, held against the last copy of its page."""

from datetime import timedelta

import pytest

from stories.models import Verdict
from stories.models.words import VerdictWord
from stories.watching.due import due_watches
from stories.watching.glance import MOST_BYTES, Glance, glance_at, read_at_once
from tests.factories import CheckFactory, SnapshotFactory
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, CitedPage, page


def test_a_page_that_nobody_has_read_says_nothing_yet(cited):
    assert glance_at(cited.source, PASSAGE) == Glance()


@pytest.mark.parametrize(
    ("passage", "word", "wording"),
    [
        (PASSAGE, VerdictWord.VERBATIM, ""),
        (REWORDED, VerdictWord.ALTERED, PASSAGE),
        ("The mayor has resigned over the fares.", VerdictWord.MISSING, ""),
    ],
)
def test_the_last_copy_says_whether_the_passage_is_there_and_what_it_says_instead(
    passage, word, wording, read_once
):
    glance = glance_at(read_once.source, passage)

    assert (glance.word, glance.wording) == (word, wording)
    assert glance.read_at == read_once.clock()
    assert Verdict.objects.count() == 1, "the one of the passage that is cited"


def test_a_page_that_stays_as_it_is_was_read_at_the_last_look(read_once):
    read_once.look()
    read_once.look()

    glance = glance_at(read_once.source, PASSAGE)

    assert glance.read_at == read_once.clock()
    assert glance.read_at > read_once.source.checks.earliest("pk").started_at


def test_a_copy_that_is_still_to_be_confirmed_is_what_the_editor_sees_too(read_once):
    read_once.put(REWORDED, OTHER_PASSAGE)
    read_once.look()

    assert glance_at(read_once.source, REWORDED).word == VerdictWord.VERBATIM


def test_the_copy_of_another_address_is_not_asked(read_once):
    read_once.source.url = read_once.site.put("/new", page("Something else."))

    assert glance_at(read_once.source, PASSAGE) == Glance()


def test_a_copy_too_large_to_wait_for_is_left_to_the_check(cited):
    copy = SnapshotFactory(source=cited.source, body=b"<p>" + b" " * MOST_BYTES)
    CheckFactory(source=cited.source, outcome="unchanged", snapshot=copy)

    assert glance_at(cited.source, PASSAGE) == Glance()


def test_a_copy_that_cannot_be_read_has_no_word(cited):
    copy = SnapshotFactory(source=cited.source, body=b"%PDF-1.7 broken", content_type="application/pdf")
    CheckFactory(source=cited.source, outcome="unchanged", snapshot=copy)

    assert glance_at(cited.source, PASSAGE).word is None


def test_a_page_read_a_while_ago_is_read_at_once(read_once):
    read_once.clock.advance(minutes=3)

    assert read_at_once(read_once.source, now=read_once.clock())
    assert due_watches(now=read_once.clock(), limit=1) == [read_once.watch]


def test_a_page_that_was_read_just_now_is_not_read_again(read_once):
    due_at = read_once.watch.due_at
    read_once.clock.advance(minutes=1)

    assert not read_at_once(read_once.source, now=read_once.clock())
    assert read_once.watch.due_at == due_at


def test_a_server_that_is_given_time_is_left_in_peace(read_once: CitedPage):
    read_once.site.put(read_once.path, "Busy.", status=503, headers={"Retry-After": "9000"})
    read_once.look()
    now = read_once.clock() + timedelta(minutes=10)

    assert not read_at_once(read_once.source, now=now)
