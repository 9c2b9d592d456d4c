"""What a line of a list tells beside its own fields, asked for all lines of a page at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from stories.admin.long_lists import LongChangeList
from stories.models import Alert, Citation, Update
from stories.models.words import AlertState
from stories.watching.health import health_of, standing_word


class FactsChangeList(LongChangeList):
    """After the page is cut out of the list, `tell_facts` of the admin says more of each of its lines."""

    result_list: Any

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: list[Any] = list(self.result_list)
        self.model_admin.tell_facts(rows)
        self.result_list = rows


def tell_of_articles(articles: Sequence[Any]) -> None:
    """`last_update`, the last that readers were told, and `open_alerts` about what they quote."""
    keys = [article.pk for article in articles]
    last: dict[int, Update] = {}
    for update in Update.objects.published().filter(article__in=keys).order_by("pk").defer("note"):
        last[update.article_id] = update
    told = Alert.objects.filter(state=AlertState.OPEN, verdicts__citation__article__in=keys).order_by()
    pairs = told.values_list("verdicts__citation__article", "pk").distinct()
    open_alerts = Counter(article for article, _alert in pairs)
    for article in articles:
        article.last_update, article.open_alerts = last.get(article.pk), open_alerts[article.pk]


def tell_of_sources(sources: Sequence[Any]) -> None:
    """`open_alerts` about each, and its `health` by the passages that any story takes from it."""
    keys = [source.pk for source in sources]
    told = Alert.objects.filter(state=AlertState.OPEN, source__in=keys).order_by()
    open_alerts = Counter(told.values_list("source", flat=True))
    words: dict[Any, list[str | None]] = defaultdict(list)
    cited = Citation.objects.filter(source__in=keys).order_by().annotate(word=standing_word())
    for key, word in cited.values_list("source", "word"):
        words[key].append(word)
    for source in sources:
        source.open_alerts = open_alerts[source.pk]
        source.health = health_of(source, words[source.pk])
