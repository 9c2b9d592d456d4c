"""Stories as their readers have them: all that a person who neither writes nor edits one may be told of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from stories.models import Citation, Claim, Version


@dataclass(frozen=True, slots=True)
class PublishedStory:
    """The live version: its headline, its claims by key (unsaved), and the passage and claim of each citation."""

    headline: str
    claims: Mapping[int, Claim]
    quotes: Mapping[int, tuple[str, int | None]]
    source_ids: frozenset[int]

    def quotes_in(self, citation: Citation, passage: str) -> bool:
        """True where readers have this passage before them."""
        return self.quotes.get(citation.pk, ("", None))[0] == passage

    def claim_of(self, citation: Citation) -> Claim | None:
        """What readers are told on the strength of it."""
        _passage, claim = self.quotes.get(citation.pk, ("", None))
        return self.claims.get(claim) if claim else None


def published_stories(article_ids: Collection[int]) -> dict[int, PublishedStory]:
    """Those of the stories that have readers, by their key, in one query. What was taken down has none."""
    if not article_ids:
        return {}
    live = Version.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    versions = Version.objects.filter(article__in=article_ids, pk=Subquery(live))
    return {version.article_id: _story(version) for version in versions if not version.tombstone}


def _story(version: Version) -> PublishedStory:
    citations = version.frozen["citations"]
    return PublishedStory(
        headline=version.headline,
        claims={
            claim["id"]: Claim(pk=claim["id"], text=claim["text"], standing=claim["standing"])
            for claim in version.frozen["claims"]
        },
        quotes={citation["id"]: (citation["exact"], citation["claim"]) for citation in citations},
        source_ids=frozenset(citation["source"]["id"] for citation in citations),
    )
