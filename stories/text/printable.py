"""Somebody else's words may hold what would drive the terminal, or the mail program, that shows them."""

_CONTROLS = [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029]
# Halves of a character beyond the first plane among them, which no encoding has either.
_NOT_IN_XML = [*range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
#: What turns the direction of all that follows on its line, our own words and addresses too (Unicode UAX #9).
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNPRINTED = dict.fromkeys(_CONTROLS + _NOT_IN_XML, "\ufffd") | _TURNS


def printable(text: str) -> str:
    """With a replacement for what XML cannot have and for controls but tabs and line breaks; without turns."""
    return text.translate(_UNPRINTED)


def one_line(text: str) -> str:
    r"""The same for a place that has one line.

    >>> one_line("A gate\r\n\x1b[2Jopens")
    'A gate �[2Jopens'
    """
    return " ".join(printable(text).split())
