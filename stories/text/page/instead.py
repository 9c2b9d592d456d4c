"""Whether a form, a list or an error came in the place of a story: what its site makes, and not its newsroom.

Everything here is linear in the length of both.
"""

from __future__ import annotations

from stories.text.language.page_phrases import SIGN_IN, says_only
from stories.text.language.word_lists import words_in
from stories.text.page.foreign import LEAST_PROSE, MOST_OF_NOTHING, is_foreign, is_of_an_editor
from stories.text.page.loss import (
    LEAST_KEPT,
    MOST_OF_A_NOTICE,
    asks_newly_for_a_password,
    is_notice,
    prose_of,
    share_of_lines,
    words_on,
)
from stories.text.page.outcome import Copy, PageJudgement, PageOutcome
from stories.text.page.shared_words import (
    LONG_WORD,
    TOLD_FOR_EACH_SHARED,
    UNSPACED_SCRIPT,
    has_little_of,
    is_without_the_subject,
    said_by,
    shares_few_words_with,
)
from stories.text.page.signs import TITLE_PARTS, Signs, plain_line, weight
from stories.text.page.standing import stands_alone
from stories.text.page.subject import has_its_headline, has_lost_its_subject, own_title, subject_of

_TOLD_IN_PROSE = 8
_MOST_BESIDE_SIGN_IN = 2
_LEAST_OF_A_LIST = 3
_TYPED_IN = words_in("text email tel password")


def shell(before: Copy, copy: Copy, signs: Signs) -> PageJudgement | None:
    """The content of the page did not come: its frame alone, a few words of something else, or another page."""
    prose = prose_of(before)
    is_empty = (
        sum(map(len, prose)) >= LEAST_PROSE
        and len(words_on(signs.text)) <= MOST_OF_NOTHING
        and share_of_lines(prose, copy) < LEAST_KEPT
    )
    if is_empty or is_foreign(before, copy, signs):
        return PageJudgement(PageOutcome.FAILED, "shell")
    return PageJudgement(PageOutcome.GONE, "another_page") if _is_another_page(before, copy, signs) else None


def is_sign_in_page(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a field for a password come in place of the story, with hardly a word of it, however long the form?

    Another story may have it below. Under another title that shares no word with the old one, it is enough that the
    title tells that it is for signing in, or that there is no prose.
    """
    if not asks_newly_for_a_password(before, copy):
        return False
    title = own_title(before, signs)
    if title and set(LONG_WORD.findall(title)).isdisjoint(LONG_WORD.findall(subject_of(before))):
        is_titled_so = any(
            says_only(part, SIGN_IN, other_words=_MOST_BESIDE_SIGN_IN) for part in TITLE_PARTS.split(title)
        )
        if is_titled_so or (signs.is_short and not signs.has_prose):
            return True
    for_each = _TOLD_IN_PROSE if signs.has_prose else TOLD_FOR_EACH_SHARED
    return not signs.has_long_prose and shares_few_words_with(
        before, "\n".join(signs.content), for_each=for_each
    )


def is_form_instead(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a field to write in come in place of the story and its headline, with no prose and hardly a word of it?

    So a page speaks that asks for a lost password, or for whom to write to: in any words and with any figures, but
    for an editor's, who may take the story back.
    """
    return (
        not is_of_an_editor(signs)
        and sum(map(weight, before.content)) >= LEAST_PROSE
        and signs.is_brief
        and not signs.has_prose
        and not has_its_headline(before, copy)
        and any(control.field in _TYPED_IN for control in copy.page.controls - before.page.controls)
        and shares_few_words_with(before, "\n".join(signs.content), for_each=TOLD_FOR_EACH_SHARED)
    )


def is_front_page(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a list of other stories come in the place of the page, under the name of the site, though at its address?"""
    return (
        has_lost_its_subject(before, signs)
        and subject_of(before) not in plain_line(copy.extract.text)
        and shares_few_words_with(before, "\n".join(signs.content), for_each=TOLD_FOR_EACH_SHARED)
        and _leads_on(before, copy)
    )


def _is_another_page(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did more than a few words come in place of a story, with hardly a word of it and without its headline?

    They are a list that leads on, or half as much text at most; and they stand without the menu, or are no prose under
    a title that has lost its subject or that no headline bears out any more. As long a text is another story, which
    took the place of that, or its translation; prose in the frame of the site is what its owner says there now.
    """
    if len(said_by(signs)) <= MOST_OF_A_NOTICE or is_notice(before) or not has_little_of(before, signs):
        return False
    if signs.is_brief and is_of_an_editor(signs):
        return False
    said, old = (sum(map(weight, lines)) for lines in (signs.content, before.content))
    is_list = signs.is_list and _leads_on(before, copy)
    if not (is_list or 2 * said <= old):
        return False
    if stands_alone(before, copy):
        return True
    if has_its_headline(before, copy) or (signs.has_prose and not is_list):
        return False
    if signs.title:
        return is_without_the_subject(before, signs.title)
    return subject_of(before) in map(plain_line, before.content) and not UNSPACED_SCRIPT.search(
        said_by(signs)
    )


def _leads_on(before: Copy, copy: Copy) -> bool:
    """Are there links that were not there, as many as a list has?"""
    fresh = copy.page.controls - before.page.controls
    return sum(control.leads_to is not None for control in fresh) >= _LEAST_OF_A_LIST
