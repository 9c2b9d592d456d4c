"""The public pages, beside a view that renders a trivial template, with 5 and 50 versions of 2,000 words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from stories.models import Article, Update
from stories.publishing.publish import publish_article
from tests.benchmarks.texts import edit, make_text

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def make_story(slug: str, *, versions: int) -> Article:
    text = make_text(2_000, seed=versions)
    article = Article.objects.create(slug=slug, headline=slug.capitalize(), body=text)
    publish_article(article, by=None, now=_NOW, actor="bench")
    for number in range(2, versions + 1):
        article.body = edit(article.body, every=150, seed=number)
        article.save()
        note = Update(article=article, note=f"Change number {number}.")
        publish_article(article, updates=[note], by=None, now=_NOW + timedelta(hours=number), actor="bench")
    return article


def get(client: Client, name: str, *words: object) -> Callable[[], object]:
    address = reverse(name, args=words)

    def call() -> None:
        response = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"

    return call


def comparisons() -> Iterator[tuple[str, Mapping[str, Callable[[], object]]]]:
    call_command("migrate", verbosity=0)
    few, many = make_story("few", versions=5), make_story("many", versions=50)
    client = Client(SERVER_NAME="localhost")
    yield (
        "Public pages, a request through all of Django",
        {
            "the sign-in page, the floor": get(client, "desk_login"),
            "front page": get(client, "front_page"),
            "article, 5 versions": get(client, "article", few.slug),
            "article, 50 versions": get(client, "article", many.slug),
            "changelog, 5 versions": get(client, "changelog", few.slug),
            "changelog, 50 versions": get(client, "changelog", many.slug),
            "comparison of the first and the last of 50": get(client, "compare", many.slug, 1, 50),
        },
    )
