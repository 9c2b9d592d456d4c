"""The long part of an intake, done by a worker a story at a time, so that another can carry on from the rows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _

from stories.importing.address import read_address
from stories.importing.archive import read_archive
from stories.importing.bulk import read_folder
from stories.importing.errors import ImportRefused, NotTheMoment, UndoRefused
from stories.importing.feed import read_feed, watch_feed
from stories.importing.foresee import Foreseen, foresee
from stories.importing.take import take_incoming
from stories.importing.undo import undo_incoming
from stories.models import Incoming, Intake
from stories.models.words import IncomingState, IntakeKind, IntakeState

#: A worker that gave no sign for so long is taken for dead; each story is such a sign.
_LEASE = timedelta(minutes=3)
#: After this a worker lets go, and the next message carries on: no task may run for ever.
_SPELL = timedelta(minutes=2)

Clock = Callable[[], datetime]
#: Reads what an intake is about, story by story, and yields after each. Raises ImportRefused.
_READERS: dict[str, Callable[[Intake, Clock], Iterable[None]]] = {
    IntakeKind.ADDRESS: read_address,
    IntakeKind.ARCHIVE: read_archive,
    IntakeKind.UPLOAD: read_folder,
    IntakeKind.FEED: read_feed,
}


def work_on(intake: Intake, *, now: Clock) -> bool:
    """Carry an intake on, unless another worker has it; return whether something is left to do."""
    started = now()
    if not intake.take_lease(now=started, until=started + _LEASE):
        return False
    try:
        for _ in _steps(intake, now):
            intake.move_on(done_count=intake.done_count, leased_until=now() + _LEASE)
            if now() - started > _SPELL:
                break
        else:
            _end(intake, now=now())
    except ImportRefused as refusal:
        intake.move_on(state=IntakeState.REFUSED, message=str(refusal), ended_at=now(), payload=None)
    # Whatever fails otherwise would fail at the next tick, too: it waits until the lease has run out.
    intake.move_on(lease=None, leased_until=None)
    return intake.is_at_work


def _steps(intake: Intake, now: Clock) -> Iterator[None]:
    if intake.state == IntakeState.READING:
        if intake.kind not in _READERS:
            raise NotTheMoment(_("Reading it was cut short. Bring it in again."))
        yield from _READERS[intake.kind](intake, now)
        return
    step = _take if intake.state == IntakeState.TAKING else partial(_undo, intake)
    left = IncomingState.CHOSEN if intake.state == IntakeState.TAKING else IncomingState.TAKEN
    order = "position" if intake.state == IntakeState.TAKING else "-position"
    for incoming in intake.stories.filter(state=left).order_by(order).select_related("intake__article"):
        step(incoming, now)
        intake.done_count += 1
        yield


def _take(incoming: Incoming, now: Clock) -> None:
    take_incoming(incoming, now=now())


def _undo(intake: Intake, incoming: Incoming, _now: Clock) -> None:
    try:
        undo_incoming(incoming, by=intake.undone_by)
    except UndoRefused as refusal:
        incoming.settle(IncomingState.TAKEN, str(refusal))


def _end(intake: Intake, *, now: datetime) -> None:
    match intake.state:
        case IntakeState.READING:
            end_reading(intake, now=now)
        case IntakeState.TAKING:
            intake.move_on(state=IntakeState.DONE, ended_at=now)
            watch_feed(intake, now=now)
        case IntakeState.UNDOING:
            is_left = intake.stories.taken().exists()
            intake.move_on(state=IntakeState.DONE if is_left else IntakeState.UNDONE, undone_at=now)


def end_reading(intake: Intake, *, now: datetime) -> None:
    """Everything is read: it can be confirmed, or there is nothing to confirm."""
    _say_what_each_would_be(intake)
    if intake.stories.filter(state=IncomingState.PROPOSED).exists():
        intake.move_on(state=IntakeState.READY, payload=None)
        return
    reasons = intake.stories.exclude(message="").values_list("message", flat=True)
    message = reasons[0] if len(reasons) == 1 else "There is nothing in it that can be taken in."
    intake.move_on(state=IntakeState.REFUSED, message=message, ended_at=now, payload=None)


def _say_what_each_would_be(intake: Intake) -> None:
    """Where there are several, each row says what would become of it; what is known already is skipped."""
    proposed = intake.stories.filter(state=IncomingState.PROPOSED).select_related("intake__article")
    if len(proposed) < 2:
        return
    for incoming in proposed:
        foreseen = foresee(incoming)
        if foreseen.problem:
            incoming.settle(IncomingState.REFUSED, foreseen.problem, article=foreseen.article)
        elif foreseen.is_known_record:
            incoming.settle(IncomingState.SKIPPED, "It is in the record already.", article=foreseen.article)
        elif foreseen.match:
            incoming.settle(
                IncomingState.PROPOSED,
                f"A later text ({foreseen.match.because}) of",
                article=foreseen.article,
            )
        else:
            incoming.settle(IncomingState.PROPOSED, _describe(foreseen))


def _describe(foreseen: Foreseen) -> str:
    story = foreseen.story
    counted = ((len(story.notes), "note"), (len(story.passages), "quoted passage"))
    told = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counted if count]
    return f"A new story{', with ' if told else ''}{' and '.join(told)}."
