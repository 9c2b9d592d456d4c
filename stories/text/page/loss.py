"""What a copy has lost of what its page had before: its prose, its end, or all but the frame.

Everything here is linear in the length of both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise, takewhile

from stories.text.language.asking_words import FIGURES_OF_APPEALS, SPEAKERS
from stories.text.language.characters import QUOTES, UNSPACED
from stories.text.language.page_phrases import CHALLENGE_WIDGET, PAYWALL, SIGN_IN, tells_any
from stories.text.language.words import words_of
from stories.text.page.outcome import Copy
from stories.text.page.shared_words import TELLING_WORD
from stories.text.page.signs import LONG_LINE, SHORT_LINE, Signs, plain_line, start_of_markup, weight

# A copy that keeps less than this share of the prose may be another page altogether.
LEAST_KEPT = 0.3
# Above this share of all long lines, those of the frame among them, the content is there without a closer look.
_SURELY_KEPT = 0.85
_LONGEST_STORY_UNSEEN = 400
# A line of which so many words stand among what is new was edited.
_EDITED = 0.6
MOST_OF_A_NOTICE = 400
# Servers write what they did behind the end of their pages.
_TAIL = 20_000
_LONGEST_END = 40
_LEAST_GIVEN_WAY = 400
_LONGEST_DEK = 300
_CLOSING = f"{QUOTES}\"'()[]*）］】† \u00a0"
_NOTES = re.compile(r"(?:\s?\[\w{1,4}\]|[¹²³⁰-⁹])+$")
_ENDS = frozenset(".!?…。．！？।॥؟۔։።။")
_FIGURE = re.compile(r"\d")
_PASSWORD = re.compile(r"<input\b[^<>]{0,300}\btype\s?=\s?[\"']?password\b", re.IGNORECASE)
_UNSPACED = re.compile(f"[{UNSPACED}]")


def keeps_prose(before: Copy, copy: Copy) -> bool:
    """Is so much of the prose still there: by lines first, and where lines were edited by their words?

    What a page says in its frame stands round its walls and its error pages too.
    """
    lines = _long_or_all(before.lines)
    kept = share_of_lines(lines, copy)
    if not _is_surely_kept(kept, lines):
        kept += _share_of_edited(lines, before, copy)
    if _is_surely_kept(kept, lines):
        return True
    if _has_lost_its_story(lines, before, copy):
        return False
    if _outweighs_what_is_gone(lines, before, copy):
        return True
    prose = prose_of(before)
    kept = share_of_lines(prose, copy)
    return kept >= LEAST_KEPT or kept + _share_said_anew(prose, before, copy) >= LEAST_KEPT


def _is_surely_kept(share: float, lines: Sequence[str]) -> bool:
    """A story may be a small part of what its readers say below it."""
    return share >= _SURELY_KEPT and (1 - share) * sum(map(len, lines)) <= _LONGEST_STORY_UNSEEN


def _has_lost_its_story(lines: Sequence[str], before: Copy, copy: Copy) -> bool:
    """Is the prose gone that stood above all other, with nothing as long in its place?

    What readers say below a story, or others that it leads to, may be more than half of a page; where that is what
    went, the story stands above it. Where more stays of what stood in a like element, it was cut, as one of the
    sections, posts or boxes of a page may be.
    """
    came = copy.distinct_lines
    least = max(_LEAST_GIVEN_WAY, _length([line for line in copy.lines if line not in before.distinct_lines]))
    # A look at the lines spares taking the old page apart.
    if before.extract.kind != "html" or _length([line for line in lines if line not in came]) < least:
        return False
    gone, stayed = list[str](), list[str]()
    # No more is looked up than that takes: of most pages the first paragraph came.
    prose = before.page.content(set(filter(_is_sentence, lines)))
    for has_come, run in groupby(prose, came.__contains__):
        if gone:
            stayed += run if has_come else ()
        elif has_come:
            if any(above > _LONGEST_DEK for above in accumulate(len(line) + 1 for line in run)):
                return False
        else:
            gone = list(run)
            if _length(gone) < least:
                return False
    return bool(gone) and before.page.elements_round(set(gone)).isdisjoint(
        before.page.elements_round(set(stayed))
    )


def _outweighs_what_is_gone(lines: Sequence[str], before: Copy, copy: Copy) -> bool:
    """Are a few lines that stayed prose enough, were all that is gone prose as well?

    A look at the longest spares one at every block of the page.
    """
    if before.extract.kind != "html":
        return False
    stayed = [
        line
        for line in lines
        if line in copy.distinct_lines and len(line) >= LONG_LINE and _is_sentence(line)
    ]
    gone = _length([line for line in lines if line not in copy.distinct_lines])
    enough = gone * LEAST_KEPT / (1 - LEAST_KEPT)
    stayed.sort(key=len, reverse=True)
    few = set(stayed[: 1 + bisect_left(list(accumulate(map(len, stayed))), 2 * enough)])
    return _length(list(before.page.content(few))) >= enough > 0


def share_of_lines(lines: Sequence[str], copy: Copy) -> float:
    return _length([line for line in lines if line in copy.distinct_lines]) / max(1, _length(lines))


def _length(lines: Sequence[str]) -> int:
    return sum(map(len, lines)) + len(lines)


def _share_of_edited(lines: Sequence[str], before: Copy, copy: Copy) -> float:
    """The share of the lines of which most words stand in lines that are new, each word counted once."""
    new = Counter(word for line in copy.distinct_lines - before.distinct_lines for word in words_on(line))
    edited = 0
    for line in lines:
        if line in copy.distinct_lines:
            continue
        words = Counter(words_on(line))
        said_again = {word: min(count, new[word]) for word, count in words.items() if word in new}
        if words and sum(said_again.values()) >= _EDITED * words.total():
            new.subtract(said_again)
            edited += len(line) + 1
    return edited / max(1, _length(lines))


def _share_said_anew(lines: Sequence[str], before: Copy, copy: Copy) -> float:
    """The share of the words of the lines that are gone which stand in lines that are new, wherever those break.

    Any text says the same small words as a story; comments and the frame stand as they stood when it is gone.
    """
    gone = Counter(_telling("\n".join(line for line in lines if line not in copy.distinct_lines)))
    new = Counter(_telling("\n".join(line for line in copy.lines if line not in before.distinct_lines)))
    return (gone & new).total() / max(1, len(_telling("\n".join(lines))))


def is_notice(copy: Copy) -> bool:
    """Is all that the page has to say as brief as what a wall or an error page says?"""
    return sum(map(len, copy.content)) <= MOST_OF_A_NOTICE


def words_on(text: str) -> list[str]:
    """The words, which in a script that has no spaces are its characters."""
    return text.split() if text.isascii() or not _UNSPACED.search(text) else words_of(text).keys


def _telling(text: str) -> list[str]:
    """The words that bear the sense; in a script without spaces, where any text has the same characters, pairs."""
    if text.isascii() or not _UNSPACED.search(text):
        return TELLING_WORD.findall(plain_line(text))
    return list(map("".join, pairwise(words_of(text).keys)))


def prose_of(copy: Copy) -> Sequence[str]:
    """The long lines of the content, or all of them where there are none; where most are sentences, those alone."""
    lines = _long_or_all(copy.content)
    running = [line for line in lines if _is_sentence(line)]
    return running if 2 * _length(running) >= _length(lines) else lines


def _is_sentence(line: str) -> bool:
    """Does the line end as a sentence does? A name of goods or an address may be as long."""
    return _NOTES.sub("", line[-_LONGEST_END:].rstrip()).rstrip(_CLOSING)[-1:] in _ENDS


def _long_or_all(lines: Sequence[str]) -> Sequence[str]:
    return [line for line in lines if len(line) >= LONG_LINE] or lines


def is_truncated(before: Copy, copy: Copy) -> bool:
    """Did the copy end before the page did? Its markup does not close, or its text ends amid a line that was there."""
    old, new, known = before.lines, copy.lines, before.distinct_lines
    # As often as before: what a page ends with may stand at its top too.
    if all(new.count(line) >= old.count(line) for line in old[-3:]):
        return False
    is_mostly_known = 2 * sum(line in known for line in new[:-1]) >= len(new) - 1 and len(new) <= len(old)
    if is_mostly_known and len(new) > 1 and has_end(before) and not has_end(copy):
        return True
    last = new[-1]
    is_broken = new.count(last) > old.count(last) and any(line.startswith(last) for line in old)
    return is_broken and all(line in known for line in new[:-1])


def has_end(copy: Copy) -> bool:
    """Does the body end as its kind does?"""
    tail = copy.body[-_TAIL:].lower()
    return {"html": b"</html", "pdf": b"%%eof"}.get(copy.extract.kind, b"") in tail


def asks_for_a_password(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a form with a field for a password come in place of the story, with hardly a sentence beside it?

    It says so in any language.
    """
    return _came_alone(_PASSWORD, before, copy, signs)


