"""Times as readers see them: with their zone, no more exact than they are known, and machine-readable."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfoNotFoundError

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from stories.text.zones import zone_info

register = template.Library()

_FORMS = {"minute": "N j, Y, P", "day": "N j, Y", "month": "F Y", "year": "Y"}
_MACHINE_LENGTHS = {"day": 10, "month": 7, "year": 4}


@register.simple_tag
def moment(at: datetime, zone: str = "", precision: str = "minute") -> SafeString:
    """A `<time>` in the zone named, or the newsroom's: `May 18, 2024, 3:24 p.m. EDT`."""
    local = at.astimezone(_zone(zone))
    form = precision if precision in _FORMS else "minute"
    words = format_date(local, _FORMS[form])
    machine = local.isoformat(timespec="seconds")[: _MACHINE_LENGTHS.get(form)]
    if form != "minute":
        return format_html('<time datetime="{}">{}</time>', machine, words)
    return format_html(
        '<time datetime="{}" title="{}">{} {}</time>', machine, _in_utc(at), words, _abbreviation(local)
    )


@register.simple_tag
def ago(at: datetime) -> SafeString:
    """How long ago, with the exact time in its title."""
    local = at.astimezone(_zone(""))
    words = gap(at, timezone.now())
    exact = f"{format_date(local, _FORMS['minute'])} {_abbreviation(local)}"
    text = f"{words} ago" if words else "just now"
    machine = local.isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, exact, text)


@register.filter
def gap(before: datetime, after: datetime) -> str:
    """The time between two moments in words, such as `2 days`; empty where it is less than a minute."""
    seconds = abs((after - before).total_seconds())
    if seconds < 60:
        return ""
    earlier, later = sorted((before, after))
    return timesince(earlier, later, depth=1).replace("\xa0", " ")


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    if not name:
        return timezone.get_default_timezone()
    try:
        return zone_info(name)
    except ZoneInfoNotFoundError:
        return UTC


def _in_utc(at: datetime) -> str:
    """What hovering tells; where scripts run, it is told in the reader's own zone instead."""
    return f"{format_date(at.astimezone(UTC), 'N j, Y, H:i')} UTC"


def _abbreviation(local: datetime) -> str:
    """`EDT`; a zone that has only an offset for a name is told as one."""
    name = local.tzname() or ""
    return f"UTC{name}" if name[:1] in {"+", "-"} else name
