"""A source's wording may hold what would drive the terminal, or the mail program, that shows it."""

_CONTROLS = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029, 0xFFFE, 0xFFFF], "\ufffd"
)


def printable(text: str) -> str:
    """The text with a replacement for what XML cannot have, and for controls but tabs and line breaks."""
    return text.translate(_CONTROLS)
