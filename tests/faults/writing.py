"""`python -m tests.faults.writing WORK NUMBER STOP`: one of many who write at once, by the doors of the product.

It works until the file `STOP` is there, and says in JSON what it was told is done; an error ends it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path


def save(number: int, turn: int, told: dict[str, list[str]]) -> None:
    from stories.models import Article

    article = Article.objects.get(slug=f"hand-{number}")
    article.body = f"Hand {number} saves this as number {turn}."
    article.save()
    told["saved"].append(article.body)


def publish(number: int, turn: int, told: dict[str, list[str]]) -> None:
    from django.utils import timezone

    from stories.models import Article, User
    from stories.publishing.publication import ask_to_publish
    from stories.publishing.wish import Wish

    save(number, turn, told)
    article = Article.objects.get(slug=f"hand-{number}")
    wish = Wish(kind="update" if turn > 1 else "first", note=f"Hand {number} tells this as number {turn}.")
    sent = ask_to_publish(article, wish=wish, by=User.objects.get(username="hand"), now=timezone.now())
    assert sent.version, sent.state
    told["published"].append(sent.version.digest)


def look(number: int, _turn: int, _told: dict[str, list[str]]) -> None:
    from django.utils import timezone

    from stories.models import Watch
    from stories.watching.check import check_watches

    mine = [watch for watch in Watch.objects.select_related("source") if watch.pk % 2 == number % 2]
    list(check_watches(mine, now=timezone.now))


def answer(_number: int, _turn: int, _told: dict[str, list[str]]) -> None:
    """Answer an alert of which everybody was told, and open it again: what is answered first needs no letter."""
    from django.utils import timezone

    from stories.alerting.answer import AnswerRefusedError, answer_alert, reopen_alert
    from stories.models import Alert
    from stories.models.outgoing import ON_THE_WAY_OUT

    told = Alert.objects.open().exclude(deliveries__state__in=ON_THE_WAY_OUT)
    alert = told.select_related("recipient").order_by("?").first()
    if alert is None:
        return
    try:
        answered = answer_alert(
            alert,
            state="still_holds",
            by=alert.recipient,
            now=timezone.now(),
            seen_at=alert.developed_at,
        )
        reopen_alert(answered, by=alert.recipient, now=timezone.now())
    except AnswerRefusedError:
        return


def work_until(stop: Path, work: Callable[[int, int, dict[str, list[str]]], None], number: int) -> None:
    told: dict[str, list[str]] = {"saved": [], "published": []}
    turn = 0
    while not stop.exists() and os.getppid() != 1:
        turn += 1
        work(number, turn, told)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    import django

    django.setup()
    by_name = {"save": save, "publish": publish, "look": look, "answer": answer}
    work_until(Path(sys.argv[3]), by_name[sys.argv[1]], int(sys.argv[2]))
