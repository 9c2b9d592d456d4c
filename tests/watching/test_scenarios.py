"""What people hear of a page over six checks: every alarm that is due, and not one more (invariant 7).

Each scenario goes the whole way: a page on a real server, the schedule, the check, the second look that confirms,
the alert and the headline of the message. `lasting` pages stand still while they are looked at a second time;
`fleeting` ones are another at every single look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from stories.alerting.message import message_for
from stories.alerting.tell import tell_news
from stories.models import Alert, Snapshot, Watch
from stories.models.words import Pace
from tests.factories import make_reporter
from tests.watching.looking import ABOUT, CHALLENGE, CitedPage, marked_as_superseded, superseded
from tests.watching.source_site import Answer

PASSAGE = "The board will not raise the fare of 12 euros before the end of the year."
ELSEWHERE = "Dogs may travel on the upper deck if they are kept on a lead."
CHECKS = 6


def story(*, passage: str = PASSAGE, elsewhere: str = ELSEWHERE, around: str = "", head: str = "") -> str:
    return (
        "<!doctype html><html lang=en><head><title>Fares</title>"
        f"{head}</head><body><nav><a href=/>Home</a> <a href=/fares>Fares</a></nav><main><h1>Fares</h1>{ABOUT}"
        f"<p>{passage}</p><p>{elsewhere}</p><p>Questions are answered at the harbour office.</p></main>{around}"
        "</body></html>"
    )


def html(text: str = "", **fields: Any) -> Answer:
    return Answer((text or story()).encode(), **fields)


def altered(old: str, new: str) -> Answer:
    assert old in PASSAGE
    return html(story(passage=PASSAGE.replace(old, new)))


def noisy(number: int) -> Answer:
    """The same to a reader: advertising, counters, a clock, nonces and related links are others each time."""
    return html(
        story(
            head=f"<meta name=csrf-token content=a{number}f><script nonce=n{number}>var t={number}</script>",
            around=(
                f"<aside class=ad><p>Advertisement</p><p>Offer number {number}: save {number} % on boots</p></aside>"
                f"<section class=related><h2>Related stories</h2><ul><li><a href=/r/{number}>Ten things to know, "
                f"part {number}</a></li></ul></section><footer><p>{number},204 views</p>"
                f"<p>Page generated at 12:0{number}:31 on 5 March 2026</p></footer>"
            ),
        )
    )


def noisy_elsewhere(number: int) -> Answer:
    """The same of a page in other languages."""
    return html(
        story(
            around=f"<p>今日は2026年3月{number}日です</p><p>閲覧数 1,{number}04</p><p>{number} dakika önce</p>"
            f"<div>Просмотров: {number}04</div><h3>関連記事</h3><ul><li><a href=/{number}>港 {number}</a></ul>"
        )
    )


A, B, C = html(), altered("will not", "will"), altered("12 euros", "14 euros")
STRUCK = html(
    story(passage=f"<i class=old>{PASSAGE}</i>", head="<style>.old{text-decoration:line-through}</style>")
)
CUT = Answer(story(passage="Cut").encode()[:-400], is_cut_short=True)
CONSENT = (
    "<!doctype html><html><head><title>Before you continue</title></head><body><h1>We value your privacy</h1>"
    "<p>We and our partners use cookies. Please choose whether you accept.</p><button>Accept all</button>"
    "<button>Reject all</button></body></html>"
)
SOFT_404 = (
    "<!doctype html><html><head><title>Page not found</title></head><body><h1>Page not found</h1>"
    "<p>Sorry, the page you are looking for does not exist.</p></body></html>"
)
UNKNOWN_404 = html(
    "<!doctype html><html><head><title>Síðan fannst ekki</title></head><body><h1>Síðan fannst ekki</h1>"
    "<p>Því miður finnum við ekki síðuna.</p></body></html>"
)
SHELL = html(
    "<!doctype html><html><head><title>Fares</title></head><body><div id=root></div>"
    "<noscript>You need to enable JavaScript to run this app.</noscript></body></html>"
)
NO_LONGER_HERE = html(
    "<!doctype html><html><head><title>Harbour</title></head><body><main><h1>Oops</h1>"
    "<p>Sorry, this page is no longer available.</p>"
    + "".join(f"<p><a href=/{n}>Harbour news with a long headline, number {n}</a></p>" for n in range(15))
    + "</main></body></html>"
)
ASKED = html(
    story(
        around="<div class=x9f><h3>Sie entscheiden</h3><p>Wir verwenden Cookies.</p><button>OK</button></div>"
    )
)
HOME = html("<!doctype html><title>Harbour</title><h1>Harbour</h1><p>Welcome to the harbour.</p>")
TO_HOME = Answer(b"", status=302, headers={"Location": "/"})
DOWN = Answer(b"Out of service.", status=503)


@dataclass(frozen=True)
class Scenario:
    name: str
    answers: Sequence[Answer]
    #: The labels of what the reporter is sent after each check.
    told: dict[int, str] = field(default_factory=dict)
    is_fleeting: bool = False

    def __str__(self) -> str:
        return self.name


def lasting(name: str, *answers: Answer, told: dict[int, str] | None = None) -> Scenario:
    return Scenario(name, answers, told or {})


def fleeting(name: str, *answers: Answer, told: dict[int, str] | None = None) -> Scenario:
    return Scenario(name, answers, told or {}, is_fleeting=True)


TYPOGRAPHY = html(
    story(passage="The\u00a0board will not raise the fare of 12\u202feuros be\u00adfore the end of the year.")
)
SPACES = html(story(passage=PASSAGE.replace(" ", "\n    "), elsewhere=ELSEWHERE.replace(" ", "  ")))
MOVED_ON_PAGE = html(story(passage=ELSEWHERE, elsewhere=PASSAGE))
DROPPED = html(story(passage="This paragraph was taken out at the request of the board."))
EDITED_ELSEWHERE = html(story(elsewhere="Dogs may no longer travel on any deck, not even on a lead."))
NOT_FOUND = Answer(b"Not here.", status=404)
TO_NEW = Answer(b"", status=301, headers={"Location": "/new"})
REMOVED = Answer(b"Removed.", status=410)
# Spelt so, the site does not look at what it is asked, and sends the page whatever the ETag.
SAME_A, SAME_B = (replace(answer, headers={"Etag": '"same"'}) for answer in (A, B))

SCENARIOS = [
    lasting("noise of every kind", *(noisy(number) for number in range(1, 7))),
    lasting("noise in other languages", *(noisy_elsewhere(number) for number in range(1, 7))),
    lasting("a box that asks to accept cookies", A, ASKED, A, ASKED, ASKED, A),
    lasting("one soft 404 with links to other stories", A, A, NO_LONGER_HERE, A, A, A),
    lasting(
        "a consent wall while the passage is altered", A, B, html(CONSENT), B, A, A, told={2: "Altered", 5: "Restored"}
    ),
    lasting("typography", A, TYPOGRAPHY, TYPOGRAPHY, A, TYPOGRAPHY, A),
    lasting("white space and layout", A, SPACES, SPACES, A, SPACES, A),
    lasting("one truncated copy", A, A, CUT, A, A, A),
    lasting("one challenge with 200", A, A, html(CHALLENGE), A, A, A),
    lasting("one consent wall", A, A, html(CONSENT), A, A, A),
    lasting("one soft 404", A, A, html(SOFT_404), A, A, A),
    lasting("one 503", A, A, DOWN, A, A, A),
    lasting("one empty page", A, A, Answer(b""), A, A, A),
    lasting("one redirect to the home page", A, A, TO_HOME, A, A, A),
    lasting("a server that is down for two checks", A, A, DOWN, DOWN, A, A),
    fleeting("one look at an older edition", A, A, B, A, A, A),
    fleeting("another page at every look", A, B, A, B, A, B, told={6: "Alternates"}),
    lasting("a passage that flaps", A, B, A, B, A, B, told={2: "Altered", 3: "Restored", 4: "Alternates"}),
    lasting("a change taken back", A, A, B, B, A, A, told={3: "Altered", 5: "Restored"}),
    lasting("a passage struck by a class, and back", A, STRUCK, STRUCK, A, A, A, told={2: "Missing", 4: "Restored"}),
    lasting("a wall while altered", A, html(CHALLENGE), B, html(CHALLENGE), B, A, told={3: "Altered", 6: "Restored"}),
    lasting("a word", A, altered("raise", "lower"), *[altered("raise", "lower")] * 4, told={2: "Altered"}),
    lasting(
        "a number, and another", A, C, C, altered("12", "15"), A, A,
        told={2: "Altered", 4: "Altered", 5: "Restored"},
    ),
    lasting("a negation", A, A, B, B, B, B, told={3: "Altered"}),
    lasting("a passage that moved on the page", A, MOVED_ON_PAGE, MOVED_ON_PAGE, A, MOVED_ON_PAGE, A),
    lasting("a passage taken out", A, DROPPED, DROPPED, DROPPED, DROPPED, A, told={2: "Missing", 6: "Restored"}),
    lasting(
        "altered, then taken out", A, B, DROPPED, B, B, A,
        told={2: "Altered", 3: "Missing", 4: "Altered", 6: "Restored"},
    ),
    lasting("an edit elsewhere", A, A, EDITED_ELSEWHERE, EDITED_ELSEWHERE, A, A, told={3: "Changed", 5: "Restored"}),
    lasting(
        "two edits elsewhere, both taken back",
        A, EDITED_ELSEWHERE, html(story(elsewhere="Dogs and cats pay half.")), A, A, A,
        told={2: "Changed", 3: "Changed", 4: "Restored"},
    ),
    lasting(
        "an edit elsewhere that flaps", *[A, EDITED_ELSEWHERE] * 3,
        told={2: "Changed", 3: "Restored", 4: "Alternates"},
    ),
    fleeting("an edit elsewhere at every other look", *[A, EDITED_ELSEWHERE] * 3, told={6: "Alternates"}),
    fleeting("gone at every other look", A, NOT_FOUND, A, NOT_FOUND, A, NOT_FOUND),
    lasting("moved for good", A, A, *[TO_NEW] * 4, told={3: "Moved"}),
    fleeting("moved for one look", A, A, TO_NEW, A, A, A),
    lasting(
        "removed for good and back, twice", A, REMOVED, A, REMOVED, A, A,
        told={2: "Gone", 3: "Restored", 4: "Gone", 5: "Restored"},
    ),
    lasting("removed for good", A, A, *[REMOVED] * 4, told={3: "Gone"}),
    lasting("the same ETag with another body", SAME_A, SAME_A, *[SAME_B] * 4, told={3: "Altered"}),
    lasting("another ETag with the same body", *(html(headers={"ETag": f'"{number}"'}) for number in range(6))),
    lasting(
        "two wordings by turns, and then what was cited", A, B, C, B, C, A,
        told={2: "Altered", 3: "Altered", 4: "Altered", 5: "Alternates", 6: "Restored"},
    ),
    lasting("an error page in a language of no list", A, UNKNOWN_404, A, UNKNOWN_404, UNKNOWN_404, A),
    lasting("the shell of an application", A, SHELL, B, SHELL, B, B, told={3: "Altered"}),
    lasting("A, B and then C", A, B, A, B, C, C, told={2: "Altered", 3: "Restored", 4: "Alternates", 5: "Altered"}),
]  # fmt: skip


@pytest.fixture
def fares(cited: CitedPage) -> CitedPage:
    citation = cited.cite(PASSAGE)
    citation.article.reporters.add(make_reporter())
    cited.site.answers |= {"/": HOME, "/new": A}
    return cited


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_over_six_checks_everything_is_told_and_nothing_else(scenario: Scenario, fares: CitedPage) -> None:
    assert len(scenario.answers) == CHECKS

    told = {number: check(fares, answer, scenario) for number, answer in enumerate(scenario.answers, 1)}

    assert {number: labels for number, labels in told.items() if labels} == {
        number: [label] for number, label in scenario.told.items()
    }
    assert Alert.objects.count() == (1 if scenario.told else 0), "one change that develops is one alert"
    assert marked_as_superseded() == superseded()


def check(fares: CitedPage, answer: Answer, scenario: Scenario) -> list[str]:
    """Look when it is due, a second time if that is wanted, and return the headlines of what is sent."""
    fares.site.answers[fares.path] = answer
    fares.look()
    told = tell(fares)
    if fares.watch.pace == Pace.CONFIRMING and not scenario.is_fleeting:
        assert told == [], "nobody hears of what was seen once"
        fares.look()
        told = tell(fares)
    return told


def tell(fares: CitedPage) -> list[str]:
    return [message_for(delivery).headline.label for delivery in tell_news(now=fares.clock())]


def test_a_page_that_alternates_is_quiet_until_it_says_something_new(fares: CitedPage) -> None:
    """Invariant 7: one alert that says so, not one a day."""
    scenario = lasting("")
    heard = [label for answer in [A, B] * 10 for label in check(fares, answer, scenario)]
    new = check(fares, C, scenario)

    assert heard == ["Altered", "Restored", "Alternates"]
    assert new == ["Altered"]
    assert Alert.objects.count() == 1


@pytest.mark.parametrize("make", [lasting, fleeting])
@pytest.mark.parametrize(("last", "label"), [(A, "Restored"), (B, "Altered")])
def test_an_alternation_is_told_once_more_when_it_has_settled(
    last: Answer, label: str, make: Any, fares: CitedPage
) -> None:
    """Invariant 7: whichever of the two stays."""
    for answer in (A, B, A, B, A, B):
        check(fares, answer, make(""))
    quiet = [label for _ in range(3) for label in check(fares, last, make(""))]
    fares.clock.advance(days=15)

    settled = check(fares, last, make(""))

    assert (quiet, settled) == ([], [label])


def test_an_upgrade_of_the_extractor_between_two_checks_tells_nobody(fares: CitedPage) -> None:
    """Invariant 7: the stored bytes are read again first."""
    scenario = lasting("")
    heard = check(fares, A, scenario)
    for answer in (A, noisy(1), A, noisy(2), A):
        QuerySet(Snapshot).update(extractor_version="an older one")
        Watch.objects.update(read_with="an older one")
        heard += check(fares, answer, scenario)

    assert heard == []


@pytest.mark.parametrize("make", [lasting, fleeting])
def test_a_page_with_three_variants_is_quiet_too(make: Any, fares: CitedPage) -> None:
    """Invariant 7."""
    for answer in [A, B, C] * 3:
        check(fares, answer, make(""))

    heard = [label for answer in [A, B, C] * 3 for label in check(fares, answer, make(""))]

    assert heard == []
    assert Alert.objects.count() == 1


def test_what_is_new_on_a_page_with_three_variants_is_told(fares: CitedPage) -> None:
    """Invariant 7: what is new is never quiet."""
    for answer in [A, B, C] * 3:
        check(fares, answer, lasting(""))

    assert check(fares, altered("12 euros", "19 euros"), lasting("")) == ["Altered"]


def test_a_text_that_was_seen_once_in_passing_is_told_when_it_stays(fares: CitedPage) -> None:
    """Invariant 7: one look makes nothing known, on a page that alternates neither."""
    for answer in [A, EDITED_ELSEWHERE] * 3:
        check(fares, answer, lasting(""))
    strange = html(story(elsewhere="Dogs and cats pay half of what their owners pay."))
    in_passing = check(fares, strange, fleeting("")) + check(fares, A, fleeting(""))

    assert (in_passing, check(fares, strange, lasting(""))) == ([], ["Changed"])


def test_what_alternates_is_looked_at_no_more_often_than_anything_else(fares: CitedPage) -> None:
    for answer in (A, B, A, B, A, B):
        check(fares, answer, lasting(""))

    watch = Watch.objects.get()

    assert watch.due_at == fares.clock() + timedelta(hours=1)
