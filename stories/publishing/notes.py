"""Updates as a version froze them: the notes that readers are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from stories.models.words import UpdateKind
from stories.text.diff import WordChange, diff_words

#: The gravest first.
GRAVITY = (
    UpdateKind.RETRACTION,
    UpdateKind.CORRECTION,
    UpdateKind.CLARIFICATION,
    UpdateKind.EDITORS_NOTE,
    UpdateKind.UPDATE,
)

#: What readers are told a change is; a version without a note has a kind too.
KIND_LABELS: dict[str, Any] = {
    **dict(UpdateKind.choices),
    "first": pgettext_lazy("kind of note", "First published"),
    "recorded": pgettext_lazy("kind of note", "First recorded here"),
    "minor": pgettext_lazy("kind of note", "Minor edit"),
    "change": pgettext_lazy("kind of note", "Changed"),
    "takedown": pgettext_lazy("kind of note", "Taken down"),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """The change of a source that was the reason: its wording before and after, and the difference."""

    source: str
    url: str
    passage: str
    wording: str
    changes: tuple[WordChange, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One published update; `number` is that of the version that published it."""

    id: int
    number: int
    kind: UpdateKind
    text: str
    stated_at: datetime | None
    stated_zone: str
    stated_precision: str
    recorded_at: datetime
    headline_changed: bool
    is_text_before_recorded: bool
    cause: Cause | None
    #: A claim stopped standing with the version that published it.
    is_claim_corrected: bool = False

    @property
    def shown_at(self) -> datetime:
        return self.stated_at or self.recorded_at

    @property
    def is_back_dated(self) -> bool:
        """True where the stated time is more than a minute before the time it was recorded."""
        return self.stated_at is not None and (self.recorded_at - self.stated_at).total_seconds() > 60

    @property
    def is_grave(self) -> bool:
        """True where readers must know it before they read on: a retraction, a corrected headline or claim."""
        is_of_the_core = self.headline_changed or self.is_claim_corrected
        return self.kind == UpdateKind.RETRACTION or (self.kind == UpdateKind.CORRECTION and is_of_the_core)


def notes_in(updates: Iterable[Mapping[str, Any]], *, number: int) -> tuple[Note, ...]:
    """The notes of version `number` from the updates in its frozen content, newest first."""
    notes = [_note(update, number=number) for update in updates]
    return tuple(sorted(notes, key=lambda note: (note.shown_at, note.id), reverse=True))


def placed_on_top(notes: Sequence[Note]) -> list[Note]:
    """The grave ones, in their order, and what was said when a retracted text was put back.

    A retraction that no longer holds would otherwise stand above the text without the word that ended it.
    """
    put_back = {note.number + 1 for note in notes if note.kind == UpdateKind.RETRACTION}
    return [note for note in notes if note.is_grave or note.number in put_back]


def gravest_kind(notes: Iterable[Note]) -> UpdateKind | None:
    return min((note.kind for note in notes), key=GRAVITY.index, default=None)


def _note(update: Mapping[str, Any], *, number: int) -> Note:
    stated_at = update["stated_at"]
    return Note(
        id=update["id"],
        number=number,
        kind=UpdateKind(update["kind"]),
        text=update["note"],
        stated_at=datetime.fromisoformat(stated_at) if stated_at else None,
        stated_zone=update["stated_zone"],
        stated_precision=update["stated_precision"],
        recorded_at=datetime.fromisoformat(update["recorded_at"]),
        headline_changed=update["headline_changed"],
        is_text_before_recorded=update["text_before_recorded"],
        cause=_cause(update["caused_by"]) if update["caused_by"] else None,
    )


def _cause(cause: Mapping[str, Any]) -> Cause:
    passage, wording = cause["passage"], cause["wording"]
    changes = diff_words(passage, wording) if wording else ()
    return Cause(
        source=cause["source"], url=cause["url"] or "", passage=passage, wording=wording, changes=changes
    )
