"""Any two copies of a source side by side: what changed between them, and where the quoted passages stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from stories.models import Citation, Snapshot
from stories.models.words import VerdictWord
from stories.text.changes import WordChange
from stories.text.diff import diff_blocks, diff_words
from stories.text.diffs.block_diff import BlockChange, Kind
from stories.text.highlight import Piece, Span, highlight
from stories.text.judge import Judgement, Passage, Verdict, judge_passages
from stories.watching.apart import visible_text_of
from stories.watching.archive import copy_of

#: A larger copy is not compared while somebody waits for the page.
MOST_BYTES = 2_000_000
_FEWEST_FOLDED = 3


class NotComparable(Exception):
    """Says to a person why two copies cannot be compared."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its changes; `is_quoted` where a passage stands in it."""

    kind: Kind
    pieces: Sequence[Piece]
    is_quoted: bool
    #: Which of the changes begins here, from one; 0 where none does.
    change: int = 0


@dataclass(frozen=True, slots=True)
class Fold:
    """So many unchanged paragraphs that need not be shown."""

    count: int


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A passage as the one copy has it and as the other has it."""

    citation: Citation
    before: Judgement
    after: Judgement

    @property
    def changes(self) -> tuple[WordChange, ...]:
        """From the one wording to the other; empty where either has none."""
        if self.before.wording is None or self.after.wording is None:
            return ()
        return diff_words(self.before.wording, self.after.wording)

    @property
    def words_before(self) -> str:
        return str(VerdictWord(self.before.verdict.value).label)

    @property
    def words_after(self) -> str:
        return str(VerdictWord(self.after.verdict.value).label)


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Snapshot
    after: Snapshot
    paragraphs: Sequence[Line]
    passages: Sequence[QuotedPassage]

    @property
    def lines(self) -> list[Line | Fold]:
        return list(_folded(self.paragraphs))

    @property
    def count(self) -> int:
        """How many changes there are."""
        return max((line.change for line in self.paragraphs), default=0)

    @property
    def says_the_same(self) -> bool:
        return self.count == 0


def compare_copies(before: Snapshot, after: Snapshot, *, citations: Sequence[Citation]) -> Comparison:
    """All that can be seen of both. Raises NotComparable, and DamagedCopyError for damaged bytes."""
    old, new = _text(before), _text(after)
    quoted = [Passage(citation.exact, citation.prefix, citation.suffix) for citation in citations]
    were, are = judge_passages(old, quoted), judge_passages(new, quoted)
    old_lines, new_lines = _Lines(old, were), _Lines(new, are)
    blocks = diff_blocks(old_lines.texts, new_lines.texts)
    lines = [_line(block, old_lines, new_lines) for block in blocks]
    passages = [QuotedPassage(*of) for of in zip(citations, were, are, strict=True)]
    return Comparison(before, after, list(_numbered(lines)), passages)


def _text(snapshot: Snapshot) -> str:
    if snapshot.size > MOST_BYTES:
        raise NotComparable(_("One of these copies is too large to be compared while you wait."))
    text = visible_text_of(copy_of(snapshot))
    if text is None:
        raise NotComparable(_("One of these copies is of a kind whose text cannot be read."))
    return text


class _Lines:
    """A text in paragraphs, with the spans of the found passages in each."""

    def __init__(self, text: str, judgements: Sequence[Judgement]) -> None:
        self.texts = text.splitlines()
        self._spans: list[list[Span]] = [[] for _ in self.texts]
        found = [
            (it.start, it.end)
            for it in judgements
            if it.verdict != Verdict.MISSING and it.start is not None and it.end is not None
        ]
        begin = 0
        for number, line in enumerate(text.splitlines(keepends=True)):
            cut = ((max(start - begin, 0), min(end - begin, len(self.texts[number]))) for start, end in found)
            self._spans[number] = [(start, end) for start, end in cut if start < end]
            begin += len(line)

    def spans(self, number: int | None) -> list[Span]:
        return [] if number is None else self._spans[number]


def _line(block: BlockChange, old: _Lines, new: _Lines) -> Line:
    before, after = old.spans(block.before_index), new.spans(block.after_index)
    return Line(block.kind, highlight(block.changes, before=before, after=after), bool(before or after))


def _numbered(lines: Iterable[Line]) -> Iterator[Line]:
    """Paragraphs that changed one behind the other are one change."""
    number, was_changed = 0, False
    for line in lines:
        is_changed = line.kind != "same"
        begins = is_changed and not was_changed
        number, was_changed = number + begins, is_changed
        yield replace(line, change=number) if begins else line


def _folded(lines: Sequence[Line]) -> Iterator[Line | Fold]:
    """Unchanged paragraphs in which nothing is quoted fold, but for one beside whatever is shown."""
    told = [line.kind != "same" or line.is_quoted for line in lines]
    near = [any(told[max(0, number - 1) : number + 2]) for number in range(len(lines))]
    held: list[Line] = []
    for line, is_near in zip([*lines, None], [*near, True], strict=True):
        if not is_near and line:
            held.append(line)
            continue
        if len(held) >= _FEWEST_FOLDED:
            yield Fold(len(held))
        else:
            yield from held
        held = []
        if line:
            yield line
