import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from stories.models import Watch
from stories.watching.busy import busy
from stories.watching.courtesy import Courtesy
from stories.watching.fetch import AT_ONCE_PER_HOST, Answered, Request, fetch_each
from stories.web.client import Fetched
from stories.web.errors import FetchError
from tests.factories import SourceFactory, WatchFactory

pytestmark = pytest.mark.django_db


def watches_on(*urls: str) -> list[Watch]:
    return [WatchFactory(source=SourceFactory(url=url)) for url in urls]


def ask_for_all(watch: Watch) -> Request:
    return Request(watch.source.url or "")


def fetch_all(
    watches: list[Watch], *, begin: Callable[[Watch], Request | None] = ask_for_all
) -> list[Answered]:
    return [each for answered in fetch_each(watches, begin=begin) for each in answered]


def test_each_watch_comes_with_its_own_answer(site):
    watches = watches_on(*(site.put(f"/{number}", f"page {number}") for number in range(5)))

    answers = {watch.source.url: answer for watch, answer in fetch_all(watches)}

    bodies = {url: answer.body for url, answer in answers.items() if isinstance(answer, Fetched)}
    assert bodies == {site.url(f"/{number}"): b"page %d" % number for number in range(5)}


def test_no_host_is_asked_for_more_than_a_few_pages_at_once(site):
    urls = [site.put(f"/{n}", delay_seconds=0.05, until_open=AT_ONCE_PER_HOST) for n in range(6)]
    watches = watches_on(*urls)

    answers = fetch_all(watches)

    assert len(answers) == 6
    assert site.busiest == AT_ONCE_PER_HOST


def test_a_slow_host_keeps_no_other_waiting(site, settings):
    """Invariant 6."""
    settings.WATCH_ALLOWED_PRIVATE.append(site.host_and_port.replace("127.0.0.1", "localhost"))
    slow = watches_on(*(site.put(f"/slow/{number}", until=threading.Event()) for number in range(2)))
    (quick,) = watches_on(site.put("/quick").replace("127.0.0.1", "localhost"))

    with closing(fetch_each([*slow, quick], begin=ask_for_all)) as answers:
        [(watch, _answer)] = next(answers)

    assert watch == quick


def test_a_failure_is_an_answer_too(site):
    watches = watches_on("http://127.0.0.1:9/", "not an address", site.put("/fine"))

    answers = {watch.source.url: answer for watch, answer in fetch_all(watches)}

    assert isinstance(answers["http://127.0.0.1:9/"], FetchError)
    assert isinstance(answers["not an address"], FetchError)
    assert isinstance(answers[site.url("/fine")], Fetched)


def test_what_is_left_out_is_not_asked_for(site):
    watches = watches_on(site.put("/in"), site.put("/out"))

    answers = fetch_all(watches, begin=lambda watch: None if watch == watches[1] else ask_for_all(watch))

    assert [watch for watch, _ in answers] == [watches[0]]
    assert site.asked_for("/in")
    assert not site.asked_for("/out")


def test_the_caller_is_never_inside_an_event_loop(site):
    """Django refuses to use the database inside one."""
    callers = []

    def begin(watch: Watch) -> Request:
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        callers.append(threading.current_thread())
        return ask_for_all(watch)

    for _answered in fetch_each(watches_on(site.put("/page")), begin=begin):
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()

    assert callers == [threading.current_thread()]


def test_pages_go_on_coming_while_the_caller_is_busy(site):
    goes_on = threading.Event()
    redirect = site.put("/redirect", status=302, headers={"Location": site.put("/page")}, until=goes_on)
    answers = fetch_each(watches_on(site.put("/quick"), redirect), begin=ask_for_all)
    next(answers)

    goes_on.set()
    site.wait_until_asked_for("/page")
    [(_watch, answer)] = next(answers)

    assert isinstance(answer, Fetched)


def test_nothing_goes_on_when_the_caller_stops_listening(site):
    watches = watches_on(site.put("/quick"), site.put("/slow", until=threading.Event()))
    answers = fetch_each(watches, begin=ask_for_all)
    next(answers)

    answers.close()

    assert "/slow" not in site.answered
    assert not [thread for thread in threading.enumerate() if thread.name == "fetching"]


def test_answers_that_come_together_are_handed_over_together(site, monkeypatch):
    monkeypatch.setattr("stories.watching.fetch.GATHER_SECONDS", 120)
    urls = [site.put(f"/{number}") for number in range(AT_ONCE_PER_HOST)]

    groups = list(fetch_each(watches_on(*urls), begin=ask_for_all))

    assert [len(group) for group in groups] == [AT_ONCE_PER_HOST]


def test_while_servers_keep_a_batch_waiting_another_thread_has_its_turn(site, monkeypatch):
    monkeypatch.setattr("stories.watching.busy.PATIENCE_SECONDS", 60)
    goes_on = threading.Event()
    watches = watches_on(site.put("/slow", until=goes_on))

    def fetch() -> list[Answered]:
        with busy():
            return fetch_all(watches)

    with ThreadPoolExecutor(1) as threads:
        fetching = threads.submit(fetch)
        site.wait_until_asked_for("/slow")
        with busy():
            assert not fetching.done()
            goes_on.set()
        [(_watch, answer)] = fetching.result(60)

    assert isinstance(answer, Fetched)


def test_what_keeps_the_loop_from_starting_keeps_nobody_waiting(site):
    class Broken(Courtesy):
        def begin(self, reader):
            raise OSError("no file is left")

    with pytest.raises(OSError, match="no file is left"):
        next(fetch_each(watches_on(site.put("/1")), begin=ask_for_all, courtesy=Broken()))


def test_no_watches_ask_for_nothing(site):
    assert list(fetch_each([], begin=ask_for_all)) == []
    assert site.asked == []
