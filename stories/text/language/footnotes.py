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
    rf"(?<!(?<!['’])\b[b-z]) ?(?:\[(?:\^?\d{{1,3}}|(?<!\ba\[)[a-z](?!\][^\W\d_A-ZÀ-ÞΑ-ΩЀ-Я])|{_NOTES}|sic)\]|\(sic\))"
)
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]")
# Behind a unit, a function, a formula or a nuclide a raised figure is its own (km², sin², CO², Cs¹³⁷), as it is behind
# one letter; behind any other word it marks a footnote.
BEHIND_A_WORD = (
    r"(?:(?<=[^\W\d_]{2})(?<![^\W\d_]米)"
    r"(?<!(?<![^\W\d_])(?i:\w[mм]|ft|in|yd|mi|ha|г[аa]|hr|mc|ln))(?<!(?<![^\W\d_])(?:[CNPS]O|[CN]H|Cs|Sr|Pu))"
    r"(?<!(?<![^\W\d_])(?i:sec|min|mol|sin|cos|tan|log|exp|chi|eta))|(?<=[^\W\d_]['’][^\W\d_]))"
)
_FIGURES = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
# So it does behind the mark that ends a sentence, if it does not tell the cents of a price (9.⁹⁵). A star belongs to
# a grade or a product after a figure or capitals (4*, AA*); several, to a word of which two or three letters are told.
RAISED_FOOTNOTE = re.compile(
    rf"(?=[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡])(?<![⁰¹²³⁴⁵⁶⁷⁸⁹*†‡])(?:{BEHIND_A_WORD}{_FIGURES}"
    rf"|(?<=[^\W\d_]{{2}}['.,;:!?])(?<!(?<![^\W\d_])(?i:ft|in|yd|mi)\.){_FIGURES}"
    rf"|(?<=[\d%)][.,;:!?]){_FIGURES}(?!{_FIGURES})|(?<=[^\W\d_]{{4}})[*]"
    r"|(?<=[^\W\d_]{3})(?<![A-ZÀ-ÞΑ-ΩЀ-Я]{3})[*](?![*])|(?<=[\w.,;:!?])[†‡])[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]*+(?!\w)"
)
