"""What readers see changes by publishing alone: what is frozen with a version, and its times."""

import json
from datetime import timedelta

import pytest

from stories.models import Update
from stories.models.words import Precision, SourceKind, VerdictWord
from stories.publishing.canonical import canonical_json
from stories.publishing.proof.leaf import commit
from stories.publishing.publish import publish_article
from tests.factories import (
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    SourceFactory,
    UpdateFactory,
    VerdictFactory,
    WatchFactory,
    make_chief,
    make_editor,
)
from tests.publishing.at_once import LATER, NOW, publish, published

pytestmark = pytest.mark.django_db


def test_the_first_version_needs_no_note_and_has_nothing_before_it(editor):
    article = ArticleFactory(headline="Bridge closes", body="It closes on *Monday*.")

    version = publish(article, by=editor, stated_at=NOW, stated_zone="America/New_York")

    assert (version.number, version.previous_digest, version.actor) == (1, "", editor.name)
    assert version.published_by == editor
    assert version.frozen["html"] == "<p>It closes on <em>Monday</em>.</p>"
    assert version.frozen["stated_at"] == "2026-03-02T14:30:00Z"
    assert version.frozen["stated_zone"] == "America/New_York"


def test_a_zone_may_be_an_offset_alone():
    version = publish(ArticleFactory(), stated_at=NOW, stated_zone="UTC+02:00")

    assert version.frozen["stated_zone"] == "UTC+02:00"


def test_a_version_without_a_time_of_its_own_was_seen_when_its_latest_note_says():
    article = ArticleFactory()
    times = [NOW - timedelta(days=days) for days in (20, 19, 18)]
    updates = [
        Update(article=article, note="A note.", stated_at=at, stated_zone="Asia/Tokyo") for at in times
    ]
    updates[2].stated_precision = Precision.DAY

    version = publish_article(article, updates=updates[::-1], by=None, now=NOW)

    assert version.stated_at == times[1]
    assert (version.frozen["stated_at"], version.frozen["stated_zone"]) == (
        "2026-02-11T14:30:00Z",
        "Asia/Tokyo",
    )


def test_a_notes_time_does_not_replace_the_one_that_is_given():
    article = ArticleFactory()
    update = Update(article=article, note="A note.", stated_at=NOW - timedelta(days=20))

    version = publish_article(article, updates=[update], by=None, now=NOW, stated_at=NOW)

    assert version.stated_at == NOW


def test_a_note_from_before_the_version_before_it_is_published_without_a_time_for_the_version():
    article = ArticleFactory()
    publish(article, stated_at=NOW)
    update = Update(article=article, note="A note.", stated_at=NOW - timedelta(days=20))

    version = publish_article(article, updates=[update], by=None, now=LATER)

    assert version.stated_at is None
    assert version.frozen["updates"][0]["stated_at"] == "2026-02-10T14:30:00Z"


def test_what_is_frozen_is_canonical_and_digested_and_chained():
    """Invariant 4."""
    article = published()
    first = article.live_version
    article.body = "The bridge closes on Tuesday."
    article.save()

    second = publish(article, "The day was wrong.", now=LATER)

    assert second.content == canonical_json(json.loads(second.content))
    salt = second.leaves.get(kind="version").salt
    assert second.digest == commit(second.content, salt=salt)
    assert (second.number, second.previous_digest) == (2, first.digest)
    assert second.frozen["previous_digest"] == first.digest


def test_readers_learn_no_private_thing(editor):
    """Invariant 5."""
    source = SourceFactory(
        title="The deputy mayor", url="https://leak.example/x", is_confidential=True, note="met at the pier"
    )
    citation = CitationFactory(source=source, exact="The bridge is not safe.")
    article = citation.article
    CitationFactory(article=article, claim=None, source=None, exact="A passage only proposed.")
    verdict = VerdictFactory(citation=citation, wording="The bridge is hardly safe.")
    update = Update(article=article, note="More on the bridge.", caused_by=verdict)

    version = publish_article(article, updates=[update], by=editor, now=NOW)

    for private in ("deputy mayor", "leak.example", "pier", "hardly safe", "only proposed", editor.name):
        assert private not in version.content
    assert version.frozen["citations"][0]["source"]["title"] == "A source known to the newsroom"
    assert version.frozen["updates"][0]["caused_by"] is None


