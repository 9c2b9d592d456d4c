"""While a passage is typed: does its source's page say so, and if not, what does it say instead?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stories.models import Citation, Source, Watch
from stories.models.words import VerdictWord
from stories.tasks import ask_to_check
from stories.text.changes import WordChange
from stories.text.told import moment_in
from stories.watching.explain import say
from stories.watching.glance import Glance, glance_at, is_being_read, read_at_once

LONGEST_PASSAGE = 20_000
# As long as any key that the database holds.
_KEY = re.compile(r"[0-9]{1,18}")
_READING = gettext_lazy("Reading the page…")
_SENTENCES = {
    VerdictWord.VERBATIM: gettext_lazy("The page says this, word for word."),
    VerdictWord.ALTERED: gettext_lazy("The page says it differently:"),
    VerdictWord.MISSING: gettext_lazy("The page does not say this, or anything close to it."),
}


@require_POST
def quote_check(request: HttpRequest) -> JsonResponse:
    """The verdict on what is typed, from the last copy; a page not read just now is read, and asked about again.

    `since` is what an earlier answer named: the look that was asked for then is waited for.
    """
    if not _may_cite(request):
        raise PermissionDenied
    source = _source(request.POST.get("source", ""))
    passage = request.POST.get("exact", "").strip()[:LONGEST_PASSAGE]
    if source is None or not passage:
        return JsonResponse({"state": "", "sentence": ""})
    if not source.is_watchable:
        return JsonResponse(
            {"state": "unwatched", "sentence": _("This source cannot be read here: compare by eye.")}
        )
    now = timezone.now()
    since = moment_in(request.POST.get("since", "")) or _ask(source, now=now)
    watch = Watch.objects.filter(source=source).first()
    glance = glance_at(
        source, passage, prefix=request.POST.get("prefix", ""), suffix=request.POST.get("suffix", "")
    )
    is_reading = since is not None and (watch is None or watch.checked_at is None or watch.checked_at < since)
    return JsonResponse(_answer(glance, watch, is_reading=is_reading, since=since, now=now))


def tell_of_quotes(request: HttpRequest, citations: Iterable[Citation]) -> None:
    """After a save, in words above the next page: how the passages stand in what was read last."""
    for citation in citations:
        source = citation.source
        if source is None:
            continue
        if citation.claim is None:
            asks = _(
                "%(citation)s: choose the claim that rests on it. Until then it is not looked for, nor marked."
            )
            messages.warning(request, asks % {"citation": citation})
        if not source.is_watchable:
            continue
        glance = glance_at(source, citation.exact, prefix=citation.prefix, suffix=citation.suffix)
        level, sentence = _told(citation, glance)
        messages.add_message(request, level, sentence)


def _told(citation: Citation, glance: Glance) -> tuple[int, str]:
    match glance.word:
        case VerdictWord.VERBATIM:
            return messages.SUCCESS, _("%(citation)s: its page says this, word for word.") % {
                "citation": citation
            }
        case VerdictWord.ALTERED:
            return messages.WARNING, _("%(citation)s: its page says it differently: “%(wording)s”") % {
                "citation": citation,
                "wording": glance.wording,
            }
        case VerdictWord.MISSING:
            return messages.WARNING, _(
                "%(citation)s: its page does not say this, or anything close to it."
            ) % {"citation": citation}
    return messages.INFO, _(
        "%(citation)s: its page is being read; the verdict appears in the list of passages."
    ) % {"citation": citation}


def _may_cite(request: HttpRequest) -> bool:
    user = request.user
    return user.has_perm("stories.view_source") and (
        user.has_perm("stories.add_citation") or user.has_perm("stories.change_citation")
    )


def _source(key: str) -> Source | None:
    return Source.objects.filter(pk=int(key)).first() if _KEY.fullmatch(key) else None


def _ask(source: Source, *, now: datetime) -> datetime | None:
    """From when on a look answers what is typed; None where none is on its way."""
    if is_being_read(source, now=now):
        return now
    if not read_at_once(source, now=now):
        return None
    ask_to_check([source.pk])
    return now


def _answer(
    glance: Glance, watch: Watch | None, *, is_reading: bool, since: datetime | None, now: datetime
) -> dict[str, Any]:
    return {
        "state": glance.word or ("reading" if is_reading else "unreadable"),
        "sentence": _sentence(glance, watch, is_reading=is_reading),
        "wording": glance.wording,
        "changes": [[change.operation, change.text] for change in _shown(glance)],
        "read": _age(glance, is_reading=is_reading, now=now),
        "is_reading": is_reading,
        "since": since.isoformat() if since else "",
    }


def _sentence(glance: Glance, watch: Watch | None, *, is_reading: bool) -> str:
    if glance.word:
        return str(_SENTENCES[glance.word])
    if is_reading:
        return str(_READING)
    last = watch.source.checks.order_by("-pk").first() if watch else None
    return (
        _("The page could not be read. %(explanation)s") % {"explanation": say(last.explanation)}
        if last
        else _("The page could not be read.")
    )


def _shown(glance: Glance) -> tuple[WordChange, ...]:
    return glance.changes if glance.word == VerdictWord.ALTERED else ()


def _age(glance: Glance, *, is_reading: bool, now: datetime) -> str:
    if glance.read_at is None:
        return ""
    age = timesince(glance.read_at, now, depth=1).replace("\xa0", " ")
    read = _("Read just now.") if age.startswith("0 ") else _("Read %(age)s ago.") % {"age": age}
    return _("%(read)s Reading it again now…") % {"read": read} if is_reading else read
