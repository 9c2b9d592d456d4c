"""Whether what came in the place of a story is of its site's making rather than of its newsroom's: a wall, an error.

Everything here is linear in the length of both.
"""

from __future__ import annotations

import re

from stories.text.language.asking_words import (
    BIDS,
    FIGURES_OF_APPEALS,
    OF_A_BROWSER,
    OF_A_GERMANS_BROWSER,
    OF_THE_SITE,
    OF_THEIR_BROWSER,
    SOON,
    TO_A_VISITOR,
    WAITS,
)
from stories.text.language.characters import UNSPACED
from stories.text.language.page_phrases import EDITORS_WORDS, SIGN_IN, WITHDRAWN, says_only, tells_any
from stories.text.language.word_lists import words_in
from stories.text.page.address import leads_to_sign_in
from stories.text.page.loss import MOST_OF_A_NOTICE, asks_newly_for_a_password, is_notice, prose_of, words_on
from stories.text.page.outcome import Copy, PageJudgement, PageOutcome
from stories.text.page.retraction import takes_back
from stories.text.page.signs import SENTENCES, TITLE_PARTS, Signs, plain_line, weight
from stories.text.page.standing import is_named_an_error, is_newly_unlisted, stands_alone
from stories.text.page.subject import (
    has_its_headline,
    has_lost_its_subject,
    own_title,
    subject_of,
    without_addresses,
    without_names_of_site,
)

