"""The copies that are kept of a source: which there are, what lies on either side, and how one is shown safely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse

from stories.alerting.recipients import articles_heard_of_by
from stories.models import Snapshot, Source, User, Verdict
from stories.text.charset import decode
from stories.text.extract import ExtractError, kind_of

COPIES_PER_PAGE = 50
#: A browser may open a connection for one of these before any policy can refuse it.
_LINK = re.compile(r"<(?=/?link\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Neighbours:
    earlier: int | None
    later: int | None


def copies_of(source: Source) -> QuerySet[Snapshot]:
    """Newest first, each with `carries_verdict`; without what takes room."""
    carries_verdict = Exists(Verdict.objects.filter(found_by__snapshot=OuterRef("pk")))
    copies = Snapshot.objects.filter(source=source).annotate(carries_verdict=carries_verdict)
    return copies.defer("headers", "exchanges").order_by("-fetched_at", "-pk")


def copies_page(source: Source, *, page_number: str) -> Page[Snapshot]:
    return Paginator(copies_of(source), COPIES_PER_PAGE).get_page(page_number)


def copy_for(source: Source, pk: int) -> Snapshot:
    """Raises Http404 for the copy of another source: whoever may see one source may not see all."""
    copy = Snapshot.objects.filter(source=source, pk=pk).select_related("blob__keyframe").first()
    if copy is None:
        raise Http404("No such copy.")
    return copy


def neighbours_of(copy: Snapshot) -> Neighbours:
    others = Snapshot.objects.filter(source=copy.source_id)
    same_time = Q(fetched_at=copy.fetched_at)
    earlier = others.filter(Q(fetched_at__lt=copy.fetched_at) | same_time & Q(pk__lt=copy.pk))
    later = others.filter(Q(fetched_at__gt=copy.fetched_at) | same_time & Q(pk__gt=copy.pk))
    return Neighbours(
        earlier.order_by("-fetched_at", "-pk").values_list("pk", flat=True).first(),
        later.order_by("fetched_at", "pk").values_list("pk", flat=True).first(),
    )


def verdicts_on(copy: Snapshot, *, user: User) -> Sequence[Verdict]:
    """What looks found in this copy of the passages that this person's stories quote."""
    verdicts = Verdict.objects.filter(found_by__snapshot=copy).select_related("citation__article", "found_by")
    article_ids = articles_heard_of_by(user)
    if article_ids is not None:
        verdicts = verdicts.filter(citation__article__in=article_ids)
    return list(verdicts.defer("citation__article__body").order_by("pk"))


def kind_shown(copy: Snapshot) -> str:
    """`html` and `text` can be shown in a frame; the empty string says that a copy can only be saved."""
    try:
        kind = kind_of(copy.body, copy.content_type)
    except ExtractError:
        return ""
    return {"html": "html", "pdf": ""}.get(kind, "text")


def inert_answer(copy: Snapshot) -> HttpResponse:
    """The copy as a page that can do nothing: for a frame, under the policy of its view."""
    kind = kind_shown(copy)
    if not kind:
        return file_answer(copy)
    text, _charset = decode(copy.body, copy.content_type)
    if kind == "html":
        text = _LINK.sub("<inert-", text)
    # The type is ours to say, whatever the server said.
    return HttpResponse(text, content_type=f"text/{'html' if kind == 'html' else 'plain'}; charset=utf-8")


def file_answer(copy: Snapshot) -> HttpResponse:
    """The bytes themselves, to be saved and not opened here."""
    name = f"copy-{copy.pk}-{copy.fetched_at:%Y%m%d%H%M%S}.bin"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(copy.body, content_type="application/octet-stream", headers=disposition)
