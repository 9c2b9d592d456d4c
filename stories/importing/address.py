"""A story is read at its address, through the guard that every fetch goes through."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from stories.importing.errors import NotAStory, NotReachable
from stories.importing.formats import Format, parse_as, parse_page
from stories.importing.intake import add_story
from stories.importing.story import ParsedStory
from stories.models import Intake
from stories.text.charset import decode
from stories.text.copy_errors import ExtractError
from stories.text.extract import kind_of
from stories.watching.limits import open_client
from stories.web.errors import FetchError
from stories.web.fetched import Fetched

_SENTENCES = {
    401: "The site lets nobody read this without signing in.",
    403: "The site lets us not read this.",
    404: "There is no page at this address.",
    410: "The page at this address has been taken away for good.",
    429: "The site asks us to come back later.",
}


@dataclass(frozen=True)
class ReadStory:
    """A story, and the address at which it is in the end."""

    story: ParsedStory
    address: str


def read_address(intake: Intake, now: Callable[[], datetime]) -> Iterator[None]:
    """The one story at the address of the intake. Raises ImportRefused."""
    intake.total_count = 1
    found = fetch_story(intake.address, zone=intake.zone, reference_date=now().date())
    add_story(intake, found.story, name=found.story.headline, position=0, address=found.address)
    intake.done_count = 1
    yield


def fetch_story(url: str, *, zone: str, reference_date: date) -> ReadStory:
    """What a reader finds at `url`. Raises NotReachable, and NotAStory where it is something else."""
    fetched = fetch(url)
    story = parse_fetched(fetched, url=fetched.final_url, zone=zone, reference_date=reference_date)
    return ReadStory(story, fetched.final_url)


def parse_fetched(
    fetched: Fetched,
    *,
    url: str,
    zone: str,
    reference_date: date,
    rewrite: Callable[[str], str] = lambda markup: markup,
) -> ParsedStory:
    """The story of an answer, its links relative to `url`, after `rewrite` has had it. Raises NotAStory."""
    try:
        kind = kind_of(fetched.body, fetched.content_type)
        markup = rewrite(decode(fetched.body, fetched.content_type)[0])
    except ExtractError as error:
        raise NotAStory(_("What is at %(url)s cannot be read as a story.") % {"url": fetched.url}) from error
    try:
        if kind == "html":
            return parse_page(markup, url=url, reference_date=reference_date, default_zone=zone)
        if kind in ("text", "markdown"):
            return parse_as(markup, Format(kind), reference_date=reference_date, default_zone=zone)
        raise NotAStory(_("it is not a page of text"))
    except NotAStory as error:
        raise NotAStory(
            _("What is at %(url)s is not a story: %(error)s.") % {"url": fetched.url, "error": error}
        ) from error


def fetch(url: str) -> Fetched:
    """The answer of a server that has what was asked for. Raises NotReachable."""
    fetched = ask(url)
    refuse_status(fetched)
    return fetched


def ask(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """What a server answers, whatever that is. Raises NotReachable where it does not."""

    async def fetch_once() -> Fetched:
        async with open_client() as client:
            return await client.fetch(url, etag=etag, last_modified=last_modified)

    try:
        return asyncio.run(fetch_once())
    except FetchError as error:
        raise NotReachable(
            _("%(url)s was not read. %(message)s") % {"url": url, "message": error.message}
        ) from error


def refuse_status(fetched: Fetched) -> None:
    """Raises NotReachable for an answer other than the thing itself."""
    if fetched.status != 200:
        sentence = _SENTENCES.get(fetched.status, f"The site answers with the error {fetched.status}.")
        raise NotReachable(
            _("%(url)s was not read. %(sentence)s") % {"url": fetched.url, "sentence": sentence}
        )
