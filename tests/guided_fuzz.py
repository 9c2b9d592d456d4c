"""Bytes that are led by what they reach (libFuzzer, through Atheris) to where no test has been; `make fuzz` runs it.

Atheris is no dependency: it has wheels for few Pythons. Where it is not installed, that is said, and nothing is run.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

#: Of each target.
SECONDS = int(os.environ.get("FUZZ_SECONDS", "20"))
#: Whose branches are counted.
_LED_BY = ["stories.text", "stories.publishing.proof", "stories.publishing.canonical", "stories.web.guard"]

_HEADER = b'{"format": "newsroom-record", "schema": 1, "keys": []}\n'
_SEED_OF_RECORD = b"""{"type": "checkpoint", "note": "record\\n1\\nAAAA\\n\\n\\u2014 record AAAA\\n"}
{"type": "leaf", "index": 0, "data": {"kind": "version", "number": 1}, "hash": "00", "salt": "", "content": null}
{"type": "end", "leaves": 1, "checkpoints": 1}
"""

Target = Callable[[bytes], object]


def targets() -> Mapping[str, Target]:
    """The functions of tests/text/test_fuzz.py, and what else reads bytes of anybody's."""
    from stories.publishing.proof.files import NotARecord, verify_bundle, verify_export
    from stories.publishing.proof.signed_note import NoteError, open_checkpoint
    from stories.text.copy_errors import ExtractError
    from stories.text.extract import main_text, visible_text
    from stories.text.markdown import render_markdown
    from stories.text.markdown_limits import MarkdownError
    from stories.web.errors import AddressRefused
    from stories.web.guard import origin_of
    from tests.security.inert import faults_of_html
    from tests.text.test_fuzz import CONTENT_TYPES, FUNCTIONS

    def extract(data: bytes) -> None:
        kind = CONTENT_TYPES[data[0] % len(CONTENT_TYPES)] if data else ""
        for read in (visible_text, main_text):
            with suppress(ExtractError):
                read(data[1:], kind).text.encode()

    def markdown(data: bytes) -> None:
        with suppress(MarkdownError):
            wrong = list(faults_of_html(render_markdown(_text(data))))
            assert not wrong, wrong

    def guard(data: bytes) -> None:
        with suppress(AddressRefused):
            origin_of(_text(data))

    def record(data: bytes) -> None:
        with suppress(NotARecord):
            verify_export([_HEADER, *data.splitlines(keepends=True)])
        with suppress(NotARecord):
            verify_bundle({**_object(_HEADER), **_object(data)})
        with suppress(NoteError):
            open_checkpoint(_text(data), [])

    def of_text(function: Callable[[str], object]) -> Target:
        return lambda data: function(_text(data))

    named = {name: of_text(function) for name, function in FUNCTIONS.items()}
    return {**named, "extract": extract, "guard": guard, "markdown": markdown, "record": record}


def _object(data: bytes) -> dict[str, object]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {"leaves": found}


def _text(data: bytes) -> str:
    """With lone surrogates, as what was decoded carelessly has."""
    return data.decode("utf-8", "surrogateescape")


def fuzz(name: str) -> None:
    """Until the time is over, or something breaks; never comes back."""
    import atheris

    with atheris.instrument_imports(include=_LED_BY):
        target = targets()[name]
    with TemporaryDirectory() as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        Path(seeds, "first").write_bytes(_SEED_OF_RECORD if name == "record" else _seed())
        how = [f"-max_total_time={SECONDS}", "-max_len=2000", f"-artifact_prefix={folder}/"]
        atheris.Setup([sys.argv[0], *how, str(seeds)], target)
        atheris.Fuzz()


def _seed() -> bytes:
    from tests.text.test_fuzz import PIECES

    return "".join(PIECES).encode("utf-8", "surrogatepass")


def run() -> Iterator[str]:
    """The names of those that broke, after what they broke at is printed."""
    for name in targets():
        asked = [sys.executable, "-m", "tests.guided_fuzz", name]
        ended = subprocess.run(asked, check=False, capture_output=True, text=True)
        told = [line for line in ended.stderr.splitlines() if line.startswith("Done ")]
        _say(f"{name}: {told[-1] if told else 'broken'}")
        if ended.returncode:
            _say(ended.stdout[-4_000:] + ended.stderr[-4_000:])
            yield name


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    if importlib.util.find_spec("atheris") is None:
        _say("Atheris is not installed (pip install atheris): nothing is led by what it reaches.")
        return 0
    if len(sys.argv) > 1:
        fuzz(sys.argv[1])
    broken = list(run())
    _say(f"Broken: {', '.join(broken) or 'nothing'}")
    return bool(broken)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main())