def asks_newly_for_a_password(before: Copy, copy: Copy) -> bool:
    """Is there a field for one outside of the frame, and was there none before?"""
    return "password" in copy.page.fields and "password" not in before.page.fields


def asks_for_a_proof(before: Copy, copy: Copy, signs: Signs) -> bool:
    """The same of a riddle that only a person can solve."""
    return _came_alone(CHALLENGE_WIDGET, before, copy, signs)


def _came_alone(widget: re.Pattern[str], before: Copy, copy: Copy, signs: Signs) -> bool:
    if not signs.is_very_short or any(len(line) >= LONG_LINE for line in signs.content):
        return False
    return widget.search(start_of_markup(copy)) is not None and widget.search(start_of_markup(before)) is None


def breaks_off_at_a_wall(before: Copy, copy: Copy) -> bool:
    """Did only the beginning of the prose come, and then, with nothing else new, the wish that we subscribe?

    Where that is not said in so many words, half of the prose is gone, and readers are offered something to press.
    """
    fresh = [line for line in copy.lines if line not in before.distinct_lines]
    is_told = any(len(line) <= SHORT_LINE and tells_any(plain_line(line), PAYWALL) for line in fresh)
    if not is_told and not _is_offered(fresh, before, copy):
        return False
    prose = list(before.page.content({line for line in before.lines if weight(line) >= LONG_LINE}))
    came = copy.distinct_lines
    teaser = list(takewhile(came.__contains__, prose))
    rest = prose[len(teaser) :]
    gone = _length([line for line in rest if line not in came])
    return (
        bool(teaser and rest)
        and 2 * gone >= _length(rest if is_told else prose)
        and all(_is_of_wall(plain_line(line), rest[0]) for line in fresh)
    )


def _is_offered(fresh: Sequence[str], before: Copy, copy: Copy) -> bool:
    """Is the reader spoken to in the little that is new, with no figure but prices, and given something to press?"""
    said = plain_line("\n".join(fresh))
    gone = _length([line for line in before.lines if line not in copy.distinct_lines])
    return (
        len(said) <= min(MOST_OF_A_NOTICE, gone)
        and SPEAKERS.search(said) is not None
        and not _FIGURE.search(FIGURES_OF_APPEALS.sub("", said))
        and bool(copy.page.controls - before.page.controls)
    )


def _is_of_wall(line: str, breaks_off: str) -> bool:
    if len(line) < LONG_LINE or tells_any(line, PAYWALL + SIGN_IN):
        return True
    return plain_line(breaks_off).startswith(line.rstrip("… ."))
