"""What an editor is writing, on the readers' own page, before anybody else sees it."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stories.models import Article, User, Version
from stories.publishing import changelog as record
from stories.publishing.being_written import story_being_written
from stories.publishing.canonical import canonical_json
from stories.publishing.content import prepare_content
from stories.publishing.errors import PublishRefused
from stories.publishing.notes import placed_on_top
from stories.reader.marks import text_as_it_was

_TYPED = ("headline", "dek", "byline", "body")


@require_POST
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as it would be with what is typed; only who may edit the story sees it (invariant 5)."""
    article = story_being_written(pk, by=cast(User, request.user))
    for name in _TYPED:
        setattr(article, name, request.POST.get(name, getattr(article, name)))
    try:
        version = _as_version(article)
    except (PublishRefused, ValueError) as refusal:
        return render(request, "reader/preview.html", {"problem": str(refusal)})
    notes = record.published_notes(article)
    on_top = placed_on_top(notes)
    context = {
        "frozen": version.frozen,
        "text": text_as_it_was(version),
        "grave_notes": on_top,
        "other_notes": [note for note in notes if note not in on_top],
        "fallen_claims": [claim for claim in version.frozen["claims"] if claim["standing"] != "stands"],
    }
    return render(request, "reader/preview.html", context)


def _as_version(article: Article) -> Version:
    """Never saved: the same shape as what readers' pages are made from."""
    live = article.live_version
    number, previous = (live.number + 1, live.digest) if live else (1, "")
    content = prepare_content(
        article, updates=(), number=number, previous_digest=previous, now=timezone.now()
    )
    return Version(article=article, number=number, content=canonical_json(content))
