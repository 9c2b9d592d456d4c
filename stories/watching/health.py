"""A source's health at a glance: do the passages that stories take from it still stand?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.models import Source, Verdict, Watch
from stories.models.citation import CitationQuerySet
from stories.models.source import SourceQuerySet
from stories.models.watch import ENOUGH_STRIKES
from stories.models.words import UNREAD, Outcome, VerdictWord

GOOD, SUSPECTED, ILL, UNKNOWN = "good", "suspected", "ill", "unknown"
_CHANGED = frozenset({VerdictWord.ALTERED, VerdictWord.MISSING})
_WAS_LOOKED_AT = Q(is_watched=True, url__isnull=False, watch__checked_at__isnull=False)
_IS_IN_DOUBT = Q(watch__is_suspected=True) | Q(watch__outcome__in=UNREAD)
_IS_LOST = Q(watch__outcome=Outcome.GONE, watch__strike_count__gte=ENOUGH_STRIKES)


@dataclass(frozen=True, slots=True)
class Health:
    """`level` is one of good, suspected, ill and unknown; `words` say it."""

    level: str
    words: str


def health_of(source: Source, words: Sequence[str | None]) -> Health:
    """From the last look and the last verdict on each passage; None for a passage not looked for yet."""
    watch: Watch | None = getattr(source, "watch", None)
    if not source.is_watchable:
        return Health(UNKNOWN, _("Not watched"))
    if watch is None or watch.checked_at is None:
        return Health(UNKNOWN, _("Not read yet"))
    if watch.outcome == Outcome.GONE and watch.is_lost:
        return Health(ILL, _("Gone"))
    changed = sum(word in _CHANGED for word in words)
    if changed:
        return Health(ILL, _changed(changed, len(words)))
    if watch.is_suspected:
        return Health(SUSPECTED, _("A change is being confirmed"))
    if watch.outcome == Outcome.GONE:
        return Health(SUSPECTED, _("Not found at the last check"))
    if watch.outcome in (Outcome.BLOCKED, Outcome.FAILED):
        return Health(
            SUSPECTED, _("Not readable for days") if watch.is_lost else _("Not readable at the last check")
        )
    standing = sum(word == VerdictWord.VERBATIM for word in words)
    if standing < len(words):
        return Health(UNKNOWN, _verified(standing, len(words)))
    return Health(GOOD, _("As quoted") if words else _("Read; nothing is quoted from it"))


def level_of(citations: CitationQuerySet) -> Case:
    """The same level as an expression on Source, from these of its citations: for lists too long to read whole."""
    word = Coalesce(standing_word(), Value(""))
    quoted = citations.filter(source=OuterRef("pk"))
    unverified = quoted.annotate(known=word).exclude(known=VerdictWord.VERBATIM)
    # The most common first, by one question: a database asks the others only of what is left.
    is_read = ~_IS_IN_DOUBT
    return Case(
        When(~_WAS_LOOKED_AT, then=Value(UNKNOWN)),
        When(_IS_LOST, then=Value(ILL)),
        When(is_read & ~Exists(unverified), then=Value(GOOD)),
        When(Exists(changed_passages(quoted)), then=Value(ILL)),
        When(is_read, then=Value(UNKNOWN)),
        default=Value(SUSPECTED),
    )


def at_level(level: str, sources: SourceQuerySet, citations: CitationQuerySet) -> SourceQuerySet:
    """Those of the sources that are at this level by these citations.

    What is not well is found from the little that speaks against it, and need not be asked of each source.
    """
    if level == ILL:
        lost = Source.objects.filter(_IS_LOST).order_by().values("pk")
        changed = changed_passages(citations).filter(source__isnull=False).order_by().values("source")
        return sources.filter(_WAS_LOOKED_AT, pk__in=lost.union(changed))
    if level == SUSPECTED:
        quoted = citations.filter(source=OuterRef("pk"))
        doubtful = sources.filter(_WAS_LOOKED_AT, _IS_IN_DOUBT).exclude(_IS_LOST)
        return doubtful.exclude(Exists(changed_passages(quoted)))
    return sources.alias(level=level_of(citations)).filter(level=level)


def ill_sources(sources: SourceQuerySet, citations: CitationQuerySet, *, most_counted: int) -> SourceQuerySet:
    """Those that are at the level ill, for a list that counts no further than this.

    Of more, some, and none that is merely gone: those whose passages are missing come first, and of these the ones
    that were quoted last. To tell all of them, a database looks up each, however few a page shows.
    """
    against = Verdict.objects.against().order_by("-verdict", "-citation_id", "-pk")
    # Some have changed more than once, or are not watched any more.
    first = dict.fromkeys(against.values_list("citation__source", flat=True)[: 4 * most_counted])
    candidates = sources.filter(_WAS_LOOKED_AT, pk__in=first.keys() - {None}).order_by()
    watched = set(candidates.values_list("pk", flat=True))
    keys = [key for key in first if key in watched][: most_counted + 1]
    return sources.filter(pk__in=keys) if len(keys) > most_counted else at_level(ILL, sources, citations)


def changed_passages(citations: CitationQuerySet) -> CitationQuerySet:
    """Those that their page no longer has as quoted. Asked from the verdicts, which are read once for all of them."""
    return citations.filter(Exists(Verdict.objects.against().filter(citation=OuterRef("pk"))))


def standing_word() -> Subquery:
    """The last confirmed verdict on a citation, as an expression on it."""
    confirmed = Verdict.objects.filter(citation=OuterRef("pk"), is_confirmed=True).order_by("-pk")
    return Subquery(confirmed.values("verdict")[:1])


def _changed(some: int, count: int) -> str:
    told = ngettext("%(some)s of %(count)s passage changed", "%(some)s of %(count)s passages changed", count)
    return told % {"some": some, "count": count}


def _verified(some: int, count: int) -> str:
    told = ngettext(
        "%(some)s of %(count)s passage verified", "%(some)s of %(count)s passages verified", count
    )
    return told % {"some": some, "count": count}
