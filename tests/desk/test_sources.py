"""Sources: what a person's stories rest on, how it stands, and a look at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from stories import tasks
from stories.models import Citation, Source, User
from stories.models.words import Outcome, Pace, VerdictWord
from stories.publishing.publish import publish_article
from stories.watching.health import GOOD, ILL, SUSPECTED, UNKNOWN, at_level, health_of, level_of
from tests.alerting.scenes import NOON, at, find, quote
from tests.factories import (
    CheckFactory,
    CitationFactory,
    SnapshotFactory,
    SourceFactory,
    VerdictFactory,
    WatchFactory,
    make_reporter,
)

pytestmark = pytest.mark.django_db
LEVELS = (GOOD, SUSPECTED, ILL, UNKNOWN)

SOURCES = reverse("desk_sources")


@pytest.fixture
def source(reporter: User) -> Source:
    found = SourceFactory(title="Port notices")
    quote(found, reporter, headline="Bridge to close")
    WatchFactory(source=found, checked_at=at(1), read_at=at(1), outcome=Outcome.UNCHANGED, due_at=at(60))
    return found


def address(source: Source) -> str:
    return reverse("desk_source", args=[source.pk])


def html_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    ("watch", "words", "level", "said"),
    [
        ({"outcome": Outcome.UNCHANGED}, ["verbatim", "verbatim"], "good", "As quoted"),
        ({"outcome": Outcome.UNCHANGED}, ["verbatim", "altered"], "ill", "1 of 2 passages changed"),
        ({"outcome": Outcome.UNCHANGED}, ["missing"], "ill", "1 of 1 passage changed"),
        ({"outcome": Outcome.UNCHANGED}, ["verbatim", None], "unknown", "1 of 2 passages verified"),
        ({"outcome": Outcome.UNCHANGED}, [], "good", "Read; nothing is quoted from it"),
        ({"outcome": Outcome.GONE, "strike_count": 3}, ["unreadable"], "ill", "Gone"),
        (
            {"outcome": Outcome.GONE, "strike_count": 1},
            ["verbatim"],
            "suspected",
            "Not found at the last check",
        ),
        (
            {"outcome": Outcome.BLOCKED, "strike_count": 3},
            ["unreadable"],
            "suspected",
            "Not readable for days",
        ),
        ({"outcome": Outcome.BLOCKED}, ["verbatim"], "suspected", "Not readable at the last check"),
        ({"outcome": Outcome.FAILED}, ["verbatim"], "suspected", "Not readable at the last check"),
        (
            {"outcome": Outcome.CHANGED, "is_suspected": True},
            ["verbatim"],
            "suspected",
            "A change is being confirmed",
        ),
        ({"checked_at": None}, [None], "unknown", "Not read yet"),
    ],
)
def test_health_says_how_the_passages_stand(
    watch: dict[str, Any], words: list[str | None], level: str, said: str
) -> None:
    source = WatchFactory(**{"checked_at": NOON, **watch}).source
    for word in words:
        citation = CitationFactory(source=source)
        if word:
            VerdictFactory(citation=citation, verdict=word)

    health = health_of(source, words)

    assert (health.level, health.words) == (level, said)
    cited = Citation.objects.all()
    assert Source.objects.annotate(level=level_of(cited)).get().level == level
    assert [at for at in LEVELS if at_level(at, Source.objects.all(), cited)] == [level]


def test_only_the_last_confirmed_verdict_says_that_a_source_has_changed() -> None:
    changed, mended, doubted = (
        CitationFactory(source=WatchFactory(checked_at=NOON).source) for _ in range(3)
    )
    for citation, words in ((changed, ["verbatim", "missing"]), (mended, ["altered", "verbatim"])):
        for word in words:
            VerdictFactory(citation=citation, verdict=word)
    VerdictFactory(citation=doubted, verdict="verbatim")
    VerdictFactory(citation=doubted, verdict="altered", is_confirmed=False, is_news=False)
    CitationFactory(source=None)

    found = [[*at_level(level, Source.objects.order_by("pk"), Citation.objects.all())] for level in LEVELS]

    assert found == [[mended.source, doubted.source], [], [changed.source], []]


def test_a_source_has_changed_by_the_passages_that_are_asked_about() -> None:
    source = WatchFactory(checked_at=NOON).source
    changed, other = (CitationFactory(source=source) for _ in range(2))
    VerdictFactory(citation=changed, verdict="altered")
    VerdictFactory(citation=other, verdict="verbatim")

    mine = Citation.objects.filter(pk=other.pk)

    assert not at_level(ILL, Source.objects.all(), mine)
    assert at_level(GOOD, Source.objects.all(), mine).get() == source


def test_a_source_without_an_address_is_not_watched() -> None:
    assert health_of(SourceFactory(url=None), ["verbatim"]).words == "Not watched"


def test_a_source_that_nobody_has_looked_at_is_not_read_yet() -> None:
    assert health_of(SourceFactory(), [None]).words == "Not read yet"


def test_the_list_shows_what_my_stories_rest_on(desk: Client, source: Source) -> None:
    find(list(source.citations.all()), VerdictWord.ALTERED)

    html = html_of(desk, SOURCES)

    assert "Port notices" in html
    assert "1 of 1 passage changed" in html


def test_the_sources_of_others_are_neither_listed_nor_shown(desk: Client) -> None:
    """Invariant 5: what a colleague works from is theirs and the editors' to know."""
    theirs = SourceFactory(title="Secret witness")
    quote(theirs, make_reporter())

    assert "Secret witness" not in html_of(desk, SOURCES)
    assert desk.get(address(theirs)).status_code == 404
    assert desk.post(reverse("desk_check_now", args=[theirs.pk])).status_code == 404


