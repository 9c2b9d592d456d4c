"""What the newsroom itself writes into its history, told in the language of whoever reads it.

The rows keep the words as they were written, and what a person typed is told as typed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.utils.translation import gettext, gettext_noop

NOBODY_IS_TOLD = gettext_noop("Nobody is to be told of it any more.")
NOT_WATCHED = gettext_noop("Not to be watched any more.")
WATCHED_AGAIN = gettext_noop("Watched again.")
_REASONS = (
    NOBODY_IS_TOLD,
    NOT_WATCHED,
    WATCHED_AGAIN,
    gettext_noop("Deleted."),
    gettext_noop("Given to a reporter."),
    gettext_noop("Taken from a reporter."),
    gettext_noop("Taken over."),
    gettext_noop("The page has moved for good."),
    gettext_noop("Undone: %(reason)s"),
    gettext_noop("cited at the desk"),
    gettext_noop("claim deleted"),
    gettext_noop("imported"),
    gettext_noop("linked from a story that was imported"),
    gettext_noop("merged into “%(source)s”"),
    gettext_noop("person deleted"),
    gettext_noop("published with version %(number)s"),
    gettext_noop("split from “%(source)s”"),
    gettext_noop("the import was undone"),
    gettext_noop("the sentence of an attached passage"),
    gettext_noop("the text of version %(number)s again"),
    gettext_noop("took over “%(source)s”, which was watched"),
    gettext_noop("took the source’s new wording"),
    gettext_noop("verdict deleted"),
    gettext_noop("written for publication"),
    gettext_noop("“%(source)s” was split from it"),
)
#: What acts where no person does; the person who asked for it may stand behind, in brackets.
_TASKS = (
    gettext_noop("example"),
    gettext_noop("feed"),
    gettext_noop("import"),
    gettext_noop("schedule"),
    gettext_noop("tidy"),
    gettext_noop("undone import"),
)

#: A name to be filled in, in a sentence that is escaped.
_NAMED = re.compile(r"%\\\((\w+)\\\)s")


def told_reason(written: str) -> str:
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(written):
            names = found.groupdict()
            if "reason" in names:
                names["reason"] = told_reason(names["reason"])
            return gettext(sentence) % names if names else gettext(sentence)
    return written


def is_task(actor: str) -> bool:
    return actor.partition(" (")[0] in _TASKS


def told_actor(actor: str) -> str:
    """A task by what it is; a person's name as it is."""
    task, bracket, person = actor.partition(" (")
    return gettext(task) + bracket + person if task in _TASKS else actor


def told_hand(record: Any) -> str:
    """Who is behind a row of the history: the person's name, or what acted."""
    person = record.history_user
    return person.name if person else told_actor(record.history_actor)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (sentence, re.compile(_NAMED.sub(r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL))
        for sentence in _REASONS
    ]
