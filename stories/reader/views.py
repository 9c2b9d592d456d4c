"""The public pages. Each fetches what versions froze, calls, and renders."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from stories.counting import CountedPaginator
from stories.models import Version
from stories.publishing import changelog as record
from stories.publishing.corrections import (
    MOST_SEARCHED,
    MOST_WORDS,
    correction_rows,
    first_searched,
    words_left_out,
)
from stories.publishing.notes import Note, placed_on_top
from stories.publishing.summary import summarise
from stories.reader.asking import CorrectionsForm, MomentForm
from stories.reader.caching import published_page
from stories.reader.listing import count_listed, list_stories, listed_rows
from stories.reader.marks import text_as_it_stands, text_as_it_was
from stories.reader.memento import tell_of_time, tell_of_versions
from stories.reader.outline import Outline, Step, outline_or_404
from stories.reader.states import article_state, front_state, newsroom_state, story_state
from stories.reader.structured_data import article_head, version_head
from stories.reader.taken_down import taken_down_page

STORIES_A_PAGE = 20
ENTRIES_A_PAGE = 20
CORRECTIONS_A_PAGE = 30
NOTES_IN_MARGIN = 5
#: Above this many versions a list to choose from is longer than the page; a number is typed instead.
MOST_VERSIONS_LISTED = 60


class CorrectionsPaginator(CountedPaginator):
    most_counted = 3_000  # Whoever looks for an older one asks for its days.


@require_safe
@published_page(front_state, asks=("page",))
def front_page(request: HttpRequest) -> HttpResponse:
    paginator = Paginator(listed_rows(), STORIES_A_PAGE)
    paginator.count = count_listed()
    page = paginator.get_page(request.GET.get("page"))
    return render(
        request, "reader/front_page.html", {"page": page, "stories": list_stories(page.object_list)}
    )


@require_safe
@published_page(article_state)
def article(request: HttpRequest, slug: str) -> HttpResponse:
    outline = outline_or_404(slug)
    versions = outline.versions(outline.first.number, outline.newest.number)
    live = versions[outline.newest.number]
    if live.tombstone:
        return taken_down_page(request, outline, live)
    notes = record.published_notes(outline.article)
    context = {
        "outline": outline,
        **_story(live, notes),
        "text": text_as_it_stands(live),
        "notes": notes,
        # A first version that already carries notes is not the text that readers saw first.
        "is_first_known": outline.first.stated_at and all(note.number > 1 for note in notes),
        "first_zone": versions[outline.first.number].frozen["stated_zone"],
        "margin_notes": notes[:NOTES_IN_MARGIN],
        "machine_head": article_head(outline, live, notes),
    }
    return tell_of_versions(render(request, "reader/article.html", context), outline)


@require_safe
@published_page(story_state, asks=("page",))
def changelog(request: HttpRequest, slug: str) -> HttpResponse:
    outline = outline_or_404(slug)
    page = Paginator(outline.steps, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    entries = record.kept_entries(outline.article, offset=page.start_index() - 1, limit=ENTRIES_A_PAGE)
    threads = record.threads_of(outline.article, newest=outline.newest.number)
    context = {
        "outline": outline,
        "page": page,
        "entries": entries,
        "headlines": threads.headlines,
        "threads": threads,
        "moment_form": MomentForm(zones=(entries[0].zone,)),
    }
    return render(request, "reader/changelog.html", context)


@require_safe
@published_page(story_state)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    outline = outline_or_404(slug)
    shown = outline.version(number)
    if shown.tombstone:
        return taken_down_page(request, outline, shown)
    page = render(request, "reader/version.html", _old_story(outline, outline.step(number), shown))
    return tell_of_time(page, outline, outline.step(number))


@require_safe
@published_page(story_state, asks=("at", "zone"))
def as_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The version that readers saw at a time, said in words; a form where no time was given, or none was there."""
    outline = outline_or_404(slug)
    live = outline.version(outline.newest.number)
    form = MomentForm(request.GET if "at" in request.GET else None, zones=(live.frozen["stated_zone"],))
    context: dict[str, Any] = {"outline": outline, "headline": live.headline, "moment_form": form}
    if not form.is_valid():
        return render(request, "reader/as_of.html", context)
    context |= {"asked_at": form.moment, "asked_zone": form.cleaned_data["zone"]}
    step = outline.step_at(form.moment)
    if step is None:
        return render(request, "reader/as_of.html", context)
    shown = outline.version(step.number)
    if shown.tombstone:
        return taken_down_page(request, outline, shown)
    page = render(request, "reader/version.html", {**_old_story(outline, step, shown), **context})
    return tell_of_time(page, outline, step)


