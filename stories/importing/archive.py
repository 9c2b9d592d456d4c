"""The captures that public web archives have of a story, found by Memento (RFC 7089) and read one after the other."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from stories.importing.address import fetch, parse_fetched
from stories.importing.errors import ImportRefused, NotReachable
from stories.importing.stored import store_story
from stories.models import Incoming, Intake
from stories.models.source import digest_of_address
from stories.models.words import IncomingState
from stories.text.charset import decode
from stories.text.told import moment_of

#: Captures of one story that are read; of more, those are left out that lie closest together.
MOST_CAPTURES = 200
#: The Internet Archive gives the page as it was, without its own frame, under this mark.
_WAYBACK = re.compile(r"(https?://web\.archive\.org/web/\d{14})/")
#: What archives put before the links of a page.
_REWRITTEN = re.compile(
    r"(?:https?://[^\s\"'<>/]{1,253})?(?:/[\w.-]{1,40}){0,3}?/\d{14}(?:[a-z]{2}_)?/(?=https?://)"
)
_TEXTS = ("headline", "dek", "byline", "body")
_MOST_LINKS = 50_000
_MOST_TIMEMAPS = 20
#: Of no address is more kept.
_LINK = re.compile(
    r"<([^<>\s\x00-\x1f]{1,2000})>((?:\s*;\s*[\w-]+\s*=\s*(?:\"[^\"]{0,500}\"|[^\s\",;]{0,500}))*)"
)
_PARAMETER = re.compile(r";\s*([\w-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]*))")


@dataclass(frozen=True)
class Memento:
    """One capture: where it is, and of when."""

    address: str
    captured_at: datetime


@dataclass(frozen=True)
class TimeMap:
    mementos: tuple[Memento, ...]
    further: tuple[str, ...] = ()


def read_timemap(text: str) -> TimeMap:
    """A TimeMap in `application/link-format` (RFC 7089, section 5; RFC 6690). What is no link is passed over.

    >>> found = read_timemap('<http://a.example/1>; rel="memento"; datetime="Sat, 02 Mar 2024 08:00:00 GMT"')
    >>> found.mementos[0].address, found.mementos[0].captured_at.day
    ('http://a.example/1', 2)
    """
    mementos, further = [], []
    for number, found in enumerate(_LINK.finditer(text)):
        if number >= _MOST_LINKS:
            break
        said = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(found[2])}
        relations = said.get("rel", "").lower().split()
        if "timemap" in relations and "link-format" in said.get("type", "link-format"):
            further.append(found[1])
        elif "memento" in relations and (captured_at := _read_date(said.get("datetime", ""))):
            mementos.append(Memento(found[1], captured_at))
    return TimeMap(tuple(mementos), tuple(further))


def find_captures(url: str) -> list[Memento]:
    """Every capture that the archive lists, oldest first, each moment once. Raises ImportRefused."""
    waiting, read, found = [settings.ARCHIVE_TIMEMAP + url], set[str](), dict[datetime, Memento]()
    while waiting and len(read) < _MOST_TIMEMAPS:
        address = waiting.pop(0)
        if address in read:
            continue
        read.add(address)
        answer = fetch(address)
        timemap = read_timemap(decode(answer.body, answer.content_type)[0])
        found |= {memento.captured_at: memento for memento in timemap.mementos}
        waiting += timemap.further
    if not found:
        raise NotReachable(_("The web archive has no capture of %(url)s.") % {"url": url})
    return thin_out([found[moment] for moment in sorted(found)], most=MOST_CAPTURES)


def thin_out(mementos: list[Memento], *, most: int) -> list[Memento]:
    """No more than `most`, the first and the last among them, spread over the others evenly.

    >>> [memento.address for memento in thin_out([Memento(str(n), datetime.max) for n in range(5)], most=3)]
    ['0', '2', '4']
    """
    if len(mementos) <= most:
        return mementos
    return [mementos[round(number * (len(mementos) - 1) / (most - 1))] for number in range(most)]


def read_archive(intake: Intake, _now: Callable[[], datetime]) -> Iterator[None]:
    """Find the captures, then read each; one whose text is that of the capture before is skipped."""
    if not intake.stories.exists():
        _list_captures(intake)
    yield
    for incoming in intake.stories.filter(state=IncomingState.FOUND).order_by("position"):
        _read_capture(incoming)
        intake.done_count += 1
        yield
        time.sleep(settings.WATCH_HOST_GAP_SECONDS)


def _list_captures(intake: Intake) -> None:
    captures = find_captures(intake.address)
    Incoming.objects.bulk_create(
        Incoming(
            intake=intake,
            position=position,
            name=memento.address[:300],
            address=memento.address,
            stated_at=memento.captured_at,
            stated_zone="UTC",
            state=IncomingState.FOUND,
        )
        for position, memento in enumerate(captures)
    )
    intake.move_on(total_count=len(captures))


def _read_capture(incoming: Incoming) -> None:
    address, intake = incoming.address, incoming.intake
    assert incoming.stated_at is not None
    try:
        fetched = fetch(_WAYBACK.sub(r"\1id_/", address))
        found = parse_fetched(
            fetched,
            url=intake.address,
            rewrite=lambda markup: _REWRITTEN.sub("", markup),
            zone=intake.zone,
            reference_date=incoming.stated_at.date(),
        )
    except ImportRefused as refusal:
        incoming.settle(IncomingState.REFUSED, str(refusal))
        return
    story = store_story(found)
    if _is_like_the_one_before(incoming, story):
        incoming.settle(IncomingState.SKIPPED, "Its text is that of the capture before.", story=story)
        return
    incoming.address = intake.address
    incoming.settle(
        IncomingState.PROPOSED,
        story=story,
        address=intake.address,
        address_digest=digest_of_address(intake.address),
    )


def _is_like_the_one_before(incoming: Incoming, story: dict[str, Any]) -> bool:
    earlier = incoming.intake.stories.filter(position__lt=incoming.position, story__isnull=False)
    before = earlier.order_by("-position").first()
    if before is None or before.story is None:
        return False
    notes = [[note["body"] for note in each["notes"]] for each in (story, before.story)]
    return notes[0] == notes[1] and all(story[name] == before.story[name] for name in _TEXTS)


def _read_date(written: str) -> datetime | None:
    """An HTTP date (RFC 9110, section 5.6.7)."""
    try:
        stated = moment_of(parsedate_to_datetime(written))
        return stated.astimezone(UTC) if stated else None
    except (TypeError, ValueError, OverflowError):
        return None
