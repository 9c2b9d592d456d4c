"""The text of a PDF, page by page."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from stories.text.copy_errors import CopyTooLarge, UnreadableCopy
from stories.text.formats.other_text import plain_text
from stories.text.language.running_lines import with_heads_apart
from stories.text.limits import MOST_BYTES, MOST_CHARACTERS

MOST_PAGES = 2_000
# PDFium tells a hyphen that splits a word at the end of a line by one of these.
_SPLIT_WORD = re.compile("[\x02\ufffe](?:\r?\n)?")


def pdf_text(body: bytes) -> tuple[str, str]:
    """The title and the text of a PDF, with hard-wrapped lines joined.

    Raises UnreadableCopy (`broken_pdf`, `locked_pdf`) and CopyTooLarge (over 20 MB, 2,000 pages or 3,000,000
    characters). The parser is a large one in C: call this in a process with limits of its own.

    Linear in the text; bounded in what is read by `limits`.
    """
    if len(body) > MOST_BYTES:
        raise CopyTooLarge("too_many_bytes", detail=str(len(body)))
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        reason = "locked_pdf" if "password" in str(error).lower() else "broken_pdf"
        raise UnreadableCopy(reason, detail=str(error)) from error
    try:
        return _title(document), "\n".join(_pages(document))
    except pdfium.PdfiumError as error:
        raise UnreadableCopy("broken_pdf", detail=str(error)) from error
    finally:
        document.close()


def _title(document: pdfium.PdfDocument) -> str:
    return " ".join(document.get_metadata_dict(skip_empty=True).get("Title", "").split())


def _pages(document: pdfium.PdfDocument) -> list[str]:
    if len(document) > MOST_PAGES:
        raise CopyTooLarge("too_many_pages", detail=str(len(document)))
    pages, length = [], 0
    for page in document:
        text_page = page.get_textpage()
        text = _SPLIT_WORD.sub("-\n", text_page.get_text_bounded())
        text_page.close()
        page.close()
        length += len(text)
        if length > MOST_CHARACTERS:
            raise CopyTooLarge("too_much_text", detail=str(length))
        pages.append(text)
    return [told for page in with_heads_apart(pages) if (told := plain_text(page))]
