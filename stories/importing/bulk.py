"""Many stories at once: a folder, or a ZIP of one, with a word for each file that is not taken."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from stories.importing.errors import FileNotText, ImportRefused
from stories.importing.formats import Format
from stories.importing.intake import add_story, parse_text
from stories.importing.read import LARGEST_BYTES, decode_file
from stories.models import Incoming, Intake
from stories.models.words import IncomingState
from stories.text.told import line_of

LARGEST_ZIP = 50_000_000
MOST_FILES = 5_000
#: How a ZIP begins each line of its directory (APPNOTE.TXT, 4.3.12), in which folders and litter have lines too. Of
#: more it is not even listed: each would take ten times its room.
_ENTRY, MOST_ENTRIES = b"PK\x01\x02", 4 * MOST_FILES
#: Of all files of a ZIP together, unpacked.
MOST_BYTES = 200_000_000
#: As computers pack by themselves. Otherwise packed, Python unpacks a few bytes to gigabytes, whatever is asked for.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: No text shrinks to less than a hundredth of itself.
MOST_SHRUNK = 100
_SMALL = 100_000
_FORMATS = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}
#: What computers add to a folder by themselves.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")

#: A file's name, and what reads it; raises FileNotText.
Found = tuple[str, Callable[[], bytes]]


def is_zip(body: bytes) -> bool:
    return body.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_folder(intake: Intake, now: Callable[[], datetime]) -> Iterator[None]:
    """Read the files of a ZIP, in the order of their names, each into a row of its own. Raises FileNotText."""
    files = open_zip(bytes(intake.payload or b""), name=intake.name)
    yield from add_files(intake, files, now=now)


def add_files(intake: Intake, files: Iterable[Found], *, now: Callable[[], datetime]) -> Iterator[None]:
    """A row for each file: proposed, skipped or refused, and why. Those that have a row already are passed over."""
    listed = sorted(files, key=lambda found: found[0])
    known = set(intake.stories.values_list("position", flat=True))
    intake.total_count = len(listed)
    for position, (name, read) in enumerate(listed):
        if position not in known:
            _add_file(intake, name, read, position=position, now=now())
            intake.done_count = position + 1
            yield


def _add_file(intake: Intake, name: str, read: Callable[[], bytes], *, position: int, now: datetime) -> None:
    form = format_of(name)
    if form is None:
        _put_aside(intake, name, position, IncomingState.SKIPPED, "It is no file of text, Markdown or HTML.")
        return
    try:
        story = parse_text(decode_file(read(), name=name), form=form, zone=intake.zone, now=now)
    except ImportRefused as refusal:
        _put_aside(intake, name, position, IncomingState.REFUSED, str(refusal))
        return
    add_story(intake, story, name=name, position=position)


def _put_aside(intake: Intake, name: str, position: int, state: IncomingState, message: str) -> None:
    Incoming.objects.create(intake=intake, name=name[:300], position=position, state=state, message=message)


def format_of(name: str) -> Format | None:
    """By its ending; None for what is no file of text."""
    return _FORMATS.get(PurePosixPath(name.lower()).suffix)


def list_folder(folder: Path) -> list[Found]:
    """Every file in a folder and below it, by its path from there; links are not followed. Raises FileNotText."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    found = [(line_of(path.relative_to(folder).as_posix()), _reader_of(path)) for path in paths]
    return _refuse_too_many([each for each in found if not _is_litter(each[0])], str(folder))


def open_zip(body: bytes, *, name: str) -> list[Found]:
    """Every file of a ZIP, none of which is unpacked to disk.

    Raises FileNotText where it is broken, has too many files, or unpacks to too much. A file that is locked, or whose
    name leads out of the folder, is listed, and refused when it is read.
    """
    if body.count(_ENTRY) > MOST_ENTRIES:
        raise _too_many(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error) as error:
        raise FileNotText(_("%(name)s is a ZIP that cannot be opened.") % {"name": name}) from error
    entries = [
        entry for entry in archive.infolist() if not _is_folder(entry) and not _is_litter(entry.filename)
    ]
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise FileNotText(
            _("%(name)s unpacks to more than %(most)s MB: bring it in in parts.")
            % {"name": name, "most": MOST_BYTES // 1000000}
        )
    found = [(line_of(entry.filename), _unpacker_of(archive, entry)) for entry in entries]
    return _refuse_too_many(found, name)


def _refuse_too_many(found: list[Found], name: str) -> list[Found]:
    if len(found) > MOST_FILES:
        raise _too_many(name)
    if not found:
        raise FileNotText(_("There is no file in %(name)s.") % {"name": name})
    return found


def _too_many(name: str) -> FileNotText:
    return FileNotText(
        _("%(name)s has more than %(most)s files: bring it in in parts.") % {"name": name, "most": MOST_FILES}
    )


def _reader_of(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(LARGEST_BYTES + 1)
        except OSError as error:
            raise FileNotText(
                _("%(path)s cannot be read: %(error)s.") % {"path": path.name, "error": error.strerror}
            ) from error

    return read


def _unpacker_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    def unpack() -> bytes:
        _refuse_entry(entry)
        try:
            with archive.open(entry) as file:
                # What the ZIP says of its size may be a lie: no more than this is ever unpacked.
                return file.read(LARGEST_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
            OverflowError,
            ValueError,
            struct.error,
        ) as error:
            raise FileNotText(
                _("%(filename)s cannot be unpacked.") % {"filename": line_of(entry.filename)}
            ) from error

    return unpack


def _refuse_entry(entry: zipfile.ZipInfo) -> None:
    name = line_of(entry.filename)
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
        raise FileNotText(_("%(filename)s leads out of its folder.") % {"filename": name})
    if _is_link_or_device(entry):
        raise FileNotText(_("%(filename)s is a link, and no file.") % {"filename": name})
    if entry.flag_bits & 0x1:
        raise FileNotText(_("%(filename)s is locked with a password.") % {"filename": name})
    if entry.compress_type not in _PACKED:
        raise FileNotText(
            _("%(filename)s is packed in an unusual way: pack it with Deflate.") % {"filename": name}
        )
    if entry.file_size > LARGEST_BYTES:
        raise FileNotText(
            _("%(filename)s is larger than %(most)s MB: no story is.")
            % {"filename": name, "most": LARGEST_BYTES // 1000000}
        )
    if entry.file_size > _SMALL and entry.file_size > MOST_SHRUNK * max(1, entry.compress_size):
        raise FileNotText(_("%(filename)s is packed as no text can be.") % {"filename": name})


def _is_link_or_device(entry: zipfile.ZipInfo) -> bool:
    """As Unix packs them; what is in a link is the path that it leads to, and no text of anybody's."""
    return stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG)


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    # Its own `is_dir` looks for the last letter of a name that may have none.
    return entry.filename.endswith("/")


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or PurePosixPath(name).name in _LITTER[1:]
