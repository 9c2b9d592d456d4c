"""The readings in which a passage may stand word for word: as it is, in one line, as verse, set as the document is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.text.language.rewrite import rewrite
from stories.text.locate import Span, occurrences
from stories.text.normalise import Normalised, normalise
from stories.text.passage.quoting import Quotation, take_apart, taken_literally
from stories.text.passage.written_otherwise import written_as_in

# A stanza ends with two.
_QUOTED_BREAK = re.compile(" //? ")
_BREAK = re.compile(r"\n\s*")


def verbatim(document: Normalised, passage: str, quotation: Quotation) -> Sequence[Span]:
    """Where the passage stands; its own ends of lines may be those of a letter, where a dash marks no item of a list.

    `quotation` is the passage taken apart. Bounded as `occurrences`, and linear in the length of the document.
    """
    spans = _standing(document, passage, quotation)
    if spans or "\n" not in passage:
        return spans
    in_one_line = " ".join(passage.replace("\u00ad", "").split())
    return _standing(document, in_one_line, take_apart(in_one_line))


def _standing(document: Normalised, passage: str, quotation: Quotation) -> Sequence[Span]:
    literal = taken_literally(passage)
    spans = _either(document, literal, quotation) or _verses(document, passage)
    if spans:
        return spans
    if document.without_running_lines is not document:
        document = document.without_running_lines
        spans = _either(document, literal, quotation)
        if spans:
            return spans
    whole = written_as_in(document, " ".join((*quotation.parts, quotation.with_brackets)))
    if whole is None:
        return []
    made, back = whole
    spans = _either(made, literal, quotation)
    return [Span(back.start_of(span.start), back.end_of(span.end)) for span in spans]


def _either(document: Normalised, literal: Quotation, quotation: Quotation) -> list[Span]:
    spans = occurrences(document, literal)
    return occurrences(document, quotation) if not spans and quotation != literal else spans


def _verses(document: Normalised, passage: str) -> list[Span]:
    """Where the lines of a verse stand as lines that were quoted with " / " between them.

    Each line must end where one was said to end, and none elsewhere.
    """
    if not _QUOTED_BREAK.search(passage):
        return []
    made = rewrite(
        document.source, ((at.start(), at.start(), " /") for at in _BREAK.finditer(document.source))
    )
    lines = _BREAK.sub(" / ", _QUOTED_BREAK.sub("\n", passage))
    spans = occurrences(normalise(made.text), take_apart(lines))
    return [Span(made.start_of(span.start), made.end_of(span.end)) for span in spans]
