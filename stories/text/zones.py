"""The clock of a time zone by its name: one of the time zone database, or an offset such as `UTC+02:00`."""

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"UTC(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3]):(?P<minutes>[0-5][0-9])")


def zone_info(name: str) -> tzinfo:
    """The clock of the zone; raises `zoneinfo.ZoneInfoNotFoundError` if there is no such zone.

    Constant.

    >>> zone_info("UTC-03:30").utcoffset(None)
    datetime.timedelta(days=-1, seconds=73800)
    """
    if offset := _OFFSET.fullmatch(name):
        gap = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"]))
        return timezone(gap if offset["sign"] == "+" else -gap)
    try:
        return ZoneInfo(name)
    # A name that is no file's, or that of a folder, fails as a file would.
    except (ValueError, OSError) as error:
        raise ZoneInfoNotFoundError(f"no time zone is named {name!r:.100}") from error
