"""Texts that try to become markup or script wherever they are shown. Written for this product; none is borrowed.

Each carries the mark `data-planted`, so that a page which took one for markup has an element with that attribute, and
calls `planted()`, so that a browser which ran one has said so.
"""

from __future__ import annotations

#: Out of an element, an attribute of either quote, a title, a text area, a comment, a script, a data block.
BREAKOUTS = (
    "<script data-planted>planted()</script>",
    "<img data-planted src=x onerror=planted()>",
    '"><svg data-planted onload=planted()>',
    "'><input data-planted autofocus onfocus=planted()>",
    "</title><b data-planted onclick=planted()>",
    "</textarea><b data-planted>",
    "--><b data-planted><!--",
    "]]><b data-planted>",
    "</script><script data-planted>planted()</script>",
    "</style><b data-planted>",
    '" onmouseover="planted()" data-planted="',
    "' onmouseover='planted()' data-planted='",
    "`-planted()-`",
    "'-planted()-'",
    "\\'-planted()//",
    "{{ constructor.constructor('planted()')() }}",
    "{% debug %}${planted()}",
    "<iframe data-planted srcdoc='<script>parent.planted()</script>'></iframe>",
    "<math data-planted><mtext><style><img src=x onerror=planted()></style></mtext></math>",
    "<a data-planted href='java\tscript:planted()'>a</a>",
    "\u003cb data-planted\u003e",
    "&lt;b data-planted&gt;&#60;b data-planted&#62;",
    "<b data-planted x-init='planted()' @click='planted()'>",
    "<div data-planted hx-on:load='planted()' hx-get='/admin/'>",
)
#: What Markdown could be talked into.
MARKDOWN = (
    "[a](javascript:planted())",
    "[a](JaVaScRiPt:planted())",
    "[a](java&#10;script:planted())",
    "[a](data:text/html;base64,PHNjcmlwdD5wbGFudGVkKCk8L3NjcmlwdD4=)",
    "[a](vbscript:planted())",
    '![a](x "onerror=planted() data-planted")',
    '[a](<x" onclick="planted()" data-planted="> "t")',
    "<javascript:planted()>",
    "[a]: javascript:planted()\n\n[a]",
    "``<b data-planted>``",
    "> <b data-planted onclick=planted()>",
    "1. <b data-planted>\n\n    <b data-planted>",
)
#: All of them in one text, for a field that has room.
LONG = "\n\n".join((*BREAKOUTS, *MARKDOWN))


def payload_for(room: int | None, number: int) -> str:
    """The whole where there is room for it, else as many as there is room for, another beginning each time."""
    if room is None or room >= len(LONG):
        return LONG
    turned = [*BREAKOUTS[number % len(BREAKOUTS) :], *BREAKOUTS[: number % len(BREAKOUTS)]]
    chosen = ""
    for each in turned:
        if len(chosen) + len(each) <= room:
            chosen += each
    return chosen
