"""Invariant 4: the record proves itself, and whatever is altered behind the application's back is named."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from stories.models import Article, Leaf, Update, Version
from stories.publishing import rows
from stories.publishing.proof.leaf import plain_digest
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from tests.factories import ArticleFactory
from tests.triggers import empty_the_record, triggers_lifted

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


def make_story(slug="bridge", versions=3):
    article = ArticleFactory(slug=slug)
    publish_article(article, by=None, now=NOW, stated_at=NOW, stated_zone="America/New_York")
    for number in range(2, versions + 1):
        update = Update(article=article, note=f"Note {number}.", stated_at=NOW, stated_zone="UTC")
        publish_article(article, updates=[update], by=None, now=NOW + timedelta(hours=number))
    return article


def behind_its_back(sql, *parameters):
    """Change a table as somebody with the database's password would."""
    is_sqlite = connection.vendor == "sqlite"
    with triggers_lifted(), connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(sql, parameters)
        if is_sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture
def _no_foreign_keys():
    """Rows may vanish that others point to: what is left is cleared away before Django's own final check."""
    yield
    empty_the_record()


def test_a_sound_record_has_no_flaw():
    make_story()
    make_story("tunnel")

    assert verify_record() == []


def test_a_change_of_the_working_copy_leaves_the_record_sound():
    article = make_story()

    article.headline = "A draft that nobody has published."
    article.save()

    assert verify_record() == []


def test_progress_is_told_batch_by_batch_and_then_leaf_by_leaf(monkeypatch):
    monkeypatch.setattr("stories.publishing.record.BATCH", 2)
    make_story()
    seen = []

    verify_record(on_progress=seen.append)

    assert seen == [2, 1, *[1] * Leaf.objects.count()]


def test_only_the_stories_asked_for_are_looked_at():
    make_story()
    tunnel = make_story("tunnel")
    behind_its_back("UPDATE stories_version SET digest = 'f' WHERE number = 3")

    flaws = verify_record([tunnel])

    assert {flaw.article for flaw in flaws} == {"tunnel"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the damage is written in SQLite's own way")
@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("content", "replace(content, 'bridge', 'bridgf')", "content"),
        ("content", "'{'", "content"),
        ("content", "'[1.5]'", "content"),
        ("content", "CAST(x'ff' || content AS TEXT)", "content"),
        ("content", "CAST(content AS BLOB)", "content"),
        ("content", "replace(hex(zeroblob(100000)), '0', '[')", "content"),
        ("digest", "replace(digest, substr(digest, 1, 1), 'g')", "digest"),
        ("digest", "CAST(x'ff' AS TEXT)", "digest"),
        ("previous_digest", "'0' || substr(previous_digest, 2) || 'f'", "previous_digest"),
        ("number", "7", "number"),
        ("number", "'x'", "number"),
        ("stated_at", "'2026-03-02 14:31:00'", "stated_at"),
        ("stated_at", "'2026-13-02 14:30:00'", "stated_at"),
        ("stated_at", "'yesterday'", "stated_at"),
        ("stated_at", "'0001-01-01 00:00:00+14:00'", "stated_at"),
        ("recorded_at", "'2026-03-02 14:30:00.000001'", "recorded_at"),
        ("is_minor", "1", "is_minor"),
        ("is_minor", "2", "is_minor"),
    ],
)
def test_a_byte_changed_in_a_version_is_found_and_the_column_named(column, value, told):
    make_story()

    behind_its_back(f"UPDATE stories_version SET {column} = {value} WHERE number = 2")

    altered = [flaw for flaw in verify_record() if flaw.kind == "altered"]
    assert any(told in flaw.what for flaw in altered)
    assert {flaw.article for flaw in altered} == {"bridge"}
    if column != "number":
        assert altered[0].version == 2


def test_a_version_given_to_another_story_is_found():
    make_story()
    other = ArticleFactory(slug="tunnel")

    behind_its_back("UPDATE stories_version SET article_id = %s WHERE number = 3", other.pk)

    assert "article and the content disagree" in [flaw.what for flaw in verify_record()]


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (
            "version_id",
            {
                (2, "version of update %s names another"),
                (3, "update %s names it, and it holds no such update"),
            },
        ),
        ("article_id", {(2, "article of update %s names another")}),
    ],
)
def test_a_note_that_is_moved_is_told_once_where_it_was_and_where_it_is(column, told):
    article = make_story()
    note = Update.objects.get(note="Note 2.")
    to = {
        "version_id": Version.objects.get(article=article, number=3).pk,
        "article_id": make_story("tunnel").pk,
    }

    behind_its_back(f"UPDATE stories_update SET {column} = %s WHERE id = %s", to[column], note.pk)

    said = {(number, what.replace("%s", str(note.pk))) for number, what in told}
    assert {flaw.article for flaw in verify_record()} == {"bridge"}
    assert sorted((flaw.version, flaw.what) for flaw in verify_record()) == sorted(said)


