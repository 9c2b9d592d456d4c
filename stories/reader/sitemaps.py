"""What search engines are told is here: every story, and the news of the last two days (sitemaps.org)."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.models import Version
from stories.reader.atom import writable
from stories.reader.caching import answers_conditionally
from stories.reader.feed import absolute
from stories.reader.listing import list_stories, listed_rows

#: A file names the stories first published among so many versions. No story ever moves to another file, and nobody has
#: to count them. The protocol allows 50,000 addresses a file; a smaller one is quicker to make and to read.
VERSIONS_A_FILE = 1_000
#: A news sitemap lists what was published in the last two days, 1,000 addresses at most.
NEWS_LASTS = timedelta(days=2)
MOST_NEWS = 1_000
XML = "application/xml; charset=utf-8"


@require_safe
@answers_conditionally
def index(request: HttpRequest) -> HttpResponse:
    addresses = [absolute(reverse("sitemap_stories", args=[page])) for page in range(1, _last_file() + 1)]
    addresses.append(absolute(reverse("sitemap_news")))
    return render(request, "reader/sitemap_index.xml", {"addresses": addresses}, content_type=XML)


@require_safe
@answers_conditionally
def stories(request: HttpRequest, page: int) -> HttpResponse:
    if not 1 <= page <= _last_file():
        raise Http404("no such part of the sitemap")
    end = page * VERSIONS_A_FILE
    of_file = Version.objects.filter(number=1, pk__gt=end - VERSIONS_A_FILE, pk__lte=end)
    listed: Any = listed_rows().filter(article__in=of_file.values("article")).order_by("article_id")
    rows = listed.values("slug", "changed_at")
    entries = [(absolute(reverse("article", args=[row["slug"]])), row["changed_at"]) for row in rows]
    # All of a thousand versions may be later ones, and the protocol asks for an address in each file.
    entries = entries or [(absolute(reverse("front_page")), None)]
    return render(request, "reader/sitemap.xml", {"entries": entries}, content_type=XML)


def _last_file() -> int:
    """There is one where nothing is published yet."""
    newest = Version.objects.aggregate(newest=Max("pk"))["newest"] or 1
    return ceil(newest / VERSIONS_A_FILE)


@require_safe
@answers_conditionally
def news(request: HttpRequest) -> HttpResponse:
    """Stories first published in the last two days; what was only put right since is no news."""
    since = timezone.now() - NEWS_LASTS
    fresh = Version.objects.filter(number=1, stated_at__gte=since).values("article")
    rows = listed_rows().filter(article__in=fresh)[:MOST_NEWS]
    listed = list_stories(rows)
    published = dict(
        Version.objects.filter(number=1, article__slug__in=[story.slug for story in listed]).values_list(
            "article__slug", "stated_at"
        )
    )
    entries = [
        (absolute(reverse("article", args=[story.slug])), published[story.slug], writable(story.headline))
        for story in listed
    ]
    return render(request, "reader/sitemap_news.xml", {"entries": entries}, content_type=XML)


@require_safe
@answers_conditionally
def robots(_request: HttpRequest) -> HttpResponse:
    """RFC 9309: everything that readers see may be read, and nothing that people work in."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /desk/",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
