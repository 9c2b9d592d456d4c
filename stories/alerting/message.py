"""An alert in words: what a person reads first, whatever the channel. Templates only lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from stories.alerting.account import Account, Passage, accounts_of, first_seen_at, with_news
from stories.alerting.recipients import Share, shares_of
from stories.models import Alert, Article, Check, Delivery
from stories.models.words import ALTERNATES, RETRACTED, RETURNED, DeliveryState, Outcome, VerdictWord

_PAGE_WORDS = {
    Outcome.GONE: ("Gone", "The page is gone."),
    Outcome.MOVED: ("Moved", "The page has moved to another address."),
    Outcome.CHANGED: ("Changed", "The page has changed; the quoted passages still stand in it."),
    Outcome.BLOCKED: ("Not readable", "The page has not let itself be read for some time."),
    Outcome.FAILED: ("Not readable", "The page could not be read for some time."),
    Outcome.UNCHANGED: ("Back", "The page can be read again, and is as it was."),
    Outcome.NOISE: ("Back", "The page can be read again, and is as it was."),
}
_PAGE_REASONS = {
    RETRACTED: (
        "Retracted",
        "The page now says that it was retracted; the quoted passages still stand in it.",
    ),
    RETURNED: ("Restored", "The page says again what it said before it changed."),
    ALTERNATES: (
        "Alternates",
        "The page shows now one text and now another. You will hear of it again when it shows something new.",
    ),
}
_LEADS = {
    "Altered": "The source now words this otherwise than it is quoted.",
    "Missing": "The quoted words are no longer on the page.",
    "Altered and missing": "The source has reworded some of what is quoted from it, and dropped some.",
    "Not readable": "The quoted words could not be looked for: the page cannot be read.",
    "Alternates": (
        "The source goes back and forth between two wordings. "
        "You will hear of it again when it says something new, or keeps to one of the two."
    ),
    "Restored": "The source says again what it is quoted as saying.",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """What happened in a word, and to what: “Altered”, “a passage quoted in …”."""

    label: str
    rest: str
    lead: str

    def __str__(self) -> str:
        return f"{self.label}: {self.rest}"


@dataclass(frozen=True, slots=True)
class Message:
    subject: str
    headline: Headline
    account: Account
    #: False where the person reports, follows or edits nothing any more that this is about.
    is_of_concern: bool
    first_seen_at: datetime | None
    confirmed_at: datetime | None
    alert_url: str


def message_for(delivery: Delivery) -> Message:
    """The message of a delivery, the same each time it is built: as things stood at the change it tells of.

    It names only stories that its recipient may hear of now (DESIGN invariant 5).
    """
    [message] = messages_for([delivery])
    return message


def messages_for(deliveries: Sequence[Delivery]) -> list[Message]:
    """The message of each of these, which are all one person's."""
    found = with_news(Alert.objects.filter(pk__in=[delivery.alert_id for delivery in deliveries])).in_bulk()
    alerts = [found[delivery.alert_id] for delivery in deliveries]
    sources = {alert.source_id: alert.source for alert in alerts}
    shares = shares_of(alerts[0].recipient, sources.values()) if alerts else {}
    return [
        _message(delivery, alert, shares[alert.source_id])
        for delivery, alert in zip(deliveries, alerts, strict=True)
    ]


def _message(delivery: Delivery, alert: Alert, share: Share) -> Message:
    [account] = accounts_of([alert], sight=share.sight, until=delivery.change)
    headline = headline_of(account, since=_told_before(delivery))
    change = account.change
    return Message(
        subject=" ".join(str(headline).split()),
        headline=headline,
        account=account,
        is_of_concern=account.has_news and (bool(account.articles) or share.follows_source),
        first_seen_at=first_seen_at(change) if change else None,
        confirmed_at=change.started_at if change else None,
        alert_url=settings.SITE_URL + alert.get_absolute_url(),
    )


def site_host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def desk_address() -> str:
    return settings.SITE_URL + reverse("desk_inbox")


def headline_of(account: Account, *, since: Check | None = None) -> Headline:
    """The gravest of what is new since an earlier check, or of everything where nothing is."""
    after = since.pk if since else 0
    fresh = [
        passage for passage in account.passages if passage.verdict.found_by_id > after
    ] or account.passages
    page = account.page if account.page and account.page.pk > after else None
    troubled = [passage for passage in fresh if passage in account.troubled]
    if page and (page.outcome == Outcome.GONE or not troubled):
        label, lead = _PAGE_REASONS.get(page.reason) or _PAGE_WORDS[Outcome(page.outcome)]
        return Headline(label, _source_of(account), lead)
    told = troubled or fresh
    if not told:
        return Headline("Changed", _source_of(account), "What it was about is not yours to see any more.")
    label = _label(told)
    how_many = "a passage" if len(told) == 1 else f"{len(told)} passages"
    return Headline(label, f"{how_many} quoted in {_stories(_articles(told))}", _LEADS[label])


def _label(passages: Sequence[Passage]) -> str:
    if all(passage.is_alternating for passage in passages):
        return "Alternates"
    words = {passage.word for passage in passages}
    if {VerdictWord.ALTERED, VerdictWord.MISSING} <= words:
        return "Altered and missing"
    if VerdictWord.MISSING in words:
        return "Missing"
    if VerdictWord.ALTERED in words:
        return "Altered"
    return "Not readable" if VerdictWord.UNREADABLE in words else "Restored"


def _source_of(account: Account) -> str:
    if not account.articles:
        return f"a source that you follow, “{account.alert.source.title}”"
    return f"a source of {_stories(account.articles)}"


def _articles(passages: Sequence[Passage]) -> list[Article]:
    return list(
        {place.article.pk: place.article for passage in passages for place in passage.places}.values()
    )


def _stories(articles: Sequence[Article]) -> str:
    if not articles:
        return "a story"
    first, others = f"“{articles[0].headline}”", len(articles) - 1
    if not others:
        return first
    return f"{first} and {others} other {'story' if others == 1 else 'stories'}"


def _told_before(delivery: Delivery) -> Check | None:
    """The last change that the person had been told of at this place, by another message."""
    earlier = Delivery.objects.filter(
        alert=delivery.alert_id,
        endpoint=delivery.endpoint_id,
        change__lt=delivery.change_id,
        state=DeliveryState.SENT,
    )
    if delivery.digest_id:
        earlier = earlier.exclude(digest=delivery.digest_id)
    last = earlier.select_related("change").order_by("-change").first()
    return last.change if last else None
