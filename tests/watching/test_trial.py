"""A page read for a person: at once and with manners, and nothing of it is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stories.models import Check, Host, Snapshot
from stories.models.words import VerdictWord
from stories.text.judge import Passage
from stories.watching.trial import try_passage
from tests.watching.looking import PASSAGE, page

pytestmark = pytest.mark.django_db


def test_the_page_is_read_and_nothing_of_it_is_kept(site):
    trial = try_passage(site.put("/a", page(PASSAGE)), Passage(PASSAGE), now=timezone.now())

    assert trial.word == VerdictWord.VERBATIM
    assert (Check.objects.count(), Snapshot.objects.count()) == (0, 0)


def test_what_a_site_asks_of_machines_is_remembered(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /b", headers={"Content-Type": "text/plain"})
    try_passage(site.put("/a", page(PASSAGE)), Passage(PASSAGE), now=timezone.now())

    try_passage(site.put("/b", page(PASSAGE)), Passage(PASSAGE), now=timezone.now())

    assert len(site.asked_for("/robots.txt")) == 1
    assert site.asked_for("/b") == []


def test_a_host_that_wants_quiet_is_left_alone(site):
    now = timezone.now()
    Host.objects.create(origin=f"http://{site.host_and_port}", quiet_until=now + timedelta(hours=1))

    trial = try_passage(site.put("/a", page(PASSAGE)), Passage(PASSAGE), now=now)

    assert "asks to be left alone" in trial.problem
    assert site.asked == []


def test_a_kind_of_file_without_text_is_told_as_that(site):
    address = site.put("/a", b"\x89PNG\r\n\x1a\n\0\0", headers={"Content-Type": "image/png"})

    assert "kind of file" in try_passage(address, Passage(PASSAGE), now=timezone.now()).problem
