"""Before many rows are changed: exactly which, from what to what, and which not; afterwards the way back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.changing.deed import Change, Deed
from stories.changing.deeds import DEEDS
from stories.changing.work import MOST_ROWS, STRETCH, Plan, begin, begin_undoing, foresee, may_undo
from stories.models import Bulk, User
from stories.models.bulk import BulkRowState, BulkState
from stories.tasks import ask_to_carry_out, carry_out_now
from stories.text.told import is_key

#: Rows that a page lists; of the others it tells the number.
_LISTED = 500
_LOOK_AGAIN_SECONDS = 3


def ask_page(request: HttpRequest, deed: Deed, keys: list[int], *, site: AdminSite) -> HttpResponse:
    """What would become of these rows. Where something has to be chosen first, that is asked for."""
    by = cast(User, request.user)
    if not by.has_perm(deed.needs):
        raise PermissionDenied
    if len(keys) > MOST_ROWS:
        too_many = _(
            "There are %(count)d of them. At most %(most)d can be done at once: narrow the list first."
        )
        messages.error(request, too_many % {"count": len(keys), "most": MOST_ROWS})
        return redirect(_list_of(deed.noun))
    person = _person(request) if deed.asks else None
    plan = foresee(deed, keys, by=by, person=person) if person or not deed.asks else Plan([], [])
    if plan.changed and request.POST.get("mark") == plan.mark:
        return _carry_out(request, begin(deed, plan, by=by, person=person, now=timezone.now()))
    context = {
        **site.each_context(request),
        "title": str(deed.label).rstrip("…"),
        "deed": deed,
        "plan": plan,
        "mark": plan.mark,
        "is_stale": bool(request.POST.get("mark")),
        "keys": ",".join(map(str, keys)),
        "count": len(keys),
        "people": _people() if deed.asks else [],
        "person": person,
        "changed": [(each.row, deed.words(cast(Change, each.change))) for each in plan.changed[:_LISTED]],
        "changed_more": max(0, len(plan.changed) - _LISTED),
        "skipped": plan.skipped[:_LISTED],
        "skipped_more": max(0, len(plan.skipped) - _LISTED),
        "back": _list_of(deed.noun),
    }
    return TemplateResponse(request, "admin/stories/bulk_ask.html", context)


def do_page(request: HttpRequest, name: str, *, site: AdminSite) -> HttpResponse:
    """The same page once more, with what was chosen; and from there it is done."""
    deed = DEEDS.get(name)
    if deed is None or request.method != "POST":
        raise Http404
    keys = [int(key) for key in request.POST.get("keys", "").split(",") if is_key(key)]
    return ask_page(request, deed, keys, site=site)


def bulk_page(request: HttpRequest, bulk: Bulk, *, site: AdminSite) -> HttpResponse:
    """What was done to which row; with the way back where there is one."""
    person = cast(User, request.user)
    if request.method == "POST":
        return _take_back(request, bulk, person)
    deed, rows = DEEDS.get(bulk.deed), bulk.rows.all()
    listed = [(row, deed.words(Change(row.before, row.after)) if deed else []) for row in rows[:_LISTED]]
    context = {
        **site.each_context(request),
        "title": label_of(bulk),
        "bulk": bulk,
        "rows": listed,
        "more": max(0, rows.count() - _LISTED),
        "may_undo": may_undo(bulk, person),
        "is_undoable": bool(deed and deed.is_undoable),
        "back": _list_of(bulk.noun),
        "change_url": f"admin:stories_{bulk.noun}_change",
    }
    page = TemplateResponse(request, "admin/stories/bulk.html", context)
    if bulk.is_at_work:
        page["Refresh"] = str(_LOOK_AGAIN_SECONDS)
    return page


def label_of(bulk: Bulk) -> str:
    deed = DEEDS.get(bulk.deed)
    return str(deed.label).rstrip("…") if deed else bulk.deed


def _take_back(request: HttpRequest, bulk: Bulk, person: User) -> HttpResponse:
    if not may_undo(bulk, person) or not begin_undoing(bulk, by=person, now=timezone.now()):
        messages.error(request, _("Nothing of it is left to undo."))
        return redirect(bulk)
    return _carry_out(request, bulk)


def _carry_out(request: HttpRequest, bulk: Bulk) -> HttpResponse:
    """A few at once; of many one sees on their page how far they are."""
    if bulk.rows.exclude(state=BulkRowState.SKIPPED).count() > STRETCH:
        ask_to_carry_out(bulk)
        return redirect(bulk)
    carry_out_now(bulk)
    if bulk.state == BulkState.DONE:
        _tell_done(request, bulk)
        return redirect(_list_of(bulk.noun))
    _tell_undone(request, bulk)
    return redirect(bulk)


def _tell_done(request: HttpRequest, bulk: Bulk) -> None:
    done = bulk.rows.filter(state=BulkRowState.DONE).count()
    skipped = bulk.rows.filter(state=BulkRowState.SKIPPED).count()
    told = ngettext("%(deed)s: done to %(count)d row.", "%(deed)s: done to %(count)d rows.", done)
    told %= {"deed": label_of(bulk), "count": done}
    if skipped:
        told += " " + ngettext("%(count)d was skipped.", "%(count)d were skipped.", skipped) % {
            "count": skipped
        }
    link = format_html(
        '<a class="nr-link" href="{}">{}</a>', bulk.get_absolute_url(), _("What became of each")
    )
    undo = _undo_form(request, bulk) if may_undo(bulk, cast(User, request.user)) else ""
    messages.success(request, format_html("{} {} {}", told, link, undo))


def _undo_form(request: HttpRequest, bulk: Bulk) -> str:
    return format_html(
        '<form class="nr-undo" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" '
        'value="{}"><button class="nr-link" type="submit">{}</button></form>',
        bulk.get_absolute_url(),
        get_token(request),
        _("Undo"),
    )


def _tell_undone(request: HttpRequest, bulk: Bulk) -> None:
    undone = bulk.rows.filter(state=BulkRowState.UNDONE).count()
    kept = bulk.rows.filter(state=BulkRowState.KEPT).count()
    told = ngettext("%(count)d row is as it was.", "%(count)d rows are as they were.", undone) % {
        "count": undone
    }
    messages.success(request, told)
    if kept:
        why = ngettext("%(count)d stays: see below why.", "%(count)d stay: see below why.", kept)
        messages.warning(request, why % {"count": kept})


def _person(request: HttpRequest) -> User | None:
    key = request.POST.get("person", "")
    return User.objects.filter(pk=int(key), is_active=True).first() if is_key(key) else None


def _people() -> list[User]:
    people = User.objects.with_perm("stories.use_desk", backend="django.contrib.auth.backends.ModelBackend")
    return sorted(people, key=lambda person: person.name.casefold())


def _list_of(noun: str) -> str:
    return reverse(f"admin:stories_{noun}_changelist")


def action_of(deed: Deed) -> Any:
    """The deed as an action of a list: it shows what it would do, and does nothing yet."""

    def action(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_ROWS + 1])
        return ask_page(request, deed, keys, site=model_admin.admin_site)

    action.__name__ = deed.name
    return action
