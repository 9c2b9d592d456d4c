"""Host names as the DNS knows them, and refusals of those that only look like a name somebody knows."""

import re
import unicodedata

import idna

from stories.web.errors import AddressRefused

MAX_NAME_LENGTH = 253

_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMERAL = re.compile(r"[0-9]+|0x[0-9a-f]*")
# RFC 6761, 6762 (with those of its appendix G), 7686, 8375, ICANN's reservation of "internal", and the names of
# services in a cluster: none of these is on the public internet.
_LOCAL_ENDINGS = (
    *("localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan"),
    *("home.arpa", "onion", "svc"),
)
# Where clouds answer their own machines under names of the public DNS, some of which lead to public addresses.
_METADATA_NAMES = frozenset(
    {"metadata.goog", "metadata.packet.net", "metadata.platformequinix.com", "metadata.tencentyun.com"}
)
# UTS 39, "highly restrictive": the scripts that one label may mix.
_MIXTURES = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "BOPOMOFO"},
    {"LATIN", "CJK", "HANGUL"},
)
# The first words of the names of letters that belong to several scripts (UTS 39, "common" and "inherited"): ー and 々.
_SHARED = frozenset({"KATAKANA-HIRAGANA", "IDEOGRAPHIC"})
# Letters whose shape is that of a Latin one, by script: a label of nothing else passes for a Latin word; and the
# countries in which such a label is a word of its own.
_LATIN_SHAPED = (
    (
        frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡғԍʏ"),
        frozenset({"bg", "by", "kg", "kz", "mk", "mn", "rs", "ru", "su", "tj", "ua", "uz"}),
    ),
    (frozenset("αικνορυ"), frozenset({"gr", "cy"})),
    (frozenset("ագզէլհյոսւօցք"), frozenset({"am"})),
)
# Letters of phonetic alphabets which pass for the Latin ones beside them (UTS 39, "technical").
_LATIN_SHAPED_PHONETIC = frozenset("ɑɡ")


def canonical_name(name: str) -> str:
    """The name in lower-case ASCII, without a final dot. Refuses what is no name, is local, or is a disguise.

    Non-ASCII names follow IDNA 2008 with the mapping of UTS 46; the only mapping accepted is that of case.
    """
    if len(name) > MAX_NAME_LENGTH + 1:
        raise AddressRefused("bad_name", "The name of the site is longer than a name can be.")
    ascii_name = _without_final_dot(name.lower() if name.isascii() else _to_ascii(name))
    labels = ascii_name.split(".")
    if len(ascii_name) > MAX_NAME_LENGTH or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("bad_name", "The address has no proper name of a site in it.")
    if _NUMERAL.fullmatch(labels[-1]):
        raise AddressRefused("odd_number", "The address spells a number where the name of a site should be.")
    _refuse_disguises(labels)
    return ascii_name


def refuse_local_name(name: str) -> None:
    """Refuses names that by their ending mean this machine or this network, whatever a resolver says.

    So do names without a dot, which a resolver completes by the network that it is in.
    """
    is_local = any(name == ending or name.endswith("." + ending) for ending in _LOCAL_ENDINGS)
    if "." not in name or is_local or name in _METADATA_NAMES:
        raise AddressRefused("local_name", f"{name} is a name inside a network, not on the public internet.")


def _without_final_dot(name: str) -> str:
    return name.removesuffix(".")


def _to_ascii(name: str) -> str:
    try:
        mapped = idna.uts46_remap(name)
        ascii_name = idna.encode(mapped).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise AddressRefused("bad_name", "The address has no proper name of a site in it.") from error
    if mapped != unicodedata.normalize("NFC", name.lower()):
        raise AddressRefused("look_alike", "The name of the site is written in letters that pass for others.")
    return ascii_name


def _refuse_disguises(labels: list[str]) -> None:
    for label in labels:
        if label.startswith("xn--"):
            _refuse_disguised_label(_to_unicode(label), labels[-1])
    if labels[-1].startswith("xn--") and _to_unicode(labels[-1]).isnumeric():
        raise AddressRefused("odd_number", "The address spells a number where the name of a site should be.")


def _to_unicode(label: str) -> str:
    try:
        return idna.ulabel(label)
    except (idna.IDNAError, UnicodeError) as error:
        raise AddressRefused("bad_name", "The address has no proper name of a site in it.") from error


def _refuse_disguised_label(label: str, top_level: str) -> None:
    scripts = {_script(letter) for letter in label if letter.isalpha()} - _SHARED
    is_mixture = len(scripts) > 1 and not any(scripts <= mixture for mixture in _MIXTURES)
    if is_mixture or _passes_for_latin(label, top_level):
        raise AddressRefused(
            "look_alike", f"The name of the site ({label}) is written in letters that pass for others."
        )


def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name: Python has no table of scripts."""
    return unicodedata.name(letter, "UNKNOWN").split()[0]


def _passes_for_latin(label: str, top_level: str) -> bool:
    letters = {letter for letter in label if letter.isalpha()}
    if letters & _LATIN_SHAPED_PHONETIC:
        return True
    if top_level.startswith("xn--"):
        return False
    return any(letters <= shaped and top_level not in countries for shaped, countries in _LATIN_SHAPED)