_LEAST_PROSE = 200
_LONGEST_WALL = 250
_QUOTED = re.compile(r"(?<!\w)'|'(?!\w)")
# In most languages those that bear the sense, up to where they are inflected.
_TELLING_WORD = re.compile(r"(?<!\w)[^\W\d_]{6}")
# As long as these are such as stand in any text, or of which any site speaks.
_OF_ANY_TEXT = words_in(
    "before please longer another because through around without within nothing something everything anything "
    "always already itself between cannot really enough either though rather should werden wurden können müssen "
    "unsere diesem dieser dieses pendant toujours depuis encore cuando porque todavía nuestro también quando perché "
    "ancora weiter article artikel artículo articolo address adresse content inhalte contenu website webseite"
)
_COMMON = {word[:6] for word in _OF_ANY_TEXT}
_TELLING_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}|[\u30a0-\u30ff]{2}))")
_TOLD_FOR_EACH_SHARED = 4
_TOLD_IN_PROSE = 8
_FIGURE = re.compile(r"\d")
# When an answer was made, the numbers of errors, of what was asked for, and of versions: none of them is of anything
# that a story tells.
_OF_A_MACHINE = re.compile(
    r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d gmt|(?<!\d)[45]\d\d(?!\d)"
    r"|(?=[\w-]{0,40}[a-z])(?=[\w-]{0,40}\d)[\w-]{6,64}"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST_OF_NOTHING = 3
_LONGEST_WAIT = 60
_MOST_BESIDE_SIGN_IN = 2
_LEAST_OF_A_LIST = 3
_TYPED_IN = words_in("text email tel password")


def shell(before: Copy, copy: Copy, signs: Signs) -> PageJudgement | None:
    """The content of the page did not come: its frame alone, a few words of something else, or another page."""
    is_empty = (
        sum(map(len, prose_of(before))) >= _LEAST_PROSE and len(words_on(signs.text)) <= _MOST_OF_NOTHING
    )
    if is_empty or _is_foreign(before, copy, signs):
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
    if title and set(_LONG_WORD.findall(title)).isdisjoint(_LONG_WORD.findall(subject_of(before))):
        is_titled_so = any(
            says_only(part, SIGN_IN, other_words=_MOST_BESIDE_SIGN_IN) for part in TITLE_PARTS.split(title)
        )
        if is_titled_so or (signs.is_short and not signs.has_prose):
            return True
    for_each = _TOLD_IN_PROSE if signs.has_prose else _TOLD_FOR_EACH_SHARED
    return not signs.has_long_prose and _shares_few_words_with(
        before, "\n".join(signs.content), for_each=for_each
    )


def is_form_instead(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a field to write in come in place of the story and its headline, with no prose and hardly a word of it?

    So a page speaks that asks for a lost password, or for whom to write to: in any words and with any figures, but
    for an editor's, who may take the story back.
    """
    return (
        not _is_of_an_editor(signs)
        and sum(map(weight, before.content)) >= _LEAST_PROSE
        and signs.is_brief
        and not signs.has_prose
        and not has_its_headline(before, copy)
        and any(control.field in _TYPED_IN for control in copy.page.controls - before.page.controls)
        and _shares_few_words_with(before, "\n".join(signs.content), for_each=_TOLD_FOR_EACH_SHARED)
    )


def _is_another_page(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did more than a few words come in place of a story, with hardly a word of it and without its headline?

    They are a list that leads on, or half as much text at most; and they stand without the menu, or are no prose under
    a title that has lost its subject or that no headline bears out any more. As long a text is another story, which
    took the place of that, or its translation; prose in the frame of the site is what its owner says there now.
    """
    if len(_said_by(signs)) <= MOST_OF_A_NOTICE or is_notice(before) or not _has_little_of(before, signs):
        return False
    if signs.is_brief and _is_of_an_editor(signs):
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
        return _is_without_the_subject(before, signs.title)
    return subject_of(before) in map(plain_line, before.content) and not _UNSPACED.search(_said_by(signs))


def _has_little_of(before: Copy, signs: Signs) -> bool:
    """Of four words that are told or were, may one be of both, and so of four of the title?"""
    said = without_names_of_site(before, _said_by(signs))
    story = "\n".join(map(plain_line, before.content))
    return all(
        len((told & known) - _COMMON) <= min(len(told), len(known)) // _TOLD_FOR_EACH_SHARED
        for told, known in (
            (set(_telling_words(said)), set(_telling_words(story))),
            (set(_LONG_WORD.findall(said)), set(_LONG_WORD.findall(subject_of(before)))),
        )
    )


def _is_foreign(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a few words of something else come in place of a story?

    So error pages and walls in any language are known: they stand without the menu, under an error's name or, without
    the headline, under that of the site or hidden from search engines; without a figure also under another title or
    headline, where they speak to whoever comes as one who wants in, or want an answer. A short notice that takes a
    story's place speaks of the same, or says that it was withdrawn.

    Under the old headline, where nobody is spoken to and nothing asked, more than three words are believed:
    no shape tells "We are back at noon" from the notice "We have closed for good". That a change is looked at twice
    spares what has passed by then.
    """
    said = _said_by(signs)
    if (
        sum(map(weight, before.content)) < _LEAST_PROSE
        or len(said) > MOST_OF_A_NOTICE
        or _is_of_an_editor(signs)
    ):
        return False
    if stands_alone(before, copy) and _is_without_the_subject(before, said):
        return True
    has_headline = has_its_headline(before, copy)
    is_of_the_site = is_named_an_error(before, copy) or (
        not has_headline and (has_lost_its_subject(before, signs) or is_newly_unlisted(before, copy))
    )
    if is_of_the_site and _is_foreign_to(before, said):
        return True
    return not _FIGURE.search(
        _OF_A_MACHINE.sub(" ", FIGURES_OF_APPEALS.sub(" ", without_addresses(said)))
    ) and (
        (not has_headline and _is_of_another_story(before, signs))
        or _lacks_its_headline(before, copy, signs)
        or _is_said_to_a_visitor(before, signs)
        or _is_of_the_visit(before, copy, signs)
        or _wants_an_answer(before, copy, signs)
    )


def _said_by(signs: Signs) -> str:
    return "\n".join((signs.title, *signs.content))


def _is_of_an_editor(signs: Signs) -> bool:
    said = (signs.title, *signs.content)
    return tells_any("\n".join(said), EDITORS_WORDS + WITHDRAWN) or takes_back(said)


def _is_of_another_story(before: Copy, signs: Signs) -> bool:
    """Is the title another, but for the name of the site, and what is said foreign to the story?

    Comments and the frame have many more words.
    """
    title = own_title(before, signs)
    said = "\n".join((title, *signs.content))
    return (
        bool(title)
        and not _UNSPACED.search(said)
        and _TELLING_WORD.search(said) is not None
        and _is_foreign_to(before, said)
    )


def _lacks_its_headline(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Does the title stay, though no line of the page says it any more, and what is said is foreign to the story?

    A notice stands under the headline of its page, or under another title; a translation is as long as the story.
    """
    headline, said = subject_of(before), "\n".join(signs.content)
    return (
        not signs.title
        and 2 * len(said) <= sum(map(len, before.content))
        and headline in map(plain_line, before.content)
        and headline not in plain_line(copy.extract.text)
        and not _UNSPACED.search(said)
        and bool(_telling_words(said))
        and _is_foreign_to(before, said)
    )


def _is_said_to_a_visitor(before: Copy, signs: Signs) -> bool:
    """Is a visitor spoken to as such under the old title, in words foreign to the story?

    By the site itself: who is quoted speaks to others.
    """
    said = "\n".join(signs.content)
    if signs.title or len(said) > _LONGEST_WALL or _QUOTED.search(said) or not TO_A_VISITOR.search(said):
        return False
    return _is_foreign_to(before, said)


def _is_of_the_visit(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Do a few words wait for something, or is the visitor told of their own browser, of which the story did not tell?

    What others do with theirs is news.
    """
    said = "\n".join(signs.content)
    if len(said) > _LONGEST_WALL or _QUOTED.search(said) or not _is_foreign_to(before, said):
        return False
    is_brief = len(words_on(said)) <= _MOST_OF_NOTHING or (len(said) <= _LONGEST_WAIT and WAITS.search(said))
    if is_brief and said.endswith(("…", "...")):
        return True
    is_bidden = (
        OF_THEIR_BROWSER.search(said)
        or OF_A_GERMANS_BROWSER.search("\n".join(copy.content))
        or (OF_A_BROWSER.search(said) and BIDS.search(said))
        or _says_of_the_site_that_it_returns(said)
    )
    return bool(is_bidden) and not OF_A_BROWSER.search(plain_line(before.extract.text))


def _says_of_the_site_that_it_returns(said: str) -> bool:
    """In one sentence, or so that another begins with that: "Come back later." """
    sentences = [sentence for line in said.split("\n") for sentence in SENTENCES.split(line)]
    returning = [told for told in sentences if OF_THE_SITE.search(told) and SOON.search(told)]
    return bool(returning) or (OF_THE_SITE.search(said) is not None and any(map(SOON.match, sentences)))


def _wants_an_answer(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a button, a field or a link to sign in come with words foreign to the story?

    A link home tells nothing: it stands under notices too.
    """
    said = "\n".join(signs.content)
    return (
        bool(_telling_words(said))
        and _is_foreign_to(before, said)
        and any(
            control.leads_to is None or leads_to_sign_in(control.leads_to, copy)
            for control in copy.page.controls - before.page.controls
        )
    )


def _is_foreign_to(before: Copy, said: str) -> bool:
    """Has it hardly a word that bears the sense of the story, and none of its title's?

    Of the words of a long story nearly always one stands in what a wall says by chance.
    """
    return _shares_few_words_with(
        before, said, for_each=_TOLD_FOR_EACH_SHARED if len(said) <= _LONGEST_WALL else len(said)
    )


def _shares_few_words_with(before: Copy, said: str, *, for_each: int) -> bool:
    """Of `for_each` words that are told, may one be of the story, and none of its title?"""
    told = set(_telling_words(without_names_of_site(before, said)))
    most = len(told) // for_each
    shared = told.intersection(_telling_words(plain_line("\n".join(before.content)))) - _COMMON
    return len(shared) <= most and _is_without_the_subject(before, said)


def _is_without_the_subject(before: Copy, said: str) -> bool:
    """Is none of the longer words of the title said?"""
    return all(
        set(words(without_addresses(said))).isdisjoint(words(subject_of(before)))
        for words in (_telling_words, _LONG_WORD.findall)
    )


def is_front_page(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a list of other stories come in the place of the page, under the name of the site, though at its address?"""
    return (
        has_lost_its_subject(before, signs)
        and subject_of(before) not in plain_line(copy.extract.text)
        and _shares_few_words_with(before, "\n".join(signs.content), for_each=_TOLD_FOR_EACH_SHARED)
        and _leads_on(before, copy)
    )


def _leads_on(before: Copy, copy: Copy) -> bool:
    """Are there links that were not there, as many as a list has?"""
    fresh = copy.page.controls - before.page.controls
    return sum(control.leads_to is not None for control in fresh) >= _LEAST_OF_A_LIST


def _telling_words(text: str) -> list[str]:
    """The words that bear the sense, up to where they are inflected; pairs of characters where no spaces part them."""
    return _TELLING_WORD.findall(text) + [pair[1] for pair in _TELLING_PAIR.finditer(text)]


def is_of_something_else(before: Copy, signs: Signs) -> bool:
    """Is the title another, and not one of the words that bear the sense of what is said from what was there?"""
    said = _said_by(signs)
    if not signs.title or _UNSPACED.search(said):
        return False
    told = set(_TELLING_WORD.findall(said))
    return bool(told) and told.isdisjoint(_TELLING_WORD.findall(plain_line(before.extract.text)))
