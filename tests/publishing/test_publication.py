"""A version on its way: who may send it, who stops it, and that it arrives once, as it was read, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from stories.models import Article, Publication, Update, Version
from stories.models.words import PublicationState
from stories.publishing import errors
from stories.publishing.publication import (
    approve_publication,
    ask_for_approval,
    ask_to_publish,
    cancel_publication,
    due_publications,
    publish_scheduled,
    refuse_publication,
)
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from stories.publishing.wish import Wish
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    UpdateFactory,
    UserFactory,
    make_chief,
    make_editor,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
TONIGHT = NOW + timedelta(hours=6)
EARLIER = NOW - timedelta(hours=3)
RETRACTION = Wish(kind="retraction", note="We withdraw this story.")
UPDATE = Wish(kind="update", note="More facts.")
LATER = Wish(kind="update", note="More facts.", publish_at=TONIGHT, stated_zone="America/New_York")


@pytest.fixture
def live():
    """A story that is published and edited since."""
    article = ArticleFactory(headline="Bridge closes")
    publish_article(article, by=None, now=NOW - timedelta(days=1))
    return edit(article, headline="Bridge may close")


def edit(article, **fields):
    article = Article.objects.get(pk=article.pk)
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return article


def test_what_needs_nobody_else_is_published_at_once_and_remembered(live, editor):
    publication = ask_to_publish(live, wish=UPDATE, by=editor, now=NOW)

    version = Version.objects.get(number=2)
    assert (publication.state, publication.version) == ("published", version)
    assert (version.actor, version.stated_at) == (editor.name, NOW)
    assert Publication.objects.get().headline == "Bridge may close"


def test_after_a_clock_was_set_back_a_version_does_not_have_to_wait(live, editor):
    ahead = NOW + timedelta(days=1)
    ask_to_publish(live, wish=UPDATE, by=editor, now=ahead)
    edited = edit(live, headline="Bridge closes after all")

    ask_to_publish(edited, wish=Wish(kind="correction", note="It closes."), by=editor, now=NOW)

    version = Version.objects.get(number=3)
    assert (version.stated_at, version.recorded_at) == (ahead, NOW)
    assert verify_record() == []


def test_a_draft_of_an_update_is_published_and_not_written_again(live, editor):
    draft = UpdateFactory(article=live)

    ask_to_publish(live, wish=Wish(kind="correction", note="It may.", draft=draft), by=editor, now=NOW)

    assert Update.objects.get().pk == draft.pk


@pytest.mark.parametrize("kind", ["clarification", "retraction"])
def test_what_a_second_person_must_read_waits_for_a_chief(kind, live, editor):
    wish = Wish(kind=kind, note="A note.")
    chief = make_chief()
    with pytest.raises(errors.ApprovalMissing):
        ask_to_publish(live, wish=wish, by=editor, now=NOW)
    waiting = ask_for_approval(live, wish=wish, by=editor, now=NOW)
    assert (waiting.state, Version.objects.count(), Update.objects.count()) == ("awaiting", 1, 0)

    approved = approve_publication(waiting, by=chief, now=NOW + timedelta(hours=1))

    assert (approved.state, approved.approver) == ("published", chief.name)
    assert Version.objects.get(number=2).frozen["updates"][0]["kind"] == kind
    assert Version.objects.get(number=2).stated_at == NOW + timedelta(hours=1)


def test_what_is_asked_keeps_the_text_as_it_was_then(live, editor):
    waiting = ask_for_approval(live, wish=RETRACTION, by=editor, now=NOW)

    assert (waiting.frozen["headline"], waiting.frozen["body"]) == ("Bridge may close", "")


def test_nobody_approves_what_they_asked_for(live):
    chief = make_chief()
    waiting = ask_for_approval(live, wish=RETRACTION, by=chief, now=NOW)

    with pytest.raises(errors.NotAllowed, match="second person"):
        approve_publication(waiting, by=chief, now=NOW)


def test_an_editor_who_is_no_chief_does_not_approve(live, editor):
    waiting = ask_for_approval(live, wish=RETRACTION, by=editor, now=NOW)

    with pytest.raises(errors.NotAllowed):
        approve_publication(waiting, by=make_editor(), now=NOW)
    with pytest.raises(errors.NotAllowed):
        refuse_publication(waiting, by=make_editor(), reason="No.", now=NOW)


@pytest.mark.parametrize(("kind", "make"), [("retraction", UserFactory), ("update", make_editor)])
def test_what_is_grave_or_an_editor_wants_read_is_for_a_chief_whoever_asks(kind, make, live, editor):
    waiting = ask_for_approval(live, wish=Wish(kind=kind, note="A note."), by=make(), now=NOW)

    with pytest.raises(errors.NotAllowed):
        approve_publication(waiting, by=editor, now=NOW)
    assert approve_publication(waiting, by=make_chief(), now=NOW).state == "published"


def test_who_may_not_publish_proposes_and_any_editor_takes_it_up(live, editor):
    proposed = ask_for_approval(live, wish=UPDATE, by=UserFactory(), now=NOW)
    assert proposed.state == "proposed"

    assert approve_publication(proposed, by=editor, now=NOW).state == "published"


def test_who_may_not_publish_does_not(live):
    with pytest.raises(errors.NotAllowed):
        ask_to_publish(live, wish=UPDATE, by=UserFactory(), now=NOW)


@pytest.mark.parametrize("publish_at", [None, TONIGHT])
def test_a_story_that_was_edited_since_is_not_what_was_approved(publish_at, live, editor):
    """Invariant 10."""
    waiting = ask_for_approval(live, wish=replace(RETRACTION, publish_at=publish_at), by=editor, now=NOW)
    edit(live, body="Other words.")

    with pytest.raises(errors.WorkingCopyStale, match="ask again"):
        approve_publication(waiting, by=make_chief(), now=NOW)

    assert Publication.objects.get().state == "awaiting"


def test_a_source_that_was_renamed_since_is_not_what_was_approved(editor):
    citation = CitationFactory()
    publish_article(citation.article, by=None, now=NOW)
    waiting = ask_for_approval(
        edit(citation.article, dek="A dek."),
        wish=Wish(kind="clarification", note="A note."),
        by=editor,
        now=NOW,
    )
    citation.source.title = "Another name"
    citation.source.save()

    with pytest.raises(errors.WorkingCopyStale):
        approve_publication(waiting, by=make_chief(), now=NOW)


def test_what_is_scheduled_is_published_at_its_time_and_not_before(live, editor):
    scheduled = ask_to_publish(live, wish=LATER, by=editor, now=NOW)
    assert (scheduled.state, due_publications(now=TONIGHT - timedelta(seconds=1), limit=9)) == (
        "scheduled",
        [],
    )

    published = publish_scheduled(scheduled, now=TONIGHT)

    version = Version.objects.get(number=2)
    assert due_publications(now=TONIGHT, limit=9) == []
    assert (published.state, published.remark) == ("published", "")
    assert (version.stated_at, version.frozen["stated_zone"]) == (TONIGHT, "America/New_York")
    assert version.frozen["updates"][0]["stated_at"] == "2026-03-02T20:30:00Z"


def test_what_needs_approval_is_scheduled_when_it_is_approved(live, editor):
    wish = Wish(kind="clarification", note="A note.", publish_at=TONIGHT)
    waiting = ask_for_approval(live, wish=wish, by=editor, now=NOW)

    assert approve_publication(waiting, by=make_chief(), now=NOW).state == "scheduled"

    assert publish_scheduled(waiting, now=TONIGHT).state == "published"


def test_what_is_approved_after_its_time_is_published_at_once(live, editor):
    wish = Wish(kind="clarification", note="A note.", publish_at=TONIGHT)
    waiting = ask_for_approval(live, wish=wish, by=editor, now=NOW)

    approved = approve_publication(waiting, by=make_chief(), now=TONIGHT + timedelta(hours=2))

    assert (approved.state, approved.remark) == (
        "published",
        "Published 2\N{NO-BREAK SPACE}hours after its time.",
    )


def test_what_is_approved_says_when_readers_saw_it_and_why_as_it_was_asked(live, editor):
    """Invariant 9."""
    wish = replace(RETRACTION, stated_at=EARLIER, stated_zone="UTC", stated_because="It was told on air.")
    waiting = ask_for_approval(live, wish=wish, by=editor, now=NOW)

    version = approve_publication(waiting, by=make_chief(), now=TONIGHT).version

    told = (version.stated_at, version.recorded_at, version.frozen["stated_because"])
    assert told == (EARLIER, TONIGHT, "It was told on air.")


def test_what_has_waited_longest_is_published_first(live, editor):
    other = ArticleFactory()
    sooner = replace(LATER, publish_at=TONIGHT - timedelta(hours=1))
    first = ask_to_publish(other, wish=replace(sooner, kind="first", note=""), by=editor, now=NOW)
    ask_to_publish(live, wish=LATER, by=editor, now=NOW)

    assert due_publications(now=TONIGHT, limit=1) == [first]


def test_a_missed_time_is_made_up_for_and_told(live, editor):
    """Invariant 9."""
    scheduled = ask_to_publish(live, wish=LATER, by=editor, now=NOW)

    published = publish_scheduled(scheduled, now=TONIGHT + timedelta(minutes=12))

    assert published.remark == "Published 12\N{NO-BREAK SPACE}minutes after its time."
    assert published.version.stated_at == TONIGHT + timedelta(minutes=12)


def test_a_scheduled_publication_of_a_story_edited_since_is_refused_at_its_time_and_says_why(live, editor):
    scheduled = ask_to_publish(live, wish=LATER, by=editor, now=NOW)
    edit(live, body="Other words.")

    refused = publish_scheduled(scheduled, now=TONIGHT)

    assert refused.state == "refused"
    assert "edited after this was asked for" in Publication.objects.get().remark
    assert (Version.objects.count(), Update.objects.count()) == (1, 0)


def test_what_is_cancelled_is_not_published_and_all_else_is(live, editor):
    scheduled = ask_to_publish(live, wish=LATER, by=editor, now=NOW)
    first = replace(LATER, kind="first", note="")
    other = ask_to_publish(ArticleFactory(), wish=first, by=editor, now=NOW)

    cancelled = cancel_publication(scheduled, by=editor, reason=" Not\x07 yet.", now=NOW)

    assert (cancelled.state, cancelled.ended_by, cancelled.remark) == ("cancelled", editor.name, "Not yet.")
    assert publish_scheduled(scheduled, now=TONIGHT) is None
    assert due_publications(now=TONIGHT, limit=9) == [other]
    assert Version.objects.count() == 1


@pytest.mark.parametrize("make_other", [None, make_editor])
def test_it_is_cancelled_by_whoever_asked_or_by_an_editor_and_by_nobody_else(make_other, live):
    asker = UserFactory()
    proposed = ask_for_approval(live, wish=UPDATE, by=asker, now=NOW)
    with pytest.raises(errors.NotAllowed):
        cancel_publication(proposed, by=UserFactory(), now=NOW)

    by = make_other() if make_other else asker

    assert cancel_publication(proposed, by=by, now=NOW).state == "cancelled"


def test_what_is_refused_says_by_whom_and_why_and_can_be_asked_again(live, editor):
    waiting = ask_for_approval(live, wish=RETRACTION, by=editor, now=NOW)
    chief = make_chief()
    for nothing in (" ", "\u202e", "\u200b"):
        with pytest.raises(errors.ReasonMissing):
            refuse_publication(waiting, by=chief, reason=nothing, now=NOW)

    refused = refuse_publication(waiting, by=chief, reason="The story\x07 is right. ", now=NOW)

    assert (refused.state, refused.ended_by, refused.remark) == ("refused", chief.name, "The story is right.")
    assert ask_for_approval(live, wish=RETRACTION, by=editor, now=NOW).state == "awaiting"


def test_what_would_be_refused_at_its_time_is_refused_when_it_is_asked_for(editor):
    article = ArticleFactory()
    publish_article(article, by=None, now=NOW)
    minor = Wish(kind="minor", publish_at=TONIGHT)

    with pytest.raises(errors.NothingChanged):
        ask_to_publish(article, wish=minor, by=editor, now=NOW)
    with pytest.raises(errors.MoreThanMinor):
        ask_to_publish(edit(article, headline="Other words"), wish=minor, by=editor, now=NOW)

    assert (Publication.objects.count(), Version.objects.count()) == (0, 1)


def test_a_rehearsal_leaves_no_trace(live, editor):
    draft = UpdateFactory(article=live)
    rows = (Update.history.count(), Version.objects.count())

    ask_to_publish(
        live, wish=Wish(kind="update", note="Other.", draft=draft, publish_at=TONIGHT), by=editor, now=NOW
    )

    draft.refresh_from_db()
    assert (Update.history.count(), Version.objects.count()) == rows
    assert (draft.version, draft.recorded_at) == (None, None)


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Wish(kind="update", note=" "), errors.NoteMissing),
        (Wish(kind="update", note="\u200b \u2060"), errors.NoteMissing),
        (Wish(kind="update", note="\x07\ud800"), errors.NoteMissing),
        (Wish(kind="update", note="A note.", publish_at=NOW), errors.TimeNotAhead),
        (Wish(kind="update", note="A note.", stated_at=NOW - timedelta(hours=1)), errors.TimeUnexplained),
        (Wish(kind="minor"), errors.MoreThanMinor),
    ],
)
@pytest.mark.parametrize("ask", [ask_to_publish, ask_for_approval])
def test_a_wish_that_would_not_be_honest_is_refused(ask, wish, error, live, editor):
    with pytest.raises(error):
        ask(live, wish=wish, by=editor, now=NOW)

    assert not Publication.objects.exists()


def test_a_story_has_one_version_on_its_way(live, editor):
    ask_to_publish(live, wish=LATER, by=editor, now=NOW)

    with pytest.raises(errors.AlreadyOnItsWay, match="cancel it"):
        ask_to_publish(live, wish=UPDATE, by=editor, now=NOW)


@pytest.mark.parametrize(
    "step", [approve_publication, cancel_publication, partial(refuse_publication, reason="No.")]
)
def test_what_has_ended_stays_ended_and_says_how(step, live, editor):
    waiting = ask_for_approval(live, wish=RETRACTION, by=editor, now=NOW)
    chief = make_chief(first_name="Noor", last_name="Ali")
    refuse_publication(waiting, by=chief, reason="No.", now=NOW)

    with pytest.raises(errors.PublicationEnded, match="refused already, by Noor Ali"):
        step(waiting, by=chief, now=NOW)


def test_the_end_of_a_retraction_needs_a_second_person_too(live, editor):
    waiting = ask_for_approval(live, wish=RETRACTION, by=editor, now=NOW)
    approve_publication(waiting, by=make_chief(), now=NOW)

    with pytest.raises(errors.ApprovalMissing):
        ask_to_publish(live, wish=UPDATE, by=editor, now=NOW)
    back = approve_publication(
        ask_for_approval(live, wish=UPDATE, by=editor, now=NOW), by=make_chief(), now=NOW
    )

    assert not back.version.is_retracted


def test_an_account_that_is_gone_does_not_stop_what_it_scheduled(live):
    editor = make_editor(first_name="Ruth", last_name="Ames")
    scheduled = ask_to_publish(live, wish=LATER, by=editor, now=NOW)
    editor.delete()

    published = publish_scheduled(scheduled, now=TONIGHT)

    assert (published.state, published.version.actor) == (PublicationState.PUBLISHED, "Ruth Ames")
