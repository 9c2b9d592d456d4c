"""Private characters that mark places in the text of a page while it is read; taken out of the page itself first."""

from __future__ import annotations

from stories.text.struck import STRUCK_IN, STRUCK_OUT

BLOCK_IN, BLOCK_OUT, BREAK, LINK_IN, LINK_OUT = tuple("\ue010\ue011\ue012\ue013\ue014")
MARKS = (BLOCK_IN, BLOCK_OUT, BREAK, LINK_IN, LINK_OUT, STRUCK_IN, STRUCK_OUT)
#: Links stand amid their lines, and part no words.
NO_MARKS = dict.fromkeys(map(ord, MARKS), " ") | dict.fromkeys(map(ord, (LINK_IN, LINK_OUT)), "")
