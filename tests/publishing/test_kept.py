"""What the changelog shows is kept beside the versions, and is nothing but what they say."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Replace

from stories.models import KeptEntry, Version
from stories.publishing.changelog import changelog, published_notes, threads_of
from stories.publishing.kept import MOST_PARAGRAPHS, forget_entries, kept_entries
from stories.publishing.takedown import take_down
from tests.factories import ArticleFactory, ClaimFactory
from tests.reader.telling import START, publish, rewrite, tell_bridge_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge():
    return tell_bridge_story()


def test_a_kept_entry_says_what_the_versions_say(bridge):
    kept, made = kept_entries(bridge, limit=9), changelog(bridge)

    for one, other in zip(kept, made, strict=True):
        assert (one.headline, one.zone, one.notes, one.kind) == (
            other.headline,
            other.zone,
            other.notes,
            other.kind,
        )
        assert one.summary == other.summary
        assert bool(one.comparison) == bool(other.comparison)


def test_a_publication_keeps_its_entry_so_that_no_reader_waits(bridge, django_assert_num_queries):
    with django_assert_num_queries(1):
        entries = kept_entries(bridge, limit=9)
        assert entries[0].summary == "Headline changed, 2 words added, 1 removed."


def test_an_entry_of_another_edition_is_made_anew(bridge):
    KeptEntry.objects.update(edition="0", told="{}", threads="")

    assert [entry.version.number for entry in kept_entries(bridge, limit=9)] == [4, 3, 2, 1]
    assert len(threads_of(bridge, newest=4).headlines) == 2
    assert set(KeptEntry.objects.values_list("edition", flat=True)) != {"0"}


def test_what_is_kept_of_a_version_can_be_forgotten_with_what_its_follower_holds(bridge):
    forget_entries(bridge.versions.get(number=2))

    assert list(KeptEntry.objects.order_by("pk").values_list("version__number", flat=True)) == [1, 4]


def test_a_rewritten_story_keeps_its_first_paragraphs_and_counts_the_rest():
    article = ArticleFactory(body="\n\n".join(f"Paragraph {number}." for number in range(20)))
    publish(article)
    publish(
        rewrite(article, body="\n\n".join(f"Other words {number} here." for number in range(20))),
        "Rewritten.",
    )

    newest = kept_entries(article, limit=1)[0]

    assert len(newest.comparison.body) == MOST_PARAGRAPHS
    assert newest.left_out > 0


def test_each_claim_has_its_history_of_words_and_standing():
    article = ArticleFactory()
    claim, other = (
        ClaimFactory(article=article, text="It closes."),
        ClaimFactory(article=article, text="Why."),
    )
    publish(article)
    claim.standing, claim.text = "corrected", "It may close."
    claim.save()
    publish(article, "Corrected.", at=START + timedelta(hours=1))
    other.delete()
    publish(rewrite(article, body="Else."), "Removed.", at=START + timedelta(hours=2))

    changed, gone = threads_of(article, newest=3).claims

    assert [(span.text, span.standing, span.number) for span in changed.spans] == [
        ("It may close.", "corrected", 2),
        ("It closes.", "stands", 1),
    ]
    assert changed.removed is None
    assert (gone.now.text, gone.removed.number) == ("Why.", 3)


def test_notes_are_told_newest_first_up_to_a_version(bridge):
    assert [note.number for note in published_notes(bridge)] == [4, 3]
    assert [note.number for note in published_notes(bridge, upto=3)] == [3]


@pytest.mark.parametrize("column", ["threads", "told"])
def test_what_somebody_changed_in_the_database_is_worked_out_anew_and_never_shown(bridge, column):
    """Invariant 4: no trigger and no digest guards these rows, and readers are shown what they say."""
    before = published_notes(bridge), threads_of(bridge, newest=4), kept_entries(bridge, limit=9)

    KeptEntry.objects.update(**{column: Replace(F(column), Value("bridge"), Value("tunnel"))})

    after = published_notes(bridge), threads_of(bridge, newest=4), kept_entries(bridge, limit=9)
    assert after == before


@pytest.mark.parametrize("sql", ["threads = ''", "told = ''", "told = '{}'"])
def test_a_note_cannot_be_hidden_by_emptying_what_is_kept_of_it(bridge, sql):
    before = published_notes(bridge), [entry.notes for entry in kept_entries(bridge, limit=9)]

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE stories_keptentry SET {sql}")

    assert (published_notes(bridge), [entry.notes for entry in kept_entries(bridge, limit=9)]) == before


def test_what_is_kept_of_one_version_cannot_be_shown_as_anothers(bridge):
    before = [entry.notes for entry in kept_entries(bridge, limit=9)]
    rows = {row.version.number: row for row in KeptEntry.objects.select_related("version")}

    for one, other in ((3, 4), (4, 3)):
        KeptEntry.objects.filter(pk=rows[one].pk).update(told=rows[other].told, threads=rows[other].threads)

    assert [entry.notes for entry in kept_entries(bridge, limit=9)] == before
    assert [note.number for note in published_notes(bridge)] == [4, 3]


def test_a_reader_who_comes_while_a_version_is_taken_down_keeps_nothing_of_it(bridge, editor, monkeypatch):
    """The reader's request has read the text, and its changelog is written down when the text is gone."""
    KeptEntry.objects.all().delete()
    said = {"authority": "A court", "in_the_name_of": "A person", "reason": "An order"}
    read = Version.objects.in_bulk

    def in_bulk_and_then_taken_down(keys):
        found = read(keys)
        assert all(version.frozen for version in found.values())
        if not found[max(found)].article.versions.filter(takedown__isnull=False).exists():
            take_down([bridge.versions.get(number=4)], **said, by=editor, now=START + timedelta(days=9))
        return found

    text = bridge.versions.get(number=4).frozen["updates"][0]["note"]
    monkeypatch.setattr(Version.objects, "in_bulk", in_bulk_and_then_taken_down)
    kept_entries(bridge, limit=9)

    assert not KeptEntry.objects.filter(told__contains=text).exists()
    assert not KeptEntry.objects.filter(threads__contains=text).exists()
