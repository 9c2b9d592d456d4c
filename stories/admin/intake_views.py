"""Bring stories in: the page that asks for them, and the page that shows what would be done, is done and was done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.admin.attention import look_again
from stories.admin.diffs import excerpt
from stories.admin.intake_forms import (
    AddressForm,
    ArchiveForm,
    BringForm,
    FeedForm,
    PasteForm,
    StoryForm,
    UploadForm,
    read_mode,
)
from stories.importing.bulk import LARGEST_ZIP, is_zip
from stories.importing.errors import FileNotText, ImportRefused
from stories.importing.foresee import Foreseen, foresee
from stories.importing.formats import Format
from stories.importing.intake import (
    Choice,
    ask_to_undo,
    cancel_intake,
    confirm_intake,
    open_intake,
    propose_text,
)
from stories.importing.read import decode_file
from stories.importing.undo import why_not_undoable
from stories.importing.work import work_on
from stories.models import Incoming, Intake, Source, User, WatchedFeed
from stories.models.words import IncomingState, IntakeKind, IntakeMode
from stories.tasks import ask_to_bring_in
from stories.text.diff import WordChange
from stories.text.markdown import MarkdownError, render_markdown

#: So many stories are taken in while the editor waits; more are a worker's.
_AT_ONCE = 1
_SHOWN = 500
_LOOKED_AT = 50
#: How often the page of an intake at work shows how far it is; browsers do it without a script.
LOOKS_AGAIN_SECONDS = 2


@dataclass(frozen=True)
class Way:
    """One way of bringing stories in: its form, and what it makes of what was said."""

    key: str
    title: str | Promise
    icon: str
    form: type[BringForm]
    bring: Callable[[BringForm, User], Intake]


def start_page(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Nothing is written to any story here: what comes of it is shown on the next page."""
    forms = {way.key: way.form(prefix=way.key) for way in WAYS}
    chosen = request.POST.get("way") or request.GET.get("way", "")
    if request.method == "POST" and chosen in forms:
        way = next(each for each in WAYS if each.key == chosen)
        form = forms[chosen] = way.form(request.POST, request.FILES, prefix=chosen)
        if form.is_valid():
            try:
                return redirect(way.bring(form, cast(User, request.user)))
            except ImportRefused as refusal:
                form.add_error(None, str(refusal))
    context = {
        **site.each_context(request),
        "title": gettext("Bring stories in"),
        "ways": [
            (way, forms[way.key], chosen in ("", way.key) and (chosen or way is WAYS[0])) for way in WAYS
        ],
    }
    return TemplateResponse(request, "admin/stories/bring_in.html", context)


def _paste(form: BringForm, by: User) -> Intake:
    said = form.cleaned_data
    named = Format(said["form"]) if said["form"] else None
    return propose_text(
        said["text"], form=named, zone=said["zone"], by=by, now=timezone.now(), article=said["story"]
    )


def _upload(form: BringForm, by: User) -> Intake:
    said = form.cleaned_data
    name, body = said["file"].name, said["file"].read(LARGEST_ZIP + 1)
    if is_zip(body):
        return _read_by_worker(IntakeKind.UPLOAD, said, by=by, name=name, payload=_small_enough(body, name))
    text = decode_file(body, name=name)
    return propose_text(
        text,
        kind=IntakeKind.UPLOAD,
        name=name,
        zone=said["zone"],
        by=by,
        now=timezone.now(),
        article=said["story"],
    )


def _small_enough(body: bytes, name: str) -> bytes:
    if len(body) > LARGEST_ZIP:
        raise FileNotText(
            gettext("%(name)s is larger than %(LARGEST_ZIP)s MB: bring it in in parts.")
            % {"name": name, "LARGEST_ZIP": LARGEST_ZIP // 1000000}
        )
    return body


def _read_at(form: BringForm, by: User) -> Intake:
    said = form.cleaned_data
    return _read_by_worker(IntakeKind.ADDRESS, said, by=by, name=said["address"], address=said["address"])


def _read_archive(form: BringForm, by: User) -> Intake:
    said = form.cleaned_data
    return _read_by_worker(IntakeKind.ARCHIVE, said, by=by, name=said["address"], address=said["address"])


def _read_feed(form: BringForm, by: User) -> Intake:
    said, now = form.cleaned_data, timezone.now()
    feed, _is_new = WatchedFeed.objects.update_or_create(
        address=said["address"],
        defaults={"zone": said["zone"]},
        create_defaults={
            "zone": said["zone"],
            "title": said["address"][:300],
            "added_by": by,
            "added_at": now,
            "interval_seconds": settings.WATCH_INTERVAL_SECONDS,
        },
    )
    said = {**said, "story": None}
    return _read_by_worker(IntakeKind.FEED, said, by=by, name=feed.title, address=feed.address, feed=feed)


def _read_by_worker(kind: IntakeKind, said: dict[str, Any], *, by: User, name: str, **fields: Any) -> Intake:
    intake = open_intake(
        kind, name=name, zone=said["zone"], by=by, now=timezone.now(), article=said["story"], **fields
    )
    ask_to_bring_in(intake)
    return intake


WAYS = (
    Way("paste", _("Paste a text"), "content_paste", PasteForm, _paste),
    Way("upload", _("Upload a file, or a ZIP of many"), "upload_file", UploadForm, _upload),
    Way("address", _("Read it at its address"), "link", AddressForm, _read_at),
    Way("archive", _("Read its past in a web archive"), "history", ArchiveForm, _read_archive),
    Way("feed", _("Watch a feed"), "rss_feed", FeedForm, _read_feed),
)


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
        elif "_undo" in request.POST:
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
        ticked = {int(key) for key in request.POST.getlist("story") if key.isdecimal()}
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
    return redirect(intake)


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
