"""What the changelog shows is kept beside the versions, and is nothing but what they say."""

from datetime import timedelta

import pytest

from stories.models import KeptEntry
from stories.publishing.changelog import changelog, published_notes, threads_of
from stories.publishing.kept import MOST_PARAGRAPHS, forget_entries, kept_entries
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
