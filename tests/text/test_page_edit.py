"""What is seen at first sight is what the whole comparison would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.judge import Copy, judge_page
from stories.text.page import change
from stories.text.page.edit import is_plainly_edited, says_anew

STORY = (
    "The council met on Tuesday and heard what the engineers had to say about the bridge before it went on to vote.",
    "Nobody spoke against the plan, which is to close one lane from March on and to see how the traffic takes it.",
)
EDITED = STORY[0].replace("engineers", "surveyors")
#: What may make one word of another, or stand for a mark, an age or a clock, beside plain words.
PIECES = st.sampled_from((
    "council", "Council", "coun\u017fil", "coun\u00adcil", "coun\u200bcil", "coun-cil", "\ufb01nance", "finance",
    "f\u0456nance", "\u00barder", "order", "x\u00b2", "Updated 12:03:31.", "updated: 3 March 2024,", "2 hours ago",
    "retracted", "This article was withdrawn", "\u00a9 2025", "[1]", "[edit]", "<s>struck</s>", "the", "a",
))  # fmt: skip
LINES = st.lists(
    st.lists(PIECES, min_size=1, max_size=4).map(lambda words: f"{' '.join(words)} {STORY[0]}")
    | st.sampled_from(STORY),
    min_size=1,
    max_size=4,
)


def copy_of(lines: list[str] | tuple[str, ...], box: str = "main") -> Copy:
    blocks = "".join(f"<p>{line}</p>" for line in lines)
    return Copy(
        f"<html><body><{box}>{blocks}</{box}></body></html>".encode(),
        "text/html; charset=utf-8",
        200,
        "https://example.org/",
        "https://example.org/",
    )


@given(old=LINES, new=LINES, box=st.sampled_from(["main", "aside", "div"]))
def test_what_is_plain_is_what_the_whole_comparison_finds(old: list[str], new: list[str], box: str) -> None:
    before, after = copy_of(old, box), copy_of(new, box)
    if not is_plainly_edited(before.extract.text, after.extract.text, after):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(change, "is_plainly_edited", lambda *_: False)
        judgement = judge_page(before, after)
    # What is not believed is never compared.
    assert not judgement.is_believed or (judgement.outcome, judgement.reason) == ("changed", "content")


def test_a_word_that_stood_nowhere_makes_an_edit_plain() -> None:
    assert is_plainly_edited(STORY[0], EDITED, copy_of([EDITED]))


@pytest.mark.parametrize(
    ("old", "new", "box"),
    [
        pytest.param("\n".join(STORY), "\n".join(reversed(STORY)), "main", id="another order"),
        pytest.param(STORY[0].replace("engineers", "engi\u00adneers"), STORY[0], "main", id="a soft hyphen"),
        pytest.param(STORY[0].replace("council", "coun cil"), STORY[0], "main", id="a space amid a word"),
        pytest.param(STORY[0], EDITED, "aside", id="in the frame"),
        pytest.param(STORY[0], f"{STORY[0]} Updated 3 March 2024, 12:03", "main", id="a stamp"),
        pytest.param(
            "Withdrawn", f"Withdrawn\n{EDITED}\nThis article has been withdrawn.", "main", id="taken back"
        ),
    ],
)
def test_what_asks_for_the_whole_comparison(old: str, new: str, box: str) -> None:
    assert not is_plainly_edited(old, new, copy_of(new.split("\n"), box))


class Letters(bytes):
    """Counts how often something is looked for in it."""

    asked = 0

    def __contains__(self, part: object) -> bool:
        self.asked += 1
        return super().__contains__(part)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    [
        " ".join(f"ab{chr(97 + n // 676)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}" for n in range(17_000)),
        "zebra " * 50_000,
    ],
    ids=["as many words as there are", "one word over and over"],
)
def test_of_the_longest_line_few_words_are_looked_for(line: str) -> None:
    said = Letters(b"gate" * 50_000 + b"zebra")

    says_anew(line, said)

    assert 0 < said.asked <= 50
