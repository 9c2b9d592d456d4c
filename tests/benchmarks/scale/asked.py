"""What is asked of a newsroom: by the schedule, by people at their pages, by readers, by whoever searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from typing import Any

from django.core.cache import caches
from django.core.paginator import Page
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.admin.long_lists import MOST_COUNTED
from stories.alerting.news import has_news
from stories.alerting.send import due_deliveries
from stories.alerting.tell import tell_news
from stories.glance.standing import TOOK, count_again
from stories.models import Alert, Article, Citation, KeptFigure, User, Verdict, Watch
from stories.publishing.checkpoints import is_signed
from stories.searching.search import found_keys, search
from stories.watching.due import adopt_some, due_watches
from tests.benchmarks.scale.published import EVERYWHERE, OFTEN, RARE
from tests.benchmarks.scale.sizes import FULL, STORIES_A_QUOTED_SOURCE

#: A name, and what is done under it; where it shows a page of rows, how many are on it.
Asked = tuple[str, Callable[[], object]]
#: Twelve versions at every size, as few stories have, and sixty or three hundred, as very few have.
_STORY, _BUSY_STORY = 50, 1
#: The number of the last source that many stories quote, where there are most of these.
MOST_QUOTED = FULL.sources // STORIES_A_QUOTED_SOURCE
_LISTS = {
    "article": (
        "",
        "published=live",
        "published=edited",
        "published=draft",
        "alerts=open",
        "reporters__id__exact=PERSON",
    ),
    "source": (
        "",
        "health=failing",
        "health=ill",
        "is_watched__exact=0",
        "is_confidential__exact=1",
        "kind=page",
        "o=4",
        "watch__outcome__exact=failed",
    ),
    "citation": ("", "stands=failing"),
    "claim": ("", "standing__exact=disputed"),
    "update": ("", "weeks=all", "kind__exact=correction", "when=last_month"),
    "version": ("", "is_minor__exact=1"),
    "publication": ("", "state__exact=awaiting"),
    "alert": ("", "state__exact=open", "state__exact=open&gravity__exact=3", "assignee__id__exact=1"),
    "delivery": ("", "state__exact=given_up"),
    "check": ("", "outcome__exact=changed&is_confirmed__exact=1", "outcome__exact=failed"),
    "verdict": ("", "verdict__exact=altered"),
    "snapshot": ("",),
    "watch": ("", "outcome__exact=failed", "is_suspected__exact=1"),
    "host": ("",),
    "auditentry": ("", "act__exact=published"),
    "user": ("",),
}
_SEARCHED = {
    "article": (RARE, EVERYWHERE),
    "source": ("notice", "notices/77"),
    "citation": ("office",),
    "update": (EVERYWHERE,),
    "alert": ("PERSON",),
    "delivery": ("PERSON",),
    "check": ("notice 77",),
    "verdict": ("notice 77",),
    "snapshot": ("notice 77",),
    "watch": ("notice 77",),
    "version": ("story-77",),
    "publication": ("story-77",),
    "auditentry": ("PERSON",),
    "host": ("site7",),
}


def person_in_the_middle() -> User:
    """A reporter to whom as many others' share of the work compares, at any size; who has most is person 2."""
    return User.objects.get(pk=(User.objects.count() + 1) // 2)


def asked() -> Iterator[Asked]:
    yield from _schedule()
    yield from _readers()
    yield from _desk()
    yield from _search()
    yield from _glance()
    yield from _editing()
    yield from _lists()


def _schedule() -> Iterator[Asked]:
    yield "tick: sources taken up", lambda: adopt_some(now=timezone.now())
    yield "tick: 500 that are due", lambda: due_watches(now=timezone.now(), limit=500)
    yield "tick: nothing is due", lambda: due_watches(now=timezone.now() - timedelta(days=9), limit=500)
    yield "tick: is there news?", has_news
    yield "tick: deliveries that are due", lambda: due_deliveries(now=timezone.now(), limit=500)
    yield "tick: is the record signed?", is_signed
    yield "a worker takes 50 leases", _take_leases
    yield "a change becomes alerts", _tell
    yield "a delivery is claimed", _claim
    yield "the task counts what the first page tells", _count_again


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _take_leases() -> None:
    now = timezone.now()
    keys = [watch.pk for watch in due_watches(now=now, limit=50)]
    with _undone():
        Watch.objects.filter(pk__in=keys).take_leases(now=now, until=now + timedelta(minutes=5))


def _tell() -> None:
    with _undone():
        last = Verdict.objects.filter(verdict="altered", citation=Citation.objects.get(pk=51)).latest("pk")
        Verdict.objects.filter(pk=last.pk).update(told_at=None)
        tell_news(now=timezone.now())


def _claim() -> None:
    now = timezone.now()
    with _undone():
        [delivery] = due_deliveries(now=now, limit=1)
        assert delivery.claim(now=now, until=now + timedelta(minutes=5))


def _count_again() -> None:
    KeptFigure.objects.filter(name=TOOK).delete()
    count_again(now=timezone.now)


def _readers() -> Iterator[Asked]:
    client = _client()
    quiet, busy = _slug(_STORY), _slug(_BUSY_STORY)
    for name, address in {
        "front page": reverse("front_page"),
        "corrections": reverse("corrections"),
        "corrections, page 3": f"{reverse('corrections')}?page=3",
        "corrections, the last page": f"{reverse('corrections')}?page=9999",
        "corrections, searched": f"{reverse('corrections')}?q=monday",
        "corrections, Atom": reverse("corrections_atom"),
        "story": reverse("article", args=[quiet]),
        "changelog of 12 versions": reverse("changelog", args=[quiet]),
        "changelog of 300 versions": reverse("changelog", args=[busy]),
        "a version": reverse("version", args=[quiet, 3]),
        "two versions compared": reverse("compare", args=[quiet, 3, 7]),
        "sitemap": reverse("sitemap"),
        "sitemap of stories": reverse("sitemap_stories", args=[1]),
        "the record": reverse("record"),
        "record of a story": reverse("story_record", args=[quiet]),
    }.items():
        yield f"reader: {name}", _get(client, address, rendered=True)


def _desk() -> Iterator[Asked]:
    editor, reporter = _client(User.objects.get(pk=1)), _client(person_in_the_middle())
    busiest = _client(User.objects.get(pk=2))
    # About a source that few stories quote, at any size.
    its = Alert.objects.filter(state="open", recipient=1, source__gt=MOST_QUOTED)
    alert = its.order_by("pk").first()
    source = alert.source_id if alert else 1
    inbox = reverse("desk_inbox")
    for name, query in {
        "inbox": "",
        "inbox, mine": "?whose=mine",
        "inbox, needs an update": "?state=needs_update",
        "inbox, answered": "?state=answered",
        "inbox, page 9": "?page=9",
        "inbox, searched": "?q=office",
    }.items():
        yield f"desk: {name}, of an editor", _get(editor, f"{inbox}{query}")
        yield f"desk: {name}, of a reporter", _get(reporter, f"{inbox}{query}")
        yield f"desk: {name}, of the busiest reporter", _get(busiest, f"{inbox}{query}")
    if alert:
        yield "desk: an alert", _get(editor, reverse("desk_alert", args=[alert.pk]))
    yield "desk: sources, of an editor", _get(editor, reverse("desk_sources"))
    yield "desk: sources, of a reporter", _get(reporter, reverse("desk_sources"))
    yield "desk: a source", _get(editor, reverse("desk_source", args=[source]))
    yield "desk: a source that many quote", _get(editor, reverse("desk_source", args=[2]))
    yield "desk: how I hear", _get(editor, reverse("desk_hearing"))
    yield "desk: following", _get(editor, reverse("desk_following"))


def _search() -> Iterator[Asked]:
    editor, reporter = User.objects.get(pk=1), person_in_the_middle()
    typed_by_people = {
        "rare word": RARE,
        "word of one in 20": OFTEN,
        "word of every story": EVERYWHERE,
        "word of every source": "notice",
        "two words": f"{OFTEN} {EVERYWHERE}",
    }
    for what, typed in typed_by_people.items():
        yield f"search: {what}", lambda typed=typed: search(typed, person=editor)
        yield f"search: {what}, by a reporter", lambda typed=typed: search(typed, person=reporter)
    yield (
        "search: rare word, in a list",
        lambda: list(Article.objects.filter(pk__in=found_keys(RARE, kind="article"))[:50]),
    )
    client = _client(editor)
    for what, typed in {"rare word": RARE, "word of every story": EVERYWHERE}.items():
        yield f"search: page, {what}", _get(client, f"{reverse('admin:find')}?q={typed}")
        yield f"search: as it is typed, {what}", _get(client, f"{reverse('admin:search')}?s={typed}")


def _glance() -> Iterator[Asked]:
    client, index = _client(User.objects.get(pk=1)), reverse("admin:index")
    yield "admin: first page, figures kept", _get(client, index)
    yield "admin: first page, figures counted anew", _get(client, index, rendered=True)


def _editing() -> Iterator[Asked]:
    client = _client(User.objects.get(pk=1))
    for noun, key in (
        ("article", _STORY),
        ("article", _BUSY_STORY),
        ("source", 3),
        ("source", 2),
        ("citation", 3),
    ):
        yield f"admin: {noun} {key}", _get(client, reverse(f"admin:stories_{noun}_change", args=[key]))
    yield (
        "admin: timeline of 300 versions",
        _get(client, reverse("admin:stories_article_history", args=[_BUSY_STORY])),
    )
    yield "admin: history of a source", _get(client, reverse("admin:stories_source_history", args=[3]))
    complete = f"{reverse('admin:autocomplete')}?app_label=stories"
    yield (
        "admin: a source is chosen",
        _get(client, f"{complete}&model_name=citation&field_name=source&term=office"),
    )


def _lists() -> Iterator[Asked]:
    client, person = _client(User.objects.get(pk=1)), person_in_the_middle()
    for noun, queries in _LISTS.items():
        address = reverse(f"admin:stories_{noun}_changelist")
        for query in queries:
            narrowed = query.replace("PERSON", str(person.pk))
            yield f"list: {noun}s{', ' + query if query else ''}", _get(client, f"{address}?{narrowed}")
        for typed in _SEARCHED.get(noun, ()):
            words = typed.replace("PERSON", person.username)
            yield f"list: {noun}s, search “{typed}”", _get(client, f"{address}?q={words}")
        yield f"list: {noun}s, page 2", _page(client, address, 2)
        yield f"list: {noun}s, the last page", _page(client, address, MOST_COUNTED)


def _slug(key: int) -> str:
    return Article.objects.get(pk=key).slug


def _client(person: User | None = None) -> Client:
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    if person:
        client.force_login(person)
    return client


def _get(client: Client, address: str, *, rendered: bool = False) -> Callable[[], int | None]:
    def call() -> int | None:
        if rendered:
            caches["pages"].clear()
            caches["default"].clear()
        response = client.get(address)
        assert response.status_code == 200, (
            f"{address} answered {response.status_code} {response.get('Location')}"
        )
        return _shown(response.context or {})

    return call


def _shown(context: Any) -> int | None:
    if "cl" in context:
        return len(context["cl"].result_list)
    page = context["inbox"].page if "inbox" in context else context.get("page")
    return len(page.object_list) if isinstance(page, Page) else None


def _page(client: Client, address: str, number: int) -> Callable[[], int | None]:
    """That page of a list of the admin, or its last where there are not so many."""

    @cache
    def last() -> int:
        response: Any = client.get(address)
        return int(response.context_data["cl"].paginator.num_pages)

    return lambda: _get(client, f"{address}?p={min(number, last())}")()
