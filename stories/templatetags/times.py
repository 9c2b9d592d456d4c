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
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from stories.models.told_times import clock_in_full, to_the_second, zone_name
from stories.text.zones import zone_info

register = template.Library()

register.filter(clock_in_full)
register.filter(to_the_second)

#: How each language writes a time, as letters of Django's date formats.
_FORMS = {
    "minute": pgettext_lazy("date format", "N j, Y, P"),
    "day": pgettext_lazy("date format", "N j, Y"),
    "month": pgettext_lazy("date format", "F Y"),
    "year": pgettext_lazy("date format", "Y"),
}
_ON_THE_CLOCK = pgettext_lazy("date format", "j M Y, H:i")
_ON_THE_DAY = pgettext_lazy("date format", "j M Y")
_IN_UTC = pgettext_lazy("date format", "N j, Y, H:i")
_MACHINE_LENGTHS = {"day": 10, "month": 7, "year": 4}


@register.simple_tag
def moment(at: datetime, zone: str = "", precision: str = "minute") -> SafeString:
    """A `<time>` in the zone named, or the person's own, or the newsroom's: `May 18, 2024, 3:24 p.m. EDT`."""
    local = at.astimezone(_zone(zone))
    form = precision if precision in _FORMS else "minute"
    words = format_date(local, str(_FORMS[form]))
    machine = local.isoformat(timespec="seconds")[: _MACHINE_LENGTHS.get(form)]
    if form != "minute":
        return format_html('<time datetime="{}">{}</time>', machine, words)
    return format_html(
        '<time datetime="{}" title="{}">{} {}</time>', machine, _in_utc(at), words, zone_name(local)
    )


@register.simple_tag
def ago(at: datetime) -> SafeString:
    """How long ago, with the exact time in its title."""
    local = at.astimezone(_zone(""))
    words = _spelled(at, timezone.now(), parts=1)
    exact = f"{format_date(local, str(_FORMS['minute']))} {zone_name(local)}"
    text = _("%(time)s ago") % {"time": words} if words else _("just now")
    machine = local.isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, exact, text)


@register.simple_tag
def clock(at: datetime, zone: str = "") -> SafeString:
    """A `<time>` for those who work here, in the zone named or their own: `18 May 2024, 15:24 EDT`."""
    local = at.astimezone(_zone(zone))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), _clock(local))


@register.filter
def on_the_clock(at: datetime) -> str:
    """As `clock`, without markup."""
    return _clock(timezone.localtime(at))


@register.filter
def day(at: datetime) -> str:
    return format_date(timezone.localtime(at), str(_ON_THE_DAY))


@register.filter
def day_and_time(at: datetime) -> str:
    """In the newsroom's zone, without naming it, where there is no room or no markup: in a list to choose from."""
    return format_date(at.astimezone(_zone("")), str(_FORMS["minute"]))


@register.filter
def gap(before: datetime, after: datetime) -> str:
    """The time between two moments in words, such as `1 day, 23 hours`; empty where it is less than a minute."""
    return _spelled(before, after, parts=2)


def _spelled(before: datetime, after: datetime, *, parts: int) -> str:
    earlier, later = sorted((before, after))
    if (later - earlier).total_seconds() < 60:
        return ""
    return timesince(earlier, later, depth=parts).replace("\xa0", " ")


def _zone(name: str) -> tzinfo:
    """The one named; where none is, that of the person who asks, or the newsroom's."""
    return _named_zone(name) if name else timezone.get_current_timezone()


@lru_cache(maxsize=64)
def _named_zone(name: str) -> tzinfo:
    try:
        return zone_info(name)
    except ZoneInfoNotFoundError:
        return UTC


def _clock(local: datetime) -> str:
    return f"{format_date(local, str(_ON_THE_CLOCK))} {zone_name(local)}"


def _in_utc(at: datetime) -> str:
    """What hovering tells; where scripts run, it is told in the reader's own zone instead."""
    return f"{format_date(at.astimezone(UTC), str(_IN_UTC))} UTC"