@require_safe
@published_page(story_state, asks=("view", "before", "after"))
def compare(request: HttpRequest, slug: str, before: int, after: int) -> HttpResponse:
    """Two versions by words. The form on the page asks by `?before=&after=` and is sent to the pair's address."""
    outline = outline_or_404(slug)
    wanted_before = _number(request.GET.get("before"), instead=before)
    wanted_after = _number(request.GET.get("after"), instead=after)
    side = "?view=side" if request.GET.get("view") == "side" else ""
    earlier, later = sorted((outline.step(wanted_before), outline.step(wanted_after)), key=lambda s: s.number)
    if (earlier.number, later.number) != (before, after) or "before" in request.GET or "after" in request.GET:
        response = redirect("compare", slug=slug, before=earlier.number, after=later.number)
        response["Location"] += side
        return response
    versions = outline.versions(before, after)
    if gone := next((each for each in versions.values() if each.tombstone), None):
        return taken_down_page(request, outline, gone)
    comparison = record.compare_versions(versions[before], versions[after], context=1)
    context = {
        "outline": outline,
        "before": earlier,
        "after": later,
        "headline": versions[after].headline,
        "comparison": comparison,
        "summary": summarise(comparison),
        "zone_before": versions[before].frozen["stated_zone"],
        "zone_after": versions[after].frozen["stated_zone"],
        "is_side_by_side": bool(side),
        "query": side,
        "previous_pair": (before - 1, before) if before > 1 else None,
        "next_pair": (after, after + 1) if after < outline.newest.number else None,
        "is_listed": len(outline.steps) <= MOST_VERSIONS_LISTED,
    }
    return render(request, "reader/compare.html", context)


@require_safe
@published_page(newsroom_state, asks=("page", "q", "kind", "since", "until"))
def corrections(request: HttpRequest) -> HttpResponse:
    form = CorrectionsForm(request.GET)
    wanted = form.wanted()
    since = first_searched(**wanted)
    rows = correction_rows(**wanted | {"since": since or wanted["since"]})
    if wanted["words"]:
        # Looked for once: counting what is found and cutting a page from it would each do it again.
        keys = rows.values_list("pk", flat=True)[: CorrectionsPaginator.most_counted + 1]
        rows = correction_rows().filter(pk__in=list(keys))
    page = CorrectionsPaginator(rows, CORRECTIONS_A_PAGE).get_page(request.GET.get("page"))
    offset = max(page.start_index() - 1, 0)
    found = record.newsroom_corrections(rows, offset=offset, limit=CORRECTIONS_A_PAGE)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": page,
        "corrections": found,
        "form": form,
        "query": asked.urlencode(),
        "searched": MOST_SEARCHED if since else None,
        "most_words": MOST_WORDS,
        "left_out": " ".join(words_left_out(wanted["words"])),
    }
    return render(request, "reader/corrections.html", context)


def _old_story(outline: Outline, step: Step, shown: Version) -> dict[str, Any]:
    """A version as its page shows it."""
    notes = record.published_notes(outline.article, upto=step.number)
    return {
        "outline": outline,
        **_story(shown, notes),
        "text": text_as_it_was(shown),
        "step": step,
        "is_live": step == outline.newest,
        "previous_number": step.number - 1,
        "next_number": step.number + 1 if step != outline.newest else None,
        "moment_form": MomentForm(zones=(shown.frozen["stated_zone"],)),
        "machine_head": version_head(outline, shown, notes),
    }


def _story(version: Version, notes: Sequence[Note]) -> dict[str, Any]:
    """What the live story and an old version of it have in common; notes are placed by their gravity."""
    on_top = placed_on_top(notes)
    return {
        "version": version,
        "frozen": version.frozen,
        "grave_notes": on_top,
        "other_notes": [note for note in notes if note not in on_top],
        "fallen_claims": [claim for claim in version.frozen["claims"] if claim["standing"] != "stands"],
    }


def _number(text: str | None, *, instead: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else instead
