"""What a version freezes: all that readers' pages are made from, and nothing that readers must not see."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from stories.models import Article, Citation, Claim, Source, Update, Verdict
from stories.models.frozen import SCHEMA, without_traces
from stories.models.words import Standing, UpdateKind, VerdictWord
from stories.publishing.errors import BodyNotRenderable
from stories.text.markdown import RENDERER_VERSION, render_markdown

#: Verdicts that say something about the passage; "not readable" says only that nobody could look.
_SEEN = frozenset({VerdictWord.VERBATIM, VerdictWord.ALTERED, VerdictWord.MISSING})


def prepare_content(
    article: Article,
    *,
    updates: Sequence[Update],
    number: int,
    previous_digest: str,
    now: datetime,
    is_minor: bool = False,
    stated_at: datetime | None = None,
    stated_zone: str = "",
    stated_because: str = "",
) -> dict[str, Any]:
    """The working copy as a version would freeze it; BodyNotRenderable where its Markdown is too much."""
    return {
        "schema": SCHEMA,
        "article": article.slug,
        "number": number,
        "previous_digest": previous_digest,
        "recorded_at": iso_utc(now),
        "stated_at": iso_utc(stated_at),
        "stated_zone": stated_zone,
        "stated_because": stated_because,
        "minor": is_minor,
        "retracted": any(update.kind == UpdateKind.RETRACTION for update in updates),
        "headline": article.headline,
        "dek": article.dek,
        "byline": article.byline,
        "body": article.body,
        "html": _render(article.body),
        "renderer": RENDERER_VERSION,
        "claims": [_claim(claim) for claim in article.claims.order_by("pk")],
        "citations": _citations(article),
        "updates": freeze_updates(updates),
    }


def withdraw_text(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a retraction: the body and its quotes give way to the note, and no claim stands."""
    claims = [{**claim, "standing": Standing.WITHDRAWN.value} for claim in content["claims"]]
    return {**content, "retracted": True, "body": "", "html": "", "claims": claims, "citations": []}


def freeze_updates(updates: Sequence[Update]) -> list[dict[str, Any]]:
    return [_update(update) for update in updates]


def iso_utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _render(body: str) -> str:
    try:
        return render_markdown(body)
    except ValueError as error:
        raise BodyNotRenderable(_("The body cannot be published: %(error)s") % {"error": error}) from error


def _claim(claim: Claim) -> dict[str, Any]:
    return {"id": claim.pk, "text": claim.text, "standing": claim.standing}


def _citations(article: Article) -> list[dict[str, Any]]:
    attached = article.citations.attached().select_related("source__watch").order_by("pk")
    verdicts = Verdict.objects.standing().filter(citation__article=article).select_related("found_by")
    standing = {verdict.citation_id: verdict for verdict in verdicts}
    return [_citation(citation, standing.get(citation.pk)) for citation in attached]


def _citation(citation: Citation, verdict: Verdict | None) -> dict[str, Any]:
    source = citation.source
    assert source is not None, "only attached citations are frozen"
    word = _word(citation, verdict)
    told = {
        "id": citation.pk,
        "claim": citation.claim_id,
        "exact": citation.exact,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
        "source": {
            "id": source.pk,
            "kind": source.kind,
            "title": source.public_title,
            "url": _public_url(source),
        },
        "verdict": word,
        "verified_at": iso_utc(_verified_at(source, verdict)) if verdict and word in _SEEN else None,
    }
    return without_traces(told)


def _word(citation: Citation, verdict: Verdict | None) -> str | None:
    """The standing verdict, where it is about the passage as the article has it now."""
    if verdict is None:
        return None
    if verdict.passage == citation.exact:
        return verdict.verdict
    # The article took over the wording that the check had found on the source's page.
    is_taken = verdict.verdict == VerdictWord.ALTERED and verdict.wording == citation.exact
    return VerdictWord.VERBATIM.value if is_taken else None


def _verified_at(source: Source, verdict: Verdict) -> datetime:
    """A verdict stands until another differs, so every believed copy read since has agreed with it."""
    found_at = verdict.found_by.started_at
    watch = getattr(source, "watch", None)
    return max(found_at, watch.read_at) if watch and watch.read_at else found_at


def _update(update: Update) -> dict[str, Any]:
    return {
        "id": update.pk,
        "kind": update.kind,
        "note": update.note,
        "stated_at": iso_utc(update.stated_at),
        "stated_zone": update.stated_zone,
        "stated_precision": update.stated_precision,
        "recorded_at": iso_utc(update.recorded_at),
        "headline_changed": update.headline_changed,
        "text_before_recorded": update.is_text_before_recorded,
        "caused_by": _cause(update.caused_by) if update.caused_by else None,
    }


def _cause(verdict: Verdict) -> dict[str, Any] | None:
    source = verdict.found_by.source
    # The new wording is the source's own, nobody chose to quote it, and a search engine finds whose it is.
    if source.is_confidential and verdict.wording:
        return None
    return {
        "source": source.public_title,
        "url": _public_url(source),
        "passage": verdict.passage,
        "wording": verdict.wording,
    }


def _public_url(source: Source) -> str | None:
    return None if source.is_confidential else source.url
