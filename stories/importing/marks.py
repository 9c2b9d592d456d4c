"""Whether a story is still as it was left: where the trail of its history has got to, and who went on."""

from typing import Any

from django.utils.translation import gettext as _

from stories.models import Article, Citation, Claim, Update
from stories.models.history_words import told_hand
from stories.models.told_times import clock_in_full

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
        return _("somebody")
    return f"{told_hand(last) or _('somebody')}, {clock_in_full(last.history_date)}"


def _trails(article: Article) -> list[Any]:
    return [
        Article.history.filter(id=article.pk),
        *(part.history.filter(article=article.pk) for part in _PARTS),
    ]
