"""A week in minutes: every person's mail, held against what a thoughtful desk editor would have sent."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.alerting.mail_server import mail_server
from tests.alerting.week import MONDAY, Letter, Week, day, write_the_week
from tests.watching.source_site import SourceSite

pytestmark = pytest.mark.django_db

FORTY = "a passage quoted in “Budget {}” and 9 other stories"
#: By hand, from the script: to whom, on which day and at what hour of UTC, and with what words.
EXPECTED = {
    "ana": [
        (1, 12, "Altered: a passage quoted in “Ferries”"),
        (1, 12, "Altered: a passage quoted in “Trams”"),
        # The page said it again at seven in the morning of New York, and her digest comes at eight.
        (2, 13, "Restored: a passage quoted in “Trams”"),
        # After three tries, each a day or more after the one before.
        (3, 0, "Not readable: a source of “Library”"),
        (3, 12, f"Altered: {FORTY.format(0)}"),
        (3, 18, "Altered: a passage quoted in “Mill”"),
        # And on the Sunday on which its clocks are changed.
        (6, 12, "Restored: a passage quoted in “Library”"),
    ],
    "ben": [
        (1, 12, "Altered: a passage quoted in “Ferries”"),
        (1, 18, "Changed: a source of “Clinic”"),
        (2, 18, "Gone: a source of “Port”"),
        (3, 12, f"Altered: {FORTY.format(1)}"),
        # It changed at one in the night, and he sleeps until seven.
        (4, 6, "Altered: a passage quoted in “Bridge”"),
    ],
    "cleo": [
        (1, 23, "Altered: a passage quoted in “Trams”"),
        (2, 23, "Restored: a passage quoted in “Trams”"),
        (3, 23, f"Altered: {FORTY.format(2)}"),
    ],
    "dana": [(4, 8, "2 alerts: Missing: a passage quoted in “Court”, and 1 more")],
    "gus": [(4, 8, "2 alerts: Altered: a passage quoted in “Ferries”, and 1 more")],
    "eve": [],
    "finn": [],
    "ida": [(1, 12, "Altered: a passage quoted in “Ferries”")],
    "hal": [
        (1, 12, "Altered: a passage quoted in “Ferries”"),
        (1, 12, "Altered: a passage quoted in “Trams”"),
        (2, 0, "Altered: a passage quoted in “Court”"),
        (2, 18, "Gone: a source of “Port”"),
        (3, 0, "Missing: a passage quoted in “Court”"),
        (3, 8, "Restored: a passage quoted in “Trams”"),
        (3, 12, "Altered: a passage quoted in “Budget 0” and 39 other stories"),
        (3, 18, "Altered: a passage quoted in “Mill”"),
        (4, 0, "Altered: a passage quoted in “Bridge”"),
        (4, 12, "Altered: a passage quoted in “Schools”"),
    ],
}


@pytest.fixture
def week(settings: Any) -> Iterator[Week]:
    with SourceSite().serving() as site, mail_server(settings) as mailbox:
        settings.WATCH_ALLOWED_PRIVATE = [site.host_and_port]
        settings.WATCH_HOST_GAP_SECONDS = 0
        settings.WATCH_CONFIRM_SECONDS = 60
        yield Week(site, mailbox)


def told(letter: Letter) -> tuple[int, int, str]:
    since = letter.arrived_at - MONDAY
    return since.days, since.seconds // 3600, " ".join(letter.subject.split())


def test_in_a_week_everybody_hears_what_they_should_and_nothing_else(
    week: Week, pytestconfig: pytest.Config
) -> None:
    """Invariants 1, 3, 5 and 7, from the page to the mailbox."""
    people = write_the_week(week, sources=pytestconfig.getoption("--week-sources"))

    week.run(until=day(7))

    heard = {
        name: sorted(told(letter) for letter in week.letters.get(person.email, []))
        for name, person in people.items()
    }
    for name, letters in EXPECTED.items():
        assert heard[name] == sorted(letters), name
    everything = [letter for letters in week.letters.values() for letter in letters]
    assert len({letter.mail["Message-ID"] for letter in everything}) == len(everything)
