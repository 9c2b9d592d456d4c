"""An alert in words: what a person reads first, whatever the channel. Templates only lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from stories.alerting.account import Account, Passage, accounts_of, first_seen_at, with_news
from stories.alerting.recipients import Share, shares_of
from stories.models import Alert, Article, Check, Delivery
from stories.models.words import ALTERNATES, RETRACTED, RETURNED, DeliveryState, Outcome, VerdictWord

_PAGE_WORDS = {
    Outcome.GONE: (pgettext_lazy("of a source", "Gone"), _("The page is gone.")),
    Outcome.MOVED: (pgettext_lazy("of a source", "Moved"), _("The page has moved to another address.")),
    Outcome.CHANGED: (
        pgettext_lazy("of a source", "Changed"),
        _("The page has changed; the quoted passages are still on it."),
    ),
    Outcome.BLOCKED: (
        pgettext_lazy("of a source", "Not readable"),
        _("The page has refused to be read for some time."),
    ),
    Outcome.FAILED: (
        pgettext_lazy("of a source", "Not readable"),
        _("The page could not be read for some time."),
    ),
    Outcome.UNCHANGED: (
        pgettext_lazy("of a source", "Back"),
        _("The page can be read again, and is as it was."),
    ),
    Outcome.NOISE: (pgettext_lazy("of a source", "Back"), _("The page can be read again, and is as it was.")),
}
_PAGE_REASONS = {
    RETRACTED: (
        pgettext_lazy("of a source", "Retracted"),
        _("The page now says that it was retracted; the quoted passages are still on it."),
    ),
    RETURNED: (
        pgettext_lazy("of a source", "Restored"),
        _("The page says again what it said before it changed."),
    ),
    ALTERNATES: (
        pgettext_lazy("of a source", "Alternates"),
        _("The page switches between two texts. You will hear of it again when it shows something new."),
    ),
}
_PASSAGE_WORDS = {
    "altered": (
        pgettext_lazy("of passages", "Altered"),
        _("The source now words this differently from the quote."),
    ),
    "missing": (
        pgettext_lazy("of passages", "Missing"),
        _("The quoted words are no longer on the page."),
    ),
    "altered and missing": (
        pgettext_lazy("of passages", "Altered and missing"),
        _("The source has reworded some of what is quoted from it, and dropped some."),
    ),
    "unreadable": (
        pgettext_lazy("of passages", "Not readable"),
        _("The quoted words could not be looked for: the page cannot be read."),
    ),
    "alternates": (
        pgettext_lazy("of passages", "Alternates"),
        _(
            "The source goes back and forth between two wordings. "
            "You will hear of it again when it says something new, or keeps to one of the two."
        ),
    ),
    "restored": (
        pgettext_lazy("of passages", "Restored"),
        _("The source once again says what is quoted from it."),
    ),
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
        return Headline(str(label), _source_of(account), str(lead))
    told = troubled or fresh
    if not told:
        label, _lead = _PAGE_WORDS[Outcome.CHANGED]
        return Headline(
            str(label), _source_of(account), gettext("You no longer have access to what it was about.")
        )
    label, lead = _PASSAGE_WORDS[_word(told)]
    quoted = ngettext(
        "a passage quoted in %(stories)s", "%(count)s passages quoted in %(stories)s", len(told)
    ) % {"count": len(told), "stories": _stories(_articles(told))}
    return Headline(str(label), quoted, str(lead))


def _word(passages: Sequence[Passage]) -> str:
    if all(passage.is_alternating for passage in passages):
        return "alternates"
    words = {passage.word for passage in passages}
    if {VerdictWord.ALTERED, VerdictWord.MISSING} <= words:
        return "altered and missing"
    if VerdictWord.MISSING in words:
        return "missing"
    if VerdictWord.ALTERED in words:
        return "altered"
    return "unreadable" if VerdictWord.UNREADABLE in words else "restored"


def _source_of(account: Account) -> str:
    if not account.articles:
        return gettext("a source that you follow, “%(source)s”") % {"source": account.alert.source.title}
    return gettext("a source of %(stories)s") % {"stories": _stories(account.articles)}


def _articles(passages: Sequence[Passage]) -> list[Article]:
    return list(
        {place.article.pk: place.article for passage in passages for place in passage.places}.values()
    )


def _stories(articles: Sequence[Article]) -> str:
    if not articles:
        return gettext("a story")
    others = len(articles) - 1
    if not others:
        return gettext("“%(story)s”") % {"story": articles[0].headline}
    return ngettext(
        "“%(story)s” and %(count)s other story", "“%(story)s” and %(count)s other stories", others
    ) % {"story": articles[0].headline, "count": others}


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
    last = earlier.select_related("change").order_by("-change_id").first()
    return last.change if last else None
