"""Feeds in two formats: the changes of one story, and the corrections of the newsroom."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.models import Version
from stories.publishing.changelog import Correction, Entry, kept_entries, newsroom_corrections
from stories.publishing.checkpoints import checkpoint_of, latest_checkpoint
from stories.publishing.notes import KIND_LABELS
from stories.reader.atom import atom_response
from stories.reader.caching import answers_conditionally
from stories.reader.feed import Feed, FeedEntry, Link, absolute, tag_uri
from stories.reader.json_feed import json_feed_response
from stories.reader.outline import Outline, outline_or_404

ENTRIES = 30
#: The time of a feed that has nothing to tell yet.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

Write = Callable[[Feed], HttpResponse]
WRITERS: dict[str, Write] = {"atom": atom_response, "json": json_feed_response}


@require_safe
@answers_conditionally
def story_changes(_request: HttpRequest, slug: str, write: Write) -> HttpResponse:
    """One entry for each version; the feed's own time is when the last change that was not minor was recorded."""
    outline = outline_or_404(slug)
    entries = kept_entries(outline.article, limit=ENTRIES)
    last = outline.last_changed or outline.first
    return write(
        Feed(
            id=_story_id(outline),
            title=_story_title(entries[0].version),
            subtitle=_("Every published change to this story of %(newsroom)s.")
            % {"newsroom": settings.NEWSROOM_NAME},
            updated=last.recorded_at,
            page=absolute(reverse("changelog", args=[slug])),
            addresses={name: absolute(reverse(f"changelog_{name}", args=[slug])) for name in WRITERS},
            links=[("latest-version", absolute(reverse("article", args=[slug])))],
            entries=[_version_entry(outline, entry) for entry in entries],
            checkpoint=checkpoint_of(outline.article),
        )
    )


@require_safe
@answers_conditionally
def corrections(_request: HttpRequest, write: Write) -> HttpResponse:
    """One entry for each correction, clarification and retraction."""
    found = newsroom_corrections(limit=ENTRIES)
    latest = latest_checkpoint()
    return write(
        Feed(
            id=absolute(reverse("corrections")),
            title=f"{_('Corrections')} · {settings.NEWSROOM_NAME}",
            subtitle=_("Every correction, clarification and retraction, the newest first."),
            updated=max((correction.note.recorded_at for correction in found), default=NEVER),
            page=absolute(reverse("corrections")),
            addresses={name: absolute(reverse(f"corrections_{name}")) for name in WRITERS},
            entries=[_correction_entry(correction) for correction in found],
            checkpoint=latest.note if latest else "",
        )
    )


def _story_title(live: Version) -> str:
    title = _("Retracted: %(headline)s") if live.is_retracted else _("Changes: %(headline)s")
    return title % {"headline": live.headline}


def _story_id(outline: Outline) -> str:
    return tag_uri(outline.first.recorded_at, f"story/{outline.article.pk}")


def _version_entry(outline: Outline, entry: Entry) -> FeedEntry:
    number = entry.version.number
    return FeedEntry(
        id=f"{_story_id(outline)}/version/{number}",
        title=f"{KIND_LABELS[entry.kind]}: {entry.headline}",
        published=entry.shown_at,
        updated=entry.version.recorded_at,
        category=entry.kind,
        category_label=str(KIND_LABELS[entry.kind]),
        content=render_to_string("reader/feed_version.html", {"entry": entry}),
        address=absolute(reverse("version", args=[outline.slug, number])),
        links=_version_links(outline.slug, entry),
    )


def _version_links(slug: str, entry: Entry) -> list[Link]:
    """The neighbours of a version (RFC 5829)."""
    links = [("version-history", absolute(reverse("changelog", args=[slug])))]
    if entry.previous:
        before = absolute(reverse("version", args=[slug, entry.previous.number]))
        links.append(("predecessor-version", before))
    return links


def _correction_entry(correction: Correction) -> FeedEntry:
    note = correction.note
    label = str(KIND_LABELS[note.kind])
    address = absolute(reverse("changelog", args=[correction.slug]))
    return FeedEntry(
        id=tag_uri(note.recorded_at, f"update/{note.id}"),
        title=f"{label}: {correction.headline}",
        published=note.shown_at,
        updated=note.recorded_at,
        category=note.kind,
        category_label=label,
        content=render_to_string("reader/feed_correction.html", {"note": note}),
        address=f"{address}#version-{note.number}",
    )