def test_an_editor_sees_every_source(client: Client, editor: User, source: Source) -> None:
    client.force_login(editor)

    assert "Port notices" in html_of(client, SOURCES)
    assert client.get(address(source)).status_code == 200


def test_a_strangers_way_ends_at_the_door(client: Client, source: Source) -> None:
    paths = [SOURCES, address(source), reverse("desk_check_now", args=[source.pk])]

    assert [client.get(path).status_code for path in paths] == [302, 302, 302]


def test_an_empty_list_says_what_would_be_there(desk: Client) -> None:
    assert "No sources yet." in html_of(desk, SOURCES)


def test_a_source_shows_my_passages_and_not_those_of_others(desk: Client, source: Source) -> None:
    """Invariant 5: a shared source tells nothing of a colleague's draft."""
    quote(source, make_reporter(), headline="Secret investigation")
    find(list(source.citations.filter(article__headline="Bridge to close")), VerdictWord.ALTERED)

    html = html_of(desk, address(source))

    assert "<del>will</del><ins>may</ins>" in html
    assert "Bridge to close" in html
    assert "Secret investigation" not in html


def test_a_passage_leads_to_the_story_that_readers_see(desk: Client, source: Source, editor: User) -> None:
    article = source.citations.get().article
    assert article.get_absolute_url() not in html_of(desk, address(source))

    publish_article(article, by=editor, now=timezone.now())

    assert f'<a href="{article.get_absolute_url()}">Bridge to close</a>' in html_of(desk, address(source))


def test_an_editor_is_led_to_the_draft_that_quotes_it(client: Client, editor: User, source: Source) -> None:
    client.force_login(editor)

    html = html_of(client, address(source))

    draft = reverse("admin:stories_article_change", args=[source.citations.get().article_id])
    assert f'<a href="{draft}">Bridge to close</a>' in html


def test_a_source_shows_its_checks_and_copies(desk: Client, source: Source) -> None:
    copy = SnapshotFactory(source=source)
    CheckFactory(source=source, snapshot=copy, explanation="The page says what it said.", duration_ms=1234)

    html = html_of(desk, address(source))

    assert "The page says what it said." in html
    assert "1,234 ms" in html
    assert copy.digest[:12] in html


def changed_page(source: Source, before: bytes, after: bytes, **copy: Any) -> None:
    CheckFactory(
        source=source,
        baseline=SnapshotFactory(source=source, body=before, **copy),
        snapshot=SnapshotFactory(source=source, body=after, **copy),
    )


def test_a_source_shows_the_last_change_of_its_page(desk: Client, source: Source) -> None:
    same = b"".join(b"<p>Notice number %d stays as it is.</p>" % number for number in range(9))
    changed_page(source, same + b"<p>Open daily.</p>", same + b"<p>Open weekly.</p>")

    html = html_of(desk, address(source))

    assert "Open <del>daily</del><ins>weekly</ins>." in html
    assert "Eight unchanged paragraphs" in html


