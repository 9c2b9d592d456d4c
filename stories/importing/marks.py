"""Whether a story is still as it was left: where the trail of its history has got to, and who went on."""

from typing import Any

from stories.models import Article, Citation, Claim, Update

_PARTS = (Claim, Citation, Update)


def mark_of(article: Article) -> str:
    """Another save of the story, or of anything that hangs on it, makes another mark."""
    lasts = (
        trail.order_by("-history_id").values_list("history_id", flat=True).first()
        for trail in _trails(article)
    )
    return ".".join(str(last or 0) for last in lasts)


def last_hand(article: Article) -> str:
    """Who saved last, and when, in words."""
    records = [trail.order_by("-history_id").first() for trail in _trails(article)]
    last = max(filter(None, records), key=lambda record: record.history_date, default=None)
    if last is None:
        return "somebody"
    return f"{last.history_actor or 'somebody'}, {last.history_date:%Y-%m-%d %H:%M} UTC"


def _trails(article: Article) -> list[Any]:
    return [
        Article.history.filter(id=article.pk),
        *(part.history.filter(article=article.pk) for part in _PARTS),
    ]
