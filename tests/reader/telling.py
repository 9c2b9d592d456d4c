"""Stories as newsrooms publish them, for the tests of what readers see."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from stories.models import Article, Citation, Update, Version
from stories.models.words import VerdictWord
from stories.publishing.publish import publish_article
from tests.factories import (
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    VerdictFactory,
    WatchFactory,
)

NEW_YORK = "America/New_York"
START = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
PASSAGE = "The bridge will be closed from Monday."
WORDING = "The bridge may be closed from Monday."


def rewrite(article: Article, **fields: Any) -> Article:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return article


def with_headline_of_before(article: Article, headline: str) -> Article:
    """As it was saved when what nobody can see was not yet left out."""
    Article.objects.filter(pk=article.pk).update(headline=headline)
    article.refresh_from_db()
    return article


def publish(
    article: Article,
    note: str = "",
    *,
    at: datetime = START,
    is_minor: bool = False,
    stated_at: datetime | None = None,
    **update: Any,
) -> Version:
    """Publish live, at `at`; with a note as an update of that time. `stated_at` makes it earlier."""
    seen_at = stated_at or at
    updates = []
    if note:
        times = {"stated_at": seen_at, "stated_zone": NEW_YORK}
        updates = [Update(article=article, note=note, **{**times, **update})]
    return publish_article(
        article, updates=updates, by=None, now=at, is_minor=is_minor, stated_at=seen_at, stated_zone=NEW_YORK
    )


def tell_bridge_story() -> Article:
    """Four versions: published, a minor edit, an update, and a correction that a source's change caused."""
    article = ArticleFactory(
        slug="bridge",
        headline="The bridge closes on Monday",
        dek="Nobody can cross.",
        byline="By Ines Okafor",
        body=f"It is old.\n\nThe notice says: “{PASSAGE}”\n\nThe ferry is full.\n\nThe town waits.",
    )
    citation = cite(article, exact=PASSAGE, title="Notice 14", claim="The bridge closes on Monday.")
    publish(article)
    rewrite(article, body=article.body.replace("It is old.", "It is very old."))
    publish(article, at=START + timedelta(minutes=35), is_minor=True)
    rewrite(article, body=article.body.replace("The town waits.", "The repair costs 14 million."))
    publish(article, "The story now says what the repair costs.", at=START + timedelta(days=1))
    cause = find(citation, VerdictWord.ALTERED, at=START + timedelta(days=2), wording=WORDING)
    rewrite(article, headline="The bridge may close on Monday")
    publish(
        article,
        "The headline was too sure.",
        at=START + timedelta(days=2, hours=1),
        kind="correction",
        caused_by=cause,
    )
    return article


def cite(article: Article, *, exact: str, title: str, claim: str, **source: Any) -> Citation:
    return CitationFactory(
        article=article,
        claim=ClaimFactory(article=article, text=claim),
        source=SourceFactory(title=title, **source),
        exact=exact,
    )


def find(citation: Citation, word: str, *, at: datetime, wording: str = "", **fields: Any) -> Any:
    """A confirmed verdict, as a check at `at` would record it."""
    check = CheckFactory(source=citation.source, started_at=at)
    if not hasattr(citation.source, "watch"):
        WatchFactory(source=citation.source, read_at=at)
    return VerdictFactory(citation=citation, found_by=check, verdict=word, wording=wording, **fields)


def text_of(page: str) -> str:
    """What a reader sees of a page, in one line."""
    return re.sub(r"(?:\s|&nbsp;)+", " ", re.sub(r"<[^>]+>", " ", page))
