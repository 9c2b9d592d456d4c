from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from stories.models import Alert, Check, Delivery, Watch
from stories.watching.due import adopt_sources
from tests.factories import CitationFactory, SourceFactory, make_reporter
from tests.watching.looking import PASSAGE, REWORDED, page

pytestmark = pytest.mark.django_db


def check_sources(*arguments: str) -> str:
    out = StringIO()
    call_command("check_sources", *arguments, stdout=out)
    return out.getvalue()


def test_without_an_argument_what_is_due_is_checked(site):
    source = SourceFactory(title="Ferry notice", url=site.put("/due", page(PASSAGE)))
    later = SourceFactory(url=site.put("/later", page(PASSAGE)))
    adopt_sources(now=timezone.now())
    Watch.objects.filter(source=later).update(due_at=timezone.now() + timedelta(hours=1))

    output = check_sources()

    assert Check.objects.get().source == source
    assert "Sources looked at: 1" in output
    assert "Ferry notice" in output


def test_a_title_drives_no_terminal(site):
    SourceFactory(title="Ferry\x1b]52;c;eA==\x07 notice\x9b2J", url=site.put("/due", page(PASSAGE)))

    output = check_sources("--all")

    assert "Ferry" in output
    assert all(line.isprintable() for line in output.splitlines())


@pytest.mark.parametrize("arguments", [[], ["--due"]])
def test_it_says_plainly_that_nothing_is_due(arguments):
    assert check_sources(*arguments) == "Nothing is due.\n"


def test_it_says_plainly_that_nothing_is_watched():
    assert check_sources("--all") == "No source is watched.\n"


def test_all_means_all_that_are_watched_whether_due_or_not(site):
    for number in range(2):
        SourceFactory(url=site.put(f"/{number}", page(PASSAGE)))
    SourceFactory(url=site.put("/unwatched", page(PASSAGE)), is_watched=False)
    check_sources("--all")

    output = check_sources("--all")

    assert "Sources looked at: 2" in output
    assert Check.objects.count() == 4
    assert site.asked_for("/unwatched") == []


@pytest.mark.parametrize("arguments", [[], ["--all"]])
def test_of_very_many_some_are_looked_at_and_told_of_at_a_time(site, monkeypatch, arguments):
    monkeypatch.setattr("stories.management.commands.check_sources._AT_ONCE", 2)
    for number in range(3):
        SourceFactory(url=site.put(f"/{number}", page(PASSAGE)))

    output = check_sources(*arguments)

    assert [output.count(f"Sources looked at: {count}") for count in (1, 2, 3)] == [1, 1, 0]
    assert Check.objects.count() == 3


def test_a_source_is_checked_by_its_id_whether_due_or_not(site):
    source = SourceFactory(url=site.put("/this", page(PASSAGE)))
    SourceFactory(url=site.put("/other", page(PASSAGE)))
    check_sources("--all")

    check_sources(str(source.pk))

    assert [len(site.asked_for(path)) for path in ("/this", "/other")] == [2, 1]


def test_an_unknown_id_is_refused_by_name(site):
    source = SourceFactory(url=site.put("/this", page(PASSAGE)))

    with pytest.raises(CommandError, match=r"^There is no source with the ID 4711\.$"):
        check_sources(str(source.pk), "4711")

    assert site.asked == []


def test_an_id_of_a_source_that_is_not_watched_is_refused_by_name():
    source = SourceFactory(is_watched=False)

    with pytest.raises(CommandError, match=f"Not watched, or without an address: {source.pk}"):
        check_sources(str(source.pk))


def test_an_id_and_all_do_not_go_together():
    with pytest.raises(CommandError, match="not allowed with"):
        check_sources("--all", "1")


def test_a_source_that_a_worker_is_looking_at_is_left_to_it(site):
    SourceFactory(url=site.put("/this", page(PASSAGE)))
    now = timezone.now()
    adopt_sources(now=now)
    Watch.objects.take_leases(now=now, until=now + timedelta(minutes=1))

    output = check_sources("--all")

    assert "Left out, because another worker was at them: 1." in output
    assert site.asked == []


def test_the_summary_counts_outcomes_and_verdicts_and_explains_each_source(site):
    CitationFactory(source=SourceFactory(url=site.put("/quoted", page(PASSAGE))), exact=PASSAGE)
    SourceFactory(title="Broken [bold]server", url=site.put("/broken", "Oops.", status=500))

    output = check_sources("--all")

    assert "as quoted" in output
    assert "failed" in output
    assert "unchanged" in output
    assert "Broken [bold]server" in output
    explanation = Check.objects.get(outcome="failed").explanation
    assert explanation.split()[0] in output


def test_a_change_found_by_hand_becomes_an_alert_and_the_worker_sends_it(site):
    citation = CitationFactory(source=SourceFactory(url=site.put("/this", page(PASSAGE))), exact=PASSAGE)
    citation.article.reporters.add(make_reporter())
    check_sources("--all")
    site.put("/this", page(REWORDED))
    first = check_sources("--all")

    second = check_sources("--all")

    assert "To be looked at a second time before anybody is told: 1." in first
    assert Alert.objects.count() == 1
    assert Delivery.objects.get().sent_at is None
    assert "Messages that the worker’s next tick sends: 1." in second


def test_no_progress_bar_is_drawn_where_nobody_sees_it(site, capfd):
    SourceFactory(url=site.put("/this", page(PASSAGE)))

    check_sources("--all")

    assert capfd.readouterr().err == ""
