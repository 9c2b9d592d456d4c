"""The catalogue holds what is marked in the source and nothing else, whole, and compiled as it stands."""

import re
import string

import polib
import pytest
from django.conf import settings

from tests import messages

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]")
TAG = re.compile(r"</?[a-z][^>]*>")

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each translation beside what it translates; for more than one, that is the plural."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    one, *others = (entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural))
    return [(entry.msgid, one), *((entry.msgid_plural, other) for other in others)]


def braces(text: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(text) if name}


def _agree(theirs: str, ours: str, *, may_count: bool) -> bool:
    """`may_count`: a singular may say “one” where the other has the number."""
    has_same_places = set(PLACEHOLDER.findall(theirs)) == set(PLACEHOLDER.findall(ours)) or may_count
    has_same_braces = "%" in theirs or braces(theirs) == braces(ours)
    has_same_markup = sorted(TAG.findall(theirs)) == sorted(TAG.findall(ours))
    has_same_ends = all(theirs[at].isspace() == ours[at].isspace() for at in (0, -1))
    return has_same_places and has_same_braces and has_same_markup and has_same_ends


def test_the_catalogue_has_what_is_marked_and_nothing_else(language):
    marked = {key: message.plural for key, (message, _files) in messages.marked_in_source().items()}

    kept = {(entry.msgctxt or "", entry.msgid): entry.msgid_plural for entry in messages.catalogue(language)}

    assert kept == marked, "run `make messages`, and translate what is new"


def test_every_message_is_translated_and_none_is_doubtful(language):
    untold = [
        entry.msgid for entry in messages.catalogue(language) if not entry.translated() or entry.obsolete
    ]

    assert untold == []


def test_every_plural_has_all_forms_of_the_language(language):
    forms = int(messages.PLURALS[language].removeprefix("nplurals=")[0])

    wrong = [
        entry.msgid
        for entry in messages.catalogue(language)
        if entry.msgid_plural and sorted(entry.msgstr_plural) != list(range(forms))
    ]

    assert wrong == []


def test_translations_have_the_placeholders_and_the_markup_of_what_they_translate(language):
    wrong = [
        (theirs, ours)
        for entry in messages.catalogue(language)
        for theirs, ours in pairs(entry)
        if not _agree(theirs, ours, may_count=bool(entry.msgid_plural) and theirs == entry.msgid)
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_written_one(language, tmp_path):
    compiled = messages.catalogue_path(language).with_suffix(".mo")

    messages.catalogue(language).save_as_mofile(str(tmp_path / "django.mo"))

    assert compiled.read_bytes() == (tmp_path / "django.mo").read_bytes(), "run `make messages`"
