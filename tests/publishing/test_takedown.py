"""The legal takedown: the text goes, a public tombstone stays, and the record still verifies."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from stories.models import Article, Claim, ErrorReport, Leaf, Publication, Takedown, Update, Version
from stories.models.takedown import NOTE_TAKEN_DOWN
from stories.publishing.bundle import story_bundle
from stories.publishing.changelog import headlines
from stories.publishing.checkpoints import EXPORTED, sign_checkpoint
from stories.publishing.exports import write_export, write_export_if_due
from stories.publishing.proof.files import verify_bundle, verify_file
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from stories.publishing.takedown import (
    PASSAGE_TAKEN_DOWN,
    AlreadyTakenDown,
    NothingNamed,
    ReasonWanting,
    take_down,
)
from stories.text.diff import WordChange
from tests.factories import ArticleFactory, CitationFactory, ClaimFactory, VerdictFactory
from tests.publishing.backfilling import forget_log, log_again

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
CANARY = "kestrel"
SAID = {
    "authority": "District Court, 3 O 12/26",
    "in_the_name_of": "a private person",
    "reason": "The order of March 1 forbids the sentence.",
}


@pytest.fixture
def bridge():
    """Three versions; the canary is in every field of the second and the third."""
    article = ArticleFactory(slug="bridge", headline="The bridge closes")
    publish_article(article, by=None, now=NOW)
    for number in (2, 3):
        article.headline = f"The bridge of {CANARY}"
        article.dek = article.byline = f"By {CANARY}"
        article.body = f"It was {CANARY}, {number} times."
        article.save()
        if number == 2:
            ClaimFactory(article=article, text=f"It was {CANARY}.")
        update = Update(article=article, note=f"Now it names {CANARY}.", stated_at=NOW, stated_zone="UTC")
        publish_article(article, updates=[update], by=None, now=NOW + timedelta(hours=number))
    sign_checkpoint(now=NOW)
    return article


def remove(article, *numbers, by):
    versions = list(article.versions.filter(number__in=numbers))
    return take_down(versions, **SAID, by=by, now=NOW + timedelta(days=1))


def everything_in(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return str(cursor.fetchall())


def test_the_text_is_nowhere_in_the_record_any_more(bridge, editor):
    remove(bridge, 2, 3, by=editor)

    for table in ("version", "update", "leaf", "keptentry", "takedown", "publication", "historicalupdate"):
        assert CANARY not in everything_in(f"stories_{table}"), table
    assert CANARY not in everything_in("stories_historicalclaim")


def test_what_was_published_after_it_was_asked_for_does_not_keep_the_text(bridge, editor):
    Publication.objects.create(
        article=bridge,
        version=bridge.live_version,
        state="published",
        kind="update",
        note=f"Now it names {CANARY}.",
        remark=f"It waited for {CANARY}.",
        stated_because=f"Readers saw it when {CANARY} did.",
        caused_by=VerdictFactory(),
        content=bridge.live_version.content,
        mark="0" * 64,
        asked_at=NOW,
    )

    remove(bridge, 2, 3, by=editor)

    assert CANARY not in everything_in("stories_publication")
    assert Publication.objects.get().caused_by is None


def test_the_passages_and_what_caused_the_note_go_too(editor):
    article = ArticleFactory(body=f"It was “{CANARY}”.")
    words = {"exact": CANARY, "prefix": f"It was no {CANARY}: ", "suffix": f", nor {CANARY}"}
    citation = CitationFactory(claim=ClaimFactory(article=article), **words)
    verdict = VerdictFactory(citation=citation, verdict="altered")
    update = Update(article=article, note="Reworded.", stated_at=NOW, stated_zone="UTC", caused_by=verdict)
    publish_article(article, updates=[update], by=None, now=NOW)

    remove(article, 1, by=editor)

    assert CANARY not in everything_in("stories_historicalcitation")
    assert Update.objects.get().caused_by is None
    assert set(Update.history.values_list("caused_by", flat=True)) == {None}


def test_other_stories_are_left_as_they_are(bridge, editor):
    other = ArticleFactory(headline=f"The bridge of {CANARY}")
    claim = ClaimFactory(article=other, text=f"It was {CANARY}.")
    publish_article(other, updates=[Update(article=other, note=f"Now it names {CANARY}.")], by=None, now=NOW)
    waiting = Publication.objects.create(
        article=other, state="awaiting", kind="minor", content="{}", mark="0" * 64, asked_at=NOW
    )

    remove(bridge, 2, 3, by=editor)

    assert (other.history.get().headline, claim.history.get().text) == (other.headline, claim.text)
    assert f"Now it names {CANARY}." in Update.history.filter(article=other.pk).values_list("note", flat=True)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.content) == ("awaiting", "{}")


def test_the_trail_loses_its_copies_of_what_was_published(bridge, editor):
    remove(bridge, 2, 3, by=editor)

    rows = bridge.history.values_list("headline", "dek", "body", "byline")
    assert not any(CANARY in text for row in rows for text in row)
    assert {row[0] for row in rows} == {"The bridge closes", NOTE_TAKEN_DOWN}


def test_what_another_version_still_shows_stays_in_the_trail(bridge, editor):
    remove(bridge, 2, by=editor)

    assert any(CANARY in headline for headline in bridge.history.values_list("headline", flat=True))
    assert not any("2 times" in body for body in bridge.history.values_list("body", flat=True))


def test_readers_are_told_when_by_what_authority_and_in_whose_name_and_no_more(bridge, editor):
    remove(bridge, 3, by=editor)

    version = bridge.versions.get(number=3)
    assert version.tombstone == {
        "taken_down_at": "2026-03-03T14:30:00Z",
        "authority": "District Court, 3 O 12/26",
        "in_the_name_of": "a private person",
    }
    assert SAID["reason"] not in version.content
    assert editor.name not in version.content


def test_the_newsroom_keeps_why_and_who(bridge, editor):
    remove(bridge, 3, by=editor)

    kept = Takedown.objects.get()
    assert (kept.reason, kept.actor, kept.taken_down_by) == (SAID["reason"], editor.name, editor)


def test_salts_are_deleted_and_digests_stay(bridge, editor):
    before = dict(bridge.versions.values_list("number", "digest"))

    remove(bridge, 2, by=editor)

    assert dict(bridge.versions.values_list("number", "digest")) == before
    salts = {leaf.index: leaf.salt for leaf in Leaf.objects.all()}
    assert [index for index, salt in salts.items() if not salt] == [1, 2, 5]


def test_the_record_still_verifies_in_the_database_in_an_export_and_in_the_storys_own(bridge, editor):
    remove(bridge, 2, 3, by=editor)
    path = write_export(now=NOW + timedelta(days=2))

    assert verify_record() == []
    found = verify_file(path)
    assert (found.flaws, found.takedowns) == ([], 2)
    assert verify_bundle(story_bundle(bridge)).flaws == []


def test_the_story_goes_on_and_verifies(bridge, editor):
    remove(bridge, 2, 3, by=editor)
    bridge.refresh_from_db()
    bridge.headline, bridge.body = "The bridge closes on Monday", "It closes."
    bridge.dek = bridge.byline = ""
    bridge.save()
    bridge.claims.all()[0].delete()

    publish_article(
        bridge, updates=[Update(article=bridge, note="A new text.")], by=None, now=NOW + timedelta(days=2)
    )

    sign_checkpoint(now=NOW + timedelta(days=2))
    assert verify_record() == []


def test_what_stands_for_a_headline_is_told_as_no_rewording_of_it(bridge, editor):
    remove(bridge, 3, by=editor)

    now = headlines(bridge)[0]

    assert now.headline == "Taken down for legal reasons"
    assert now.changes == (WordChange("equal", now.headline),)


def test_what_was_published_before_the_log_can_be_taken_down_too(bridge, editor, settings):
    (settings.RECORD_EXPORT_DIR / EXPORTED).unlink()
    forget_log()
    log_again()

    remove(bridge, 2, by=editor)

    assert verify_record() == []


def test_what_was_on_its_way_does_not_bring_the_text_back(bridge, editor):
    waiting = Publication.objects.create(
        article=bridge,
        state="awaiting",
        kind="correction",
        note="Once more.",
        content=bridge.live_version.content,
        mark="0" * 64,
        needs_approval=True,
        asked_at=NOW,
    )

    remove(bridge, 2, 3, by=editor)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.content, waiting.ended_by) == ("cancelled", "", editor.name)


def test_what_was_refused_before_does_not_keep_the_text(bridge, editor):
    refused = Publication.objects.create(
        article=bridge,
        state="refused",
        kind="correction",
        note=f"Now it names {CANARY}.",
        remark="Not yet.",
        content=bridge.live_version.content,
        mark="0" * 64,
        asked_at=NOW,
    )

    remove(bridge, 2, 3, by=editor)

    refused.refresh_from_db()
    assert (refused.state, refused.content) == ("refused", "")
    assert CANARY not in refused.note
    assert CANARY not in everything_in("stories_publication")


def test_nothing_is_taken_down_twice_without_a_reason_or_across_stories(bridge, editor):
    other = ArticleFactory()
    publish_article(other, by=None, now=NOW)
    remove(bridge, 2, by=editor)

    with pytest.raises(AlreadyTakenDown):
        remove(bridge, 2, 3, by=editor)
    with pytest.raises(NothingNamed):
        take_down([], **SAID, by=editor, now=NOW)
    with pytest.raises(NothingNamed):
        take_down([bridge.live_version, other.live_version], **SAID, by=editor, now=NOW)
    for name in SAID:
        for nothing in ("  ", "\u202e", "\u200b"):
            with pytest.raises(ReasonWanting):
                take_down([bridge.live_version], **{**SAID, name: nothing}, by=editor, now=NOW)
    assert Takedown.objects.count() == 1


def test_readers_are_told_what_the_row_says_and_the_record_verifies(bridge, editor):
    said = {
        "authority": "Court\u2028of Appeal\x07",
        "in_the_name_of": "The heirs\tof K.",
        "reason": "\x07 Order.",
    }

    (takedown,) = take_down([bridge.live_version], **said, by=editor, now=NOW + timedelta(days=1))

    takedown.refresh_from_db()
    assert (takedown.authority, takedown.in_the_name_of) == ("Court of Appeal", "The heirs of K.")
    assert takedown.reason == "Order."
    assert json.loads(takedown.tombstone)["tombstone"]["in_the_name_of"] == "The heirs of K."
    assert verify_record() == []


def test_the_trail_of_what_was_saved_since_without_the_unseen_is_emptied_too(bridge, editor):
    Article.objects.filter(pk=bridge.pk).update(headline="The\x07 bridge of osprey")
    Claim.objects.update(text="It was\x07 osprey.")
    bridge.refresh_from_db()
    update = Update(article=bridge, note="Now it names osprey.", stated_at=NOW, stated_zone="UTC")
    publish_article(bridge, updates=[update], by=None, now=NOW + timedelta(hours=4))
    bridge.save()
    bridge.claims.get().save()

    remove(bridge, 4, by=editor)

    assert not bridge.history.filter(headline__contains="osprey").exists()
    assert not Claim.history.filter(text__contains="osprey").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE stories_version SET content = '{}' WHERE number = 2",
        "UPDATE stories_version SET content = '{}' WHERE number = 3",
        "UPDATE stories_update SET note = 'Something else.'",
        "UPDATE stories_leaf SET salt = 'ab'",
        "UPDATE stories_takedown SET authority = 'Nobody'",
        "UPDATE stories_takedown SET reason = 'None'",
        "DELETE FROM stories_takedown",
        "DELETE FROM stories_leaf",
    ],
)
def test_a_takedown_opens_no_door_for_any_other_change(bridge, editor, sql):
    remove(bridge, 2, by=editor)

    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_without_a_takedown_in_the_log_the_database_lets_no_text_go(bridge, editor):
    tombstone = json.dumps({"headline": "Gone"})

    for statement in (
        "UPDATE stories_version SET content = %s WHERE number = 3",
        "UPDATE stories_leaf SET salt = '' WHERE salt <> %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [tombstone])

    assert CANARY in Version.objects.get(number=3).content


def test_an_export_that_holds_the_text_is_not_handed_out_even_where_nobody_could_be_asked(
    bridge, editor, client
):
    """The broker may be down; what readers may have follows from the rows alone."""
    old = write_export(now=NOW + timedelta(hours=4))

    remove(bridge, 2, 3, by=editor)

    assert client.get(f"/record/exports/{old.name}").status_code == 404
    assert old.name not in client.get("/record/").content.decode()


def test_the_next_tick_deletes_an_export_that_holds_the_text_and_writes_another(bridge, editor):
    old = write_export(now=NOW + timedelta(hours=20))
    remove(bridge, 2, 3, by=editor)

    new = write_export_if_due(now=NOW + timedelta(hours=25))

    assert not old.exists()
    assert verify_file(new).takedowns == 2


def test_what_readers_quoted_of_it_in_their_reports_is_erased_and_what_they_said_is_not(bridge, editor):
    for number, passage in ((1, "The bridge"), (2, f"It was {CANARY}"), (3, "")):
        ErrorReport.objects.create(
            article=bridge, version_number=number, passage=passage, message="It was not.", received_at=NOW
        )

    remove(bridge, 2, 3, by=editor)

    told = ErrorReport.objects.order_by("version_number").values_list("passage", "message")
    assert [passage for passage, _ in told] == ["The bridge", PASSAGE_TAKEN_DOWN, ""]
    assert {message for _, message in told} == {"It was not."}
