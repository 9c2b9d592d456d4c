"""`python -m stories.publishing.proof FILE`: verify an export or a story's record, with no database and no Django."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from stories.publishing.proof.files import NotARecord, verify_file
from stories.publishing.proof.flaw import CANNOT_TELL, exit_status
from stories.publishing.proof.signed_note import NoteError, VerifierKey
from stories.publishing.proof.verify import Verified


def main(arguments: list[str] | None = None) -> int:
    """Print what does not agree, or that all does; return 0 sound, 1 altered, 2 missing, 3 cannot tell."""
    given = _parser().parse_args(arguments)
    try:
        keys = [VerifierKey.parse(key) for key in given.key]
        notes = [path.read_text(encoding="utf-8") for path in given.checkpoint]
        found = verify_file(given.file, keys=keys, notes=notes)
    except (OSError, UnicodeDecodeError, NotARecord, NoteError) as error:
        _print(f"CANNOT TELL: {error}")
        return CANNOT_TELL
    except ModuleNotFoundError as error:
        _print(f"CANNOT TELL: signatures are verified with {error.name}: pip install {error.name}")
        return CANNOT_TELL
    for flaw in found.flaws:
        _print(str(flaw))
    if not found.flaws:
        _print(praise(found))
        if not keys:
            _print(
                "The key is the one that the file names: compare it with the one that the newsroom publishes."
            )
    return exit_status(found.flaws)


def praise(found: Verified) -> str:
    """One sentence about a record in which nothing disagrees."""
    counts = [
        _count(found.versions, "version"),
        _count(found.updates, "update"),
        *([_count(found.takedowns, "takedown")] if found.takedowns else []),
    ]
    signed = _count(found.checkpoints, "signed checkpoint")
    return (
        f"The record is sound: {' and '.join([', '.join(counts[:-1]), counts[-1]])} of "
        f"{_count(found.stories, 'story', 'stories')} agree with their digests, with each other and with "
        f"{signed}."
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m stories.publishing.proof", description=__doc__)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="an export (.jsonl.gz) or a story’s record.json"
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help="trust this verifier key, not the file’s own",
    )
    parser.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a checkpoint that you kept, which an export must agree with",
    )
    return parser


def _print(line: str) -> None:
    """One line, whatever the file has to be told of; nothing in it moves a terminal, or passes for a line of ours."""
    shown = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(shown.encode(encoding, errors="backslashreplace").decode(encoding) + "\n")


if __name__ == "__main__":
    sys.exit(main())
