"""Words find what says them, alike on both databases, and nobody finds what they may not open."""

import sqlite3

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stories.models import SearchKind, Source, User
from stories.models.searchable import MOMENT
from stories.publishing.publish import publish_article
from stories.searching.engines import belonging, belonging_to_readers
from stories.searching.query import parse_query
from stories.searching.search import Narrowed, found_keys, search, search_each_kind
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    UpdateFactory,
    UserFactory,
    make_editor,
    make_reporter,
)

pytestmark = pytest.mark.django_db


def found(typed, person=None, **narrowed):
    hits = search(typed, person=person or make_editor(), narrowed=Narrowed(**narrowed)).hits
    return {(hit.kind.value, hit.state) for hit in hits}


def keys(typed, person=None, **narrowed):
    person = person or User.objects.filter(is_staff=True).first() or make_editor()
    return {hit.key for hit in search(typed, person=person, narrowed=Narrowed(**narrowed)).hits}


def marked(pieces):
    return [piece.text for piece in pieces if piece.is_marked]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("ferry", "article"),
        ("dekword", "article"),
        ("bodyword", "article"),
        ("harbour-slug", "article"),
        ("Okafor", "article"),
        ("claimword", "claim"),
        ("passageword", "citation"),
        ("sourceword", "source"),
        ("port.example/notice", "source"),
        ("noteword", "update"),
    ],
)
def test_every_text_of_the_newsroom_is_found_by_its_words(typed, kind):
    article = ArticleFactory(
        headline="The ferry waits", dek="dekword", body="bodyword", slug="harbour-slug", byline="Ada Okafor"
    )
    claim = ClaimFactory(article=article, text="claimword")
    source = SourceFactory(title="sourceword", url="https://port.example/notice")
    CitationFactory(claim=claim, source=source, exact="passageword")
    UpdateFactory(article=article, note="noteword")

    assert {kind for kind, _ in found(typed)} == {kind}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("cafe", "A Café by the quay"),
        ("CAFÉ", "a cafe by the quay"),
        ("brid", "The bridges are closed"),
        ('"closed on monday"', "It is closed on Monday."),
        ("“closed on monday”", "It is closed on Monday."),
        ("bridge -tunnel", "The bridge"),
        ("202*", "In 2024"),
        ("o'brien", "Mr. O’Brien said"),
        ("port.example", "see https://port.example/a"),
        ("мост", "Закрыт МОСТ через реку"),
        ("الجسر", "أُغلق الجسر يوم الاثنين"),
        ("橋", "港の橋は月曜日に閉鎖される"),
        ("月曜日 橋", "港の橋は月曜日に閉鎖される"),
        ('"bridge', "The bridge"),
        ("bridge AND", "A bridge and a road"),
        ("well-known", "a well-known bridge"),
        ("100", "It costs 100 dollars"),
        ("3,5", "It is 3,5 metres"),
        ("bridge -", "The bridge"),
    ],
)
def test_words_are_found_however_they_are_written(typed, text):
    article = ArticleFactory(headline="Headline", body=text)

    assert keys(typed) == {article.pk}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ridge", "The bridge"),
        ('"monday closed"', "It is closed on Monday."),
        ("bridge -tunnel", "The bridge and the tunnel"),
        ('bridge -"on monday"', "The bridge closes on Monday"),
        ("20", "In 2024"),
        ('"brid"', "The bridge"),
        ("bridge road", "The bridge"),
        ("-bridge", "The tunnel"),
        ("橋 -月", "港の橋は月曜日に閉鎖される"),
    ],
)
def test_what_does_not_say_it_is_not_found(typed, text):
    ArticleFactory(headline="Headline", body=text)

    assert keys(typed) == set()


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", '"', '""', "'", "\0", "a\0b", "(", ")", "((a", "*", "**", "-", "--", '-"',
        "NEAR(a b)", "title:a", "a:*",
        "a & b", "a | !b", "!", "<->", "a <-> b", "{title}:a", "^a", "a^2", "\\", "a\\",
        "%", "_", "'; DROP TABLE x; --",
        "²", "½ ²", "é" * 400, "橋" * 5000, "a " * 5000, "\u200b", "\ud7ff", "‮abc", "😀",
        "हिन्दी", "x" * 10_000, "OR", "NOT",
        "+a", "a+b", "a..b", "1e5", "-1", "0x1F", "a@b.c", "/etc/passwd", "<b>bold</b>", "\u0301", "ǅ ß ﬁ",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_is_an_error(typed):
    ArticleFactory(body="a b")

    assert search(typed, person=make_editor()).total in (0, 1)


def test_an_excerpt_shows_what_was_looked_for_in_its_place():
    ArticleFactory(
        headline="The harbour", body=f"{'Before. ' * 90}The **bridge** closes on Monday. {'After. ' * 90}"
    )

    (hit,) = search("bridge monday", person=make_editor()).hits

    said = "".join(piece.text for piece in hit.excerpt)
    assert marked(hit.excerpt) == ["bridge", "Monday"]
    assert "The bridge closes on Monday." in said
    assert len(said) < 300
    assert said.startswith("… ")


def test_a_headline_counts_more_than_a_text():
    below = ArticleFactory(headline="A road", body="The bridge, and the bridge again.")
    above = ArticleFactory(headline="The bridge", body="A road.")

    hits = search("bridge", person=make_editor()).hits

    assert [hit.key for hit in hits] == [above.pk, below.pk]


def test_what_readers_have_is_told_from_the_working_copy():
    article = ArticleFactory(headline="The bridge closes", body="On Monday.")
    publish_article(article, updates=[], by=None, now=timezone.now())
    assert found("bridge") == {("article", "live")}

    article.body = "On Tuesday."
    article.save()

    assert found("monday") == {("article", "live")}
    assert found("tuesday") == {("article", "draft")}
    assert found("bridge") == {("article", "live"), ("article", "draft")}
    assert found("bridge", state="draft") == {("article", "draft")}


def test_a_search_is_narrowed_to_a_kind_and_a_time():
    now = timezone.now()
    story = UpdateFactory(note="bridge", stated_at=now).article
    ClaimFactory(article=story, text="bridge")
    old = UpdateFactory(note="bridge", stated_at=now - timezone.timedelta(days=40))

    assert found("bridge", kinds=["claim"]) == {("claim", "stands")}
    assert keys("bridge", kinds=["update"], until=now - timezone.timedelta(days=1)) == {old.pk}
    assert old.pk not in keys("bridge", kinds=["update"], since=now - timezone.timedelta(days=1))


def test_each_kind_shows_its_best():
    claim = ClaimFactory(text="bridge")
    for _ in range(3):
        ClaimFactory(article=claim.article, text="bridge, again")
    SourceFactory(title="bridge")

    found = search_each_kind("bridge", person=make_editor(), each=2)

    assert found.counts == {SearchKind.ARTICLE: 1, SearchKind.CLAIM: 4, SearchKind.SOURCE: 1}
    assert len(found.of_kind(SearchKind.CLAIM)) == 2
    assert found.of_kind(SearchKind.CLAIM)[0].headline == claim.article.headline


class TestWhoSeesWhat:
    """Invariant 5."""

    @pytest.fixture
    def scene(self):
        """A published story whose working copy has moved on, with all that hangs on it."""
        own = make_reporter()
        article = ArticleFactory(headline="The bridge closes", body="Old.")
        article.reporters.add(own)
        publish_article(article, updates=[], by=None, now=timezone.now())
        article.headline, article.body = "The bridge falls", "New."
        article.save()
        claim = ClaimFactory(article=article, text="The bridge is old.")
        source = SourceFactory(title="Bridge keeper", is_confidential=True, note="bridge: met in the pub")
        CitationFactory(claim=claim, source=source, exact="A bridge is a bridge.")
        UpdateFactory(article=article, note="The bridge, once more.")
        return own

    def test_an_editor_finds_all_of_it(self, scene):
        assert {kind for kind, _ in found("bridge")} == {"article", "claim", "citation", "source", "update"}

    def test_its_reporter_too_and_no_private_note(self, scene):
        assert {kind for kind, _ in found("bridge", scene)} == {
            "article",
            "claim",
            "citation",
            "source",
            "update",
        }
        assert found("pub", scene) == set()

    def test_who_may_look_at_sources_alone_sources_and_what_readers_have(self, scene):
        person = UserFactory(is_staff=True)
        person.user_permissions.add(Permission.objects.get(codename="view_source"))

        assert {(hit.kind, hit.state) for hit in search("bridge", person=person).hits} == {
            ("article", "live"),
            ("source", "watched"),
        }

    @pytest.mark.parametrize("make", [make_reporter, UserFactory])
    def test_anybody_else_what_readers_have(self, scene, make):
        hits = search("bridge", person=make()).hits

        assert [(hit.kind, hit.state, hit.headline) for hit in hits] == [
            ("article", "live", "The bridge closes")
        ]
        assert found("falls", make()) == set()


def test_the_number_of_queries_does_not_grow_with_what_is_found():
    editor = make_editor()
    CitationFactory(exact="bridge")

    def asked():
        person = User.objects.get(pk=editor.pk)
        with CaptureQueriesContext(connection) as queries:
            search("bridge", person=person)
        return len(queries)

    few = asked()
    for _ in range(5):
        CitationFactory(exact="bridge")
        UpdateFactory(note="bridge")

    assert asked() == few <= 6


def test_of_what_very_many_texts_say_the_newest_are_weighed(monkeypatch):
    monkeypatch.setattr("stories.searching.search.MOST_WEIGHED", 2)
    stories = [ArticleFactory(body="The ferry sails.") for _ in range(3)]

    found = search("ferry", person=make_editor())

    assert {hit.key for hit in found.hits} == {story.pk for story in stories[1:]}
    assert found.counts == {SearchKind.ARTICLE: 2}
    assert found.has_older
    stories[0].delete()
    assert not search("ferry", person=make_editor()).has_older


def test_of_all_that_a_reporter_may_see_the_newest_are_weighed_and_what_has_no_time_last(monkeypatch):
    monkeypatch.setattr("stories.searching.search.MOST_WEIGHED", 3)
    reporter = make_reporter()
    story = ArticleFactory(headline="The ferry")
    story.reporters.add(reporter)
    UpdateFactory(article=story, note="The ferry has no time yet.", stated_at=None)
    cited = CitationFactory(
        article=story, source=SourceFactory(title="Ferry office"), exact="The ferry sails."
    )
    ArticleFactory(body="The ferry of somebody else.")

    found = search("ferry", person=reporter)

    assert {(hit.kind, hit.key) for hit in found.hits} == {
        (SearchKind.ARTICLE, story.pk),
        (SearchKind.SOURCE, cited.source_id),
        (SearchKind.CITATION, cited.pk),
    }
    assert found.has_older


def test_a_reporter_asks_as_often_however_many_stories_are_theirs():
    reporter = make_reporter()

    def asked():
        person = User.objects.get(pk=reporter.pk)
        with CaptureQueriesContext(connection) as queries:
            search("bridge", person=person)
        return len(queries)

    def another_story():
        CitationFactory(exact="bridge", source=SourceFactory()).article.reporters.add(reporter)

    another_story()
    few = asked()
    for _ in range(5):
        another_story()

    assert asked() == few


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such limit")
def test_a_reporter_of_more_stories_than_sqlite_takes_values_finds_them():
    reporter = make_reporter()
    for _ in range(30):
        ArticleFactory(headline="The bridge").reporters.add(reporter)
    lowered = connection.connection
    usual = lowered.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 50)

    try:
        found_of_theirs = search("bridge", person=User.objects.get(pk=reporter.pk)).total
    finally:
        lowered.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, usual)

    assert found_of_theirs == 30


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such index")
def test_what_readers_have_is_found_by_the_words_of_what_they_have():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")

    plan = belonging_to_readers(parse_query("ferry -bridge")).explain()

    assert "searchable_public_words" in plan


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("not", True),
        ("77", True),
        ("not 77", True),
        ('"notice 77" off', True),
        ("not 7", False),
        ("ferry 77", False),
        ("not 77 -off", False),
        ("77 -office", False),
    ],
)
def test_a_list_finds_sources_by_whole_words_and_by_such_as_go_on(typed, is_found):
    source = SourceFactory(title="Notice 77", note="By the office")
    CitationFactory(exact="A notice of 77 offices", source=source)

    assert [row["key"] for row in found_keys(typed, kind=SearchKind.SOURCE)] == [source.pk] * is_found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="“²” is a word to SQLite")
