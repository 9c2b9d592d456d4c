"""Whether a copy can be believed: not every page that comes with 200 is the page that was asked for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

from .characters import QUOTES
from .charset import decode
from .extract import ExtractError
from .limits import LONG_TEXT
from .outcome import Copy, PageJudgement, PageOutcome
from .page_address import state_of_address
from .page_phrases import (
    AGREE,
    CHALLENGE,
    CHALLENGE_MARKUP,
    CHALLENGE_TITLES,
    CHALLENGE_WIDGET,
    CONSENT,
    EDITORS_WORDS,
    FAULT,
    FORBIDDEN,
    NOT_FOUND,
    PAGE_NOT_FOUND,
    PAYWALL,
    REGION,
    SCRIPT_NEEDED,
    SIGN_IN,
    count_told,
    says_only,
    tells_any,
)

_BY_STATUS = {
    204: (PageOutcome.FAILED, "empty"),
    205: (PageOutcome.FAILED, "empty"),
    206: (PageOutcome.FAILED, "truncated"),
    401: (PageOutcome.BLOCKED, "unauthorised"),
    402: (PageOutcome.BLOCKED, "payment_required"),
    403: (PageOutcome.BLOCKED, "forbidden"),
    404: (PageOutcome.GONE, "not_found"),
    407: (PageOutcome.BLOCKED, "proxy"),
    410: (PageOutcome.GONE, "gone_for_good"),
    429: (PageOutcome.FAILED, "too_many_requests"),
    451: (PageOutcome.BLOCKED, "legal_reasons"),
    503: (PageOutcome.FAILED, "unavailable"),
}
_MAY_BE_CHALLENGE = (403, 429, 503)
_SHORT = 1_500
_VERY_SHORT = 500
_SHORT_LINE = 110
_LABEL = 25
_BARE = 200
_FAULTS_TOLD = tuple(f"{phrase.rstrip(' :')}:" for phrase in FAULT)
_FEW = 3
# Longer than what a wall or an error page has to say, and as much of it as two sentences.
_PROSE_LINE = 120
_LEAST_OWN_PROSE = 180
_FEWEST_OF_CONSENT = 3
_FEWEST_OF_SENTENCE = 4
_MOST_BESIDE_CONSENT = 60
_LONG_LINE = 60
_MOST_MARKUP = 200_000
_TAIL = 2_000
# A copy that keeps less than this share of the prose may be another page altogether.
_LEAST_KEPT = 0.3
_LONGEST_BUTTON = 40
_LEAST_PROSE = 200
_WORD = re.compile(r"\w")
_TITLE_OF_404 = re.compile(
    r"(?:^|[|–—:·-]\s?)(?:error\s?)?(?:404|not found)\s{0,3}(?:$|[|–—:·-]|not found|error)"
)
_NUMBER_404 = re.compile(r"\W{0,3}404\W{0,3}")
_SENTENCES = re.compile(r"(?<=[.!?])\s")
_TITLE_PARTS = re.compile(r"\s[|–—·›»-]\s")
_TO_APOSTROPHES = str.maketrans(dict.fromkeys(QUOTES, "'"))


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a page says about itself: its title, and its lines but for those that were there before.

    `content` are those that are not in its frame, `lines` those in which a wall or an error would speak.
    """

    title: str
    lines: tuple[str, ...]
    content: tuple[str, ...]
    whole: str
    has_lost: bool

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_short(self) -> bool:
        return sum(map(len, self.lines)) <= _SHORT

    @property
    def is_very_short(self) -> bool:
        return sum(map(len, self.lines)) <= _VERY_SHORT

    @property
    def has_prose(self) -> bool:
        """Is there as much running text as a page has of its own, rather than a wall?"""
        return sum(len(line) for line in self.content if len(line) >= _PROSE_LINE) >= _LEAST_OWN_PROSE

    def is_titled(self, phrases: tuple[str, ...]) -> bool:
        """Does the title, but for the name of the site, say that and nothing else?"""
        most = 0 if self.has_prose else 1
        return any(says_only(part, phrases, other_words=most) for part in _TITLE_PARTS.split(self.title))

    def is_said(self, phrases: tuple[str, ...]) -> bool:
        """Is it told, and on a page of which nothing is known from before by a sentence that says nothing else?"""
        if self.has_lost:
            return self.is_told(phrases)
        sentences = (told for line in self.lines for told in _SENTENCES.split(line))
        return any(says_only(told, phrases, other_words=2) for told in (self.title, *sentences))

    def is_told(self, phrases: tuple[str, ...]) -> bool:
        """Does the title or a short line say so? A long line may speak of anything."""
        parts = _TITLE_PARTS.split(self.title)
        if any(
            tells_any(part, phrases) if self.has_lost else says_only(part, phrases, other_words=2)
            for part in parts
        ):
            return True
        return any(len(line) <= _SHORT_LINE and tells_any(line, phrases) for line in self.lines)


