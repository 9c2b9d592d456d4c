"""What was brought in: the page that shows what would be done with it, is done and was done."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext

from stories.admin.attention import look_again
from stories.admin.diffs import excerpt
from stories.admin.intake_forms import (
    StoryForm,
    read_mode,
)
from stories.admin.kept_text import tell_saved
from stories.importing.errors import ImportRefused
from stories.importing.foresee import Foreseen, foresee
from stories.importing.intake import (
    Choice,
    ask_to_undo,
    cancel_intake,
    confirm_intake,
)
from stories.importing.undo import why_not_undoable
from stories.importing.work import work_on
from stories.models import Incoming, Intake, Source, User
from stories.models.words import IncomingState, IntakeMode
from stories.tasks import ask_to_bring_in
from stories.text.diff import WordChange
from stories.text.markdown import MarkdownError, render_markdown
from stories.text.told import is_key

#: So many stories are taken in while the editor waits; more are a worker's.
_AT_ONCE = 1
_SHOWN = 500
_LOOKED_AT = 50
#: How often the page of an intake at work shows how far it is; browsers do it without a script.
LOOKS_AGAIN_SECONDS = 2


def intake_page(request: HttpRequest, intake: Intake, *, site: AdminSite) -> HttpResponse:
    if request.method == "POST":
        return _act(request, intake, site=site)
    return _show(request, intake, site=site)


def _act(request: HttpRequest, intake: Intake, *, site: AdminSite) -> HttpResponse:
    by = cast(User, request.user)
    try:
        if "_cancel" in request.POST:
            cancel_intake(intake, now=timezone.now())
            messages.success(request, gettext("Cancelled: nothing was taken in."))
            return tell_saved(request, redirect(intake))
        if "_undo" in request.POST:
            ask_to_undo(intake, by=by, now=timezone.now())
            _carry_on(intake)
        elif "_take" in request.POST:
            return _confirm(request, intake, by=by, site=site)
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(intake)


def _confirm(request: HttpRequest, intake: Intake, *, by: User, site: AdminSite) -> HttpResponse:
    mode = read_mode(request.POST)
    if mode == IntakeMode.RECORDED and not by.can_publish:
        messages.error(
            request,
            gettext("To put a story on the record takes the right to publish. Take it in as a draft."),
        )
        return redirect(intake)
    stories = list(intake.stories.filter(state=IncomingState.PROPOSED).select_related("intake"))
    if len(stories) != 1:
        shown = set(intake.stories.values_list("pk", flat=True)[:_SHOWN])
        ticked = {int(key) for key in request.POST.getlist("story") if is_key(key)}
        chosen = {each.pk for each in stories if each.pk in ticked or each.pk not in shown}
        choices = {
            each.pk: Choice(because=request.POST.get("because", "")) for each in stories if each.pk in chosen
        }
    else:
        form = StoryForm(request.POST, incoming=stories[0])
        if not form.is_valid():
            return _show(request, intake, site=site, form=form)
        choices = {stories[0].pk: _read_choice(request, form)}
    confirm_intake(intake, choices=choices, mode=mode, by=by)
    _carry_on(intake)
    return tell_saved(request, redirect(intake))


def _read_choice(request: HttpRequest, form: StoryForm) -> Choice:
    said = form.cleaned_data
    return Choice(
        links=tuple(request.POST.getlist("link")),
        is_new=said["is_new"],
        stated_at=form.moment(),
        stated_zone=said["zone"],
        because=said["because"],
        texts={name: said[name] for name in ("headline", "dek", "byline")},
    )


def _carry_on(intake: Intake) -> None:
    """A single story at once, while the editor waits; many are left to a worker."""
    if intake.total_count > _AT_ONCE or not intake.stories.exists():
        ask_to_bring_in(intake)
        return
    work_on(intake, now=timezone.now)
    made = [key for each in intake.stories.taken() for key in each.made["sources"]]
    look_again(Source.objects.filter(pk__in=made))


def _show(
    request: HttpRequest, intake: Intake, *, site: AdminSite, form: StoryForm | None = None
) -> HttpResponse:
    stories = list(intake.stories.select_related("article", "version", "intake")[:_SHOWN])
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": gettext("Bring stories in"),
        "intake": intake,
        "stories": stories,
        "counts": _count(intake),
        "more": max(0, intake.stories.count() - _SHOWN),
        "more_proposed": _count_beyond(intake),
        "can_record": cast(User, request.user).can_publish,
        "undo": _why_no_undo(intake),
    }
    proposed = [each for each in stories if each.state == IncomingState.PROPOSED]
    if intake.is_ready and len(proposed) == 1:
        context |= _show_one(proposed[0], form)
    page = TemplateResponse(request, "admin/stories/intake.html", context)
    if intake.is_at_work:
        page["Refresh"] = str(LOOKS_AGAIN_SECONDS)
    return page


def _show_one(incoming: Incoming, form: StoryForm | None) -> dict[str, Any]:
    foreseen = foresee(incoming)
    return {
        "one": incoming,
        "foreseen": foreseen,
        "form": form or StoryForm(incoming=incoming),
        "body": _render(foreseen.story.body),
        "differences": _differences(foreseen),
    }


def _render(body: str) -> str:
    try:
        return render_markdown(body)
    except MarkdownError:
        return ""


def _differences(foreseen: Foreseen) -> list[tuple[str, list[WordChange]]]:
    """What would be other than in the working copy, by words."""
    article = foreseen.article
    if article is None:
        return []
    pairs = [(name, getattr(article, name), getattr(foreseen.story, name)) for name in _TEXTS]
    return [(name, excerpt(old, new)) for name, old, new in pairs if old != new]


_TEXTS = ("headline", "dek", "byline", "body")


def _count(intake: Intake) -> list[tuple[str, str, int]]:
    """How many came to which end, in the order of the words."""
    rows = intake.stories.order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in rows}
    return [(state.value, str(state.label), counts[state]) for state in IncomingState if state in counts]


def _count_beyond(intake: Intake) -> int:
    """How many are proposed beyond those that the page shows."""
    states = intake.stories.values_list("state", flat=True)[_SHOWN:]
    return sum(1 for state in states if state == IncomingState.PROPOSED)


def _why_no_undo(intake: Intake) -> dict[str, Any]:
    """Of those taken in: how many can be undone, and why others cannot, looked up for the first of them."""
    if not intake.is_done:
        return {}
    taken = intake.stories.taken().filter(version__isnull=True)
    looked_at = intake.stories.taken().select_related("article", "version", "intake")[:_LOOKED_AT]
    reasons = [(each, why_not_undoable(each)) for each in looked_at]
    kept = sum(1 for each, reason in reasons if reason and each.version_id is None)
    return {
        "count": taken.count() - kept,
        "reasons": list(dict.fromkeys(reason for _, reason in reasons if reason))[:5],
    }
