"""The public pages with 5, 50 and 500 versions of 10,000 words, beside a view that renders a trivial template.

"Rendered" is what the first reader after a change waits for; all others get the page that was kept.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import override_settings
from django.urls import path, reverse

from stories.models import Article, Version
from stories.models.words import VerdictWord
from stories.publishing.canonical import canonical_json, digest
from stories.publishing.publish import publish_article
from stories.text.diff import diff_blocks
from stories.text.markdown import render_markdown
from stories.urls import urlpatterns as stories_urls
from tests.benchmarks.texts import edit, make_text
from tests.factories import (
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    VerdictFactory,
    WatchFactory,
)

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_WORDS = 10_000
_TRIVIAL = engines["django"].from_string("<!doctype html><title>{{ name }}</title><p>Hello.</p>")

Contenders = Mapping[str, Callable[[], object]]


def trivial(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_TRIVIAL.render({"name": request.path}, request))


urlpatterns = [*stories_urls, path("trivial/", trivial, name="trivial")]


def make_story(slug: str, *, versions: int) -> Article:
    """The first version as an editor publishes it; the others as rows like it, since publishing takes long."""
    text = make_text(_WORDS, seed=1)
    article = Article.objects.create(slug=slug, headline=slug.capitalize(), body=text)
    for number, sentence in enumerate(text.split(". ")[10:200:20]):
        source = SourceFactory(title=f"Source {number}", url=f"https://{slug}.example/{number}")
        citation = CitationFactory(
            claim=ClaimFactory(article=article, text=f"Claim {number}."), source=source, exact=sentence
        )
        WatchFactory(source=source, read_at=_NOW)
        VerdictFactory(citation=citation, found_by=CheckFactory(source=source), verdict=VerdictWord.VERBATIM)
    first = publish_article(article, by=None, now=_NOW, actor="bench")
    Version.objects.bulk_create(_following(first, text, count=versions))
    return article


def _following(first: Version, text: str, *, count: int) -> Iterator[Version]:
    before = first.digest
    for number in range(2, count + 1):
        text = edit(text, every=400, seed=number)
        at = _NOW + timedelta(hours=number)
        changed = {"number": number, "html": render_markdown(text), "headline": f"Headline {number // 10}"}
        content = canonical_json({**first.frozen, **changed, "previous_digest": before})
        yield Version(
            article=first.article,
            number=number,
            content=content,
            digest=digest(content),
            previous_digest=before,
            stated_at=at,
            recorded_at=at,
            is_minor=True,
        )
        before = digest(content)


def get(client: Client, name: str, *words: object, rendered: bool = False) -> Callable[[], object]:
    address = reverse(name, args=words)

    def call() -> None:
        if rendered:
            caches["pages"].clear()
        response = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"

    return call


def comparisons() -> Iterator[tuple[str, Contenders]]:
    call_command("migrate", verbosity=0)
    with override_settings(ROOT_URLCONF=__name__), connection.cursor():
        slugs = {count: make_story(f"of-{count}", versions=count).slug for count in (5, 50, 500)}
        client = Client(SERVER_NAME="localhost")
        floor = {"a view that renders a trivial template, the floor": get(client, "trivial")}
        yield "Public pages, kept, a request through all of Django", floor | _pages(client, slugs)
        yield (
            "Public pages, rendered, a request through all of Django",
            floor | _pages(client, slugs, rendered=True),
        )
    before = make_text(_WORDS, seed=2)
    blocks = [
        each.split("\n\n")
        for each in (before, edit(before, every=100, seed=3), edit(before, every=3, seed=4))
    ]
    yield (
        "Two versions of 10,000 words",
        {
            "comparing them for equality, the floor": lambda: [
                a == b for a, b in zip(*blocks[:2], strict=True)
            ],
            "lightly edited": lambda: diff_blocks(blocks[0], blocks[1]),
            "every third word another": lambda: diff_blocks(blocks[0], blocks[2]),
        },
    )


def _pages(client: Client, slugs: Mapping[int, str], *, rendered: bool = False) -> Contenders:
    calls: dict[str, Callable[[], object]] = {"front page": get(client, "front_page", rendered=rendered)}
    for count, slug in slugs.items():
        calls[f"article, {count} versions"] = get(client, "article", slug, rendered=rendered)
        calls[f"changelog, {count} versions"] = get(client, "changelog", slug, rendered=rendered)
        calls[f"comparison, first and last of {count}"] = get(
            client, "compare", slug, 1, count, rendered=rendered
        )
    return calls
