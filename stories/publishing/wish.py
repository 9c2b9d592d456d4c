"""What somebody wants published, before anything is written: said, marked, and rehearsed."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from stories.models import Article, Source, Update, Verdict, Version
from stories.models.words import WITHOUT_NOTE, Precision, PublicationKind
from stories.publishing.canonical import canonical_json, digest
from stories.publishing.publish import publish_article, shown_time
from stories.text.unseen import lines_as_seen


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants published, how it is told to readers, and when; its words as they will be kept."""

    kind: str
    note: str = ""
    stated_at: datetime | None = None
    stated_zone: str = ""
    stated_because: str = ""
    publish_at: datetime | None = None
    caused_by: Verdict | None = None
    draft: Update | None = None

    def __post_init__(self) -> None:
        for name in ("note", "stated_because"):
            object.__setattr__(self, name, lines_as_seen(getattr(self, name)).strip())


class _RehearsedError(Exception):
    """Everything went well, and all of it is undone."""


def rehearse(article: Article, wish: Wish, *, now: datetime) -> None:
    """Publish it, see what is refused, and undo it; who must approve it is not asked here."""
    draft = Update.objects.get(pk=wish.draft.pk) if wish.draft else None
    stated_at = wish.stated_at or shown_time(article, now=now)
    try:
        with transaction.atomic():
            publish_article(
                article,
                updates=updates_of(article, replace(wish, draft=draft), stated_at=stated_at),
                by=None,
                now=now,
                is_minor=wish.kind == PublicationKind.MINOR,
                stated_at=stated_at,
                stated_zone=wish.stated_zone,
            )
            raise _RehearsedError
    except _RehearsedError:
        return


def updates_of(article: Article, wish: Wish, *, stated_at: datetime) -> list[Update]:
    if wish.kind in WITHOUT_NOTE:
        return []
    # The draft that it was filled in from is published, not written again.
    update = wish.draft or Update(article=article)
    update.kind, update.note, update.caused_by = wish.kind, wish.note, wish.caused_by
    update.stated_at, update.stated_zone = stated_at, wish.stated_zone
    update.stated_precision = Precision.MINUTE
    return [update]


def mark_of(article: Article, live: Version | None) -> str:
    """A mark of the working copy and the live version, so that another save since is noticed."""
    citations = [
        [citation.pk, citation.claim_id, citation.exact, _mark_of_source(citation.source)]
        for citation in article.citations.attached().select_related("source").order_by("pk")
    ]
    claims = [[claim.pk, claim.text, claim.standing] for claim in article.claims.order_by("pk")]
    texts = [article.headline, article.dek, article.byline, article.body]
    return digest(canonical_json([live.digest if live else "", texts, claims, citations]))


def _mark_of_source(source: Source | None) -> list[str | int | None]:
    return [source.pk, source.kind, source.public_title, source.url] if source else []
