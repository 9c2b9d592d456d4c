"""A file becomes text, or a sentence that says why it cannot."""

import codecs
from pathlib import Path

from django.utils.translation import gettext as _

from stories.importing.errors import FileNotReadable, FileNotText
from stories.text.charset import decode

LARGEST_BYTES = 5_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path, *, encoding: str = "utf-8") -> str:
    """Return the text of a file, in the encoding its byte order mark declares, else in `encoding`.

    Raises FileNotReadable and FileNotText.
    """
    return decode_text(read_bytes(path), name=str(path), encoding=encoding)


def decode_text(body: bytes, *, name: str, encoding: str = "utf-8") -> str:
    """The same for bytes at hand; `name` is what messages call them. Raises FileNotText."""
    _refuse_too_large(body, name)
    declared = next((name for mark, name in _MARKS if body.startswith(mark)), encoding)
    if b"\0" in body and not declared.lower().startswith(("utf-16", "utf-32")):
        raise FileNotText(_("%(name)s is not text: it is a binary file.") % {"name": name})
    try:
        text = body.decode(declared)
        text.encode()
    except UnicodeDecodeError as error:
        raise FileNotText(
            _(
                "%(name)s is not text in %(declared)s: byte %(start)s does not fit. "
                "If it is text in another encoding, name it: --encoding cp1252"
            )
            % {"name": name, "declared": declared, "start": error.start}
        ) from error
    except UnicodeError as error:
        raise FileNotText(
            _("%(name)s is not text in %(declared)s: it has half characters in it.")
            % {"name": name, "declared": declared}
        ) from error
    except LookupError as error:
        raise FileNotText(
            _("“%(declared)s” is not an encoding; some are utf-8, cp1252, utf-16.") % {"declared": declared}
        ) from error
    if _is_binary(text):
        raise FileNotText(_("%(name)s is not text: it has characters that no text has.") % {"name": name})
    if not text.strip():
        raise FileNotText(_("%(name)s is empty.") % {"name": name})
    return text


def decode_file(body: bytes, *, name: str) -> str:
    """The text of a file that somebody handed over, in the encoding that it says or seems to have.

    Whoever hands it over sees what came of it before anything is written. Raises FileNotText.
    """
    try:
        return decode_text(body, name=name)
    except FileNotText:
        if len(body) > LARGEST_BYTES or b"\0" in body or not body.strip():
            raise
    text = decode(body, "")[0]
    if _is_binary(text):
        raise FileNotText(_("%(name)s is not text: it has characters that no text has.") % {"name": name})
    return text


def read_bytes(path: Path, *, most: int = LARGEST_BYTES) -> bytes:
    """The bytes of a file, and of a larger one `most` and one more. Raises FileNotReadable."""
    try:
        # Not by its size: a device or a pipe has none, and may have no end either.
        with path.open("rb") as file:
            body = file.read(most + 1)
    except FileNotFoundError as error:
        raise FileNotReadable(_("There is no file %(path)s.") % {"path": path}) from error
    except IsADirectoryError as error:
        raise FileNotReadable(_("%(path)s is a folder; name the files in it.") % {"path": path}) from error
    except (OSError, ValueError) as error:
        raise FileNotReadable(
            _("%(path)s cannot be read: %(error)s.") % {"path": path, "error": error}
        ) from error
    return body


def _refuse_too_large(body: bytes, name: str) -> None:
    if len(body) > LARGEST_BYTES:
        raise FileNotText(
            _("%(name)s is larger than %(most)s MB: no story is.")
            % {"name": name, "most": LARGEST_BYTES // 1000000}
        )


def _is_binary(text: str) -> bool:
    return any(ord(character) < 32 and character not in "\t\n\v\f\r\x1e\x85" for character in text)
