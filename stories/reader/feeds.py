"""Atom feeds: the changes of one story, and the corrections of the newsroom."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from stories.publishing.changelog import Correction, Entry, changelog, newsroom_corrections
from stories.publishing.notes import KIND_LABELS
from stories.reader.atom import AtomEntry, AtomFeed, Link, absolute, atom_response, tag_uri
from stories.reader.outline import Outline, outline_or_404
from stories.reader.views import answers_conditionally

ENTRIES = 30
#: The time of a feed that has nothing to tell yet.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@method_decorator([require_safe, answers_conditionally], name="__call__")
class StoryChanges:
    """One entry for each version; the feed's own time is when the last change that was not minor was recorded."""

    def __call__(self, _request: HttpRequest, slug: str) -> HttpResponse:
        outline = outline_or_404(slug)
        entries = changelog(outline.article, limit=ENTRIES)
        last = outline.last_changed or outline.first
        feed = AtomFeed(
            id=_story_id(outline),
            title=f"Changes: {entries[0].version.headline}",
            subtitle=f"Every published change to this story of {settings.NEWSROOM_NAME}.",
            updated=last.recorded_at,
            links=[
                ("self", absolute(reverse("changelog_atom", args=[slug]))),
                ("alternate", absolute(reverse("changelog", args=[slug]))),
                ("latest-version", absolute(reverse("article", args=[slug]))),
            ],
            entries=[_version_entry(outline, entry) for entry in entries],
        )
        return atom_response(feed)


@method_decorator([require_safe, answers_conditionally], name="__call__")
class Corrections:
    """One entry for each correction, clarification and retraction."""

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        corrections = newsroom_corrections(limit=ENTRIES)
        feed = AtomFeed(
            id=absolute(reverse("corrections")),
            title=f"Corrections · {settings.NEWSROOM_NAME}",
            subtitle="Every correction, clarification and retraction, the newest first.",
            updated=max((correction.note.recorded_at for correction in corrections), default=NEVER),
            links=[
                ("self", absolute(reverse("corrections_atom"))),
                ("alternate", absolute(reverse("corrections"))),
            ],
            entries=[_correction_entry(correction) for correction in corrections],
        )
        return atom_response(feed)


def _story_id(outline: Outline) -> str:
    return tag_uri(outline.first.recorded_at, f"story/{outline.article.pk}")


def _version_entry(outline: Outline, entry: Entry) -> AtomEntry:
    number = entry.version.number
    return AtomEntry(
        id=f"{_story_id(outline)}/version/{number}",
        title=f"{KIND_LABELS[entry.kind]}: {entry.version.headline}",
        published=entry.shown_at,
        updated=entry.version.recorded_at,
        category=entry.kind,
        category_label=KIND_LABELS[entry.kind],
        content=render_to_string("reader/feed_version.html", {"entry": entry}),
        links=_version_links(outline.slug, entry),
    )


def _version_links(slug: str, entry: Entry) -> list[Link]:
    links = [
        ("alternate", absolute(reverse("version", args=[slug, entry.version.number]))),
        ("version-history", absolute(reverse("changelog", args=[slug]))),
    ]
    if entry.previous:
        before = absolute(reverse("version", args=[slug, entry.previous.number]))
        links.append(("predecessor-version", before))
    return links


def _correction_entry(correction: Correction) -> AtomEntry:
    note = correction.note
    label = KIND_LABELS[note.kind]
    address = absolute(reverse("changelog", args=[correction.slug]))
    return AtomEntry(
        id=tag_uri(note.recorded_at, f"update/{note.id}"),
        title=f"{label}: {correction.headline}",
        published=note.shown_at,
        updated=note.recorded_at,
        category=note.kind,
        category_label=label,
        content=render_to_string("reader/feed_correction.html", {"note": note}),
        links=[("alternate", f"{address}#version-{note.number}")],
    )
