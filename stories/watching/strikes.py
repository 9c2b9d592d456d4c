"""Whether a page is lost, by strikes and not by one bad day.

A look that could not read the page is a strike, if the last strike is at least a day old; the third is believed, and
any success clears them all. A server that says 410 means it: that page is lost at once. Where our own network is down,
that is no strike against anybody.
"""

from datetime import datetime, timedelta

from stories.models import Watch
from stories.models.watch import ENOUGH_STRIKES
from stories.watching.outage import UNREACHED, is_our_network_down, say_that_it_is_down
from stories.watching.reading import Reading

APART = timedelta(days=1)


def strikes_with(watch: Watch, reading: Reading, *, at: datetime) -> int:
    """The strikes against the page, now that this look could not read it either."""
    if reading.is_final:
        return max(watch.strike_count, ENOUGH_STRIKES)
    is_strike = watch.struck_at is None or at - watch.struck_at >= APART
    if (
        is_strike
        and reading.reason in UNREACHED
        and is_our_network_down(at=at, besides=watch.source.url or "")
    ):
        say_that_it_is_down(at=at)
        return watch.strike_count
    return min(watch.strike_count + is_strike, ENOUGH_STRIKES)
