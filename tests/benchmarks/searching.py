"""What a search costs among ever more stories, beside the list's old way of looking through every text (LIKE)."""

import random
import statistics
import time
from collections.abc import Callable, Iterator

from django.core.management import call_command
from django.db import connection
from rich.table import Table

SIZES = (10_000, 100_000)
_RARE_EVERY = 2_000
_TURNS = 7
_SYLLABLES = (
    "ba",
    "ko",
    "ri",
    "ten",
    "mu",
    "sal",
    "vor",
    "ne",
    "qui",
    "das",
    "pol",
    "fa",
    "gre",
    "ith",
    "lo",
    "zan",
)


def tables(*, most: int) -> Iterator[Table]:
    from stories.models import Article

    call_command("migrate", verbosity=0)
    words = _vocabulary()
    for size in (size for size in SIZES if size <= most):
        began = time.perf_counter()
        _write(size - Article.objects.count(), words)
        yield _as_table(size, time.perf_counter() - began, _figures())


def _figures() -> Iterator[tuple[str, int, float]]:
    from stories.models import Article, User
    from stories.searching.search import found_keys, search, search_each_kind

    person, _ = User.objects.get_or_create(username="bench", is_superuser=True)
    asked = {"a rare word": "rareword", "two usual words": "bridge harbour", "every story": "monday"}
    for name, typed in asked.items():
        found = search(typed, person=person).total
        yield f"search, {name}", found, _median(lambda typed=typed: search(typed, person=person))
        yield (
            f"page of search, {name}",
            found,
            _median(lambda typed=typed: search_each_kind(typed, person=person)),
        )
        keys = found_keys(typed, kind="article")
        yield (
            f"list, {name}",
            found,
            _median(lambda keys=keys: list(Article.objects.filter(pk__in=keys)[:50])),
        )
    looked = Article.objects.filter(body__icontains="rareword")
    yield "LIKE, a rare word", looked.count(), _median(lambda: list(looked[:50]))


def _median(call: Callable[[], object]) -> float:
    call()
    times = []
    for _ in range(_TURNS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _write(count: int, words: list[str]) -> None:
    from stories.models import Article

    chance, before = random.Random(7), Article.objects.count()
    rows = (_article(before + number, words, chance) for number in range(count))
    Article.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _article(number: int, words: list[str], chance: random.Random):
    from stories.models import Article

    body = chance.choices(words, k=400)
    body[0] = "Monday"
    if number % 20 == 0:
        body[5:7] = ["bridge", "harbour"]
    if number % _RARE_EVERY == 0:
        body[9] = "rareword"
    return Article(slug=f"bench-{number}", headline=" ".join(chance.choices(words, k=8)), body=" ".join(body))


def _vocabulary() -> list[str]:
    chance = random.Random(3)
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(20_000)]


def _as_table(size: int, seconds: float, figures: Iterator[tuple[str, int, float]]) -> Table:
    table = Table(title=f"{size:,} stories of 400 words, on {connection.vendor}; written in {seconds:.0f} s")
    for name in ("what", "found", "ms"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for what, found, taken in figures:
        table.add_row(what, f"{found:,}", f"{taken:.1f}")
    return table
