"""A page has moved for good: its source gets the new address, and keeps all that rests on it.

MoveRefused
├── NotMoved        the page is, or is again, where the source says it is; or it has moved on meanwhile
├── AddressTaken    another source has the new address
└── AddressBad      the new address is none that we read
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stories.models import Source, User, Watch
from stories.watching.due import forget_strikes, look_soon
from stories.watching.explain import say
from stories.watching.limits import allowed_private
from stories.web.guard import AddressRefused, check_url

#: Stands in for whatever a name leads to: a worker looks names up, at each look.
_SOME_PUBLIC_ADDRESS = "1.1.1.1"


class MoveRefused(Exception):
    """Nothing was written; the message is for the editor."""


class NotMoved(MoveRefused):
    pass


class AddressTaken(MoveRefused):
    pass


class AddressBad(MoveRefused):
    pass


def confirm_move(source: Source, *, to: str, by: User, now: datetime) -> Source:
    """Give the source the address `to`, as the editor saw it. Raises MoveRefused.

    History says who and why; the page is looked at again at once. The copies from the old address are kept.
    """
    return _move(source, to=to, by=by, now=now, expected=to)


def move_source(source: Source, *, to: str, by: User, now: datetime) -> Source:
    """The same to an address that a person has found. Raises MoveRefused."""
    to = to.strip()
    if to == source.url:
        raise NotMoved(_("That is the address it has already."))
    _refuse_unless_readable(to)
    return _move(source, to=to, by=by, now=now)


def _refuse_unless_readable(to: str) -> None:
    bad = _("Write the whole new address, such as https://example.com/page.")
    if not to:
        raise AddressBad(bad)
    try:
        Source._meta.get_field("url").clean(to, None)
        check_url(to, resolver=lambda _name: [_SOME_PUBLIC_ADDRESS], allowed=allowed_private())
    except ValidationError as error:
        raise AddressBad(bad) from error
    except AddressRefused as refusal:
        raise AddressBad(say(refusal.message)) from refusal


def _move(source: Source, *, to: str, by: User, now: datetime, expected: str | None = None) -> Source:
    try:
        with transaction.atomic():
            return _write_move(source, to=to, by=by, now=now, expected=expected)
    except IntegrityError as error:
        # Somebody made a source of the new address at this moment.
        raise AddressTaken(_("Another source has that address by now.")) from error


def _write_move(source: Source, *, to: str, by: User, now: datetime, expected: str | None) -> Source:
    # The source and then its watch, as a look takes them, and whoever cites from it.
    moved = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    watch = Watch.objects.select_for_update(of=("self",)).filter(source=source).first()
    if expected is not None and (watch is None or not expected or watch.moved_to != expected):
        raise NotMoved(_("The page is not there any more: check the source again."))
    other = Source.objects.at_address(to).exclude(pk=source.pk).first()
    if other is not None:
        raise AddressTaken(
            f"“{other.title}” has that address already. Attach what is quoted from this source to that one instead."
        )
    moved.url, moved._history_user = to, by
    moved._change_reason = "The page has moved for good."
    moved.save()
    Watch.objects.filter(source=source).update(moved_to="")
    forget_strikes(moved)
    look_soon([moved], now=now)
    return moved
