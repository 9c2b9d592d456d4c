"""What is done to many rows is shown first, done with history and actor, and undone where nobody came between."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from stories.changing.deeds import DEEDS
from stories.changing.removal import model_named
from stories.changing.work import STRETCH, begin, begin_undoing, foresee, may_undo, work_on
from stories.models import Article, Bulk, Citation, Claim, Source, Update
from stories.models.bulk import BulkRowState, BulkState
from stories.models.history_words import told_reason
from stories.models.words import AlertState
from stories.publishing.publish import publish_article
from stories.searching.mending import verify_index
from tests.factories import (
    AlertFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    FollowingFactory,
    SourceFactory,
    UpdateFactory,
    VerdictFactory,
    make_editor,
    make_reporter,
)

pytestmark = pytest.mark.django_db


def do(name, rows, *, by=None, person=None):
    by = by or make_editor()
    deed = DEEDS[name]
    plan = foresee(deed, [row.pk for row in rows], by=by, person=person)
    bulk = begin(deed, plan, by=by, person=person, now=timezone.now())
    work_on(bulk, now=timezone.now)
    return bulk


def undo(bulk, by=None):
    assert begin_undoing(bulk, by=by or make_editor(), now=timezone.now())
    work_on(bulk, now=timezone.now)
    return states(bulk)


def states(bulk):
    return list(bulk.rows.values_list("state", flat=True))


def test_nothing_is_done_by_looking():
    source = SourceFactory()

    plan = foresee(DEEDS["leave_source"], [source.pk], by=make_editor(), person=None)

    assert DEEDS["leave_source"].words(plan.changed[0].change) == [("watched", "yes", "no")]
    assert Source.objects.get().is_watched
    assert not Bulk.objects.exists()


def test_what_is_done_is_in_the_history_with_who_did_it():
    source, by = SourceFactory(), make_editor(username="ruth")

    bulk = do("leave_source", [source], by=by)

    source.refresh_from_db()
    assert (source.is_watched, bulk.state, bulk.done_count) == (False, BulkState.DONE, 1)
    trail = source.history.first()
    assert (trail.history_user, trail.history_change_reason) == (by, "Not to be watched any more.")


def test_every_reason_is_told_in_the_language_of_whoever_reads_the_history():
    reasons = {reason for deed in DEEDS.values() if (reason := getattr(deed, "reason", ""))}

    with override("es"):
        told = {told_reason(f"Undone: {reason}").removeprefix("Deshecho: ") for reason in reasons}

    assert len(told - reasons) == len(reasons) == 6


def test_what_is_so_already_or_cannot_be_is_skipped_and_says_why():
    off, nowhere, on = SourceFactory(is_watched=False), SourceFactory(url=None), SourceFactory()

    bulk = do("leave_source", [off, nowhere, on])

    told = dict(bulk.rows.values_list("key", "message"))
    assert told == {
        on.pk: "",
        off.pk: "It is so already.",
        nowhere.pk: "It has no address that could be watched.",
    }
    assert states(bulk) == ["done", "skipped", "skipped"]


def test_undoing_puts_back_what_nobody_has_changed_meanwhile():
    kept, changed, gone = SourceFactory(), SourceFactory(), SourceFactory()
    bulk = do("leave_source", [kept, changed, gone])
    changed.refresh_from_db()
    changed.is_watched = True
    changed.save()
    gone_key = gone.pk
    gone.delete()

    undo(bulk)

    told = {row.key: (row.state, row.message) for row in bulk.rows.all()}
    assert told == {
        kept.pk: ("undone", ""),
        changed.pk: ("kept", "Somebody changed it meanwhile."),
        gone_key: ("kept", "It is not there any more."),
    }
    assert Source.objects.get(pk=kept.pk).is_watched
    assert bulk.state == BulkState.UNDONE


def test_rows_are_held_in_the_order_of_their_keys_when_undone_as_when_done():
    """Or who saves several of them at once would wait for us, and we for them."""
    bulk = do("leave_source", SourceFactory.create_batch(3))

    undo(bulk)

    written = Source.history.filter(history_change_reason__startswith="Undone").order_by("history_id")
    keys = list(written.values_list("id", flat=True))
    assert len(keys) == 3
    assert keys == sorted(keys)


def test_undoing_leaves_alone_what_an_editor_has_decided_once_more_meanwhile():
    source = SourceFactory()
    bulk = do("leave_source", [source])
    for is_watched in (True, False):
        source.refresh_from_db()
        source.is_watched = is_watched
        source.save()

    undo(bulk)

    assert not Source.objects.get().is_watched
    assert bulk.rows.values_list("state", "message").get() == ("kept", "Somebody changed it meanwhile.")


def test_undoing_watches_no_source_that_was_merged_into_another_meanwhile():
    source = SourceFactory()
    bulk = do("leave_source", [source])
    source.refresh_from_db()
    source.merged_into = SourceFactory()
    source.save()

    undo(bulk)

    assert not Source.objects.get(pk=source.pk).is_watched
    assert bulk.rows.values_list("state", "message").get() == ("kept", "It was merged into another source.")


def test_what_somebody_changed_between_the_look_and_the_deed_is_left_alone():
    source, by, deed = SourceFactory(), make_editor(), DEEDS["leave_source"]
    plan = foresee(deed, [source.pk], by=by, person=None)
    bulk = begin(deed, plan, by=by, person=None, now=timezone.now())
    Source.objects.update(is_watched=False)

    work_on(bulk, now=timezone.now)

    assert states(bulk) == ["skipped"]


def test_it_is_undone_once():
    bulk = do("leave_source", [SourceFactory()])
    undo(bulk)

    assert not begin_undoing(bulk, by=make_editor(), now=timezone.now())


def test_stories_are_taken_over_given_and_taken_away():
    story, by, person = ArticleFactory(), make_editor(), make_reporter()

    taken = do("take_over_article", [story], by=by)
    given = do("give_article", [story], by=by, person=person)
    assert set(story.reporters.all()) == {by, person}
    away = do("take_article_from", [story], by=by, person=person)
    assert set(story.reporters.all()) == {by}

    assert [undo(bulk) for bulk in (away, given, taken)] == [["undone"]] * 3
    assert not story.reporters.exists()
    assert story.history.count() >= 6


def test_alerts_are_answered_by_their_own_door_and_opened_again():
    alert, answered, by = AlertFactory(), AlertFactory(state=AlertState.IGNORED), make_editor()

    bulk = do("answer_still_holds", [alert, answered], by=by)

    alert.refresh_from_db()
    assert (alert.state, alert.answered_by) == (AlertState.STILL_HOLDS, by)
    assert states(bulk) == ["done", "skipped"]
    assert undo(bulk, by) == ["undone", "skipped"]
    alert.refresh_from_db()
    assert alert.is_open


def test_alerts_are_given_to_who_may_see_them_alone():
    alert, stranger, editor = AlertFactory(), make_reporter(), make_editor()

    refused = do("give_alert", [alert], person=stranger)
    given = do("give_alert", [alert], person=editor)

    assert "may not see" in refused.rows.get().message
    alert.refresh_from_db()
    assert alert.assignee == editor
    undo(given)
    alert.refresh_from_db()
    assert alert.assignee is None


def test_a_deleted_story_comes_back_whole():
    reporter = make_reporter()
    citation = CitationFactory(exact="A passage.")
    story = citation.article
    story.reporters.add(reporter)
    before = Article.objects.values("pk", "headline", "created_at").get()

    bulk = do("delete_article", [story])
    assert not Article.objects.exists()
    assert undo(bulk) == ["undone"]

    assert Article.objects.values("pk", "headline", "created_at").get() == before
    assert Citation.objects.get() == citation
    assert (Citation.objects.get().claim, Claim.objects.get()) == (citation.claim, citation.claim)
    assert list(Article.objects.get().reporters.all()) == [reporter]
    assert story.history.first().history_change_reason == "Undone: Deleted."
    assert verify_index() == 0


def test_a_deleted_claim_has_its_passages_again():
    citation = CitationFactory()

    bulk = do("delete_claim", [citation.claim])
    citation.refresh_from_db()
    assert citation.claim is None
    undo(bulk)

    citation.refresh_from_db()
    assert citation.claim == Claim.objects.get()


def test_what_could_not_be_brought_back_is_not_deleted_in_bulk():
    live = ArticleFactory()
    publish_article(live, updates=[], by=None, now=timezone.now())
    followed = FollowingFactory(article=ArticleFactory()).article
    checked = VerdictFactory().citation.article
    quoted = CitationFactory().source

    stories = do("delete_article", [live, followed, checked])
    sources = do("delete_source", [quoted])

    messages = list(stories.rows.values_list("message", flat=True))
    assert messages[0].startswith("Readers have seen it")
    assert "followings" in messages[1]
    assert "verdicts" in messages[2]
    assert sources.rows.get().message == "Other rows rest on it: detach them first."
    assert Article.objects.count() == 4


def test_published_updates_stay_and_drafts_come_back():
    """Invariant 4."""
    draft = UpdateFactory()
    told = UpdateFactory(article=draft.article)
    publish_article(draft.article, updates=[told], by=None, now=timezone.now())

    bulk = do("delete_update", [draft, told])

    assert Update.objects.get() == told
    assert dict(bulk.rows.values_list("key", "state")) == {draft.pk: "done", told.pk: "skipped"}
    undo(bulk)
    assert Update.objects.count() == 2


def test_a_draft_that_was_published_meanwhile_stays():
    """Invariant 4."""
    draft, by, deed = UpdateFactory(), make_editor(), DEEDS["delete_update"]
    plan = foresee(deed, [draft.pk], by=by, person=None)
    bulk = begin(deed, plan, by=by, person=None, now=timezone.now())
    publish_article(draft.article, updates=[draft], by=None, now=timezone.now())

    work_on(bulk, now=timezone.now)

    assert states(bulk) == ["skipped"]
    assert Update.objects.get().version


def test_many_rows_are_carried_on_by_the_next_worker_where_one_died():
    story = ArticleFactory()
    claims = Claim.objects.bulk_create(Claim(article=story, text=f"{n}") for n in range(STRETCH + 20))
    by, deed, now = make_editor(), DEEDS["delete_claim"], timezone.now()
    plan = foresee(deed, [claim.pk for claim in claims], by=by, person=None)
    bulk = begin(deed, plan, by=by, person=None, now=now)
    seconds = itertools.count()

    # A second passes with every row: after a stretch its time is up.
    assert work_on(bulk, now=lambda: now + timedelta(seconds=next(seconds)))
    assert (bulk.done_count, Claim.objects.count()) == (STRETCH, 20)
    assert not work_on(bulk, now=timezone.now)

    assert (bulk.done_count, Claim.objects.count()) == (STRETCH + 20, 0)
    assert not bulk.rows.exclude(state=BulkRowState.DONE).exists()


def test_nobody_else_is_at_what_a_worker_has():
    source, by, deed = SourceFactory(), make_editor(), DEEDS["leave_source"]
    bulk = begin(deed, foresee(deed, [source.pk], by=by, person=None), by=by, person=None, now=timezone.now())
    other = Bulk.objects.get()
    other.take_lease(now=timezone.now(), until=timezone.now() + timedelta(hours=1))

    assert not bulk.take_lease(now=timezone.now(), until=timezone.now())
    work_on(bulk, now=timezone.now)
    assert states(bulk) == ["waiting"]


def test_who_may_do_it_may_undo_it():
    bulk = do("leave_source", [SourceFactory()])

    assert may_undo(bulk, make_editor())
    assert not may_undo(bulk, make_reporter())
    assert not may_undo(do("check_now", [SourceFactory()]), make_editor())


def test_each_deed_can_be_foreseen_of_every_row_of_its_noun_in_few_queries(django_assert_max_num_queries):
    person, by = make_reporter(), make_editor()
    by.has_perm("x")
    for _ in range(3):
        ClaimFactory()
        AlertFactory()
        SourceFactory()
    for deed in DEEDS.values():
        if deed.name.startswith("delete"):
            continue
        keys = [row.pk for row in model_named(deed.noun)._base_manager.all()]
        with django_assert_max_num_queries(2):
            foresee(deed, keys, by=by, person=person)
