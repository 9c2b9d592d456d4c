"""What the title of a page names: its subject, beside its site. Linear in the length of the page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from stories.text.page.outcome import Copy
from stories.text.page.signs import TITLE_PARTS, Signs, plain_line

_ADDRESS = re.compile(r"https?://\S{1,400}")
_NO_LETTERS = re.compile(r"[\W_]")
# Each is looked for in all that is said.
_MOST_PARTS = 20


def subject_of(before: Copy) -> str:
    """The title without the name of the site: what is the headline too, or what its host is not named after."""
    parts = _parts_of_title(before)
    if len(parts) == 1:
        return parts[0]
    lines = set(map(plain_line, before.content))
    headlines = [part for part in parts if part in lines]
    return max(headlines or [part for part in parts if not _is_name_of_host(part, before)] or parts, key=len)


def has_its_headline(before: Copy, copy: Copy) -> bool:
    """Does the headline, which is the subject of the title, stand in the content as it did?"""
    headline = subject_of(before)
    return headline != "" and all(headline in map(plain_line, each.content) for each in (before, copy))


def is_still_its_title(before: Copy, copy: Copy) -> bool:
    """Does the title name its headline as it did? A section has it in its list at most."""
    return has_its_headline(before, copy) and subject_of(before) in _parts_of_title(copy)


def own_title(before: Copy, signs: Signs) -> str:
    """The title without what the old one had too, as the name of the site."""
    known = _parts_of_title(before)
    return " | ".join(part for part in TITLE_PARTS.split(signs.title) if part not in known)


def has_lost_its_subject(before: Copy, signs: Signs) -> bool:
    """Is the name of the site all that is left of the title?"""
    return bool(signs.title) and not own_title(before, signs) and subject_of(before) not in signs.title


def without_names_of_site(before: Copy, said: str) -> str:
    """What is said without the names of the site and addresses, which walls and errors say as well as its stories."""
    said = without_addresses(said)
    subject = subject_of(before)
    for name in (*_parts_of_title(before), *_host_of(before).split(".")):
        if name and name != subject:
            said = said.replace(name, " ")
    return said


def without_addresses(said: str) -> str:
    """That of a page has the words of its headline, and errors tell which it was that they could not find."""
    return _ADDRESS.sub(" ", said)


def _parts_of_title(copy: Copy) -> list[str]:
    return TITLE_PARTS.split(plain_line(copy.extract.title), _MOST_PARTS)


def _is_name_of_host(part: str, copy: Copy) -> bool:
    return _NO_LETTERS.sub("", part) in _NO_LETTERS.sub("", _host_of(copy))


def _host_of(copy: Copy) -> str:
    return (urlsplit(copy.final_url).hostname or "").removeprefix("www.")
