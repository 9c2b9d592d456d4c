"""A page is read for a person who is about to cite it: at once, with all manners, and nothing of it is kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from stories.models import Host
from stories.models.words import VerdictWord
from stories.text.changes import WordChange
from stories.text.extract import ExtractError
from stories.text.judge import Copy, Judgement, Passage
from stories.watching.apart import examine, is_heavy
from stories.watching.courtesy import Courtesy
from stories.watching.explain import explain
from stories.watching.hosts import keep_robots
from stories.watching.limits import allowed_private, fetch_limits, open_client_with, open_robots_reader
from stories.web.client import Fetched
from stories.web.errors import FetchError
from stories.web.guard import AddressRefused, check_url, origin_of
from stories.web.manners import NotNow, Robots

#: A person waits, and so does the thread that serves them.
LONGEST_SECONDS = 10.0
#: Stands in for whatever a name leads to: nobody waits for its look-up before the page is read.
_SOME_PUBLIC_ADDRESS = "1.1.1.1"


@dataclass(frozen=True, slots=True)
class Trial:
    """How a passage stands in the page as it is now; no word, but a sentence why, where that cannot be told."""

    word: VerdictWord | None = None
    wording: str = ""
    changes: tuple[WordChange, ...] = ()
    title: str = ""
    problem: str = ""

    @property
    def is_verbatim(self) -> bool:
        return self.word == VerdictWord.VERBATIM


def refuse_address(url: str) -> None:
    """Raises AddressRefused for what is no address of a page, or not one that is read here."""
    check_url(url, resolver=lambda _name: [_SOME_PUBLIC_ADDRESS], allowed=allowed_private())


def try_passage(url: str, passage: Passage, *, now: datetime) -> Trial:
    """Read the page and judge the passage in it. Whatever goes wrong is told in `problem`."""
    try:
        fetched = _read(url, now=now)
    except FetchError as error:
        return Trial(problem=gettext(error.message))
    except NotNow:
        return Trial(problem=gettext("The site asks to be left alone for a while, so it was not read now."))
    return _judge(_copy_of(fetched), passage)


def title_at(url: str, *, now: datetime) -> str:
    """What the page calls itself, on one line; "" where it cannot be read now, or is no page that can be believed."""
    try:
        copy = _copy_of(_read(url, now=now))
    except (FetchError, NotNow):
        return ""
    return _title_of(copy) if examine(None, copy, {}).page.is_believed else ""


def _copy_of(fetched: Fetched) -> Copy:
    return Copy(
        body=fetched.body,
        content_type=fetched.content_type,
        status=fetched.status,
        url=fetched.url,
        final_url=fetched.final_url,
        is_permanent_redirect=fetched.is_permanently_moved,
    )


def _judge(copy: Copy, passage: Passage) -> Trial:
    examined = examine(None, copy, {0: passage})
    if not examined.page.is_believed:
        return Trial(problem=gettext(explain(examined.page.reason)))
    judged = examined.passages.get(0)
    if judged is None:
        return Trial(problem=gettext("The page has no text that can be read."))
    return _told(judged, title=_title_of(copy))


def _told(judged: Judgement, *, title: str) -> Trial:
    word = VerdictWord(judged.verdict.value)
    if word != VerdictWord.ALTERED:
        return Trial(word, title=title)
    return Trial(word, judged.wording or "", judged.changes, title)


def _title_of(copy: Copy) -> str:
    """What the page calls itself; of a heavy one it is not asked here."""
    if is_heavy(copy):
        return ""
    try:
        return " ".join(copy.extract.title.split())
    except ExtractError:
        return ""


def _read(url: str, *, now: datetime) -> Fetched:
    """Raises FetchError and NotNow."""
    courtesy = _courtesy_towards(url, now=now)
    try:
        return asyncio.run(_fetch(url, courtesy))
    finally:
        keep_robots(courtesy.robots_read)


def _courtesy_towards(url: str, *, now: datetime) -> Courtesy:
    """What is known of the host: what it asks of machines, and until when it wants to be left alone."""
    try:
        host = Host.objects.filter(origin=origin_of(url)).first()
    except AddressRefused:
        host = None
    courtesy = Courtesy(now)
    if host and host.robots_expires_at:
        courtesy.robots = {host.origin: Robots(host.robots, host.robots_expires_at)}
    if host and host.quiet_until:
        courtesy.quiet = {host.origin: host.quiet_until}
    return courtesy


async def _fetch(url: str, courtesy: Courtesy) -> Fetched:
    limits = fetch_limits()
    client = open_client_with(replace(limits, total_seconds=min(LONGEST_SECONDS, limits.total_seconds)))
    reader = open_robots_reader()
    async with client, reader:
        manners = courtesy.begin(reader)
        try:
            return await client.fetch(url, permit=manners.permit)
        finally:
            courtesy.end()
