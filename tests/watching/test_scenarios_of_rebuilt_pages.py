"""What people hear over six checks of pages that are rebuilt, moved, translated, walled off and edited meanwhile.

The same way as in `tests/watching/test_scenarios.py`: every alarm that is due, and not one more (invariant 7).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

import pytest

from stories.models import Alert, Delivery
from stories.models.words import DeliveryState, Pace
from tests.factories import make_reporter
from tests.watching.looking import CitedPage, marked_as_superseded, superseded
from tests.watching.source_site import Answer
from tests.watching.test_scenarios import (
    CHECKS,
    CONSENT,
    CUT,
    DOWN,
    ELSEWHERE,
    PASSAGE,
    SOFT_404,
    A,
    B,
    html,
    noisy,
    story,
    tell,
)

FIRST_EDIT = PASSAGE.replace("will not", "will")
SECOND_EDIT = FIRST_EDIT.replace("12 euros", "14 euros")
D = html(story(passage=SECOND_EDIT))
TEXT = ["The harbour board has set out how the crossing will run in the coming season, after two public meetings.",
        "Boats leave from the north quay every forty minutes, and the last one calls at all three islands.",
        PASSAGE, ELSEWHERE, "Questions are answered at the harbour office."]  # fmt: skip
ROBOTS_FORBID = Answer(b"User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})
ROBOTS_ALLOW = Answer(b"User-agent: *\nDisallow:", headers={"Content-Type": "text/plain"})


def page_of(body: str, *, title: str = "Fares", head: str = "") -> Answer:
    return html(
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


def in_blocks(before: str, after: str, *, texts: Sequence[str] = TEXT, around: str = "{}") -> Answer:
    return page_of(around.format("<h1>Fares</h1>" + "".join(before + text + after for text in texts)))


def spans(text: str) -> str:
    return "".join(f"<span class=w{n}>{word}</span> " for n, word in enumerate(text.split()))


MARKUPS = [
    in_blocks("<p>", "</p>", around="<main>{}</main>"),
    in_blocks(
        "<div class=css-1a2b3c><div>", "</div></div>", around="<div id=__next><div role=main>{}</div></div>"
    ),
    in_blocks("<p>", "</p>", texts=[spans(text) for text in TEXT], around="<article>{}</article>"),
    in_blocks("<tr><td>", "</td></tr>", around="<table>{}</table>"),
    in_blocks("", "<br><br>", around="<main>{}</main>"),
    in_blocks("<section><p>", "</p></section>", around="<app-root><app-page>{}</app-page></app-root>"),
]


def paragraphs(
    *texts: str, head: str = "", title: str = "Fares", h1: str = "Fares", tail: str = ""
) -> Answer:
    body = "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)
    return page_of(
        f"<nav><a href=/>Home</a></nav><main><h1>{h1}</h1>{body}</main>{tail}", head=head, title=title
    )


def with_passage(block: str, **fields: str) -> Answer:
    return paragraphs(TEXT[0], TEXT[1], block, TEXT[3], TEXT[4], **fields)


def encoded(text: str, charset: str, *, says: str | None = None, bom: bytes = b"") -> Answer:
    kind = "text/html" if says is None else f"text/html; charset={says}"
    return Answer(bom + text.encode(charset), headers={"Content-Type": kind})


ACCENTS = "Le conseil n’augmentera pas le tarif de 12 euros – “promis” – avant l’été, a répété son président."
ACCENTED = story(passage=ACCENTS)
META = ACCENTED.replace("<head>", "<head><meta charset=windows-1252>")


def pdf(*lines: str) -> Answer:
    """The smallest PDF that shows these lines."""
    shown = (
        b"BT /F1 10 Tf 50 700 Td 14 TL " + b" ".join(b"(%s) Tj T*" % line.encode() for line in lines) + b" ET"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 700 800] /Contents 4 0 R /Resources"
        b" << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
    ]  # fmt: skip
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return Answer(
        body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF", headers={"Content-Type": "application/pdf"}
    )


def on_paper(passage: str) -> Answer:
    middle = passage.index(" ", len(passage) // 2)
    return pdf("Fares", TEXT[0], TEXT[1], passage[:middle], passage[middle + 1 :], TEXT[3], TEXT[4])


def atom(*entries: str) -> Answer:
    items = "".join(
        f"<entry><id>tag:harbour,{sum(e.encode())}</id><title>{escape(e[:30])}</title>"
        f"<updated>2026-03-01T09:00:00Z</updated><content type='text'>{escape(e)}</content></entry>"
        for e in entries
    )
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour</title><id>tag:h</id>{items}</feed>"
    return Answer(feed.encode(), headers={"Content-Type": "application/atom+xml"})


NEWS = [f"Notice {n}: the {word} quay is closed to all boats on Monday." for n, word in
        enumerate(["north", "south", "east", "west", "old", "new"])]  # fmt: skip


def document(passage: str = PASSAGE, *, indent: int | None = None, turned: bool = False) -> Answer:
    fields = [
        ("id", 17),
        ("title", "Fares"),
        ("text", passage),
        ("dogs", ELSEWHERE),
        ("tags", ["sea", "fare"]),
    ]
    return Answer(
        json.dumps(dict(reversed(fields) if turned else fields), indent=indent).encode(),
        headers={"Content-Type": "application/json"},
    )


def table(adult: str, child: str, *, kind: str = "return") -> Answer:
    return paragraphs(
        TEXT[0], TEXT[1],
        f"<table><tr><th>Who</th><th>Fare</th></tr><tr><td>Adult {kind}</td><td>{adult}</td></tr>"
        f"<tr><td>Child {kind}</td><td>{child}</td></tr></table>", TEXT[4],
    )  # fmt: skip


TO_THERE = Answer(b"", status=302, headers={"Location": "/there"})
TAGGED_A, TAGGED_B = (replace(answer, headers={"ETag": tag}) for answer, tag in ((A, '"a"'), (B, '"b"')))
BOTH, FIRST_ALTERED, SECOND_ALTERED, BOTH_ALTERED = (
    html(story(passage=one, elsewhere=two))
    for two in (ELSEWHERE, "Dogs may not travel on the upper deck if they are kept on a lead.")
    for one in (PASSAGE, FIRST_EDIT)
)
PAYWALL = paragraphs(
    TEXT[0], "<div class=paywall><h2>Subscribe to continue reading</h2><p>This article is for subscribers only. "
    "Already a subscriber? Log in.</p><button>Subscribe now</button></div>",
)  # fmt: skip
TRANSLATED = page_of(
    "<main><h1>Tarife</h1><p>Der Hafenrat hat festgelegt, wie die Fähre in der kommenden Saison fährt.</p>"
    "<p>Der Rat wird den Fahrpreis von 12 Euro nicht vor Ende des Jahres erhöhen.</p>"
    "<p>Hunde dürfen auf dem Oberdeck mitfahren, wenn sie angeleint sind.</p></main>"
)

Step = Answer | Mapping[str, Answer]


@dataclass(frozen=True)
class Scenario:
    name: str
    steps: Sequence[Step]
    told: Mapping[int, str] = field(default_factory=dict)
    passages: Sequence[str] = (PASSAGE,)
    is_fleeting: bool = False
    wait: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


SCENARIOS = [
    Scenario("a revert that stood for two checks, and the edit again", [A, B, B, A, B, A],
             {2: "Altered", 4: "Restored", 5: "Alternates"}),
    Scenario("an A/B page that settles on the edit", [A, B, A, B, B, B], {5: "Altered"}, is_fleeting=True),
    Scenario("an edit behind a soft 404", [A, A, html(SOFT_404), B, B, B], {4: "Altered"}),
    Scenario("moved, and edited there",
             [A, {"/notice": replace(A, status=301, body=b"", headers={"Location": "/new"}), "/new": A},
              {"/new": A}, {"/new": B}, {"/new": B}, {"/new": A}], {2: "Moved", 4: "Altered", 6: "Restored"}),
    Scenario("edited twice, and the second edit taken back", [A, B, D, D, B, B],
             {2: "Altered", 3: "Altered", 5: "Altered"}),
    Scenario("edited while everything around it is another each time",
             [noisy(1), noisy(2), *[Answer(noisy(n).body.replace(PASSAGE.encode(), FIRST_EDIT.encode()))
                                    for n in (3, 4, 5, 6)]], {3: "Altered"}),
    Scenario("split in two pages",
             [A, A, *[paragraphs(*TEXT[:2], TEXT[4], tail="<a rel=next href=/notice?page=2>Next page</a>")] * 4],
             {3: "Missing"}),
    Scenario("another encoding each time",
             [encoded(ACCENTED, "utf-8", says="utf-8"), encoded(ACCENTED, "cp1252", says="windows-1252"),
              encoded(ACCENTED, "utf-16-le", says=None, bom=b"\xff\xfe"), encoded(META, "cp1252"),
              encoded(ACCENTED, "utf-8", says=None, bom=b"\xef\xbb\xbf"), encoded(META, "utf-8", says="UTF-8")],
             passages=[ACCENTS]),
    Scenario("printed as a PDF, and edited there",
             [A, on_paper(PASSAGE), on_paper(PASSAGE), on_paper(FIRST_EDIT), on_paper(FIRST_EDIT), A],
             {4: "Altered", 6: "Restored"}),
    Scenario("led elsewhere for now, and edited there",
             [A, {"/notice": TO_THERE, "/there": A}, {"/there": A}, {"/there": B}, {"/there": B}, {"/there": B}],
             {4: "Altered"}),
    Scenario("an edit behind an outage", [A, DOWN, DOWN, B, B, B], {4: "Altered"}),
    Scenario("an edit behind robots.txt",
             [{"/robots.txt": ROBOTS_ALLOW, "/notice": A}, {"/robots.txt": ROBOTS_FORBID},
              {"/notice": B}, {"/robots.txt": ROBOTS_ALLOW}, B, B], {4: "Altered"}, wait={"hours": 30}),
    Scenario("the same text in other markup each time", MARKUPS),
    Scenario("edited a little each time",
             [html(story(passage=p)) for p in (
                 PASSAGE, PASSAGE.replace("12", "13"), PASSAGE.replace("12", "13").replace("raise", "lower"),
                 PASSAGE.replace("12", "13").replace("raise", "lower").replace("year", "month"),
                 PASSAGE.replace("12", "14").replace("raise", "lower").replace("year", "month"),
                 PASSAGE.replace("12", "14").replace("raise", "lower").replace("year", "week"))],
             dict.fromkeys(range(2, 7), "Altered")),
    Scenario("put into other blocks",
             [with_passage(f"<p>{PASSAGE}</p>"), with_passage(f"<blockquote><p>{PASSAGE}</p></blockquote>"),
              with_passage(f"<aside class=pull>{PASSAGE}</aside>"), with_passage(f"<ul><li>{PASSAGE}</li></ul>"),
              with_passage(f"<details><summary>On fares</summary>{PASSAGE}</details>"),
              with_passage(f"<figure><figcaption>{PASSAGE}</figcaption></figure>")],
             {5: "Changed", 6: "Restored"}),
    Scenario("the name of the house in the title",
             [with_passage(PASSAGE, title=t) for t in ("Fares", "Fares | Harbour", "Fares – Harbour board", "Fares",
              "(2) Fares", "Fares")]),
    Scenario("another headline", [with_passage(PASSAGE, h1=t, title=t) for t in
             ("Fares", "Fares", "Board breaks its promise on fares", "Board breaks its promise on fares", "Fares",
              "Fares")], {3: "Changed", 5: "Restored"}),
    Scenario("two quotes, of which one changes",
             [BOTH, FIRST_ALTERED, FIRST_ALTERED, BOTH, BOTH, BOTH], {2: "Altered", 4: "Restored"},
             passages=[PASSAGE, ELSEWHERE]),
    Scenario("two quotes, one after the other",
             [BOTH, FIRST_ALTERED, BOTH_ALTERED, SECOND_ALTERED, BOTH, BOTH],
             {2: "Altered", 3: "Altered", 4: "Restored", 5: "Restored"}, passages=[PASSAGE, ELSEWHERE]),
    Scenario("an edit behind a consent wall", [A, html(CONSENT), html(CONSENT), B, B, B], {4: "Altered"}),
    Scenario("cut short, whole with an edit, cut short again", [A, CUT, B, CUT, B, A],
             {3: "Altered", 6: "Restored"}),
    Scenario("edits that are gone at the second look", [A, B, A, D, A, A], is_fleeting=True),
    Scenario("not modified since the edit", [TAGGED_A, TAGGED_A, TAGGED_B, TAGGED_B, TAGGED_B, TAGGED_A],
             {3: "Altered", 6: "Restored"}),
    Scenario("two edits while it cannot be reached", [A, DOWN, html(SOFT_404), D, D, A],
             {4: "Altered", 6: "Restored"}),
    Scenario("a feed whose entry is pushed out",
             [atom(PASSAGE, *NEWS[:3]), atom(NEWS[3], PASSAGE, *NEWS[:2]), atom(NEWS[4], NEWS[3], PASSAGE, NEWS[0]),
              atom(NEWS[5], NEWS[4], NEWS[3], PASSAGE), atom(*NEWS[2:]), atom(*NEWS[2:])],
             {2: "Changed", 3: "Changed", 4: "Changed", 5: "Missing"}),
    Scenario("a document in another order, and an edit of it",
             [document(), document(turned=True), document(indent=4), document(FIRST_EDIT, indent=2),
              document(FIRST_EDIT, turned=True), document()], {4: "Altered", 6: "Restored"}),
    Scenario("two cells that change places",
             [table("12 euros", "6 euros"), table("12 euros", "6 euros"), table("6 euros", "12 euros"),
              table("6 euros", "12 euros"), table("12 euros", "6 euros"), table("12 euros", "6 euros")],
             {3: "Altered", 5: "Restored"}, passages=["Adult return 12 euros"]),
    Scenario("a wall for subscribers while it is edited", [A, PAYWALL, PAYWALL, B, PAYWALL, A],
             {4: "Altered", 6: "Restored"}),
    Scenario("translated", [A, A, TRANSLATED, TRANSLATED, A, A], {3: "Missing", 5: "Restored"}),
    Scenario("commented out, and hidden",
             [with_passage(PASSAGE), with_passage(f"<!-- <p>{PASSAGE}</p> -->"),
              with_passage(f"<p hidden>{PASSAGE}</p>"), with_passage(PASSAGE), with_passage(PASSAGE),
              with_passage(f"<script type=text/template><p>{PASSAGE}</p></script>")],
             {2: "Missing", 4: "Restored", 6: "Alternates"}),
    Scenario("an old copy now and then after the edit", [A, B, B, A, B, B], {3: "Altered"}, is_fleeting=True),
    Scenario("a mark of money in place of its name", [html(story(passage=PASSAGE.replace(old, new))) for old, new in
             (("x", "x"), ("12 euros", "€12"), ("12 euros", "€12"), ("12 euros", "€21"), ("x", "x"), ("x", "x"))],
             {2: "Altered", 4: "Altered", 5: "Restored"}),
]  # fmt: skip


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_over_six_checks_everything_is_told_and_nothing_else(scenario: Scenario, cited: CitedPage) -> None:
    assert len(scenario.steps) == CHECKS
    reporter = make_reporter()
    for passage in scenario.passages:
        cited.cite(passage).article.reporters.add(reporter)

    told = {number: labels for number, labels in enumerate(heard(scenario, cited), 1) if labels}

    assert told == {number: [label] for number, label in scenario.told.items()}
    assert Alert.objects.count() == (1 if scenario.told else 0), "one change that develops is one alert"
    assert marked_as_superseded() == superseded()


def heard(scenario: Scenario, cited: CitedPage) -> Iterator[list[str]]:
    for step in scenario.steps:
        cited.site.answers |= {cited.path: step} if isinstance(step, Answer) else step
        cited.clock.advance(**scenario.wait)
        cited.look()
        told = tell(cited)
        if cited.watch.pace == Pace.CONFIRMING and not scenario.is_fleeting:
            assert told == [], "nobody hears of what was seen once"
            cited.look()
            told = tell(cited)
        Delivery.objects.update(state=DeliveryState.SENT)
        yield told
