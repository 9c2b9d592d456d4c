"""What must hold whatever broke (DESIGN, section 4), asserted on the rows and the record of a newsroom gone quiet.

Each answer is a sentence for one thing that does not hold. What was told outside is in `life.py`, beside the
account that the outside kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, F
from django.utils import timezone

from stories.models import Alert, Article, Check, Delivery, Digest, Host, Publication, Verdict, Version, Watch
from stories.models.triggers import missing_triggers
from stories.publishing.record import verify_record
from tests.faults.places import Place, wait_until

#: A source that was due two ticks ago is overdue; a busy machine takes some time of its own to look at it.
TICKS, SLACK_SECONDS = 2, 60


def what_broke() -> list[str]:
    """Every sentence is something lost; none where all holds. The product runs on meanwhile."""
    return [
        *_overdue(),
        *_held_for_ever(),
        *_untold(),
        *_unsent(),
        *_told_twice(),
        *_chains(),
        *_record(),
        *_back_dated(),
    ]


def wait_until_quiet(place: Place) -> list[str]:
    """Until everything that was begun has come to its end; what is still under way then, in sentences."""
    waiting: list[str] = []

    def is_quiet() -> bool:
        waiting[:] = [*_untold(), *_unsent(), *_held_for_ever(), *_overdue(), *_unpublished(), *_suspected()]
        return not waiting

    wait_until(is_quiet, every=0.5)
    return [f"never came to its end: {sentence}" for sentence in waiting]


def _overdue() -> Iterator[str]:
    """Invariant 2: every due source is checked within two ticks while a worker lives."""
    late = timezone.now() - timedelta(seconds=TICKS * settings.TICK_SECONDS + SLACK_SECONDS)
    for watch in Watch.objects.due(late).select_related("source"):
        yield f"invariant 2: {watch.source} is due since {watch.due_at:%H:%M:%S} and nobody looks"


def _held_for_ever() -> Iterator[str]:
    """Invariants 1 and 2: a lease or a claim ends by itself."""
    now = timezone.now()
    longest = now + timedelta(seconds=4 * settings.WATCH_TOTAL_SECONDS + 60)
    for model in (Watch, Host):
        for row in model.objects.filter(leased_until__gt=longest):
            yield f"invariant 2: {model.__name__} {row.pk} is held until {row.leased_until}"
    long_ago = now - timedelta(seconds=30)
    for delivery in Delivery.objects.filter(state="sending", next_try_at__lt=long_ago):
        yield f"invariant 3: delivery {delivery.pk} is still being sent since {delivery.next_try_at}"


def _untold() -> Iterator[str]:
    """Invariant 3: news are told."""
    for model in (Check, Verdict):
        if left := model.objects.untold().count():
            yield f"invariant 3: {left} {model.__name__.lower()}s are news that nobody was told of"


def _unsent() -> Iterator[str]:
    """Invariant 3: what was written is sent; nothing here is given up, for every mailbox takes everything."""
    for model in (Delivery, Digest):
        for row in model.objects.exclude(state__in=("sent", "not_needed")).filter(next_try_at__lt=_soon()):
            yield f"invariant 3: {model.__name__.lower()} {row.pk} is {row.state} ({row.error})"


def _soon() -> object:
    return timezone.now() + timedelta(minutes=5)


def _told_twice() -> Iterator[str]:
    """Invariant 3: one alert open for a person and a source, one delivery for a change, a person and a channel."""
    several = Delivery.objects.order_by().values(
        "change", "alert__recipient", "alert__source", "channel", "endpoint"
    )
    for row in several.annotate(times=Count("pk")).filter(times__gt=1):
        yield f"invariant 3: told {row['times']} times: {row}"
    open_ones = Alert.objects.open().order_by().values("recipient", "source")
    for row in open_ones.annotate(times=Count("pk")).filter(times__gt=1):
        yield f"invariant 3: {row['times']} alerts are open at once: {row}"
    for delivery in Delivery.objects.filter(state="sent", sent_at__isnull=True):
        yield f"invariant 3: delivery {delivery.pk} is sent, and nobody knows when"


def _chains() -> Iterator[str]:
    """Invariant 4: the versions of a story are numbered without a gap; what was published has one."""
    for article in Article.objects.prefetch_related("versions"):
        numbers = sorted(version.number for version in article.versions.all())
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"invariant 4: the versions of {article.slug} are {numbers}"
    for publication in Publication.objects.filter(state="published", version__isnull=True):
        yield f"invariant 4: publication {publication.pk} is published without a version"


def _record() -> Iterator[str]:
    """Invariant 4: the log, its chains and its checkpoints prove it."""
    for flaw in verify_record():
        yield f"invariant 4: {flaw}"
    if missing := missing_triggers():
        yield f"invariant 4: the database guards the record no more: {', '.join(missing)}"


def _back_dated() -> Iterator[str]:
    """Invariant 9: what readers saw is not later than what was recorded."""
    for version in Version.objects.filter(stated_at__gt=F("recorded_at")):
        yield f"invariant 9: version {version.pk} was seen at {version.stated_at}, after it was recorded"


def _unpublished() -> Iterator[str]:
    for publication in Publication.objects.due(now=timezone.now()):
        yield f"invariant 1: publication {publication.pk} was due at {publication.publish_at}"


def _suspected() -> Iterator[str]:
    if left := Watch.objects.filter(is_suspected=True).count():
        yield f"invariant 7: {left} sources wait for their second look"
