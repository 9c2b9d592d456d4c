"""Cite a passage: the page is read at once, nothing typed is lost, and the working copy gains a citation."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from stories import tasks
from stories.models import Article, Citation, Claim, Source, User
from tests.alerting.scenes import quote
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory, UserFactory
from tests.watching.looking import PASSAGE, REWORDED, page
from tests.watching.source_site import SourceSite

pytestmark = pytest.mark.django_db

CITE = reverse("desk_cite")
PRESSED_TWICE = 2


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    keys: list[list[int]] = []
    monkeypatch.setattr(tasks.check_sources, "delay", keys.append)
    return keys


@pytest.fixture
def story(reporter: User) -> Article:
    article = ArticleFactory(headline="Fares to rise")
    article.reporters.add(reporter)
    return article


def post(client: Client, do: str, **fields: Any) -> Any:
    return client.post(CITE, {"do": do, **fields})


def html_of(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


class TestLooking:
    def test_a_page_that_says_it_is_told_as_that(
        self, desk: Client, story: Article, site: SourceSite
    ) -> None:
        address = site.put("/fares", f"<title>Fares</title>{page(PASSAGE)}")

        html = html_of(post(desk, "look", exact=PASSAGE, address=address))

        assert "The page says this, word for word." in html
        assert 'value="Fares"' in html

    def test_another_wording_is_shown_and_can_be_taken(
        self, desk: Client, story: Article, site: SourceSite
    ) -> None:
        address = site.put("/fares", page(REWORDED))
        html = html_of(post(desk, "look", exact=PASSAGE, address=address))
        assert "The page says it differently." in html
        assert f'name="wording" value="{REWORDED}"' in html

        html = html_of(post(desk, "take", exact=PASSAGE, address=address, wording=REWORDED))

        assert "The page says this, word for word." in html

    def test_words_that_are_not_there_are_missing(
        self, desk: Client, story: Article, site: SourceSite
    ) -> None:
        address = site.put("/fares", page("Nothing of the kind."))

        assert "The page does not say this" in html_of(post(desk, "look", exact=PASSAGE, address=address))

    @pytest.mark.parametrize(
        ("status", "said"), [(404, "no such page"), (403, "refuses"), (503, "out of service")]
    )
    def test_a_page_that_cannot_be_read_says_why(
        self, status: int, said: str, desk: Client, story: Article, site: SourceSite
    ) -> None:
        address = site.put("/fares", page("Sorry."), status=status)

        html = html_of(post(desk, "look", exact=PASSAGE, address=address))

        assert "The page could not be read now." in html
        assert said in html
        assert "Cite anyway" in html

    def test_what_a_site_asks_of_machines_is_respected(
        self, desk: Client, story: Article, site: SourceSite
    ) -> None:
        site.put("/robots.txt", "User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})
        address = site.put("/fares", page(PASSAGE))

        html = html_of(post(desk, "look", exact=PASSAGE, address=address))

        assert "The page could not be read now." in html
        assert site.asked_for("/fares") == []

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.1:1/", "http://10.0.0.1/", "file:///etc/passwd", "x"]
    )
    def test_an_address_that_is_not_ours_to_read_is_refused(
        self, address: str, desk: Client, story: Article
    ) -> None:
        html = html_of(post(desk, "look", exact=PASSAGE, address=address))

        assert "errorlist" in html
        assert PASSAGE in html

    def test_a_passage_too_long_to_cite_says_so_and_stays(self, desk: Client, story: Article) -> None:
        html = html_of(post(desk, "look", exact="word " * 2_100, address="https://port.example/"))

        assert "a passage of 10,499 characters" in html
        assert "word word" in html


class TestCiting:
    def test_what_the_page_says_is_cited_with_source_and_claim(
        self, desk: Client, story: Article, site: SourceSite, reporter: User, asked: list[list[int]],
        django_capture_on_commit_callbacks: Any,
    ) -> None:  # fmt: skip
        address = site.put("/fares", page(PASSAGE))

        with django_capture_on_commit_callbacks(execute=True):
            response = post(
                desk, "cite", exact=PASSAGE, address=f"{address}?utm_source=mail#top", title="Fares",
                prefix="before ", suffix=" after", article=story.pk, claim="new", new_claim="Fares rise.",
            )  # fmt: skip

        citation = Citation.objects.get()
        source = citation.source
        assert response["Location"] == reverse("desk_source", args=[source.pk])
        assert (citation.exact, citation.claim.text, citation.article) == (PASSAGE, "Fares rise.", story)
        assert (source.url, source.title, source.created_by) == (address, "Fares", reporter)
        assert asked == [[source.pk]]

    def test_history_says_who_cited_it(self, desk: Client, story: Article, site: SourceSite) -> None:
        address = site.put("/fares", page(PASSAGE))

        post(desk, "cite", exact=PASSAGE, address=address, article=story.pk, claim="new", new_claim="Fares.")

        rows = [
            model.history.get().history_actor for model in (Citation, Claim, Source) if model.history.exists()
        ]
        assert rows == [User.objects.get(articles=story).username] * 3

    def test_a_source_that_is_known_is_used_again(
        self, desk: Client, story: Article, site: SourceSite
    ) -> None:
        address = site.put("/fares", page(PASSAGE))
        source = SourceFactory(url=f"{address}?utm_source=mail")

        post(desk, "cite", exact=PASSAGE, address=address, article=story.pk, claim="later")

        assert Citation.objects.get().source == source
        assert Source.objects.count() == 1

    def test_a_claim_of_the_story_can_be_chosen(self, desk: Client, story: Article, site: SourceSite) -> None:
        claim = ClaimFactory(article=story)
        address = site.put("/fares", page(PASSAGE))

        post(desk, "cite", exact=PASSAGE, address=address, article=story.pk, claim=claim.pk)

        assert Citation.objects.get().claim == claim

    def test_the_claim_can_be_left_to_an_editor(self, desk: Client, story: Article, site: SourceSite) -> None:
        address = site.put("/fares", page(PASSAGE))

        response = desk.post(
            CITE,
            {"do": "cite", "exact": PASSAGE, "address": address, "article": story.pk, "claim": "later"},
            follow=True,
        )

        assert Citation.objects.get().is_proposed
        assert "An editor says which claim rests on it." in response.content.decode()

    def test_a_passage_noted_before_is_attached_rather_than_doubled(
        self, desk: Client, story: Article, site: SourceSite
    ) -> None:
        noted = Citation.objects.create(article=story, exact=PASSAGE)
        address = site.put("/fares", page(PASSAGE))

        post(desk, "cite", exact=PASSAGE, address=address, article=story.pk, claim="new", new_claim="Fares.")

        assert [citation.pk for citation in Citation.objects.attached()] == [noted.pk]

    def test_pressed_twice_it_is_cited_once(self, desk: Client, story: Article, site: SourceSite) -> None:
        address = site.put("/fares", page(PASSAGE))
        for _ in range(PRESSED_TWICE):
            post(desk, "cite", exact=PASSAGE, address=address, article=story.pk, claim="later")

        assert Citation.objects.count() == 1

    def test_what_the_page_does_not_say_is_cited_only_by_who_has_seen_that(
        self, desk: Client, story: Article, site: SourceSite
    ) -> None:
        address = site.put("/fares", page(REWORDED))
        fields = {"exact": PASSAGE, "address": address, "article": story.pk, "claim": "later"}
        html = html_of(post(desk, "cite", **fields))
        assert Citation.objects.count() == 0
        assert "Cite anyway" in html
        mark = html.partition('name="looked_at" value="')[2].partition('"')[0]

        post(desk, "cite", looked_at=mark, **fields)

        assert Citation.objects.get().exact == PASSAGE

    def test_where_only_the_claim_is_missing_the_verdict_stays_and_nothing_is_looked_at_again(
        self, desk: Client, story: Article, site: SourceSite
    ) -> None:
        address = site.put("/fares", page("Nothing of the kind."))
        claim = ClaimFactory(article=story)
        fields = {"exact": PASSAGE, "address": address, "article": story.pk}
        html = html_of(post(desk, "cite", **fields))
        assert "Choose the claim that rests on this passage" in html
        assert "The page does not say this" in html
        mark = html.partition('name="looked_at" value="')[2].partition('"')[0]

        post(desk, "cite", looked_at=mark, claim=claim.pk, **fields)

        assert Citation.objects.get().exact == PASSAGE

    def test_what_is_missing_is_named_and_what_is_there_stays(self, desk: Client, story: Article) -> None:
        ClaimFactory(article=story, text="The bridge closes.")

        html = html_of(
            post(desk, "cite", exact="", address="https://port.example/a", article=story.pk, title="Port")
        )

        assert "Which words are cited?" in html
        assert "Choose the claim that rests on this passage" in html
        assert 'value="https://port.example/a"' in html
        assert "The bridge closes." in html
        assert 'value="Port"' in html


class TestWhose:
    def test_a_reporter_cites_in_their_own_stories_only(self, desk: Client, story: Article) -> None:
        """Invariant 5: of a colleague's story not even the headline is offered."""
        theirs = ArticleFactory(headline="Secret investigation")

        html = html_of(
            post(
                desk, "cite", exact=PASSAGE, address="https://port.example/", article=theirs.pk, claim="later"
            )
        )

        assert Citation.objects.count() == 0
        assert "Secret investigation" not in html

    def test_an_editor_cites_in_any_story(
        self, client: Client, editor: User, story: Article, site: SourceSite
    ) -> None:
        client.force_login(editor)
        address = site.put("/fares", page(PASSAGE))

        post(client, "cite", exact=PASSAGE, address=address, article=story.pk, claim="later")

        assert Citation.objects.get().article == story

    def test_a_source_of_others_is_not_named(self, desk: Client, story: Article, site: SourceSite) -> None:
        """Invariant 5: who cites a page learns nothing of what a colleague calls it."""
        address = site.put("/fares", page(PASSAGE))
        quote(SourceFactory(title="Secret witness", url=address), UserFactory())

        assert "Secret witness" not in html_of(post(desk, "look", exact=PASSAGE, address=address))

    def test_without_a_story_there_is_a_word_about_it(self, desk: Client) -> None:
        html = html_of(desk.get(CITE))

        assert "You have no story to cite in yet." in html
        assert "cite.js" not in html

    def test_a_story_is_found_by_its_words(self, desk: Client, story: Article, reporter: User) -> None:
        for _ in range(31):
            ArticleFactory().reporters.add(reporter)
        assert "Fares to rise" not in html_of(desk.get(CITE))

        html = html_of(post(desk, "choose", story="rise fares", exact=PASSAGE))

        assert "Fares to rise" in html
        assert PASSAGE in html


