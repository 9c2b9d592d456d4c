"""“Report an error”: a reader's word reaches the editors, without an account and without a name."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from stories.auditing.whereabouts import client_address, counted
from stories.models import Article, ErrorReport
from stories.models.as_seen import LinesFormField
from stories.models.error_report import SENDER_KEPT
from stories.reader.outline import Outline, outline_or_404

WITHIN = timedelta(hours=1)
MOST_FROM_ONE_ADDRESS = 5
MOST_IN_ALL = 100
_TOO_MANY = _(
    "We have had too many reports within the last hour. Yours is not sent, and it is still in the form: "
    "please send it again later."
)


class ReportForm(forms.Form):
    message = LinesFormField(
        label=_("What is wrong?"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    passage = LinesFormField(
        label=_("Which words is it about?"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    #: Nobody sees this field; who fills it in fills in everything.
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    @property
    def is_a_machines(self) -> bool:
        return bool(self.data.get("website"))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    outline = outline_or_404(slug)
    if request.method != "POST":
        return _page(
            request, outline, ReportForm(initial={"passage": request.GET.get("passage", "")[:1_000]})
        )
    form = ReportForm(request.POST)
    if form.is_a_machines:
        return redirect("report_thanks", slug=slug)
    if not form.is_valid():
        return _page(request, outline, form, status=422)
    if not _take(request, outline, form, now=timezone.now()):
        form.add_error(None, _TOO_MANY)
        return _page(request, outline, form, status=429)
    return redirect("report_thanks", slug=slug)


@transaction.atomic
def _take(request: HttpRequest, outline: Outline, form: ReportForm, *, now: datetime) -> bool:
    """False where it is too much. Whoever presses twice, even at the same moment, has told it once.

    After an answer, or of a newer version, the same words tell it again.
    """
    list(Article.objects.select_for_update().filter(pk=outline.article.pk).values_list("pk"))
    told = {
        "article": outline.article,
        "version_number": outline.newest.number,
        "sender": digest_of_sender(request, now=now),
        **{name: form.cleaned_data[name] for name in ("message", "passage", "email")},
    }
    if ErrorReport.objects.open().filter(received_at__gt=now - WITHIN, **told).exists():
        return True
    if is_too_much(told["sender"], now=now):
        return False
    ErrorReport.objects.create(received_at=now, **told)
    return True


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    outline = outline_or_404(slug)
    return render(request, "reader/report_thanks.html", _context(outline))


def is_too_much(sender: str, *, now: datetime) -> bool:
    """True where one address, or all together, sent as much as is taken within an hour; old senders are forgotten."""
    ErrorReport.objects.forget_senders(before=now - SENDER_KEPT)
    recent = ErrorReport.objects.filter(received_at__gt=now - WITHIN)
    return recent.count() >= MOST_IN_ALL or recent.filter(sender=sender).count() >= MOST_FROM_ONE_ADDRESS


def digest_of_sender(request: HttpRequest, *, now: datetime) -> str:
    """The same for one address on one day, and of no use to find out the address."""
    address = counted(client_address(request))
    key = f"{settings.SECRET_KEY}:{now.date()}".encode()
    return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()[:32]


def _page(request: HttpRequest, outline: Outline, form: ReportForm, *, status: int = 200) -> HttpResponse:
    return render(request, "reader/report.html", {**_context(outline), "form": form}, status=status)


def _context(outline: Outline) -> dict[str, Any]:
    return {"outline": outline, "headline": outline.version(outline.newest.number).headline}
