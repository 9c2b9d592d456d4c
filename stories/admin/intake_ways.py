"""The ways of bringing stories in: what each asks for, and what it makes of what was said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.admin.intake_forms import (
    AddressForm,
    ArchiveForm,
    BringForm,
    FeedForm,
    PasteForm,
    UploadForm,
)
from stories.admin.kept_text import tell_saved
from stories.importing.bulk import LARGEST_ZIP, is_zip
from stories.importing.errors import FileNotText, ImportRefused
from stories.importing.formats import Format
from stories.importing.intake import open_intake, propose_text
from stories.importing.read import decode_file
from stories.models import Intake, User, WatchedFeed
from stories.models.words import IntakeKind
from stories.tasks import ask_to_bring_in


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
                return tell_saved(request, redirect(way.bring(form, cast(User, request.user))))
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
