"""Whether a few words that came in the place of a story are foreign to it: an error, a wall, in any language.

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
from stories.text.language.page_phrases import EDITORS_WORDS, WITHDRAWN, tells_any
from stories.text.page.address import leads_to_sign_in
from stories.text.page.loss import MOST_OF_A_NOTICE, words_on
from stories.text.page.outcome import Copy
from stories.text.page.retraction import takes_back
from stories.text.page.shared_words import (
    LONG_WORD,
    LONGEST_WALL,
    TELLING_WORD,
    UNSPACED_SCRIPT,
    is_foreign_to,
    is_without_the_subject,
    said_by,
    telling_words,
)
from stories.text.page.signs import SENTENCES, Signs, plain_line, weight
from stories.text.page.standing import is_named_an_error, is_newly_unlisted, stands_alone
from stories.text.page.subject import (
    has_its_headline,
    has_lost_its_subject,
    own_title,
    subject_of,
    without_addresses,
)

LEAST_PROSE = 200
MOST_OF_NOTHING = 3
_LONGEST_WAIT = 60
_QUOTED = re.compile(r"(?<!\w)'|'(?!\w)")
_FIGURE = re.compile(r"\d")
_OCTET = r"(?:2[0-5]\d|1?\d?\d)"
# When to the second an answer was made, and for which address, the numbers of errors, of what was asked for, and of
# versions: none of them is of anything that a story tells.
_OF_A_MACHINE = re.compile(
    r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d gmt|\d{4}-\d\d-\d\d[ t]\d\d:\d\d:\d\d"
    # Not the thousands of a figure: "1.250.000.000".
    rf"|(?<!\d)(?:{_OCTET}\.){{3}}{_OCTET}(?!\d)"
    r"|(?<!\d)[45]\d\d(?!\d)"
    r"|(?=[\w-]{0,40}[a-z])(?=[\w-]{0,40}\d)[\w-]{6,64}"
)


def is_foreign(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Did a few words of something else come in place of a story?

    So error pages and walls in any language are known: they stand without the menu, under an error's name or, without
    the headline, under that of the site or hidden from search engines; without a figure also under another title or
    headline, where they speak to whoever comes as one who wants in, or want an answer. A short notice that takes a
    story's place speaks of the same, or says that it was withdrawn.

    Under the old headline, where nobody is spoken to and nothing asked, more than three words are believed:
    no shape tells "We are back at noon" from the notice "We have closed for good". That a change is looked at twice
    spares what has passed by then.
    """
    said = said_by(signs)
    if (
        sum(map(weight, before.content)) < LEAST_PROSE
        or len(said) > MOST_OF_A_NOTICE
        or is_of_an_editor(signs)
    ):
        return False
    if stands_alone(before, copy) and is_without_the_subject(before, said):
        return True
    has_headline = has_its_headline(before, copy)
    is_of_the_site = is_named_an_error(before, copy) or (
        not has_headline and (has_lost_its_subject(before, signs) or is_newly_unlisted(before, copy))
    )
    if is_of_the_site and is_foreign_to(before, said):
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


def is_of_an_editor(signs: Signs) -> bool:
    """Does a newsroom speak of its text, be it where the page has its frame?"""
    said = (signs.title, *signs.lines)
    return tells_any("\n".join(said), EDITORS_WORDS + WITHDRAWN) or takes_back(said)


def _is_of_another_story(before: Copy, signs: Signs) -> bool:
    """Is the title another, but for the name of the site, and what is said foreign to the story?

    Comments and the frame have many more words.
    """
    title = own_title(before, signs)
    said = "\n".join((title, *signs.content))
    return (
        bool(title)
        and not UNSPACED_SCRIPT.search(said)
        and TELLING_WORD.search(said) is not None
        and is_foreign_to(before, said)
    )


def _lacks_its_headline(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Does the title stay, though the page has its headline no more, and what is said is foreign to the story?

    A notice stands under the headline of its page, or under another title; a translation is as long as the story.
    """
    said = "\n".join(signs.content)
    return (
        not signs.title
        and 2 * len(said) <= sum(map(len, before.content))
        and _has_lost_its_headline(before, copy)
        and not UNSPACED_SCRIPT.search(said)
        and bool(telling_words(said))
        and is_foreign_to(before, said)
    )


def _has_lost_its_headline(before: Copy, copy: Copy) -> bool:
    """Does no line say the title any more, or where none was just that, no heading of its words, nor the highest?"""
    headline = subject_of(before)
    if headline in map(plain_line, before.content):
        return headline not in plain_line(copy.extract.text)
    words = set(LONG_WORD.findall(headline))
    headings = before.page.headings
    named = {line for line in headings if words.intersection(LONG_WORD.findall(plain_line(line)))}
    highest = {line for line in before.content if headings.get(line) == "h1"}
    return bool(named) and copy.distinct_lines.isdisjoint(named | highest)


def _is_said_to_a_visitor(before: Copy, signs: Signs) -> bool:
    """Is a visitor spoken to as such under the old title, in words foreign to the story?

    By the site itself: who is quoted speaks to others.
    """
    said = "\n".join(signs.content)
    if signs.title or len(said) > LONGEST_WALL or _QUOTED.search(said) or not TO_A_VISITOR.search(said):
        return False
    return is_foreign_to(before, said)


def _is_of_the_visit(before: Copy, copy: Copy, signs: Signs) -> bool:
    """Do a few words wait for something, or is the visitor told of their own browser, of which the story did not tell?

    What others do with theirs is news.
    """
    said = "\n".join(signs.content)
    if len(said) > LONGEST_WALL or _QUOTED.search(said) or not is_foreign_to(before, said):
        return False
    is_brief = len(words_on(said)) <= MOST_OF_NOTHING or (len(said) <= _LONGEST_WAIT and WAITS.search(said))
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
        bool(telling_words(said))
        and is_foreign_to(before, said)
        and any(
            control.leads_to is None or leads_to_sign_in(control.leads_to, copy)
            for control in copy.page.controls - before.page.controls
        )
    )