def test_readers_learn_not_by_what_a_confidential_source_could_be_found():
    """Invariant 5: other stories have its number, its page what stands around the passage, its server when we came."""
    source = SourceFactory(is_confidential=True)
    citation = CitationFactory(source=source, prefix="Off the record: ", suffix=" That is all.")
    VerdictFactory(citation=citation, passage=citation.exact, verdict=VerdictWord.VERBATIM)

    version = publish(citation.article)

    [frozen] = version.frozen["citations"]
    assert (frozen["prefix"], frozen["suffix"], frozen["source"]["id"]) == ("", "", None)
    assert (frozen["verdict"], frozen["verified_at"]) == ("verbatim", None)
    assert "the record" not in version.content


def test_that_a_confidential_source_dropped_a_passage_is_told_without_its_name():
    """Invariant 5."""
    citation = CitationFactory(source=SourceFactory(is_confidential=True), exact="The bridge is not safe.")
    verdict = VerdictFactory(citation=citation, verdict=VerdictWord.MISSING, wording="")
    update = Update(article=citation.article, note="More on the bridge.", caused_by=verdict)

    version = publish_article(citation.article, updates=[update], by=None, now=NOW)

    assert version.frozen["updates"][0]["caused_by"] == {
        "source": "A source known to the newsroom",
        "url": None,
        "passage": "The bridge is not safe.",
        "wording": "",
    }


def test_claims_and_attached_citations_are_frozen():
    citation = CitationFactory(source__kind=SourceKind.PAGE, prefix="They said: ", suffix=" Nobody knew.")

    version = publish(citation.article)

    claim, source = citation.claim, citation.source
    assert version.frozen["claims"] == [{"id": claim.pk, "text": claim.text, "standing": "stands"}]
    assert version.frozen["citations"] == [
        {
            "id": citation.pk,
            "claim": claim.pk,
            "exact": citation.exact,
            "prefix": "They said: ",
            "suffix": " Nobody knew.",
            "source": {"id": source.pk, "kind": "page", "title": source.title, "url": source.url},
            "verdict": None,
            "verified_at": None,
        }
    ]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"verdict": VerdictWord.VERBATIM}, "verbatim"),
        ({"verdict": VerdictWord.MISSING}, "missing"),
        ({"verdict": VerdictWord.ALTERED, "wording": "Other words."}, "altered"),
        ({"verdict": VerdictWord.MISSING, "passage": "What was quoted before."}, None),
        (
            {
                "verdict": VerdictWord.ALTERED,
                "passage": "What was quoted before.",
                "wording": "The bridge will be closed from Monday.",
            },
            "verbatim",
        ),
        ({"verdict": VerdictWord.ALTERED, "is_confirmed": False, "is_news": False}, None),
    ],
)
def test_the_verdict_frozen_is_the_one_on_the_passage_as_it_is_now(fields, word):
    citation = CitationFactory()
    found = NOW - timedelta(hours=3)
    VerdictFactory(
        citation=citation, found_by=CheckFactory(source=citation.source, started_at=found), **fields
    )

    frozen = publish(citation.article).frozen["citations"][0]

    assert frozen["verdict"] == word
    assert frozen["verified_at"] == ("2026-03-02T11:30:00Z" if word else None)


def test_a_passage_is_verified_as_of_the_last_copy_that_was_read():
    citation = CitationFactory()
    WatchFactory(source=citation.source, read_at=NOW - timedelta(minutes=5))
    check = CheckFactory(source=citation.source, started_at=NOW - timedelta(days=3))
    VerdictFactory(citation=citation, found_by=check, verdict=VerdictWord.VERBATIM, is_news=False)

    frozen = publish(citation.article).frozen["citations"][0]

    assert frozen["verified_at"] == "2026-03-02T14:25:00Z"


def test_a_page_that_nobody_could_read_was_not_verified():
    citation = CitationFactory()
    VerdictFactory(citation=citation, verdict=VerdictWord.UNREADABLE)

    frozen = publish(citation.article).frozen["citations"][0]

    assert (frozen["verdict"], frozen["verified_at"]) == ("unreadable", None)