def state_of_status(status: int) -> PageJudgement | None:
    """What a status code says by itself; None for 200 and its like, where the copy has to be looked at."""
    if status in _BY_STATUS:
        return PageJudgement(*_BY_STATUS[status])
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return PageJudgement(PageOutcome.FAILED, "redirect")
    return PageJudgement(PageOutcome.FAILED, "server_error" if status >= 500 else "refused")


def state_of_copy(copy: Copy, before: Copy | None = None) -> PageJudgement | None:
    """Why `copy` must not be believed; None if it may be.

    `before` is the last believed copy, if there is one: what it has too is no sign of anything, and a page that
    keeps its prose is believed whatever else it says. Without it, only the plain cases are told. Linear in the
    length of both. Raises ExtractError if `before` cannot be read.
    """
    by_status = state_of_status(copy.status)
    if by_status:
        return _with_challenge_told(by_status, copy)
    if not copy.body.strip():
        return PageJudgement(PageOutcome.FAILED, "empty")
    by_address = state_of_address(copy, before)
    if by_address:
        return by_address
    try:
        extract = copy.extract
    except ExtractError as error:
        return PageJudgement(PageOutcome.FAILED, error.reason)
    if not _WORD.search(extract.text):
        return PageJudgement(PageOutcome.FAILED, "empty")
    if before is None:
        is_told = extract.kind == "html" or _is_bare_message(extract.text)
        return _state_of_signs(_first_signs(copy), copy) if is_told else None
    return _state_against(before, copy)


def _is_bare_message(text: str) -> bool:
    """Is that a few words, as of an error message, and no sentence that says anything else?"""
    lines = _plain(text).split("\n") if len(text) <= _BARE else [text]
    return all(
        len(line) <= _LABEL or tells_any(line, (*PAGE_NOT_FOUND, *NOT_FOUND, *FAULT)) for line in lines
    )


def _with_challenge_told(state: PageJudgement, copy: Copy) -> PageJudgement:
    """Challenges come with 403, 429 and 503: then the page is there, but not for us."""
    if copy.status in _MAY_BE_CHALLENGE and b"<" in copy.body[:_TAIL]:
        markup = _markup(copy)
        if CHALLENGE_MARKUP.search(markup) or tells_any(_plain(markup[:_TAIL]), CHALLENGE_TITLES):
            return PageJudgement(PageOutcome.BLOCKED, "challenge")
    return state


def _state_against(before: Copy, copy: Copy) -> PageJudgement | None:
    old, new = before.extract.text, copy.extract.text
    if old == new:
        return None
    if len(new) > LONG_TEXT:
        is_cut = len(new) < len(old) and old.startswith(new) and _has_end(before)
        return PageJudgement(PageOutcome.FAILED, "truncated") if is_cut else None
    if _is_truncated(before, copy):
        return PageJudgement(PageOutcome.FAILED, "truncated")
    has_lost = _prose_kept(old, new) < _LEAST_KEPT
    is_html = copy.extract.kind == "html"
    if not has_lost:
        is_walled = is_html and before.extract.kind == "html" and _breaks_off_at_a_wall(before, copy)
        return PageJudgement(PageOutcome.BLOCKED, "sign_in") if is_walled else None
    if not is_html and len(new) > _VERY_SHORT:
        return None
    signs = _signs_against(before, copy)
    return _state_of_signs(signs, copy) or (_shell(old, signs) if is_html else None)


def _signs_against(before: Copy, copy: Copy) -> _Signs:
    known = set(before.extract.text.split("\n"))
    lines = copy.extract.text.split("\n")
    fresh = [line for line in lines if line not in known]
    title = copy.extract.title if copy.extract.title != before.extract.title else ""
    content = _content(copy, set(fresh)) if copy.extract.kind == "html" else fresh
    return _signs(title, fresh, content, copy, has_lost=True)


def _first_signs(copy: Copy) -> _Signs:
    extract = copy.extract
    if extract.kind != "html" or len(extract.text) > 20 * _SHORT:
        lines = extract.text.split("\n")
        return _signs(extract.title, lines, lines, copy, has_lost=False)
    content = _content(copy)
    return _signs(extract.title, content, content, copy, has_lost=False)


