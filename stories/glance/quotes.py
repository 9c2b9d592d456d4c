"""Which quotes in live stories no longer stand on their pages, and nobody has answered yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db.models import Exists, F, OuterRef
from django.db.models import QuerySet as Rows

from stories.alerting.published import published_stories
from stories.glance.scope import Scope
from stories.models import Alert, Update, Verdict
from stories.models.words import AlertState

#: A story is read whole, so never all of them are held.
_STORIES_AT_ONCE = 500
#: Somewhat more than the admin counts, so that it mostly asks once.
_PASSAGES_AT_ONCE = 1_200
#: By these answers somebody says that the quote may stand as it is.
_SETTLING = (AlertState.STILL_HOLDS, AlertState.IGNORED)


def quotes_that_fail(scope: Scope) -> list[int]:
    """The verdicts against them, by key, newest first; of passages that readers have before them."""
    # Found first, and then asked about: a database would ask about each verdict that was ever against a quote.
    against = scope.narrow(Verdict.objects.against(), "citation__article").values_list("pk", flat=True)
    newest_first = sorted(against, reverse=True)
    return [key for some in _batched(newest_first, _STORIES_AT_ONCE) for key in _read_by_somebody(some)]


def still_failing(keys: Collection[int]) -> Rows[Verdict]:
    """Those of them that nobody has answered since."""
    return _unanswered().filter(pk__in=keys).order_by("-pk")


def passages_of(keys: Sequence[int], *, enough: int | None = None) -> list[int]:
    """The passages, by key, against which those speak that nobody has answered since; of these `enough`."""
    found: list[int] = []
    for some in _batched(keys, _PASSAGES_AT_ONCE):
        found += still_failing(some).values_list("citation", flat=True)
        if enough is not None and len(found) >= enough:
            break
    return found


def _read_by_somebody(keys: Collection[int]) -> Iterator[int]:
    rows = still_failing(keys).select_related("citation").only("passage", "citation__article")
    verdicts = list(rows)
    stories = published_stories({verdict.citation.article_id for verdict in verdicts})
    for verdict in verdicts:
        story = stories.get(verdict.citation.article_id)
        if story and story.quotes_in(verdict.citation, verdict.passage):
            yield verdict.pk


def _batched(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _unanswered() -> Rows[Verdict]:
    """Standing verdicts against a passage that caused no update, and that no answer has settled."""
    told = Alert.verdicts.through._default_manager.filter(verdict=OuterRef("pk"))
    updated = Update.objects.published().filter(
        caused_by=OuterRef("pk"), article=OuterRef("citation__article")
    )
    against = Verdict.objects.against().filter(is_alternating=False)
    of_its_source = against.filter(found_by__source=F("citation__source"))
    return of_its_source.filter(~Exists(told.filter(alert__state__in=_SETTLING)), ~Exists(updated))
