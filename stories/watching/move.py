"""An editor confirms that a page has moved for good: its source gets the new address, and keeps all that rests on it.

MoveRefused
├── NotMoved        the page is, or is again, where the source says it is; or it has moved on meanwhile
└── AddressTaken    another source has the new address
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from stories.models import Source, User, Watch
from stories.watching.due import look_soon


class MoveRefused(Exception):
    """Nothing was written; the message is for the editor."""


class NotMoved(MoveRefused):
    pass


class AddressTaken(MoveRefused):
    pass


def confirm_move(source: Source, *, to: str, by: User, now: datetime) -> Source:
    """Give the source the address `to`, as the editor saw it. Raises MoveRefused.

    History says who and why; the page is looked at again at once. The copies from the old address are kept.
    """
    try:
        with transaction.atomic():
            return _move(source, to=to, by=by, now=now)
    except IntegrityError as error:
        # Somebody made a source of the new address at this moment.
        raise AddressTaken("Another source has that address by now.") from error


def _move(source: Source, *, to: str, by: User, now: datetime) -> Source:
    watch = Watch.objects.select_for_update(of=("self",)).filter(source=source).first()
    if watch is None or not to or watch.moved_to != to:
        raise NotMoved("The page is not there any more: look at the source again.")
    other = Source.objects.filter(url=to).exclude(pk=source.pk).first()
    if other is not None:
        raise AddressTaken(
            f"“{other.title}” has that address already. Attach what is quoted from this source to that one instead."
        )
    moved = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    moved.url, moved._history_user = to, by
    moved._change_reason = "The page has moved for good."
    moved.save()
    Watch.objects.filter(pk=watch.pk).update(moved_to="")
    look_soon([moved], now=now)
    return moved