def _content(copy: Copy, wanted: set[str] | None = None) -> list[str]:
    return [block.text for block in copy.page.blocks(wanted) if not (block.in_frame or block.is_link)]


def _signs(title: str, lines: list[str], content: list[str], copy: Copy, *, has_lost: bool) -> _Signs:
    whole = _plain(copy.extract.text[: 2 * _SHORT])
    return _Signs(
        _plain(title), tuple(map(_plain, lines)), tuple(map(_plain, content)), whole, has_lost=has_lost
    )


def _state_of_signs(signs: _Signs, copy: Copy) -> PageJudgement | None:
    if _is_challenge(signs, copy):
        return PageJudgement(PageOutcome.BLOCKED, "challenge")
    if signs.is_short and not signs.has_prose and signs.is_told(REGION):
        return PageJudgement(PageOutcome.BLOCKED, "legal_reasons")
    if _says_no_more(signs, FORBIDDEN):
        return PageJudgement(PageOutcome.BLOCKED, "forbidden")
    if _is_not_found(signs):
        return PageJudgement(PageOutcome.GONE, "soft_404")
    if _is_fault(signs):
        return PageJudgement(PageOutcome.FAILED, "error_page")
    if _is_consent(signs):
        return PageJudgement(PageOutcome.BLOCKED, "consent")
    if _is_sign_in(signs):
        return PageJudgement(PageOutcome.BLOCKED, "sign_in")
    if signs.is_very_short and len(signs.whole) <= _SHORT and tells_any(signs.whole, SCRIPT_NEEDED):
        return PageJudgement(PageOutcome.FAILED, "script_needed")
    return None


def _says_no_more(signs: _Signs, phrases: tuple[str, ...]) -> bool:
    """Does the title or a line say just that, on a page as bare as an error message?"""
    if len(signs.text) > _BARE or any(len(line) >= _LONG_LINE for line in signs.lines):
        return False
    return signs.is_titled(phrases) or any(says_only(line, phrases, other_words=0) for line in signs.lines)


def _is_challenge(signs: _Signs, copy: Copy) -> bool:
    if not signs.is_short:
        return False
    if signs.is_titled(CHALLENGE) or (signs.is_said(CHALLENGE) and not signs.has_prose):
        return True
    if not signs.is_very_short or signs.has_prose:
        return False
    markup = _markup(copy)
    return CHALLENGE_MARKUP.search(markup) is not None or (
        tells_any(signs.whole, CHALLENGE) and CHALLENGE_WIDGET.search(markup) is not None
    )


def _is_not_found(signs: _Signs) -> bool:
    if not signs.is_short and not signs.has_lost:
        return False
    if signs.is_titled(PAGE_NOT_FOUND) or _TITLE_OF_404.search(signs.title):
        return True
    if signs.has_prose:
        return False
    if signs.is_told(PAGE_NOT_FOUND) or any(map(_NUMBER_404.fullmatch, signs.lines)):
        return True
    is_bare = signs.is_very_short if signs.has_lost else len(signs.text) <= _BARE
    if not is_bare or tells_any(signs.text, EDITORS_WORDS):
        return False
    said = (*_TITLE_PARTS.split(signs.title), *signs.lines)
    return any(says_only(line, NOT_FOUND, other_words=_FEW) for line in said) or (
        signs.has_lost and tells_any(signs.text, PAGE_NOT_FOUND + NOT_FOUND)
    )


def _is_fault(signs: _Signs) -> bool:
    if not signs.is_short:
        return False
    if signs.is_titled(FAULT):
        return True
    begins = any(line.startswith(FAULT if signs.has_lost else _FAULTS_TOLD) for line in signs.lines)
    is_told = begins or signs.is_said(FAULT)
    return is_told and not signs.has_prose and (signs.has_lost or signs.is_very_short)


def _is_consent(signs: _Signs) -> bool:
    """Several of the words of a consent wall, and hardly anything else."""
    if count_told(signs.whole, CONSENT) < _FEWEST_OF_CONSENT or not _can_be_agreed_to(signs):
        return False
    sentences = [told for line in signs.content for told in _SENTENCES.split(line)]
    if not signs.has_lost and not tells_any("\n".join(signs.content), CONSENT):
        # The banner is a part of the frame, and there is a page behind it.
        return not any(len(told.split()) >= _FEWEST_OF_SENTENCE for told in sentences)
    other = sum(len(told) for told in sentences if len(told) > _LABEL and not tells_any(told, CONSENT))
    return other <= _MOST_BESIDE_CONSENT and (signs.has_lost or signs.is_short)


