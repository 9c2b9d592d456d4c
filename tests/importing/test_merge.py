"""Sources of the same page become one, and two again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from stories.importing.merge import (
    AlreadyMerged,
    NotTheSamePage,
    UnlikeInSecrecy,
    hold_apart,
    merge_source,
    propose_merges,
    split_source,
)
from stories.models import Citation, Following, Source, Watch
from stories.models.history_words import told_reason
from stories.publishing.publish import publish_article
from stories.publishing.revert import take_up_again
from stories.reader.marks import text_as_it_stands
from stories.tasks import tidy
from stories.watching.due import adopt_sources
from tests.factories import (
    AlertFactory,
    CheckFactory,
    CitationFactory,
    SnapshotFactory,
    SourceFactory,
    VerdictFactory,
    WatchFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def kept():
    source = SourceFactory(url="https://port.example/notice")
    CitationFactory(source=source)
    CitationFactory(source=source)
    return source


@pytest.fixture
def other():
    return SourceFactory(url="https://port.example/notice?utm_source=letter")


def merge(other, kept, ruth):
    merged = merge_source(other, into=kept, by=ruth, now=NOW)
    other.refresh_from_db()
    return merged


def test_sources_with_the_same_address_are_proposed(kept, other):
    SourceFactory(url="https://www.port.example/notice")

    (proposal,) = propose_merges()

    assert (proposal.kept, proposal.others) == (kept, (other,))


def test_those_that_an_editor_holds_apart_are_not_proposed_again(kept, other, ruth):
    hold_apart(other, kept=kept, by=ruth, now=NOW)

    assert propose_merges() == []


def test_a_merge_of_long_titles_is_told_in_the_language_of_whoever_reads_it(kept, other, ruth):
    for source in (kept, other):
        source.title = f"{source.pk} has a title without end " * 9
        source.save()
    kept.is_watched = False
    kept.save()

    split_source(merge(other, kept, ruth), by=ruth, now=NOW)

    with override("es"):
        told = [
            told_reason(row.history_change_reason).split(" «")[0]
            for row in [*other.history.all()[:2], *kept.history.all()[:2]]
        ]
    assert told == ["separada de", "fusionada con", "se separó de ella", "absorbió"]


def test_what_is_quoted_goes_over_and_history_says_why(kept, other, ruth):
    citation = CitationFactory(source=other)

    merge(other, kept, ruth)

    citation.refresh_from_db()
    assert citation.source == kept
    assert citation.history.latest().history_change_reason == f"merged into “{kept.title}”"
    assert citation.history.latest().history_actor == "ruth"
    assert propose_merges() == []


def test_many_passages_go_over_in_as_many_queries_as_one_and_back(kept, other, ruth):
    def queries_there_and_back():
        with CaptureQueriesContext(connection) as asked:
            split_source(merge(other, kept, ruth), by=ruth, now=NOW)
        return len(asked)

    CitationFactory(source=other)
    queries_there_and_back()
    of_one = queries_there_and_back()
    CitationFactory.create_batch(39, source=other)

    assert queries_there_and_back() == of_one
    assert Citation.history.filter(history_type="~", history_actor="ruth").count() == 2 + 2 + 2 * 40


def test_what_an_older_release_left_behind_goes_over_by_night_and_back_when_they_are_split(kept, other, ruth):
    merged, left = merge(other, kept, ruth), CitationFactory(source=kept)
    Citation.objects.filter(pk=left.pk).update(source=other)
    Watch.objects.filter(source=kept).update(due_at=None)

    tidy()

    left.refresh_from_db()
    assert (left.source, left.history.latest().history_actor) == (kept, "tidy")
    assert Watch.objects.get(source=kept).due_at is not None
    merged.refresh_from_db()
    split_source(merged, by=ruth, now=NOW)
    left.refresh_from_db()
    assert left.source == other


def test_only_the_kept_one_is_watched_from_then_on(kept, other, ruth):
    kept.is_watched = False
    kept.save()
    WatchFactory(source=other)

    merge(other, kept, ruth)
    adopt_sources(now=NOW)

    assert list(Watch.objects.filter(due_at__isnull=False).values_list("source", flat=True)) == [kept.pk]


def test_copies_and_verdicts_stay_as_evidence(kept, other, ruth):
    verdict = VerdictFactory(citation=CitationFactory(source=other))
    snapshot = SnapshotFactory(source=other)

    merge(other, kept, ruth)

    snapshot.refresh_from_db()
    verdict.refresh_from_db()
    assert (snapshot.source, verdict.found_by.source) == (other, other)
    assert verdict.citation.source == kept


def test_open_alerts_and_those_who_follow_go_over_once(kept, other, ruth):
    alert, of_both = AlertFactory(source=other), AlertFactory(source=other)
    AlertFactory(source=kept, recipient=of_both.recipient)
    Following.objects.create(person=ruth, source=other)

    merge(other, kept, ruth)

    alert.refresh_from_db()
    of_both.refresh_from_db()
    assert (alert.source, of_both.source) == (kept, other)
    assert Following.objects.get().source == kept


def test_a_split_puts_everything_back(kept, other, ruth):
    citation, alert = CitationFactory(source=other), AlertFactory(source=other)
    Following.objects.create(person=ruth, source=other)
    merged = merge(other, kept, ruth)

    split_source(merged, by=ruth, now=NOW)

    for row in (citation, alert, other):
        row.refresh_from_db()
    assert (citation.source, alert.source, Following.objects.get().source) == (other, other, other)
    assert (other.merged_into, other.is_watched) == (None, True)
    with pytest.raises(AlreadyMerged):
        split_source(merged, by=ruth, now=NOW)


def test_what_was_attached_elsewhere_since_stays_there(kept, other, ruth):
    citation, third = CitationFactory(source=other), SourceFactory()
    merged = merge(other, kept, ruth)
    citation.refresh_from_db()
    citation.source = third
    citation.save()

    split_source(merged, by=ruth, now=NOW)

    citation.refresh_from_db()
    assert citation.source == third


def test_an_address_leads_to_the_kept_one(kept, other, ruth):
    merge(other, kept, ruth)

    assert list(Source.objects.at_address(other.url)) == [kept]


def test_what_is_not_the_same_page_is_not_merged(kept, other, ruth):
    with pytest.raises(NotTheSamePage):
        merge_source(SourceFactory(), into=kept, by=ruth, now=NOW)
    merge(other, kept, ruth)
    third = SourceFactory(url="https://port.example/notice#third")
    with pytest.raises(AlreadyMerged):
        merge_source(kept, into=third, by=ruth, now=NOW)
    with pytest.raises(AlreadyMerged):
        merge_source(other, into=third, by=ruth, now=NOW)


def test_a_confidential_source_is_not_merged_into_one_that_readers_see(kept, other, ruth):
    other.is_confidential = True
    other.save()

    with pytest.raises(UnlikeInSecrecy):
        merge_source(other, into=kept, by=ruth, now=NOW)


def test_readers_are_told_when_the_kept_one_was_read(kept, other, ruth):
    citation = CitationFactory(source=other, exact="closes on Monday")
    VerdictFactory(
        citation=citation,
        found_by=CheckFactory(source=other, started_at=NOW - timedelta(days=2)),
        verdict="verbatim",
        wording="",
        is_news=False,
    )
    WatchFactory(source=other)
    version = publish_article(citation.article, by=None, now=NOW)
    merge(other, kept, ruth)
    Watch.objects.filter(source=kept).delete()
    WatchFactory(source=kept, read_at=NOW)

    (mark,) = text_as_it_stands(version).marks

    assert (mark.word, mark.verified_at) == ("verbatim", NOW)


def test_a_version_from_before_is_taken_up_with_the_kept_one(kept, other, ruth):
    citation = CitationFactory(source=other)
    version = publish_article(citation.article, by=None, now=NOW)
    merge(other, kept, ruth)

    take_up_again(version, by=ruth)

    citation.refresh_from_db()
    assert citation.source == kept
