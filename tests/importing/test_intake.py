"""What is brought in: shown first, confirmed, taken in once, and taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.signals import pre_save
from django.utils import timezone

from stories.importing.errors import NotAStory, NotTheMoment, SecondPersonNeeded
from stories.importing.foresee import foresee
from stories.importing.intake import (
    Choice,
    ask_to_undo,
    cancel_intake,
    confirm_intake,
    open_intake,
    propose_text,
)
from stories.importing.match import find_article
from stories.importing.story import parse_story
from stories.importing.undo import why_not_undoable
from stories.importing.work import work_on
from stories.models import Article, Citation, Incoming, Intake, Source, Update, Version
from stories.models.words import IncomingState, IntakeKind, IntakeMode, IntakeState
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, SnapshotFactory, SourceFactory, make_chief, make_editor
from tests.importing.test_formats import MARKDOWN

pytestmark = pytest.mark.django_db

LATER = MARKDOWN.replace("Ferries run.", "Ferries run every ten minutes.")
CLARIFIED = MARKDOWN.replace("Update, March 3", "Clarification, March 3")


@pytest.fixture
def ruth():
    return make_editor(username="ruth", first_name="Ruth")


def propose(text, by):
    return propose_text(text, zone="America/New_York", by=by, now=timezone.now())


def take(text, by, *, mode=IntakeMode.DRAFT, **choice):
    intake = propose(text, by)
    confirm_intake(intake, choices={intake.stories.get().pk: Choice(**choice)}, mode=mode, by=by)
    work_on(intake, now=timezone.now)
    return intake


def undo(intake, by):
    ask_to_undo(intake, by=by, now=timezone.now())
    work_on(intake, now=timezone.now)
    intake.refresh_from_db()


def count_rows():
    return tuple(model.objects.count() for model in (Article, Version, Update, Citation, Source))


def test_what_it_would_do_is_shown_and_nothing_is_done(ruth):
    intake = propose(MARKDOWN, ruth)

    foreseen = foresee(intake.stories.get())

    assert (foreseen.match, foreseen.problem) == (None, "")
    assert [(passage.exact, passage.link) for passage in foreseen.passages] == [
        ("No vehicle will pass before spring", "https://port.example/notice")
    ]
    assert [(link.address, link.is_wanted) for link in foreseen.links] == [
        ("https://port.example/notice", True)
    ]
    assert count_rows() == (0, 0, 0, 0, 0)


def test_a_story_that_another_brings_in_at_the_same_moment_keeps_nobody_waiting(ruth):
    """As where somebody presses twice, and confirms both."""

    def save_after_the_look_and_before_the_other(instance: Article, **_):
        pre_save.disconnect(save_after_the_look_and_before_the_other, sender=Article)
        Article.objects.bulk_create([Article(slug=instance.slug, headline="The same", body="The same.")])

    pre_save.connect(save_after_the_look_and_before_the_other, sender=Article)
    intake = take(MARKDOWN, ruth)

    assert (intake.state, intake.stories.get().state) == (IntakeState.DONE, IncomingState.TAKEN)
    assert Article.objects.get().headline == "Harbour bridge closes for a year"


def test_a_draft_is_taken_in_and_no_reader_sees_it(ruth):
    intake = take(MARKDOWN, ruth)

    article = Article.objects.get()
    assert intake.state == IntakeState.DONE
    assert article.headline == "Harbour bridge closes for a year"
    assert article.live_version is None
    assert [update.version for update in article.updates.all()] == [None]
    assert article.citations.get().source == Source.objects.get(url="https://port.example/notice")
    assert article.history.latest().history_actor == "import (Ruth)"


def test_the_same_again_changes_nothing_and_says_so(ruth):
    take(MARKDOWN, ruth)
    rows = count_rows()

    again = take(MARKDOWN, ruth)

    assert foresee(again.stories.get()).is_known_draft
    assert again.stories.get().state == IncomingState.SKIPPED
    assert "nothing was changed" in again.stories.get().message
    assert count_rows() == rows


def test_what_was_recorded_while_the_unseen_was_kept_is_known_and_goes_on(ruth):
    take(MARKDOWN, ruth)
    raw = "Harbour\x07 bridge closes for a year"
    Article.objects.update(headline=raw)
    article, drafts = Article.objects.get(), Update.objects.drafts()
    publish_article(article, updates=list(drafts), by=None, now=timezone.now() - timedelta(days=1))

    again = take(MARKDOWN, ruth, mode=IntakeMode.RECORDED)
    article.save()
    later = take(LATER, ruth, mode=IntakeMode.RECORDED)

    assert [each.stories.get().state for each in (again, later)] == [
        IncomingState.SKIPPED,
        IncomingState.TAKEN,
    ]
    assert [version.headline for version in article.versions.order_by("number")] == [raw, article.headline]


def test_a_story_of_one_paragraph_is_found_by_the_headline_as_it_is_seen():
    article = ArticleFactory(body="It closes on Monday.")
    Article.objects.update(headline="The\x07 bridge closes")

    found = find_article(parse_story("The bridge closes\n\nIt closes on Monday."))

    assert found and found.article == article


def test_a_longer_text_is_not_said_to_be_the_same_throughout():
    ArticleFactory(body="It closes on Monday.\n\nFerries run.")

    found = find_article(
        parse_story("The bridge closes\n\nIt closes on Monday.\n\nFerries run.\n\nNobody told the port.")
    )

    assert found and found.because == "2 of its 3 paragraphs are the same"


def test_a_headline_that_shows_nothing_is_none(ruth):
    with pytest.raises(NotAStory):
        take(MARKDOWN, ruth, texts={"headline": "\u202e\u200b"})


def test_a_source_that_is_known_by_another_spelling_is_not_made_again(ruth):
    known = SourceFactory(url="https://port.example/notice?utm_source=letter")

    take(MARKDOWN, ruth)

    assert Citation.objects.get().source == known
    assert Source.objects.count() == 1


def test_a_dek_that_was_the_first_sentence_goes_back_into_the_body(ruth):
    take(MARKDOWN, ruth, texts={"headline": "Bridge closes", "dek": "", "byline": ""})

    article = Article.objects.get()
    assert (article.headline, article.dek, article.byline) == ("Bridge closes", "", "")
    assert article.body.startswith("Commuters will have to take the ferry from Monday.\n\nThe harbour")


def test_on_the_record_it_is_a_version_that_says_why_it_is_late(ruth):
    intake = take(
        MARKDOWN, ruth, mode=IntakeMode.RECORDED, because="It was printed before.", texts={}, stated_at=None
    )

    version = Version.objects.get()
    assert version == intake.stories.get().version
    assert version.actor == "import (Ruth)"
    assert version.frozen["stated_because"] == "It was printed before."
    assert version.is_back_dated


def test_a_later_text_becomes_the_next_version(ruth):
    take(MARKDOWN, ruth, mode=IntakeMode.RECORDED)

    take(LATER, ruth, mode=IntakeMode.RECORDED)

    assert Article.objects.get().live_version.number == 2


def test_a_headline_that_was_edited_keeps_the_spaces_that_break_no_line(ruth):
    take(MARKDOWN, ruth, texts={"headline": " Le pont\u202f: «\u00a0fermé\u00a0»\r\n"})

    assert Article.objects.get().headline == "Le pont\u202f: «\u00a0fermé\u00a0»"


def test_a_draft_of_a_story_that_was_edited_here_is_refused(ruth):
    take(MARKDOWN, ruth, mode=IntakeMode.RECORDED)
    article = Article.objects.get()
    article.body += "\n\nMore."
    article.save()

    intake = take(LATER, ruth)

    assert intake.stories.get().state == IncomingState.REFUSED
    assert "never published" in intake.stories.get().message
    assert Article.objects.get().body.endswith("More.")


def test_a_clarification_on_the_record_needs_a_second_person(ruth):
    intake = propose(CLARIFIED, ruth)
    choices = {intake.stories.get().pk: Choice()}

    with pytest.raises(SecondPersonNeeded):
        confirm_intake(intake, choices=choices, mode=IntakeMode.RECORDED, by=ruth)
    intake.refresh_from_db()
    assert intake.is_ready

    confirm_intake(intake, choices=choices, mode=IntakeMode.RECORDED, by=make_chief())
    work_on(intake, now=timezone.now)
    assert Version.objects.count() == 1


def test_it_is_confirmed_once(ruth):
    intake = take(MARKDOWN, ruth)

    with pytest.raises(NotTheMoment):
        confirm_intake(intake, choices={}, mode=IntakeMode.DRAFT, by=ruth)
    with pytest.raises(NotTheMoment):
        cancel_intake(intake, now=timezone.now())


def test_what_is_cancelled_is_not_taken_in(ruth):
    intake = propose(MARKDOWN, ruth)

    cancel_intake(intake, now=timezone.now())

    assert not work_on(intake, now=timezone.now)
    assert count_rows() == (0, 0, 0, 0, 0)


def test_a_draft_is_undone_with_all_that_it_made(ruth):
    intake = take(MARKDOWN, ruth)

    undo(intake, ruth)

    assert intake.state == IntakeState.UNDONE
    assert count_rows() == (0, 0, 0, 0, 0)
    assert Article.history.filter(history_type="-").get().history_actor == "undone import (Ruth)"


def test_the_working_copy_that_a_draft_replaced_is_put_back(ruth):
    take(MARKDOWN, ruth, mode=IntakeMode.RECORDED)
    before = Article.objects.get().body
    draft = take(LATER, ruth)

    undo(draft, ruth)

    assert Article.objects.get().body == before
    assert Citation.objects.count() == 1


def test_a_source_that_was_read_is_kept_and_not_watched(ruth):
    intake = take(MARKDOWN, ruth)
    SnapshotFactory(source=Source.objects.get())

    undo(intake, ruth)

    assert [source.is_watched for source in Source.objects.all()] == [False]
    assert "kept" in intake.stories.get().message


def test_what_somebody_has_built_upon_is_not_undone(ruth):
    intake = take(MARKDOWN, ruth)
    article = Article.objects.get()
    article.headline, article._history_user = "Bridge closed", ruth
    article._history_date = datetime(2100, 3, 2, 14, 30, tzinfo=UTC)
    article.save()

    undo(intake, ruth)

    assert intake.state == IntakeState.DONE
    assert f"worked on since ({ruth.name}, 2 March 2100, 09:30 EST)" in intake.stories.get().message
    assert Article.objects.get().headline == "Bridge closed"


def test_what_readers_have_is_not_undone(ruth):
    recorded = take(MARKDOWN, ruth, mode=IntakeMode.RECORDED)
    assert "on the record as version 1" in why_not_undoable(recorded.stories.get())

    draft = take("# Another story\n\nIt is short. It quotes nobody.", ruth)
    publish_article(Article.objects.get(headline="Another story"), by=None, now=timezone.now())
    assert "worked on since" in why_not_undoable(draft.stories.get())


def test_another_worker_carries_on_where_one_has_died(ruth):
    intake = propose(MARKDOWN, ruth)
    confirm_intake(intake, choices={intake.stories.get().pk: Choice()}, mode=IntakeMode.DRAFT, by=ruth)
    now = timezone.now()
    intake.take_lease(now=now, until=now)

    assert not work_on(Intake.objects.get(), now=lambda: now - timedelta(seconds=1))
    assert not Incoming.objects.taken().exists()
    work_on(Intake.objects.get(), now=lambda: now)

    assert Incoming.objects.taken().count() == 1


def test_a_draft_that_stands_as_an_import_left_it_may_be_replaced_and_each_be_undone(ruth):
    first, second = take(MARKDOWN, ruth), take(LATER, ruth)

    assert Article.objects.get().body == foresee(second.stories.get()).story.body
    undo(second, ruth)
    assert Article.objects.get().body == foresee(first.stories.get()).story.body
    undo(first, ruth)
    assert count_rows() == (0, 0, 0, 0, 0)


def test_a_draft_that_somebody_wrote_is_not_replaced(ruth):
    take(MARKDOWN, ruth)
    article = Article.objects.get()
    article.byline = "By Ruth Ames"
    article.save()

    intake = take(LATER, ruth)

    assert intake.stories.get().state == IncomingState.REFUSED
    assert "is a draft here" in intake.stories.get().message


def test_what_breaks_a_worker_is_not_tried_again_at_each_tick(ruth):
    now = timezone.now()
    without_its_feed = open_intake(IntakeKind.FEED, name="feed", zone="UTC", by=ruth, now=now)

    with pytest.raises(AssertionError):
        work_on(without_its_feed, now=lambda: now)

    assert not Intake.objects.free(now=now + timedelta(minutes=2)).exists()
    assert Intake.objects.free(now=now + timedelta(minutes=4)).exists()