class TestArriving:
    def test_an_address_may_bring_the_words(self, desk: Client, story: Article) -> None:
        html = html_of(desk.get(CITE, {"exact": PASSAGE, "address": "https://port.example/a"}))

        assert PASSAGE in html
        assert 'value="https://port.example/a"' in html

    def test_who_must_sign_in_first_finds_what_they_typed(
        self, client: Client, story: Article, reporter: User
    ) -> None:
        response = post(client, "cite", exact=PASSAGE, address="https://port.example/a", claim="later")
        assert urlsplit(response["Location"]).path == reverse("account_login")
        after = parse_qs(urlsplit(response["Location"]).query)["next"][0]

        credentials = {"login": reporter.username, "password": "correct horse battery staple"}
        client.post(response["Location"], credentials)
        html = html_of(client.get(after))

        assert PASSAGE in html
        assert 'value="https://port.example/a"' in html

    def test_the_bookmark_leads_here_and_loads_nothing(self, desk: Client, story: Article) -> None:
        html = html_of(desk.get(CITE))

        href = html.partition('href="javascript:')[2].partition('"')[0]
        script = unquote(href)
        assert f"http://testserver{CITE}#" in script
        assert "src" not in script
        assert "\n" not in script

    def test_an_editor_of_an_empty_newsroom_is_led_to_the_first_one(self, editing: Client) -> None:
        html = html_of(editing.get(CITE))

        assert reverse("admin:stories_intake_add") in html
        assert reverse("admin:stories_article_add") in html
