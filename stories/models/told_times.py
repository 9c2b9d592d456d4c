"""What the zone of a time is called, and times that are told with it."""

from datetime import datetime, timedelta

from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import pgettext_lazy

_IN_FULL = pgettext_lazy("date format", "j F Y, H:i")
_TO_THE_SECOND = pgettext_lazy("date format", "j F Y, H:i:s")
#: What a zone is called where letters say nothing. The same letters mean other zones elsewhere: hours from UTC tell.
_ZONES = {
    ("EST", -5): pgettext_lazy("time zone", "EST"),
    ("EDT", -4): pgettext_lazy("time zone", "EDT"),
    ("CST", -6): pgettext_lazy("time zone", "CST"),
    ("CDT", -5): pgettext_lazy("time zone", "CDT"),
    ("MST", -7): pgettext_lazy("time zone", "MST"),
    ("MDT", -6): pgettext_lazy("time zone", "MDT"),
    ("PST", -8): pgettext_lazy("time zone", "PST"),
    ("PDT", -7): pgettext_lazy("time zone", "PDT"),
    ("GMT", 0): pgettext_lazy("time zone", "GMT"),
    ("BST", 1): pgettext_lazy("time zone", "BST"),
    ("WET", 0): pgettext_lazy("time zone", "WET"),
    ("WEST", 1): pgettext_lazy("time zone", "WEST"),
    ("CET", 1): pgettext_lazy("time zone", "CET"),
    ("CEST", 2): pgettext_lazy("time zone", "CEST"),
    ("EET", 2): pgettext_lazy("time zone", "EET"),
    ("EEST", 3): pgettext_lazy("time zone", "EEST"),
}


def clock_in_full(moment: datetime) -> str:
    """In the zone of the person who asks: `18 May 2024, 15:24 EDT`."""
    return _told(moment, str(_IN_FULL))


def to_the_second(moment: datetime) -> str:
    """As `clock_in_full`, with the seconds: `18 May 2024, 15:24:05 EDT`."""
    return _told(moment, str(_TO_THE_SECOND))


def zone_name(local: datetime) -> str:
    """`EDT`, or what the language calls it; a zone that has only an offset for a name is told as one."""
    name = local.tzname() or ""
    hours = (local.utcoffset() or timedelta()) / timedelta(hours=1)
    if known := _ZONES.get((name, int(hours))):
        return str(known)
    return f"UTC{name}" if name[:1] in {"+", "-"} else name


def _told(moment: datetime, form: str) -> str:
    local = localtime(moment)
    return f"{format_date(local, form)} {zone_name(local)}"
