"""What was confirmed is taken in, story by story; what becomes of each is on its row."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from stories.importing.capture import Capture, Taken, take_capture
from stories.importing.errors import ImportRefused
from stories.importing.marks import mark_of
from stories.importing.match import Match, find_article
from stories.importing.stored import load_story
from stories.models import Incoming
from stories.models.words import IncomingState

_KNOWN = "It is in the record already: nothing was changed."


def take_incoming(incoming: Incoming, *, now: datetime) -> None:
    """Take one story in and say on its row what became of it; whatever is refused has written nothing."""
    try:
        try:
            _take(incoming, now=now)
        except IntegrityError:
            # Somebody took in the same story at this moment: now there is one to be found.
            _take(incoming, now=now)
    except ImportRefused as refusal:
        incoming.settle(IncomingState.REFUSED, str(refusal))


@transaction.atomic
def _take(incoming: Incoming, *, now: datetime) -> None:
    match = match_of(incoming)
    before = mark_of(match.article) if match else ""
    taken = take_capture(
        capture_of(incoming),
        match,
        mode=incoming.intake.mode,
        now=now,
        actor=_actor(incoming),
        because=incoming.choice.get("because", ""),
    )
    _settle(incoming, taken, before=before)


def capture_of(incoming: Incoming) -> Capture:
    wanted = incoming.choice.get("links")
    return Capture(
        name=incoming.name,
        story=load_story(incoming.story or {}),
        as_of=_as_of(incoming),
        zone=incoming.stated_zone,
        address=incoming.address,
        wanted=None if wanted is None else frozenset(wanted),
    )


def _as_of(incoming: Incoming) -> datetime | None:
    """The stated time, but of a feed's only where it comes after those that are on record: feeds are careless."""
    if not incoming.entry or incoming.stated_at is None or (match := _find_by_entry(incoming)) is None:
        return incoming.stated_at
    last = match.article.versions.aggregate(last=Max("stated_at"))["last"]
    return incoming.stated_at if last is None or incoming.stated_at > last else None


def match_of(incoming: Incoming) -> Match | None:
    """The story that it is a later text of: as it was chosen, else as it is found. Raises ImportRefused."""
    if incoming.choice.get("is_new"):
        return None
    if found := _find_by_entry(incoming):
        return found
    named = incoming.intake.article
    return find_article(
        load_story(incoming.story or {}), slug=named.slug if named else "", address=incoming.address
    )


def _find_by_entry(incoming: Incoming) -> Match | None:
    """The story that an earlier text of the same entry of a feed has become."""
    if not incoming.entry:
        return None
    settled = (IncomingState.TAKEN, IncomingState.SKIPPED)
    earlier = Incoming.objects.filter(entry=incoming.entry, article__isnull=False, state__in=settled)
    last = earlier.exclude(pk=incoming.pk).select_related("article").order_by("-pk").first()
    return Match(last.article, "it is the same entry of the feed") if last and last.article else None


def _actor(incoming: Incoming) -> str:
    intake = incoming.intake
    if intake.feed and not intake.confirmer:
        return f"feed ({intake.feed})"[:150]
    return f"import ({intake.confirmer or intake.asker})"[:150]


def _settle(incoming: Incoming, taken: Taken, *, before: str) -> None:
    if taken.is_known:
        incoming.settle(IncomingState.SKIPPED, _KNOWN, article=taken.article)
        return
    incoming.settle(
        IncomingState.TAKEN,
        article=taken.article,
        version=taken.version,
        made={
            "is_new": taken.is_new_article,
            "before": taken.before,
            "citations": [citation.pk for citation in taken.citations],
            "updates": [update.pk for update in taken.updates],
            "sources": [source.pk for source in taken.sources],
        },
        mark_before=before,
        mark=mark_of(taken.article),
    )
