"""A publication that would not be honest is refused with a sentence, and writes nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from stories.models import Update, Version
from stories.models.words import VerdictWord
from stories.publishing import errors
from stories.publishing.publish import publish_article
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    UpdateFactory,
    VerdictFactory,
    make_chief,
)
from tests.publishing.at_once import LATER, NOW, publish, published

pytestmark = pytest.mark.django_db


def _unchanged(article):
    publish(article, now=LATER)


def _unchanged_but_minor(article):
    publish(article, now=LATER, is_minor=True)


def _verdict_alone(article):
    VerdictFactory(citation=CitationFactory(claim=article.claims.get()))
    publish(article, "Now with its source.", now=LATER)
    VerdictFactory(citation=article.citations.get(), verdict=VerdictWord.MISSING)
    publish(article, now=LATER)


def _without_note(article):
    article.body = "Something else."
    article.save()
    publish(article, now=LATER)


def _claim_without_note(article):
    claim = article.claims.get()
    claim.standing = "withdrawn"
    claim.save()
    publish(article, now=LATER)


def _blank_note(article):
    publish(article, " \n", now=LATER)


def _note_that_shows_nothing(article):
    publish(article, "\u200b\x07", now=LATER)


def _minor_with_note(article):
    article.body = "Something else."
    article.save()
    publish(article, "A note.", now=LATER, is_minor=True)


def _minor_though_the_headline_changed(article):
    article.headline = "Another headline"
    article.save()
    publish(article, now=LATER, is_minor=True)


def _minor_though_a_claim_fell(article):
    claim = article.claims.get()
    claim.standing = "disputed"
    claim.save()
    publish(article, now=LATER, is_minor=True)


def _minor_though_a_not_went(article):
    article.body = "The bridge does not close on Monday."
    article.save()
    publish(article, now=LATER, is_minor=True)


def _clarified_alone(article):
    update = Update(article=article, note="A note.", kind="clarification")
    publish_article(article, updates=[update], by=make_chief(), now=LATER)


def _clarified_among_others(article):
    updates = [Update(article=article, note=kind, kind=kind) for kind in ("correction", "clarification")]
    publish_article(article, updates=updates, by=make_chief(), now=LATER)


def _retracted_with_oneself(article):
    update = Update(article=article, note="A note.", kind="retraction")
    chief = make_chief()
    publish_article(article, updates=[update], by=chief, approved_by=chief, now=LATER)


def _put_back_alone(article):
    publish_article(
        article, updates=[Update(article=article, note="A note.", kind="retraction")], by=None, now=LATER
    )
    publish(article, "It was right after all.", by=make_chief(), now=LATER)


def _put_back_as_minor(article):
    publish_article(
        article, updates=[Update(article=article, note="A note.", kind="retraction")], by=None, now=LATER
    )
    publish(article, now=LATER, is_minor=True)


def _retracted_before_it_was_seen(article):
    unseen = ArticleFactory()
    publish_article(unseen, updates=[Update(article=unseen, note="No.", kind="retraction")], by=None, now=NOW)


def _earlier_without_a_reason(article):
    stated = LATER - timedelta(minutes=30)
    publish(article, "A note.", by=make_chief(), now=LATER, stated_at=stated, stated_because=" ")


def _earlier_by_its_note_without_a_reason(article):
    update = Update(article=article, note="A note.", stated_at=LATER - timedelta(minutes=30))
    publish_article(article, updates=[update], by=make_chief(), now=LATER)


def _future(article):
    publish(article, "A note.", now=LATER, stated_at=LATER + timedelta(seconds=61))


def _future_update(article):
    update = Update(article=article, note="A note.", stated_at=LATER + timedelta(hours=1))
    publish_article(article, updates=[update], by=None, now=LATER)


def _too_early(article):
    publish(article, "A note.", now=LATER, stated_at=datetime(1, 1, 1, tzinfo=UTC))


def _update_too_early(article):
    east = timezone(timedelta(hours=14))
    update = Update(article=article, note="A note.", stated_at=datetime(1, 1, 1, tzinfo=east))
    publish_article(article, updates=[update], by=None, now=LATER)


def _because_of_anothers_passage(article):
    update = Update(article=article, note="A note.", caused_by=VerdictFactory())
    publish_article(article, updates=[update], by=None, now=LATER)


def _before_the_one_before(article):
    publish(article, "A note.", now=LATER, stated_at=LATER)
    publish(article, "Unknown time.", now=LATER)
    publish(article, "A note.", now=LATER, stated_at=LATER - timedelta(minutes=1))


def _unknown_zone(article):
    publish(article, "A note.", now=LATER, stated_at=NOW, stated_zone="Atlantis/Capital")


def _no_body(article):
    article.body = " \n"
    article.save()
    publish(article, "A note.", now=LATER)


def _no_headline(article):
    article.headline = " "
    article.save()
    publish(article, "A note.", now=LATER)


def _unrenderable(article):
    article.body = "> " * 5000 + "x"
    article.save()
    publish(article, "A note.", now=LATER)


def _stale(article):
    other = type(article).objects.get(pk=article.pk)
    other.body = "Somebody else’s words."
    other.save()
    publish(article, "A note.", now=LATER)


def _anothers_update(article):
    publish_article(article, updates=[UpdateFactory()], by=None, now=LATER)


def _published_update(article):
    update = Update(article=article, note="A note.")
    publish_article(article, updates=[update], by=None, now=LATER)
    publish_article(article, updates=[Update.objects.get()], by=None, now=LATER)


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (_unchanged, errors.NothingChanged),
        (_unchanged_but_minor, errors.NothingChanged),
        (_verdict_alone, errors.NothingChanged),
        (_without_note, errors.NoteMissing),
        (_claim_without_note, errors.NoteMissing),
        (_blank_note, errors.NoteMissing),
        (_note_that_shows_nothing, errors.NoteMissing),
        (_minor_with_note, errors.MinorWithNote),
        (_minor_though_the_headline_changed, errors.MoreThanMinor),
        (_minor_though_a_claim_fell, errors.MoreThanMinor),
        (_minor_though_a_not_went, errors.MoreThanMinor),
        (_clarified_alone, errors.ApprovalMissing),
        (_clarified_among_others, errors.ApprovalMissing),
        (_retracted_with_oneself, errors.ApprovalMissing),
        (_put_back_alone, errors.ApprovalMissing),
        (_put_back_as_minor, errors.MoreThanMinor),
        (_retracted_before_it_was_seen, errors.NothingToRetract),
        (_earlier_without_a_reason, errors.TimeUnexplained),
        (_earlier_by_its_note_without_a_reason, errors.TimeUnexplained),
        (_future, errors.TimeInFuture),
        (_future_update, errors.TimeInFuture),
        (_too_early, errors.TimeTooEarly),
        (_update_too_early, errors.TimeTooEarly),
        (_before_the_one_before, errors.TimeOutOfOrder),
        (_unknown_zone, errors.ZoneUnknown),
        (_no_body, errors.TextMissing),
        (_no_headline, errors.TextMissing),
        (_unrenderable, errors.BodyNotRenderable),
        (_stale, errors.WorkingCopyStale),
        (_anothers_update, errors.UpdateNotFree),
        (_published_update, errors.UpdateNotFree),
        (_because_of_anothers_passage, errors.CauseElsewhere),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_would_not_be_honest_is_refused_with_a_sentence(attempt, error):
    """Invariants 4, 9 and 10."""
    article = ClaimFactory().article
    publish(article)

    with pytest.raises(errors.PublishRefused) as refusal:
        attempt(article)

    assert type(refusal.value) is error
    assert refusal.value.message.endswith(".")
    assert refusal.value.code != "refused"


def test_what_readers_were_told_last_can_be_stated_though_the_clock_was_set_back_since():
    article = published()
    publish(article, "A note.", now=LATER, stated_at=LATER, stated_zone="UTC")

    version = publish(article, "Another note.", now=NOW, stated_at=LATER, stated_zone="UTC")

    assert version.stated_at == LATER


def test_a_refused_publication_writes_nothing():
    article = published()
    article.body = " "
    article.save()

    with pytest.raises(errors.TextMissing):
        publish(article, "A note.", now=LATER)

    assert (Version.objects.count(), Update.objects.count()) == (1, 0)
