"""The machinery: broker, schedule and workers, and what is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import OuterRef, Subquery

from stories.models import Check, Delivery, Pulse, Verdict
from stories.models.pulse import TICK, TIDYING
from stories.models.words import DeliveryState
from stories.operating.broker import queue_lengths, queues_with_workers
from stories.operating.examining.unhindered import FREE_THE_TABLE, unhindered
from stories.operating.finding import Finding, warning, well, wrong
from stories.operating.readiness import Part, patience, read_readiness
from stories.publishing.verifying import lacked_a_key

_A_DAY = timedelta(days=1)
_TWO_NIGHTS = timedelta(days=2)
_AHEAD = timedelta(minutes=1)
_WELL = {
    "broker": "The broker answers.",
    "schedule": "The schedule and the workers are at work.",
    "checks": "No check is late.",
    "alerts": "No alert waits longer than it should.",
    "mail": "No letter has waited too long for the mail server.",
    "publications": "No scheduled publication is late.",
    "record": "The record is in step with its last exported checkpoint.",
    "verification": "Nothing is known against the record.",
}
_REMEDIES = {
    "broker": "Start it, make room in it, or mend CELERY_BROKER_URL. Nothing is lost meanwhile: what is "
    "due stands in the database.",
    "alerts": "Look at the workers of the queues “delivering” and “posting”, and at the log of what they send.",
    "mail": "Look at the log of the queue “delivering” for what it answers, and mend EMAIL_URL or DEFAULT_FROM_EMAIL. "
    "What waits is tried for two and a half days, and goes when a letter is taken again.",
    "publications": "Look at the workers of the queue “publishing”.",
    "record": "manage.py verify_record tells what is wrong. After a restore: restore the newer backup, or say why the "
    "record goes on: manage.py acknowledge_record --reason “…”. With another key: put back the RECORD_SIGNING_KEY of "
    "before, or name its verifier key, which each export has under “keys”, in RECORD_FORMER_KEYS.",
    "verification": "Where “record” says that an older backup was restored, do what it says. Else somebody changed "
    "the database past this program, or its disk did. manage.py verify_record names all that does not agree. Keep a "
    "copy of the database as it is now, and find out who could write to it. RECORD_EXPORT_DIR has the record as it "
    "was; restore a backup of before that was. What is mended is told by the next manage.py verify_record, or by the "
    "next night.",
}
_NAME_THE_KEY = (
    "Where another key signed before, the workers of “upkeep” were not told of it: name its verifier key, which each "
    "export has under “keys”, in RECORD_FORMER_KEYS, start them again, and have manage.py verify_record say so. Where "
    "none did, somebody changed the database past this program: keep a copy of it, and find out who could write to it."
)


def examine_machinery(*, now: datetime) -> Iterator[Finding]:
    for part in read_readiness(now=now):
        if part.is_well and part.name in _WELL:
            yield well(part.name, _WELL[part.name])
        elif part.name in _WELL:
            yield wrong(part.name, part.trouble, _remedy(part, now))
    yield from _examine_queues()
    yield from unhindered("clock", _examine_clock(now))
    yield from unhindered("tidying", _examine_tidying(now))
    yield from unhindered("deliveries", _examine_letters(now))
    yield from unhindered("news", _examine_news(now))


def _remedy(part: Part, now: datetime) -> str:
    if part.is_unreadable:
        return FREE_THE_TABLE
    if part.name == "verification" and lacked_a_key():
        return _NAME_THE_KEY
    if part.name == "checks":
        return _why_late_checks(now)
    return _REMEDIES.get(part.name) or _why_no_tick()


def _why_late_checks(now: datetime) -> str:
    """Only where some come to their end would more hands do more of them."""
    last = Check.objects.order_by("-pk").values_list("started_at", flat=True).first()
    if last and now - last < patience():
        return "Start more workers for the queue “checking”, or look longer apart (WATCH_INTERVAL_SECONDS)."
    return (
        "More workers do not help: no look has been written down since. The log of the queue “checking” says why, as "
        "it does of a database without room. Where it says nothing, its worker is missing, or its machine’s clock is "
        "wrong, as the doctor tells there."
    )


def _why_no_tick() -> str:
    """Messages that wait show that the schedule lives, and that nobody takes them."""
    if waiting := _waiting():
        told = ", ".join(f"{length} in {name}" for name, length in sorted(waiting.items()))
        return f"Messages wait ({told}), so a worker is missing: celery -A newsroom worker."
    return (
        "No message waits, so beat is missing: celery -A newsroom beat (on one machine: manage.py run_worker). "
        "Where it is at work, ask the doctor on the workers’ machines too: a clock that is behind ticks in the past."
    )


def _examine_queues() -> Iterator[Finding]:
    """One queue may be left while all others are at work: of an upgrade that brought it, say."""
    waiting = {} if settings.HAS_EMBEDDED_BROKER else _waiting()
    try:
        left = sorted(set(waiting) - queues_with_workers()) if waiting else []
    except Exception:  # noqa: BLE001 - as below; it may go away between two questions
        return
    for name in left:
        yield warning(
            "queues",
            f"Messages wait in the queue “{name}” ({waiting[name]}), and no worker says that it empties it.",
            f"Start one: celery -A newsroom worker -Q {name} (deploy and the Procfile have each).",
        )


def _waiting() -> dict[str, int]:
    try:
        return {name: length for name, length in queue_lengths().items() if length}
    except Exception:  # noqa: BLE001 - each transport has its own errors, and the broker is a finding of its own
        return {}


def _examine_clock(now: datetime) -> Iterator[Finding]:
    last = Pulse.last_beat(TICK)
    if last and last - now > _AHEAD:
        yield warning(
            "clock",
            "The last tick lies in the future: a clock was set back, or two machines disagree.",
            "Let NTP set the clocks of all machines.",
        )


def _examine_tidying(now: datetime) -> Iterator[Finding]:
    """A newsroom of less than two days need not have had its first night."""
    last = Pulse.last_beat(TIDYING)
    if last and last > now - _TWO_NIGHTS:
        yield well("tidying", f"Last done at {last:%Y-%m-%d %H:%M} UTC.")
    elif last or Check.objects.filter(started_at__lt=now - _TWO_NIGHTS).exists():
        yield warning(
            "tidying",
            "For two nights nothing that had its time was let go: checks, copies and sessions pile up.",
            "Look at beat and at the workers of the queue “upkeep”, or do it by hand: manage.py tidy --delete.",
        )


def _examine_letters(now: datetime) -> Iterator[Finding]:
    given_up = Delivery.objects.filter(state=DeliveryState.GIVEN_UP, next_try_at__gt=now - _A_DAY).count()
    if given_up:
        yield warning(
            "deliveries",
            f"{given_up} alerts were given up within a day.",
            f"{settings.SITE_URL}/admin/stories/delivery/?state=given_up says why.",
        )


def _examine_news(now: datetime) -> Iterator[Finding]:
    """What nobody was told of, although it was seen long ago."""
    long_ago = now - patience()
    waiting = Check.objects.untold().filter(started_at__lt=long_ago).count()
    # Looked up for each that is untold: PostgreSQL expects very many, and joined would read all checks there are.
    seen_at = Check.objects.filter(pk=OuterRef("found_by")).order_by().values("started_at")
    waiting += Verdict.objects.untold().alias(seen_at=Subquery(seen_at)).filter(seen_at__lt=long_ago).count()
    if waiting:
        yield warning(
            "news",
            f"{waiting} findings wait that nobody was told of.",
            "Give the stories that cite these sources an active reporter, or the newsroom an active editor.",
        )
