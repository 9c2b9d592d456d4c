"""The text of an old version becomes the working copy again; publishing it then makes a new version, as always."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stories.auditing.entries import write_entry
from stories.models import Article, Citation, Claim, Source, User, Version
from stories.models.acts import Act
from stories.models.citation import hold_sources
from stories.models.history import Tracked
from stories.publishing.errors import TextMissing

#: What stands before a passage and behind it, and the key of its source.
_Place = tuple[str, str, int | None]
_TEXTS = ("headline", "dek", "byline", "body")


def take_up_again(version: Version, *, by: User) -> Article:
    """Fill the working copy with what this version said, claims and quoted passages with it; history says why.

    What came since is not lost: a passage that this version did not quote keeps its source and becomes proposed.
    TextMissing where the version has no text to take up, as a retraction has none.
    """
    frozen = version.frozen
    if not frozen.get("body", "").strip():
        raise TextMissing(_("This version has no text: choose one from before it."))
    reason = f"the text of version {version.number} again"
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=version.article_id)
        places = {entry["id"]: _place_of(entry, version) for entry in frozen["citations"]}
        hold_sources(
            [
                *(source for _prefix, _suffix, source in places.values()),
                *article.citations.values_list("source", flat=True),
            ]
        )
        for name in _TEXTS:
            setattr(article, name, frozen[name])
        _save(article, by=by, reason=reason)
        claims = {claim["id"]: _put_claim(article, claim, by=by, reason=reason) for claim in frozen["claims"]}
        _put_citations(article, frozen, claims, places, by=by, reason=reason)
        for claim in article.claims.exclude(pk__in=[kept.pk for kept in claims.values()]):
            _mark(claim, by=by, reason=reason)
            claim.delete()
        write_entry(Act.REVERTED, by=by, on=version)
    return article


def _put_claim(article: Article, frozen: Mapping[str, Any], *, by: User, reason: str) -> Claim:
    claim = article.claims.filter(pk=frozen["id"]).first() or Claim(article=article)
    claim.text, claim.standing = frozen["text"], frozen["standing"]
    _save(claim, by=by, reason=reason)
    return claim


def _put_citations(
    article: Article,
    frozen: Mapping[str, Any],
    claims: Mapping[int, Claim],
    places: Mapping[int, _Place],
    *,
    by: User,
    reason: str,
) -> None:
    kept = []
    for entry in frozen["citations"]:
        citation = article.citations.filter(pk=entry["id"]).first() or Citation(article=article)
        citation.exact, citation.claim = entry["exact"], claims.get(entry["claim"])
        citation.prefix, citation.suffix, source = places[entry["id"]]
        # A source that was deleted since leaves the passage proposed.
        citation.source = Source.objects.filter(pk=source).first() if source else None
        _save(citation, by=by, reason=reason)
        kept.append(citation.pk)
    for citation in article.citations.attached().exclude(pk__in=kept):
        citation.claim = None
        _save(citation, by=by, reason=reason)


def _place_of(entry: Mapping[str, Any], version: Version) -> _Place:
    """Of a confidential source only history knows which it was when the version was published: no version says it."""
    if entry["source"]["id"] is not None:
        return entry["prefix"], entry["suffix"], entry["source"]["id"]
    as_it_was = Citation.history.filter(id=entry["id"], exact=entry["exact"], source__isnull=False)
    rows = as_it_was.order_by("history_date", "history_id")
    # What was changed for the version itself may be written a moment after the time that it was given.
    found = rows.filter(history_date__lte=version.recorded_at).last() or rows.first()
    return (found.prefix, found.suffix, found.source_id) if found else ("", "", None)


def _save(row: Tracked, *, by: User, reason: str) -> None:
    _mark(row, by=by, reason=reason)
    row.save()


def _mark(row: Tracked, *, by: User, reason: str) -> None:
    # Read by django-simple-history.
    vars(row).update(_history_user=by, _change_reason=reason)
