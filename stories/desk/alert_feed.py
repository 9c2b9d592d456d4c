"""A person's alerts as Atom (RFC 4287): each as it stands, with what changed word by word."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stories.alerting.account import Account, accounts_of, with_news
from stories.alerting.message import headline_of
from stories.alerting.sight import sight_of
from stories.models import Alert, Following, User
from stories.text.printable import one_line, printable

ALERTS_SHOWN = 50
CONTENT_TYPE = "application/atom+xml; charset=utf-8"


class _Feed(Atom1Feed):
    """Django's, with the alert as the entry's content instead of a summary of it."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def alert_feed(person: User, *, address: str) -> bytes:
    """The latest of the person's own alerts, newest first; `address` is the feed's own, token and all."""
    feed = _Feed(
        title=one_line(
            _("%(newsroom)s: alerts for %(person)s")
            % {"newsroom": settings.NEWSROOM_NAME, "person": person.name}
        ),
        link=settings.SITE_URL + reverse("desk_inbox"),
        description=None,
        language=get_language() or settings.LANGUAGE_CODE,
        author_name=settings.NEWSROOM_NAME,
        feed_url=address,
        feed_guid=_tag(person.date_joined, f"alerts-of-{person.pk}"),
    )
    for account in _accounts_of(person):
        _add(feed, account)
    return feed.writeString("utf-8").encode()


def _accounts_of(person: User) -> Iterator[Account]:
    """What they may be shown of each now; nothing of what concerns them no more (DESIGN invariant 5)."""
    own = Alert.objects.filter(recipient=person).order_by("-developed_at", "-pk")[:ALERTS_SHOWN]
    alerts = list(with_news(Alert.objects.filter(pk__in=[alert.pk for alert in own])))
    alerts.sort(key=lambda alert: (alert.developed_at, alert.pk), reverse=True)
    sources = [alert.source_id for alert in alerts]
    followed = _followed(person, sources)
    for account in accounts_of(alerts, sight=sight_of(person, sources)):
        if account.articles or account.alert.source_id in followed:
            yield account


def _followed(person: User, sources: Collection[int]) -> set[int]:
    """What becomes of the page itself concerns whoever follows it, too."""
    followings = Following.objects.filter(person=person, source__in=sources)
    if not person.can_publish:
        followings = followings.filter(source__is_confidential=False)
    return set(followings.values_list("source_id", flat=True))


def _add(feed: _Feed, account: Account) -> None:
    """An alert that develops is a new entry each time, since readers do not show an old one again."""
    alert, headline = account.alert, headline_of(account)
    page = render_to_string("desk/feed_entry.html", {"account": account, "headline": headline})
    feed.add_item(
        title=one_line(str(headline)),
        link=settings.SITE_URL + alert.get_absolute_url(),
        description=None,  # type: ignore[arg-type]
        unique_id=_tag(alert.opened_at, f"alert-{alert.pk}-{account.change.pk if account.change else 0}"),
        pubdate=alert.opened_at,
        updateddate=alert.developed_at,
        categories=[headline.label, alert.get_gravity_display()],
        content=printable(page),
    )


def _tag(since: Any, name: str) -> str:
    """A tag: URI (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{timezone.localtime(since):%Y-%m-%d}:{name}"
