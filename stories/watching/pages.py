"""What a copy says, held against another and searched for passages: pure, so that it can be done anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stories.text.extract import ExtractError, main_text
from stories.text.judge import (
    Copy,
    Judgement,
    PageJudgement,
    PageOutcome,
    Passage,
    judge_page,
    judge_passage,
    state_of_copy,
)
from stories.text.normalise import normalise

FIRST = PageJudgement(PageOutcome.UNCHANGED, "first_copy")


@dataclass(frozen=True, slots=True)
class Examined:
    """How the page reads beside its baseline, and each passage in it; no passage where it is not believed."""

    page: PageJudgement
    passages: Mapping[int, Judgement] = field(default_factory=dict)


def examine(before: Copy | None, after: Copy, passages: Mapping[int, Passage]) -> Examined:
    """A first copy is judged by itself, and so is one whose baseline cannot be read any more."""
    is_comparable = before is not None and is_readable(before)
    page = judge_page(before, after) if before and is_comparable else state_of_copy(after) or FIRST
    return Examined(page, look_for(passages, after) if page.is_believed else {})


def look_for(passages: Mapping[int, Passage], copy: Copy) -> dict[int, Judgement]:
    """Nothing in a copy that cannot be read."""
    if not passages or not is_readable(copy):
        return {}
    text = normalise(copy.extract.text)
    return {
        key: judge_passage(text, passage.exact, prefix=passage.prefix, suffix=passage.suffix)
        for key, passage in passages.items()
    }


def visible_text_of(copy: Copy) -> str | None:
    """All that can be seen of a copy; None where it cannot be read."""
    return copy.extract.text if is_readable(copy) else None


def main_text_of(copy: Copy) -> str | None:
    """What a reader would call the content of a copy; None where it cannot be read."""
    try:
        return main_text(copy.body, copy.content_type).text
    except ExtractError:
        return None


def is_readable(copy: Copy) -> bool:
    """False where an older extractor could read a copy and the present one cannot."""
    try:
        return bool(copy.extract)
    except ExtractError:
        return False
