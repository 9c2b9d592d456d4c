"""What of an alert still stands: it closes when every passage and the page are again as they were."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from stories.alerting.recipients import Share
from stories.models import Alert
from stories.models.words import BELIEVED, Outcome, VerdictWord


@dataclass(slots=True)
class Standing:
    """The last that an alert told of each passage, and of the page itself."""

    passages: dict[int, VerdictWord] = field(default_factory=dict)
    articles: dict[int, int] = field(default_factory=dict)
    believed_at: int = 0
    page: Outcome | None = None
    page_at: int = 0

    def is_restored(self, share: Share) -> bool:
        """True where each passage of the person's share is as quoted, and the page was read since it could not be."""
        own = [word for citation, word in self.passages.items() if share.has_story(self.articles[citation])]
        page_is_well = self.page is None or self.page in BELIEVED or self.believed_at > self.page_at
        return page_is_well and all(word == VerdictWord.VERBATIM for word in own)


def standing_of(alerts: Iterable[Alert]) -> dict[int, Standing]:
    """The standing of each alert, by its key, in two queries."""
    keys = [alert.pk for alert in alerts]
    found: dict[int, Standing] = defaultdict(Standing)
    told = Alert.objects.filter(pk__in=keys, verdicts__isnull=False).order_by("verdicts__pk")
    for key, citation, article, word, check, outcome in told.values_list(
        "pk",
        "verdicts__citation",
        "verdicts__citation__article",
        "verdicts__verdict",
        "verdicts__found_by",
        "verdicts__found_by__outcome",
    ):
        found[key].passages[citation] = VerdictWord(word)
        found[key].articles[citation] = article
        if outcome in BELIEVED:
            found[key].believed_at = max(found[key].believed_at, check)
    checks = Alert.objects.filter(pk__in=keys, checks__isnull=False).order_by("checks__pk")
    for key, check, outcome in checks.values_list("pk", "checks", "checks__outcome"):
        found[key].page, found[key].page_at = Outcome(outcome), check
    return found
