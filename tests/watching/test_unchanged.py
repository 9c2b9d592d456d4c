"""A look that finds nothing new stores nothing but its time, in the check of the look before."""

from datetime import timedelta

from django.db.models import QuerySet

from stories.models import Check, Snapshot
from stories.watching.evidence import evidence_for_source
from stories.watching.life import life_of
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, CitedPage, page


def written(cited: CitedPage) -> list[tuple[str, int]]:
    """How the looks ended, and how many in a row: oldest first."""
    return list(Check.objects.filter(source=cited.source).order_by("pk").values_list("reason", "looks"))


def test_looks_that_find_the_same_are_counted_in_one_check(read_once: CitedPage) -> None:
    first, *_between, last = read_once.looks(4)

    counted = Check.objects.get(pk=first.pk)
    assert written(read_once) == [("first_copy", 1), ("same_bytes", 4)]
    assert (counted.started_at, counted.last_started_at) == (first.started_at, last.started_at)
    assert last.pk == first.pk
    assert last.started_at - first.started_at == timedelta(hours=3)
    assert read_once.watch.checked_at == read_once.watch.read_at == read_once.clock()


def test_a_change_ends_the_count(read_once: CitedPage) -> None:
    read_once.looks(2)
    read_once.put(REWORDED, OTHER_PASSAGE)
    read_once.looks(4)

    assert written(read_once) == [
        ("first_copy", 1),
        ("same_bytes", 2),
        ("content", 1),
        ("content", 1),
        ("same_bytes", 2),
    ]


def test_a_page_that_could_not_be_read_ends_the_count(read_once: CitedPage) -> None:
    read_once.look()
    read_once.site.put(read_once.path, page(PASSAGE, OTHER_PASSAGE), status=500)
    read_once.look()
    read_once.put(PASSAGE, OTHER_PASSAGE)
    read_once.looks(2)

    assert written(read_once) == [
        ("first_copy", 1),
        ("same_bytes", 1),
        ("server_error", 1),
        ("same_bytes", 2),
    ]


def test_how_the_page_was_found_unchanged_is_told_apart(read_once: CitedPage) -> None:
    read_once.look()
    read_once.put(PASSAGE, OTHER_PASSAGE, noise="token")
    read_once.looks(2)

    assert written(read_once) == [("first_copy", 1), ("same_bytes", 1), ("same_text", 2)]


def test_a_passage_cited_meanwhile_gets_a_verdict_and_a_check_to_rest_on(read_once: CitedPage) -> None:
    read_once.looks(2)
    citation = read_once.cite(OTHER_PASSAGE)
    read_once.looks(2)

    assert written(read_once) == [("first_copy", 1), ("same_bytes", 2), ("same_bytes", 1), ("same_bytes", 1)]
    assert citation.verdicts.get().found_by.looks == 1


def test_who_has_lost_the_lease_counts_nothing(read_once: CitedPage) -> None:
    read_once.look()

    def lose_the_lease() -> None:
        watch = read_once.watch
        watch.lease, watch.leased_until = None, None
        watch.save()

    assert read_once.look_while(lose_the_lease) == []

    assert written(read_once) == [("first_copy", 1), ("same_bytes", 1)]


def test_the_life_of_the_page_shows_every_look(read_once: CitedPage) -> None:
    read_once.looks(50)

    life = life_of(read_once.source, citations=[], now=read_once.clock())

    assert life
    assert life.looks == 51
    assert {period.looks for period in life.periods[1:-1]} == {1}


def test_the_evidence_tells_of_the_last_look_that_met_the_copy(read_once: CitedPage) -> None:
    [*_, last] = read_once.looks(3)

    evidence = evidence_for_source(read_once.source)

    [snapshot] = evidence.snapshots
    met = evidence.looks_at(snapshot)[-1].check
    assert met.last_started_at == last.started_at


def test_a_copy_tells_by_its_digest_what_it_says(read_once: CitedPage) -> None:
    """Noise where no reader sees it is known by that digest; the bytes of the baseline are held against theirs."""
    said = read_once.watch.snapshot.text_digest

    read_once.put(PASSAGE, OTHER_PASSAGE, noise="token")
    assert read_once.look().reason == "same_text"

    read_once.put(REWORDED, OTHER_PASSAGE)
    read_once.looks(2)
    assert len(said) == 64
    assert read_once.watch.snapshot.text_digest not in ("", said)


def test_a_digest_is_not_believed_that_another_extractor_made(read_once: CitedPage) -> None:
    """One that says the same of all pages would hide each change."""
    QuerySet(Snapshot).update(extractor_version="0")
    read_once.put(REWORDED, OTHER_PASSAGE)
    after = read_once.look().snapshot
    QuerySet(Snapshot).exclude(pk=after.pk).update(text_digest=after.text_digest)

    read_once.put(REWORDED, OTHER_PASSAGE, noise="token")

    assert read_once.look().outcome == "changed"
