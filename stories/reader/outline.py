"""The versions of a story without their texts: enough to number them, date them and find the way between them."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from stories.models import Article, Version


@dataclass(frozen=True, slots=True)
class Step:
    """One version; `stated_at` is None where nobody knows when readers first saw it."""

    number: int
    stated_at: datetime | None
    recorded_at: datetime
    is_minor: bool

    @property
    def shown_at(self) -> datetime:
        return self.stated_at or self.recorded_at


@dataclass(frozen=True, slots=True)
class Outline:
    """A published story: its row (address and key only) and its versions, newest first."""

    article: Article
    steps: tuple[Step, ...]

    @property
    def slug(self) -> str:
        return self.article.slug

    @property
    def newest(self) -> Step:
        return self.steps[0]

    @property
    def first(self) -> Step:
        return self.steps[-1]

    @property
    def last_changed(self) -> Step | None:
        """The newest version after the first that was more than a minor edit."""
        return next((step for step in self.steps if step.number > 1 and not step.is_minor), None)

    def step_at(self, moment: datetime) -> Step | None:
        """The version that readers saw at `moment`, to the second; None before the first."""
        second = moment.replace(microsecond=0)
        return next((step for step in self.steps if step.shown_at.replace(microsecond=0) <= second), None)

    def step(self, number: int) -> Step:
        for step in self.steps:
            if step.number == number:
                return step
        raise Http404("no such version")

    def version(self, number: int) -> Version:
        return self.versions(number)[number]

    def versions(self, *numbers: int) -> dict[int, Version]:
        """The named versions by number, in one query; raises Http404 where one is not there."""
        wanted = {self.step(number).number for number in numbers}
        found = Version.objects.filter(article_id=self.article.pk, number__in=wanted)
        for version in found:
            version.article = self.article
        return {version.number: version for version in found}


def outline_or_404(slug: str) -> Outline:
    """One query, and nothing of the working copy but its key; a story never published is not there.

    Nor does it take longer to be not there than one that nobody writes: readers could tell the two apart by it.
    """
    rows = Version.objects.filter(article__slug=slug).order_by("-number")
    found = list(rows.values_list("article", "number", "stated_at", "recorded_at", "is_minor"))
    if not found:
        raise Http404("no such story")
    # All else of it is read where somebody asks for it.
    article = Article.from_db(None, ["id", "slug"], [found[0][0], slug])
    return Outline(article, tuple(Step(*row[1:]) for row in found))