def test_another_address_for_the_story_is_found():
    make_story()

    behind_its_back("UPDATE stories_article SET slug = 'bridgf'")

    found = {(flaw.article, flaw.version) for flaw in verify_record()}
    assert {("bridgf", 1), ("bridgf", 2), ("bridgf", 3)} <= found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL holds no such bytes")
def test_an_address_with_bytes_that_are_no_text_can_still_be_printed():
    make_story()

    behind_its_back("UPDATE stories_article SET slug = CAST(x'6272ff' AS TEXT)")

    assert "br?" in {flaw.article for flaw in verify_record()}


def test_versions_that_change_places_are_found():
    make_story()

    behind_its_back("UPDATE stories_version SET number = 9 WHERE number = 2")
    behind_its_back("UPDATE stories_version SET number = 2 WHERE number = 3")
    behind_its_back("UPDATE stories_version SET number = 3 WHERE number = 9")

    flaws = verify_record()
    assert {flaw.version for flaw in flaws} == {2, 3}
    assert {flaw.kind for flaw in flaws} == {"altered"}


def test_a_version_written_anew_with_its_own_digest_breaks_the_chain():
    make_story()
    content = Version.objects.get(number=2).content.replace("Monday", "Sunday")

    behind_its_back(
        "UPDATE stories_version SET content = %s, digest = %s WHERE number = 2",
        content,
        plain_digest(content),
    )

    found = {(flaw.version, flaw.what) for flaw in verify_record()}
    assert (2, "digest is not the one of the content") in found
    assert (3, "previous_digest is not the digest of the version before") in found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the damage is written in SQLite's own way")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "'correctioo'"),
        ("note", "'Note 2!'"),
        ("note", "CAST(x'ff' AS TEXT)"),
        ("stated_at", "'2026-03-02 14:30:01'"),
        ("stated_at", "NULL"),
        ("stated_zone", "'UTD'"),
        ("stated_precision", "'day'"),
        ("recorded_at", "'2026-03-02 14:30:01'"),
        ("headline_changed", "1"),
        ("is_text_before_recorded", "0"),
        ("version_id", "(SELECT id FROM stories_version WHERE number = 1)"),
        ("version_id", "NULL"),
        ("article_id", "(SELECT id FROM stories_article WHERE slug = 'tunnel')"),
    ],
)
def test_a_byte_changed_in_a_published_update_is_found_and_the_column_named(column, value):
    make_story(versions=2)
    ArticleFactory(slug="tunnel")

    behind_its_back(f"UPDATE stories_update SET {column} = {value}")

    altered = [flaw for flaw in verify_record() if flaw.kind == "altered"]
    assert {(flaw.article, flaw.version) for flaw in altered} == {("bridge", 2)}
    assert any(column.removesuffix("_id") in flaw.what for flaw in altered)


def test_an_update_slipped_into_a_published_version_is_missing_from_it():
    article = make_story(versions=2)
    version = article.live_version
    draft = Update.objects.create(article=article, note="Never shown to anybody.")

    behind_its_back("UPDATE stories_update SET version_id = %s WHERE id = %s", version.pk, draft.pk)

    assert [(flaw.kind, flaw.version) for flaw in verify_record()] == [("missing", 2), ("missing", None)]


@pytest.mark.usefixtures("_no_foreign_keys")
def test_a_published_update_that_is_gone_is_missing():
    make_story(versions=2)

    behind_its_back("DELETE FROM stories_update")

    assert [(flaw.kind, flaw.version) for flaw in verify_record()] == [("missing", 2)]


@pytest.mark.usefixtures("_no_foreign_keys")
@pytest.mark.parametrize(("number", "told"), [(1, 1), (2, 2), (3, None)])
def test_a_version_that_is_gone_is_missing(number, told):
    make_story()

    behind_its_back("DELETE FROM stories_version WHERE number = %s", number)

    flaws = verify_record()
    assert {flaw.kind for flaw in flaws} == {"missing"}
    assert told in {flaw.version for flaw in flaws}


@pytest.mark.usefixtures("_no_foreign_keys")
def test_a_story_that_is_gone_does_not_hide_its_versions():
    make_story(versions=1)

    behind_its_back("DELETE FROM stories_article")

    assert verify_record()[0].article.endswith("which is gone")


def test_reading_does_not_change_how_the_connection_reads_text():
    make_story(versions=1)

    verify_record()

    assert connection.vendor != "sqlite" or connection.connection.text_factory is str


def test_the_number_of_queries_does_not_grow_with_the_record(django_assert_max_num_queries):
    """Two more mark the transaction in which PostgreSQL is read."""
    make_story(versions=6)

    with django_assert_max_num_queries(14 if connection.vendor == "postgresql" else 12):
        verify_record()

    assert rows.BATCH > 6
    assert Article.objects.count() == 1
