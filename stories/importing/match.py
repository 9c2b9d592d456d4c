"""Which article a capture is of: the one that was named, else the one that reads the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stories.importing.errors import CaptureNotTaken
from stories.importing.story import ParsedStory
from stories.models import Article, Incoming, Version
from stories.text.unseen import line_as_seen

#: From this share of shared paragraphs on (of the shorter text), two texts are captures of one story.
SAME_STORY = 0.5
_FEWEST_SHARED = 2
_MOST_VERSIONS = _MOST_DRAFTS = 1_000


@dataclass(frozen=True)
class Match:
    article: Article
    because: str


def find_article(story: ParsedStory, *, slug: str = "", address: str = "") -> Match | None:
    """Return the article that `story` is a capture of, or None for a new one.

    `slug` names it; else it is the one that was taken in from `address` before, else the one that reads most alike
    among the thousand versions last recorded and the thousand drafts last saved. Raises CaptureNotTaken where no
    article has that slug.
    """
    if slug:
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            raise CaptureNotTaken(_("There is no story with the address “%(slug)s”.") % {"slug": slug})
        return Match(article, _("as named"))
    return _find_by_address(address) or _find_by_text(story)


def _find_by_address(address: str) -> Match | None:
    incoming = Incoming.objects.at_address(address).taken().filter(article__isnull=False)
    last = incoming.select_related("article").order_by("-pk").first()
    if last is None or last.article is None:
        return None
    return Match(last.article, _("it was brought in from the same address"))


def _find_by_text(story: ParsedStory) -> Match | None:
    likeness, shared, article = max(
        ((*_liken(story, headline, body), article) for article, headline, body in _texts()),
        key=lambda found: found[0],
        default=(0.0, 0, None),
    )
    if article is None or likeness < SAME_STORY:
        return None
    because = _("%(shared)s of its %(count)s paragraphs are the same")
    return Match(article, because % {"shared": shared, "count": len(set(story.paragraphs))})


def _texts() -> Iterator[tuple[Article, str, str]]:
    versions = Version.objects.select_related("article").order_by("-recorded_at", "-pk")[:_MOST_VERSIONS]
    for version in versions.iterator():
        yield version.article, version.headline, version.frozen.get("body", "")
    for draft in Article.objects.filter(versions__isnull=True).order_by("-saved_at")[:_MOST_DRAFTS]:
        yield draft, draft.headline, draft.body


def _liken(story: ParsedStory, headline: str, body: str) -> tuple[float, int]:
    """How many paragraphs both have, before it as a share; a single one counts only under the same headline."""
    ours, theirs = set(story.paragraphs), set(body.split("\n\n"))
    shared = len(ours & theirs)
    if shared < _FEWEST_SHARED and line_as_seen(story.headline) != line_as_seen(headline):
        return 0.0, shared
    return shared / max(1, min(len(ours), len(theirs))), shared
