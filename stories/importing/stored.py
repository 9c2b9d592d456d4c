"""A story that was taken apart, as a row keeps it until it is confirmed: what was shown is what is taken in."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from stories.importing.story import ParsedStory, StoryLink
from stories.text.notes import Note, NoteKind, Precision


def store_story(story: ParsedStory) -> dict[str, Any]:
    """Return `story` as JSON can hold it."""
    return {
        **asdict(story),
        "notes": [{**asdict(note), "stated_at": _write(note.stated_at)} for note in story.notes],
        "published_at": _write(story.published_at),
        "modified_at": _write(story.modified_at),
    }


def load_story(stored: dict[str, Any]) -> ParsedStory:
    """Return the story that `store_story` was given; times have their offset, and notes the name of their zone."""
    return ParsedStory(
        **{
            **stored,
            "notes": tuple(_load_note(note) for note in stored["notes"]),
            "passages": tuple(stored["passages"]),
            "left_out": tuple(stored["left_out"]),
            "links": tuple(StoryLink(**link) for link in stored["links"]),
            "passage_links": tuple(stored["passage_links"]),
            "published_at": _read(stored["published_at"]),
            "modified_at": _read(stored["modified_at"]),
        }
    )


def _load_note(stored: dict[str, Any]) -> Note:
    kinds = {"kind": NoteKind(stored["kind"]), "precision": Precision(stored["precision"])}
    return Note(**{**stored, **kinds, "stated_at": _read(stored["stated_at"])})


def _write(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