def test_an_update_is_frozen_with_the_version_and_its_history_says_who_and_why(editor):
    article = published(headline="Bridge closes")
    article.headline = "Bridge may close"
    article.save()
    stated = LATER - timedelta(minutes=10)
    draft = UpdateFactory(article=article, stated_at=stated, stated_zone="America/New_York")

    version = publish_article(
        article, updates=[draft], by=editor, now=LATER, stated_because="It was told on air first."
    )

    update = Update.objects.get()
    assert (update.version, update.recorded_at, update.headline_changed) == (version, LATER, True)
    assert version.frozen["updates"] == [
        {
            "id": update.pk,
            "kind": "update",
            "note": update.note,
            "stated_at": "2026-03-02T16:20:00Z",
            "stated_zone": "America/New_York",
            "stated_precision": "minute",
            "recorded_at": "2026-03-02T16:30:00Z",
            "headline_changed": True,
            "text_before_recorded": True,
            "caused_by": None,
        }
    ]
    trail = update.history.first()
    assert (trail.history_user, trail.history_change_reason) == (editor, "published with version 2")


def test_what_publishes_without_a_person_is_named():
    version = publish(ArticleFactory(), "Taken in.", actor="import")

    assert (version.actor, version.published_by) == ("import", None)
    assert Update.objects.get().history.first().history_actor == "import"


def test_an_imported_update_keeps_what_it_says_about_the_headline():
    article = ArticleFactory()
    notes = [
        Update(article=article, note="More facts.", is_text_before_recorded=False),
        Update(article=article, note="A new headline.", headline_changed=True, is_text_before_recorded=False),
    ]

    publish_article(article, updates=notes, by=None, now=NOW)

    assert [update.headline_changed for update in notes] == [False, True]


def test_of_two_updates_the_one_that_says_so_changed_the_headline():
    article = published(headline="Bridge closes")
    article.headline = "Bridge may close"
    article.save()
    notes = [
        Update(article=article, note="More facts."),
        Update(article=article, note="A new headline.", headline_changed=True),
    ]

    publish_article(article, updates=notes, by=None, now=LATER)

    assert [update.headline_changed for update in notes] == [False, True]


def test_an_update_cannot_say_that_an_unchanged_headline_changed():
    article = published()
    note = Update(article=article, note="A new headline.", headline_changed=True)

    publish_article(article, updates=[note], by=None, now=LATER)

    assert note.headline_changed is False


def test_a_note_alone_can_be_published():
    version = publish(published(), "The story stands as it is.", now=LATER)

    assert version.number == 2


def test_a_minor_change_needs_no_note():
    article = published()
    article.body = "The bridge closes on Monday!"
    article.save()

    version = publish(article, is_minor=True, now=LATER)

    assert (version.is_minor, version.frozen["minor"]) == (True, True)


def test_a_person_says_why_a_time_is_stated_after_the_fact_and_readers_are_told(editor):
    """Invariant 9."""
    stated = NOW - timedelta(days=1)

    version = publish(
        ArticleFactory(), by=editor, stated_at=stated, stated_because=" It was\x07 on paper first. "
    )

    assert version.frozen["stated_because"] == "It was on paper first."


def test_of_a_retraction_the_text_is_withdrawn_and_older_versions_keep_it(editor):
    """Invariant 4."""
    citation = CitationFactory()
    publish(citation.article)
    update = Update(article=citation.article, note="We withdraw it.", kind="retraction")

    version = publish_article(
        citation.article, updates=[update], by=editor, approved_by=make_chief(), now=LATER
    )

    frozen = version.frozen
    assert version.is_retracted
    assert (frozen["body"], frozen["html"], frozen["citations"]) == ("", "", [])
    assert [claim["standing"] for claim in frozen["claims"]] == ["withdrawn"]
    assert frozen["headline"] == citation.article.headline
    assert citation.article.versions.get(number=1).frozen["body"] == citation.article.body


def test_a_retracted_story_is_put_back_by_publishing_it_again():
    article = published()
    publish_article(
        article, updates=[Update(article=article, note="Withdrawn.", kind="retraction")], by=None, now=LATER
    )

    version = publish(
        article, "It was right after all.", by=make_editor(), approved_by=make_chief(), now=LATER
    )

    assert not version.is_retracted
    assert version.frozen["body"] == article.body


def test_a_back_dated_version_keeps_both_times():
    """Invariant 9."""
    version = publish(ArticleFactory(), stated_at=NOW - timedelta(days=400))

    assert version.is_back_dated
    assert version.frozen["stated_at"] == "2025-01-26T14:30:00Z"
    assert version.frozen["recorded_at"] == "2026-03-02T14:30:00Z"


def test_a_clock_that_is_a_minute_ahead_is_forgiven():
    version = publish(ArticleFactory(), stated_at=NOW + timedelta(seconds=60))

    assert version.stated_at == NOW + timedelta(seconds=60)
