"""Who else was told of the same change, and what they said: nobody learns of a story that is not theirs."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from stories.models import Alert

MOST_SHOWN = 50


def others_told(alert: Alert, *, article_ids: Collection[int] | None) -> list[Alert]:
    """The alerts of other people that tell of the same, the latest answer first.

    Of these articles only (None: of all): for a reporter, the colleagues on their own stories.
    """
    looks = {verdict.found_by_id for verdict in alert.verdicts.all()} | {
        check.pk for check in alert.checks.all()
    }
    same = Q(verdicts__found_by__in=looks) | Q(checks__in=looks)
    others = Alert.objects.filter(same, source=alert.source_id).exclude(recipient=alert.recipient_id)
    if article_ids is not None:
        own = {verdict.citation.article_id for verdict in alert.verdicts.all()} & set(article_ids)
        others = others.filter(recipient__articles__in=own or article_ids)
    found = others.select_related("recipient", "answered_by", "assignee").distinct()
    return list(found.order_by("-answered_at", "pk")[:MOST_SHOWN])