def _can_be_agreed_to(signs: _Signs) -> bool:
    """Is there a button to accept with, or a title that says that it is all about consent?"""
    labels = (line for line in signs.whole.split("\n") if len(line) <= _LONGEST_BUTTON)
    return signs.is_titled(CONSENT) or any(tells_any(label, AGREE) for label in labels)


def _is_sign_in(signs: _Signs) -> bool:
    if signs.has_prose or not signs.is_short:
        return False
    if signs.has_lost:
        lines = [line for line in (signs.title, *signs.lines) if len(line) <= _SHORT_LINE]
        return signs.is_told(PAYWALL) or any(says_only(line, SIGN_IN, other_words=2) for line in lines)
    has_more = any(len(line) >= _LONG_LINE and not tells_any(line, SIGN_IN) for line in signs.content)
    is_wall = any(
        count_told(line, SIGN_IN) > 1
        and "newsletter" not in line
        and says_only(line, SIGN_IN, other_words=_FEW)
        for line in signs.lines
    )
    return signs.is_very_short and (signs.is_titled(SIGN_IN) or is_wall) and not has_more


def _breaks_off_at_a_wall(before: Copy, copy: Copy) -> bool:
    """Did only the beginning of the prose come, and then, with nothing else new, the wish that we subscribe?"""
    known, lines = set(before.extract.text.split("\n")), copy.extract.text.split("\n")
    fresh = [_plain(line) for line in lines if line not in known]
    if not any(len(line) <= _SHORT_LINE and tells_any(line, PAYWALL) for line in fresh):
        return False
    blocks = [block for block in before.page.blocks() if not (block.in_frame or block.is_link)]
    prose = [block.text for block in blocks if len(block.text) >= _LONG_LINE]
    came = set(lines)
    teaser = list(takewhile(came.__contains__, prose))
    rest = prose[len(teaser) :]
    return (
        bool(teaser and rest) and came.isdisjoint(rest) and all(_is_of_wall(line, rest[0]) for line in fresh)
    )


def _is_of_wall(line: str, breaks_off: str) -> bool:
    if len(line) < _LONG_LINE or tells_any(line, PAYWALL + SIGN_IN):
        return True
    return _plain(breaks_off).startswith(line.rstrip("… ."))


def _shell(old: str, signs: _Signs) -> PageJudgement | None:
    """The frame of the page came, its content did not."""
    if len(_prose(old)) >= _LEAST_PROSE and len(signs.text.split()) <= 3:
        return PageJudgement(PageOutcome.FAILED, "shell")
    return None


def _prose(text: str) -> str:
    """The long lines, or all of them where there are none."""
    return "\n".join(line for line in text.split("\n") if len(line) >= _LONG_LINE) or text


def _prose_kept(old: str, new: str) -> float:
    """The share of the prose that is still there: by lines first, and where lines were edited by their words."""
    prose = _prose(old)
    known = set(new.split("\n"))
    kept = sum(len(line) + 1 for line in prose.split("\n") if line in known)
    if kept >= _LEAST_KEPT * len(prose):
        return kept / (len(prose) + 1)
    words = Counter(prose.split())
    return (words & Counter(new.split())).total() / max(1, words.total())


def _is_truncated(before: Copy, copy: Copy) -> bool:
    """Did the copy end before the page did? Its markup does not close, or its text ends amid a line that was there."""
    old, new = before.extract.text.split("\n"), copy.extract.text.split("\n")
    known = set(old)
    if set(old[-3:]) <= set(new):
        return False
    is_mostly_known = 2 * sum(line in known for line in new[:-1]) >= len(new) - 1 and len(new) <= len(old)
    if is_mostly_known and len(new) > 1 and _has_end(before) and not _has_end(copy):
        return True
    last = new[-1]
    return all(line in known for line in new[:-1]) and any(
        line != last and line.startswith(last) for line in old
    )


def _has_end(copy: Copy) -> bool:
    """Does the body end as its kind does?"""
    tail = copy.body[-_TAIL:].lower()
    return {"html": b"</html", "pdf": b"%%eof"}.get(copy.extract.kind, b"") in tail


def _markup(copy: Copy) -> str:
    return decode(copy.body[:_MOST_MARKUP], copy.content_type)[0]


def _plain(text: str) -> str:
    return text.lower().translate(_TO_APOSTROPHES)
