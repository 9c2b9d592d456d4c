"""A passage is held against its page while an editor is still typing it; nothing is written down but the look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from stories.models import Check, Snapshot, Source, Watch
from stories.models.blob import DamagedCopyError
from stories.models.words import BELIEVED, Pace, VerdictWord
from stories.text.changes import WordChange
from stories.text.judge import Judgement, Passage
from stories.watching.apart import look_for
from stories.watching.archive import copy_of
from stories.watching.due import look_soon

#: A page that was looked at within this time counts as read at once.
AT_ONCE = timedelta(minutes=2)
#: A larger copy is left to the check: an editor waits for this answer.
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Glance:
    """How a passage stands in the last copy that was believed; no word where there is none that can be read."""

    word: VerdictWord | None = None
    wording: str = ""
    changes: tuple[WordChange, ...] = ()
    read_at: datetime | None = None


def glance_at(source: Source, passage: str, *, prefix: str = "", suffix: str = "") -> Glance:
    """Judge `passage` against what the page said at the last look."""
    check = _last_reading(source)
    if check is None or check.snapshot is None or check.snapshot.size > MOST_BYTES:
        return Glance()
    judged = _judge(check.snapshot, passage, prefix=prefix, suffix=suffix)
    if judged is None:
        return Glance(read_at=check.last_started_at)
    word = VerdictWord(judged.verdict.value)
    wording = judged.wording or "" if word == VerdictWord.ALTERED else ""
    return Glance(word, wording, judged.changes, check.last_started_at)


def is_being_read(source: Source, *, now: datetime) -> bool:
    """True where a worker has it in hand: to ask again would only have it read twice."""
    return Watch.objects.filter(source=source, leased_until__gt=now).exists()


def read_at_once(source: Source, *, now: datetime) -> bool:
    """Make the source due where its last look is not of this moment; True where a worker is to be asked.

    One that is backing off, because its server cannot or would rather not answer, is left in peace.
    """
    watch = Watch.objects.filter(source=source).first()
    if not source.is_watchable or (watch and not _is_worth_a_look(watch, now=now)):
        return False
    look_soon([source], now=now)
    return True


def _is_worth_a_look(watch: Watch, *, now: datetime) -> bool:
    if watch.checked_at is None:
        return True
    is_resting = watch.pace == Pace.BACKING_OFF and watch.due_at is not None and watch.due_at > now
    return not is_resting and watch.checked_at < now - AT_ONCE


def _last_reading(source: Source) -> Check | None:
    """What was read last, even if a second look is still to confirm it: the editor has that page before them."""
    read = Check.objects.filter(source=source, outcome__in=BELIEVED, snapshot__url=source.url)
    return read.select_related("snapshot").order_by("-pk").first()


def _judge(snapshot: Snapshot, passage: str, *, prefix: str, suffix: str) -> Judgement | None:
    try:
        copy = copy_of(snapshot)
    except DamagedCopyError:
        return None
    return look_for({0: Passage(passage, prefix=prefix, suffix=suffix)}, copy).get(0)
