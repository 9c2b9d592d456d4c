"""Sources of the same page, side by side: merge them, hold them apart, or split what was merged."""

from typing import cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.importing.merge import MergeRefused, hold_apart, merge_source, propose_merges, split_source
from stories.models import Merge, Source, User
from stories.models.merge import MergeState
from stories.text.told import is_key

_SHOWN = 50


def merge_page(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    if request.method == "POST":
        try:
            messages.success(request, _act(request, by=cast(User, request.user)))
        except MergeRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(request.path)
    merged = Merge.objects.filter(state=MergeState.MERGED).select_related("source", "kept")
    context = {
        **site.each_context(request),
        "title": _("Sources of the same page"),
        "proposals": propose_merges(),
        "merged": merged[:_SHOWN],
    }
    return TemplateResponse(request, "admin/stories/merge.html", context)


def _act(request: HttpRequest, *, by: User) -> str:
    """Do what was asked, and say what was done. Raises MergeRefused."""
    if "split" in request.POST:
        merge = Merge.objects.select_related("source", "kept").filter(pk=_key(request, "split")).first()
        if merge is None:
            raise MergeRefused(_("That merge is not there any more."))
        split_source(merge, by=by, now=timezone.now())
        return _("“%(source)s” is a source of its own again.") % {"source": merge.source}
    source = Source.objects.filter(pk=_key(request, "source")).first()
    kept = Source.objects.filter(pk=_key(request, "kept")).first()
    if source is None or kept is None:
        raise MergeRefused(_("One of these sources is not there any more."))
    if "_apart" in request.POST:
        hold_apart(source, kept=kept, by=by, now=timezone.now())
        return _("“%(source)s” and “%(kept)s” stay apart, and are not proposed again.") % {
            "source": source,
            "kept": kept,
        }
    if "_other_way" in request.POST:
        source, kept = kept, source
    merge = merge_source(source, into=kept, by=by, now=timezone.now())
    count = len(merge.moved["citations"])
    return ngettext(
        "“%(source)s” is merged into “%(kept)s”: %(count)s quoted passage moved.",
        "“%(source)s” is merged into “%(kept)s”: %(count)s quoted passages moved.",
        count,
    ) % {"source": source, "kept": kept, "count": count}


def _key(request: HttpRequest, name: str) -> int:
    posted = request.POST.get(name, "")
    return int(posted) if is_key(posted) else 0