@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("notice ²", True), ("notice ² -ferry", True), ("77 ²*", True), ("notice 77 ²", True), ("² ²*", False)],
)
def test_a_list_passes_over_what_is_no_word_to_postgresql(typed, is_found):
    source = SourceFactory(title="Notice 77")

    assert [row["key"] for row in found_keys(typed, kind=SearchKind.SOURCE)] == [source.pk] * is_found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads the words one after the other")
def test_a_rare_number_in_the_name_of_a_source_leads_though_all_of_them_say_the_other_word():
    Source.objects.bulk_create([Source(kind="page", title=f"Notice {number}") for number in range(999)])
    with connection.cursor() as cursor:
        # What waits to be entered into an index is read with it, and counts as its cost.
        for index in ("searchable_by_words", "searchable_source_words"):
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute("ANALYZE stories_searchable")

    plan = found_keys("notice 77", kind=SearchKind.SOURCE).explain()

    [looked_up] = [line for line in plan.splitlines() if "Index Cond" in line and "words" in line]
    assert "77" in looked_up
    assert "notice" not in looked_up


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one index of words")
def test_a_story_is_looked_for_by_the_words_of_stories_alone():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "searchable_article_words" in found_keys("monday", kind=SearchKind.ARTICLE).explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how many texts say a word")
def test_sqlite_starts_from_the_words_and_not_from_the_newest():
    plan = belonging(parse_query("ferry")).order_by(MOMENT.desc())[:2_000].explain()

    assert "INTEGER PRIMARY KEY" in plan
    assert "searchable_by_time" not in plan