@pytest.mark.parametrize(
    ("before", "after", "copy"),
    [
        (b"<p>Open daily.</p>", b"<p class=new>Open daily.</p>", {}),
        (b"\x89PNG\r\n", b"\x89PNG\r\n\x1a", {"content_type": "image/png"}),
    ],
)
def test_where_no_words_changed_or_none_can_be_read_no_change_is_shown(
    before: bytes, after: bytes, copy: dict[str, Any], desk: Client, source: Source
) -> None:
    changed_page(source, before, after, **copy)

    assert "The last change of the page" not in html_of(desk, address(source))


def test_a_look_at_once_makes_the_source_due_and_asks_a_worker(
    desk: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[int]] = []
    source.watch.due_at = timezone.now() + timedelta(hours=1)
    source.watch.save()
    monkeypatch.setattr(tasks.check_sources, "delay", asked.append)

    response = desk.post(reverse("desk_check_now", args=[source.pk]), follow=True)

    source.watch.refresh_from_db()
    assert source.watch.due_at <= timezone.now()
    assert asked == [[source.pk]]
    assert "Looking…" in response.content.decode()


def test_without_a_broker_the_next_tick_looks(
    desk: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant 1: the rows are the truth; a broker that is away costs one tick."""

    def refuse(_keys: list[int]) -> None:
        raise OperationalError("no broker")

    source.watch.due_at = timezone.now() + timedelta(hours=1)
    source.watch.save()
    monkeypatch.setattr(tasks.check_sources, "delay", refuse)

    response = desk.post(reverse("desk_check_now", args=[source.pk]), follow=True)

    source.watch.refresh_from_db()
    assert source.watch.due_at <= timezone.now()
    assert "Looking…" in response.content.decode()


def test_what_is_not_watched_is_not_looked_at(desk: Client, reporter: User) -> None:
    person = SourceFactory(url=None, title="Harbour master")
    quote(person, reporter)

    response = desk.post(reverse("desk_check_now", args=[person.pk]), follow=True)

    assert "This source is not watched" in response.content.decode()


@pytest.mark.parametrize("sources", [1, 10])
def test_the_list_asks_as_often_however_many_sources(
    sources: int, desk: Client, reporter: User, django_assert_num_queries: Any
) -> None:
    for _ in range(sources):
        WatchFactory(source=quote(SourceFactory(), reporter).source)

    # Session, person, permissions (2), own stories (2), how many, counts, sources, watches, citations, is our
    # network down, was it?
    with django_assert_num_queries(13):
        desk.get(SOURCES)


def test_the_list_says_that_our_own_network_is_down(desk: Client, reporter: User) -> None:
    at = timezone.now()
    for host in ("one", "two", "three"):
        source = quote(SourceFactory(url=f"https://{host}.example/"), reporter).source
        WatchFactory(source=source, reason="dns", checked_at=at, due_at=at)

    assert "our own network seems to be down" in desk.get(SOURCES).content.decode()


def test_a_source_says_why_its_next_look_comes_when_it_does(desk: Client, source: Source) -> None:
    source.watch.pace = Pace.CONFIRMING
    source.watch.save()

    html = html_of(desk, address(source))

    assert "because a second check is to confirm what the last one found" in html


class TestFinding:
    @pytest.fixture(autouse=True)
    def sources(self, reporter: User) -> None:
        altered = quote(SourceFactory(title="Altered notice"), reporter)
        WatchFactory(source=altered.source, checked_at=at(1), read_at=at(1), changed_at=at(1), due_at=at(9))
        find([altered], VerdictWord.ALTERED)
        unread = quote(SourceFactory(title="Walled page", url="https://wall.example/"), reporter).source
        WatchFactory(source=unread, checked_at=at(1), outcome=Outcome.BLOCKED, due_at=at(5))
        quote(SourceFactory(title="Harbour master", url=None), reporter)

    def titles(self, client: Client, **asked: str) -> list[str]:
        return [row.source.title for row in client.get(SOURCES, asked).context["list"].rows]

    @pytest.mark.parametrize(
        ("asked", "titles"),
        [
            ({}, ["Altered notice", "Harbour master", "Walled page"]),
            ({"health": "ill"}, ["Altered notice"]),
            ({"health": "suspected"}, ["Walled page"]),
            ({"health": "unknown"}, ["Harbour master"]),
            ({"health": "good"}, []),
            ({"q": "WALL.example"}, ["Walled page"]),
            ({"q": "page wall"}, ["Walled page"]),
            ({"q": "wall", "health": "ill"}, []),
            ({"sort": "changed"}, ["Altered notice", "Walled page", "Harbour master"]),
            ({"sort": "next"}, ["Walled page", "Altered notice", "Harbour master"]),
            ({"sort": "verified"}, ["Walled page", "Harbour master", "Altered notice"]),
            (
                {"health": "nonsense", "sort": "nonsense", "page": "x"},
                ["Altered notice", "Harbour master", "Walled page"],
            ),
        ],
    )
    def test_sources_are_found_by_health_and_words_and_put_in_order(
        self, asked: dict[str, str], titles: list[str], desk: Client
    ) -> None:
        assert self.titles(desk, **asked) == titles

    def test_each_state_counts_its_own(self, desk: Client) -> None:
        found = desk.get(SOURCES).context["list"]

        assert {level.key: level.count for level in found.levels} == {
            "": 3, "ill": 1, "suspected": 1, "good": 0, "unknown": 1
        }  # fmt: skip

    def test_what_was_asked_for_stays_while_one_goes_through_the_pages(self, desk: Client) -> None:
        found = desk.get(SOURCES, {"q": "notice", "sort": "next", "health": "ill"}).context["list"]

        assert found.query == "?q=notice&health=ill&sort=next"

    def test_a_passage_of_a_colleague_does_not_colour_my_list(self, desk: Client, reporter: User) -> None:
        """Invariant 5: nor does it tell that somebody else quotes the page."""
        source = Source.objects.get(title="Walled page")
        find([quote(source, make_reporter())], VerdictWord.MISSING)

        assert self.titles(desk, health="ill") == ["Altered notice"]


class TestLook:
    def test_it_is_on_its_way_until_it_has_found_something(self, desk: Client, source: Source) -> None:
        asked = timezone.now()
        look = {"asked": asked.isoformat()}
        assert "Looking…" in desk.get(address(source), look).content.decode()

        CheckFactory(
            source=source,
            started_at=timezone.now(),
            outcome=Outcome.NOISE,
            explanation="Only the layout changed.",
        )

        html = desk.get(address(source), look).content.decode()
        assert "Read just now: only noise changed." in html
        assert "Only the layout changed." in html
        assert "look.js" not in html

    def test_one_that_finds_the_same_as_before_is_found_too(self, desk: Client, source: Source) -> None:
        """It is counted in the check before it, and leaves no row of its own."""
        asked = timezone.now()
        CheckFactory(
            source=source,
            started_at=asked - timedelta(days=1),
            outcome=Outcome.UNCHANGED,
            looks=7,
            last_at=asked,
        )

        html = desk.get(address(source), {"asked": asked.isoformat()}).content.decode()

        assert "Read just now: unchanged." in html

    def test_the_script_asks_for_its_part_alone(self, desk: Client, source: Source) -> None:
        part = desk.get(reverse("desk_look", args=[source.pk]), {"asked": timezone.now().isoformat()})

        assert "Looking…" in part.content.decode()
        assert "<main" not in part.content.decode()

    def test_one_that_takes_long_says_when_it_is_due(self, desk: Client, source: Source) -> None:
        asked = timezone.now() - timedelta(minutes=2)

        assert (
            "This is taking longer than usual"
            in desk.get(address(source), {"asked": asked.isoformat()}).content.decode()
        )

    @pytest.mark.parametrize(
        "asked", ["", "soon", "2020-01-01T00:00:00+00:00", "2026-99-99T00:00", "2999-01-01"]
    )
    def test_what_is_no_look_of_late_is_none(self, asked: str, desk: Client, source: Source) -> None:
        assert "data-look=" not in desk.get(address(source), {"asked": asked}).content.decode()

    def test_without_a_script_a_link_asks(self, desk: Client, source: Source) -> None:
        html = desk.get(address(source), {"asked": timezone.now().isoformat()}).content.decode()

        assert '<noscript><a href="/desk/sources/' in html

    def test_a_change_to_be_confirmed_is_told_as_that(self, desk: Client, source: Source) -> None:
        asked = timezone.now().isoformat()
        CheckFactory(source=source, started_at=timezone.now(), is_confirmed=False)

        assert (
            "A second check must confirm it" in desk.get(address(source), {"asked": asked}).content.decode()
        )
