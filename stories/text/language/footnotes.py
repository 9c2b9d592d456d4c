"""The marks of footnotes, which no reporter quotes: in brackets, or raised behind a word."""

from __future__ import annotations

import re

# As the encyclopedias number them, and ask for sources, in several languages.
_NOTES = (
    r"(?:[Nn]ote|[Nn]ota|[Nn]oot|[Nn]b|n|[Aa]nm\.|п.им\.|注|註) ?\d{1,3}"
    r"|(?:citation|clarification|page) needed|better source needed|(?:by )?who[mn]?\?|when\?|which\?"
    r"|réf\. (?:nécessaire|souhaitée)|cita requerida|carece de fontes\?|senza fonte|bron\?|potrzebny przypis"
    r"|kaynak belirtilmeli|来源请求|來源請求|要出典|출처 필요"
)
# With what an editor remarks beside a word, in the page's own text. Behind a small letter it tells a place in a list,
# and in front of one it is a part of the word: “[s]he”.
BRACKETED_FOOTNOTE = re.compile(
    rf"(?<!\b[b-z]) ?(?:\[(?:\^?\d{{1,3}}|(?<!\ba\[)[a-z](?!\][^\W\d_A-ZÀ-ÞΑ-ΩЀ-Я])|{_NOTES}|sic)\]|\(sic\))"
)
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]")
# A raised figure belongs to a unit after a short word (km², CO₂) and to a footnote after a long one; a star, to a
# grade or a product after a figure or capitals (4*, AA*); several, to a word of which two or three letters are told.
RAISED_FOOTNOTE = re.compile(
    r"(?<![⁰¹²³⁴⁵⁶⁷⁸⁹*†‡])(?:(?<=[^\W\d_]{4})[⁰¹²³⁴⁵⁶⁷⁸⁹*]|(?<=[^\W\d_]{3}[.,;:!?'])[⁰¹²³⁴⁵⁶⁷⁸⁹]"
    r"|(?<=[^\W\d_]{3})(?<![A-ZÀ-ÞΑ-ΩЀ-Я]{3})[*](?![*])|(?<=[\w.,;:!?])[†‡])[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]*+(?!\w)"
)
