"""The catalogue of messages: what is marked in the source, and its translations beside it (`make messages`).

Messages are read with Django's own reader of templates and Python's own parser, so that nothing need be installed
for it; the compiled catalogue is kept in the repository for the same reason.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "stories/locale"
TEMPLATES = (".html", ".txt", ".xml")
HEADER = {
    "Project-Id-Version": "newsroom-story-updates",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
PLURALS = {"es": "nplurals=2; plural=(n != 1);"}

#: For each way of marking, what its leading arguments are.
_CALLS = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "npgettext_lazy": ("context", "id", "plural"),
}
_IN_TEMPLATE = re.compile(
    r"(?<![\w.])(_|n?p?gettext)\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?)+)"
)
_LITERAL = re.compile(r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """As gettext looks it up: singular and context."""
        return (self.context, self.id)


def marked_in_python(source: str) -> Iterator[Message]:
    """Raises ValueError where what is marked is no literal, which no catalogue can have."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name not in _CALLS:
            continue
        texts = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
        roles = _CALLS[name]
        if all(isinstance(text, str) for text in texts[: len(roles)]):
            yield Message(**dict(zip(roles, texts, strict=False)))  # type: ignore[arg-type]
        elif name != "gettext":
            raise ValueError(f"line {call.lineno}: {name}() marks what is no literal")


def marked_in_template(source: str) -> Iterator[Message]:
    for call in _IN_TEMPLATE.finditer(templatize(source)):
        texts = [ast.literal_eval(each) for each in _LITERAL.findall(call[2])]
        yield Message(**dict(zip(_CALLS[call[1]], texts, strict=False)))


def source_files() -> Iterator[Path]:
    yield from sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in TEMPLATES)
    for room in ("newsroom", "stories"):
        yield from sorted(path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def marked_in(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    try:
        yield from (marked_in_python if path.suffix == ".py" else marked_in_template)(source)
    except ValueError as error:
        raise ValueError(f"{path.relative_to(ROOT)}, {error}") from error


@cache
def marked_in_source() -> dict[tuple[str, str], tuple[Message, list[str]]]:
    """Every message with the files that it is in, in the order of the source; a plural is known to all its uses."""
    found: dict[tuple[str, str], tuple[Message, list[str]]] = {}
    for path in source_files():
        for message in marked_in(path):
            known, files = found.get(message.key, (message, []))
            name = str(path.relative_to(ROOT))
            found[message.key] = (message if message.plural else known, [*dict.fromkeys([*files, name])])
    return found


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES/django.po"


def catalogue(language: str) -> polib.POFile:
    path = catalogue_path(language)
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def renewed(language: str) -> polib.POFile:
    """The catalogue with every message that is marked and no other; what is new has no translation yet."""
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue(language)}
    book = polib.POFile(wrapwidth=110)
    book.metadata = {**HEADER, "Language": language, "Plural-Forms": PLURALS[language]}
    for key, (message, files) in marked_in_source().items():
        book.append(_entry(message, files, known.get(key)))
    return book


def _entry(message: Message, files: list[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.id,
        msgctxt=message.context or None,
        occurrences=[(name, "") for name in files],
        flags=["python-format"] if "%" in message.id + message.plural else [],
        tcomment=known.tcomment if known else "",
    )
    if not message.plural:
        entry.msgstr = known.msgstr or (known.msgstr_plural or {}).get(0, "") if known else ""
        return entry
    entry.msgid_plural = message.plural
    entry.msgstr_plural = (known.msgstr_plural if known else None) or {0: "", 1: ""}
    return entry


def main() -> None:
    for language, _name in settings.LANGUAGES:
        if language == settings.LANGUAGE_CODE:
            continue
        book, path = renewed(language), catalogue_path(language)
        book.save(str(path))
        book.save_as_mofile(str(path.with_suffix(".mo")))
        missing = [entry for entry in book if not entry.translated()]
        sys.stdout.write(f"{language}: {len(book)} messages, {len(missing)} without a translation\n")
        for entry in missing:
            sys.stdout.write(f"  {entry.occurrences[0][0]}: {entry.msgid}\n")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main()
