"""`manage.py import_story FILE …`: the text of a published story, or several captures of it, into the record."""

from argparse import ArgumentParser
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from stories.importing.capture import Capture, Taken, import_captures
from stories.importing.errors import ImportRefused, NotAStory
from stories.importing.formats import parse_as, recognise
from stories.importing.read import read_text
from stories.models.words import Precision
from stories.text.zones import zone_info

REFUSED = 2


class Command(BaseCommand):
    help = (
        "Takes in the text of a published story, plain, as Markdown or as HTML: headline, dek, body, update "
        "notes and quoted passages. "
        "Several files are captures of the same story, oldest first; each becomes a version. "
        "A text that is in the record already changes nothing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--as-of",
            action="append",
            default=[],
            metavar="TIME",
            help="when readers saw the text, such as 2024-05-18T15:24 or 2024-05-18T15:24-04:00; once for each file",
        )
        parser.add_argument(
            "--zone",
            default=settings.TIME_ZONE,
            help="of times printed without one, such as America/New_York (default: %(default)s)",
        )
        parser.add_argument(
            "--story", default="", metavar="SLUG", help="the story that the files are captures of"
        )
        parser.add_argument("--encoding", default="utf-8", help="of files without a byte order mark")

    def handle(
        self, *, files: list[Path], as_of: list[str], zone: str, story: str, encoding: str, **_options: Any
    ) -> None:
        now = timezone.now()
        try:
            times = _read_times(as_of, len(files), _read_zone(zone))
            captures = [
                _read_capture(path, at, zone=zone, encoding=encoding, now=now)
                for path, at in zip(files, times, strict=True)
            ]
            taken = import_captures(captures, now=now, slug=story)
        except ImportRefused as error:
            raise CommandError(f"{error} Nothing was written.", returncode=REFUSED) from error
        for each in taken:
            self.stdout.write("\n".join(_summarise(each)))


def _read_zone(name: str) -> tzinfo:
    try:
        return zone_info(name)
    except ZoneInfoNotFoundError as error:
        raise ImportRefused(f"“{name}” is not a time zone; one is written like America/New_York.") from error


def _read_times(as_of: list[str], count: int, zone: tzinfo) -> list[datetime | None]:
    if not as_of:
        return [None] * count
    if len(as_of) != count:
        raise ImportRefused(f"--as-of was given {len(as_of)} times for {count} files: give it once for each.")
    return [_read_time(moment, zone) for moment in as_of]


def _read_time(moment: str, zone: tzinfo) -> datetime:
    try:
        parsed = parse_datetime(moment)
        day = None if parsed else parse_date(moment)
    except ValueError:
        parsed = day = None
    if day:
        parsed = datetime(day.year, day.month, day.day)
    if parsed is None:
        raise ImportRefused(f"“{moment}” is not a time; one is written like 2024-05-18T15:24.")
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)


def _read_capture(path: Path, as_of: datetime | None, *, zone: str, encoding: str, now: datetime) -> Capture:
    text = read_text(path, encoding=encoding)
    try:
        story = parse_as(text, recognise(text), reference_date=(as_of or now).date(), default_zone=zone)
    except NotAStory as error:
        raise NotAStory(f"{path} is not the text of a story: {error}.") from error
    return Capture(path.name, story, as_of, zone)


def _summarise(taken: Taken) -> list[str]:
    article, version, story = taken.article, taken.version, taken.capture.story
    link = f"{settings.SITE_URL}{article.get_absolute_url()}"
    if version is None:
        return [f"{taken.capture.name}: in the record already, nothing was changed. {link}"]
    how = "a new story" if taken.is_new_article else f"a later capture ({taken.matched_because})"
    words = len(story.body.split())
    return [
        f"{taken.capture.name}: {how}, recorded as version {version.number}, {_tell_time(version)}",
        f"  headline  {story.headline}",
        f"  dek       {story.dek or '–'}",
        f"  byline    {story.byline or '–'}",
        f"  body      {len(story.paragraphs)} paragraphs, {words} words",
        f"  updates   {len(taken.updates)} new",
        *(f"            {_describe(update)}" for update in taken.updates),
        f"  passages  {len(taken.citations)} new, proposed as citations; attach them to their sources in the admin",
        *(f"            {citation}" for citation in taken.citations),
        *(
            f"  left out  “{line}” (a picture's credit or a stamp of time, it seems)"
            for line in story.left_out
        ),
        f"  readers   {link}",
        f"  editors   {settings.SITE_URL}/admin/stories/article/{article.pk}/change/",
    ]


def _tell_time(version: Any) -> str:
    if version.stated_at is None:
        return "as of an unknown time"
    zone = version.frozen["stated_zone"]
    return f"as of {version.stated_at.astimezone(zone_info(zone or 'UTC')):%Y-%m-%d %H:%M %Z}"


def _describe(update: Any) -> str:
    if update.stated_at is None:
        when = "no time given"
    else:
        local = update.stated_at.astimezone(zone_info(update.stated_zone))
        when = (
            f"{local:%Y-%m-%d %H:%M %Z}"
            if update.stated_precision == Precision.MINUTE
            else f"{local:%Y-%m-%d}"
        )
    headline = ", changed the headline" if update.headline_changed else ""
    before = "" if update.is_text_before_recorded else ", the text before it was not recorded"
    return f"{update.get_kind_display()}, {when}{headline}{before}"
