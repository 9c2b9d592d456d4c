"""Which article a capture is of: the one that was named, else the one that reads the same."""

from dataclasses import dataclass

from stories.importing.errors import CaptureNotTaken
from stories.importing.story import ParsedStory
from stories.models import Article, Version

#: From this share of shared paragraphs on (of the shorter text), two texts are captures of one story.
SAME_STORY = 0.5
_FEWEST_SHARED = 2
_MOST_VERSIONS = 1_000


@dataclass(frozen=True)
class Match:
    article: Article
    because: str


def find_article(story: ParsedStory, *, slug: str = "") -> Match | None:
    """Return the article that `story` is a capture of, or None for a new one.

    The thousand versions last recorded are looked at. Raises CaptureNotTaken where no article has that address.
    """
    if slug:
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            raise CaptureNotTaken(f"There is no story with the address “{slug}”.")
        return Match(article, "as named")
    versions = Version.objects.select_related("article").order_by("-recorded_at", "-pk")[:_MOST_VERSIONS]
    likeness, version = max(
        ((_liken(story, version), version) for version in versions.iterator()),
        key=lambda pair: pair[0],
        default=(0.0, None),
    )
    if version is None or likeness < SAME_STORY:
        return None
    return Match(version.article, f"{likeness:.0%} of the paragraphs are the same")


def _liken(story: ParsedStory, version: Version) -> float:
    """The share of paragraphs that both have; a single one counts only under the same headline."""
    ours, theirs = set(story.paragraphs), set(version.frozen["body"].split("\n\n"))
    shared = len(ours & theirs)
    if shared < _FEWEST_SHARED and story.headline != version.headline:
        return 0.0
    return shared / max(1, min(len(ours), len(theirs)))
