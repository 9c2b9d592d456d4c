"""Heavy pages are read in a process of their own, with limits, so that none of them can hurt the worker.

Heavy are PDFs, whose parser is a large one in C, and pages of which the markup alone would fill our memory: half a
megabyte can take thirty to read. Ordinary pages are read here, a hundred times quicker. The process is a plain child,
for a Celery worker is a daemon and may have no children of Python's multiprocessing.
"""

from __future__ import annotations

import json
import logging
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stories.text.extract import ExtractError
from stories.text.judge import Copy, Judgement, PageJudgement, PageOutcome, Passage, Verdict
from stories.text.wording import changes_between
from stories.watching import pages
from stories.watching.pages import Examined
from stories.watching.pages_child import ANSWER_BYTES

logger = logging.getLogger(__name__)

#: Of a page that is read here.
MOST_BYTES_HERE = 500_000
#: Twice the CPU that a child may use, for which it has to wait on a busy machine; and less than what is left of the
#: lease when a look is judged, so that no other worker takes the source for abandoned.
WALL_SECONDS = 40

TOO_HEAVY = PageJudgement(PageOutcome.FAILED, "too_heavy")
_ROOT = Path(__file__).resolve().parent.parent.parent


class TooHeavyError(Exception):
    """The child came to one of its limits, or to grief."""


def examine(before: Copy | None, after: Copy, passages: Mapping[int, Passage]) -> Examined:
    """`pages.examine`, in another process if need be; `too_heavy` for what is too much even there."""
    if not any(copy is not None and is_heavy(copy) for copy in (before, after)):
        return pages.examine(before, after, passages)
    try:
        outcome, reason, found = _in_a_child("examine", before, after, dict(passages))
        page = PageJudgement(PageOutcome(outcome), str(reason))
        return Examined(page, _judgements(found, passages))
    except TooHeavyError:
        return Examined(TOO_HEAVY)


def look_for(passages: Mapping[int, Passage], copy: Copy) -> Mapping[int, Judgement]:
    """`pages.look_for`, likewise; nothing is found in what is too heavy."""
    if not passages or not is_heavy(copy):
        return pages.look_for(passages, copy)
    try:
        return _judgements(_in_a_child("look_for", dict(passages), copy), passages)
    except TooHeavyError:
        return {}


def visible_text_of(copy: Copy) -> str | None:
    """`pages.visible_text_of`, likewise; None for what is too heavy."""
    return _text_of(copy, "visible_text_of") if is_heavy(copy) else pages.visible_text_of(copy)


def main_text_of(copy: Copy) -> str | None:
    """`pages.main_text_of`, likewise; None for what is too heavy."""
    return _text_of(copy, "main_text_of") if is_heavy(copy) else pages.main_text_of(copy)


def text_digest_of(copy: Copy) -> str:
    """SHA-256 of all that can be seen of a copy; empty for one that is not read here."""
    return "" if is_heavy(copy) or not pages.is_readable(copy) else copy.text_digest


def _text_of(copy: Copy, wanted: str) -> str | None:
    try:
        text: str | None = _in_a_child(wanted, copy)
    except TooHeavyError:
        return None
    return text


def is_heavy(copy: Copy) -> bool:
    try:
        return len(copy.body) > MOST_BYTES_HERE or copy.kind == "pdf"
    except ExtractError:
        return False


def _in_a_child(wanted: str, *arguments: object) -> Any:
    """What the child says. Raises TooHeavyError."""
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        pickle.dump((wanted, arguments), question, protocol=pickle.HIGHEST_PROTOCOL)
        question.seek(0)
        try:
            subprocess.run(
                [sys.executable, "-m", "stories.watching.pages_child"],
                stdin=question,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"PYTHONHASHSEED": "0"},
                timeout=WALL_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as error:
            logger.info("A page was too heavy to read: %s", error)
            raise TooHeavyError from error
        answer.seek(0)
        return json.loads(answer.read(ANSWER_BYTES))


def _judgements(found: Any, passages: Mapping[int, Passage]) -> dict[int, Judgement]:
    return {key: _judgement(passages[key].exact, *facts) for key, *facts in found}


def _judgement(
    exact: str, word: str, wording: str | None, similarity: float, *where: int | None
) -> Judgement:
    verdict = Verdict(word)
    changes = changes_between(exact, wording or "") if verdict == Verdict.ALTERED else ()
    return Judgement(verdict, wording, changes, similarity, *where)
