"""How a working copy stands to what readers see."""

from dataclasses import dataclass

from django.utils import timezone

from stories.models import Article, Publication, Version
from stories.publishing.changelog import Comparison, compare_contents
from stories.publishing.content import prepare_content
from stories.publishing.errors import PublishRefused


@dataclass(frozen=True, slots=True)
class PublicState:
    """`pending` is None where the working copy cannot be rendered; `problem` then says why."""

    live: Version | None
    pending: Comparison | None
    problem: str = ""
    on_its_way: Publication | None = None

    @property
    def has_unpublished_changes(self) -> bool:
        return self.pending is not None and not self.pending.is_empty


def public_state(article: Article) -> PublicState:
    live = article.live_version
    on_its_way = article.publications.on_the_way().first()
    number, previous = (live.number + 1, live.digest) if live else (1, "")
    try:
        content = prepare_content(
            article, updates=(), number=number, previous_digest=previous, now=timezone.now()
        )
    except PublishRefused as refusal:
        return PublicState(live, None, refusal.message, on_its_way)
    pending = compare_contents(live.frozen if live else None, content)
    return PublicState(live, pending, "", on_its_way)
