"""What a site asks of machines is heeded: robots.txt, its pace, and its wish to be left alone."""

import socket
import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from stories.models import Check, Host, Source, Watch
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources, look_soon
from stories.watching.hosts import Hosts
from tests.factories import SourceFactory, make_editor
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, CitedPage, page

ROBOTS = "/robots.txt"


def robots(cited: CitedPage, *lines: str, status: int = 200) -> None:
    cited.site.put(ROBOTS, "\n".join(["User-agent: *", *lines]), status=status)


def look_at_all(cited: CitedPage) -> list[Check]:
    return list(check_watches(Watch.objects.due(cited.clock()).select_related("source"), now=cited.clock))


def other_source(cited: CitedPage, path: str) -> Source:
    source = SourceFactory(url=cited.site.put(path, page(OTHER_PASSAGE)))
    adopt_sources(now=cited.clock())
    return source


class TestRobots:
    def test_a_page_that_robots_txt_forbids_is_not_read(self, cited):
        cited.put(PASSAGE)
        robots(cited, "Disallow: /notice")

        check = cited.look()

        assert (check.outcome, check.reason) == ("blocked", "robots")
        assert "robots.txt" in check.explanation
        assert not cited.site.asked_for(cited.path)

    def test_an_editor_may_have_it_read_all_the_same(self, cited):
        cited.put(PASSAGE)
        robots(cited, "Disallow: /")
        cited.source.ignores_robots = True
        cited.source.save()

        check = cited.look()

        assert check.outcome == "unchanged"
        assert not cited.site.asked_for(ROBOTS)
        assert cited.source.history.first().ignores_robots

    def test_every_hop_asks_its_own_host(self, cited, settings):
        other = cited.site.url("/there").replace("127.0.0.1", "localhost")
        settings.WATCH_ALLOWED_PRIVATE.append(cited.site.host_and_port.replace("127.0.0.1", "localhost"))
        robots(cited, "Disallow: /there")
        cited.site.put(cited.path, status=302, headers={"Location": other})

        check = cited.look()

        assert (check.outcome, check.reason) == ("blocked", "robots")
        assert len(cited.site.asked_for(ROBOTS)) == 2

    def test_it_is_read_once_a_day_and_for_all_sources_of_the_host(self, cited):
        cited.put(PASSAGE)
        other_source(cited, "/other")
        robots(cited)

        look_at_all(cited)
        cited.look()

        assert len(cited.site.asked_for(ROBOTS)) == 1
        cited.clock.advance(days=1, seconds=1)
        cited.look()
        assert len(cited.site.asked_for(ROBOTS)) == 2

    @pytest.mark.parametrize("status", [301, 401, 403, 404, 410, 429])
    def test_a_site_without_one_may_be_read(self, cited, status):
        cited.put(PASSAGE)
        robots(cited, "Disallow: /", status=status)

        assert cited.look().outcome == "unchanged"

    def test_a_site_that_fails_to_say_is_left_alone(self, cited):
        """RFC 9309, section 2.3.1.4."""
        cited.put(PASSAGE)
        cited.site.put(ROBOTS, status=503, headers={"Retry-After": "7000"})

        check = cited.look()

        assert (check.outcome, check.reason, check.status) == ("failed", "robots_unreachable", 503)
        assert not cited.site.asked_for(cited.path)
        assert cited.watch.due_at == cited.clock() + timedelta(hours=2)
        assert Host.objects.get().quiet_until >= cited.clock() + timedelta(seconds=7000)

    def test_a_site_that_says_when_to_ask_again_is_left_alone_until_then(self, cited):
        cited.put(PASSAGE)
        cited.site.put(ROBOTS, status=429, headers={"Retry-After": "600"})

        check = cited.look()

        assert (check.outcome, check.reason, check.status) == ("failed", "robots_unreachable", 429)
        assert not cited.site.asked_for(cited.path)
        assert Host.objects.get().quiet_until >= cited.clock() + timedelta(seconds=600)

    @pytest.mark.parametrize("status", [203, 206])
    def test_one_that_comes_with_any_success_counts(self, cited, status):
        robots(cited, "Disallow: /", status=status)

        assert cited.look().reason == "robots"

    def test_one_that_is_kept_at_a_site_that_is_gone_is_no_fault_of_the_page(self, cited, settings):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            closed = listener.getsockname()[1]
        settings.WATCH_ALLOWED_PRIVATE.append(f"localhost:{closed}")
        cited.put(PASSAGE)
        cited.site.put(ROBOTS, status=302, headers={"Location": f"http://localhost:{closed}/"})

        check = cited.look()

        assert (check.outcome, check.reason) == ("failed", "robots_unreachable")
        assert "robots.txt" in check.explanation

    def test_one_that_does_not_come_is_told_of_and_not_the_page(self, cited, settings):
        settings.WATCH_TOTAL_SECONDS = 0.6
        cited.put(PASSAGE)
        cited.site.put(ROBOTS, until=threading.Event())

        check = cited.look()

        assert (check.outcome, check.reason) == ("failed", "timeout")
        assert "robots.txt" in check.explanation

    def test_an_older_copy_serves_while_the_site_fails_to_say(self, cited):
        cited.put(PASSAGE)
        robots(cited, "Disallow: /elsewhere")
        cited.look()
        cited.site.put(ROBOTS, status=500)
        cited.clock.advance(days=2)

        assert cited.look().outcome == "unchanged"
        assert len(cited.site.asked_for(ROBOTS)) == 2
        cited.clock.advance(hours=2)
        cited.look()
        assert len(cited.site.asked_for(ROBOTS)) == 3

    def test_what_is_wrong_with_a_server_is_told_and_not_that_its_robots_txt_is(self, cited):
        cited.site.put(ROBOTS, b"", headers={"Content-Encoding": "gzip, gzip"})

        check = cited.look()

        assert (check.outcome, check.reason) == ("failed", "nested_coding")

    @pytest.mark.parametrize("status", [404, 410])
    def test_that_there_is_none_says_nothing_of_the_page_however_it_is_said(self, cited, status):
        cited.put(PASSAGE)
        cited.site.put(ROBOTS, b"no gzip", status=status, headers={"Content-Encoding": "gzip"})

        assert cited.look().outcome == "unchanged"

    def test_one_that_cannot_be_unpacked_is_no_fault_of_the_page(self, cited):
        cited.put(PASSAGE)
        cited.site.put(ROBOTS, b"no gzip", headers={"Content-Encoding": "gzip"})

        check = cited.look()

        assert (check.outcome, check.reason) == ("failed", "wrong_coding")
        assert "robots.txt" in check.explanation

    def test_one_that_says_how_large_it_is_is_read_as_far_as_it_counts_too(self, cited, settings):
        settings.WATCH_RAW_BYTES = 2_000_000
        cited.put(PASSAGE)
        robots(cited, "Disallow: /notice", *["# and so on"] * 200_000)

        assert cited.look().reason == "robots"

    def test_one_without_end_is_read_as_far_as_it_counts(self, cited):
        cited.put(PASSAGE)
        robots(cited, "Disallow: /notice", *["Disallow: /somewhere/else"] * 40_000)

        assert cited.look().reason == "robots"
        assert len(Host.objects.get().robots) <= 500 * 1024


class TestPace:
    def test_a_crawl_delay_puts_the_others_off_one_after_the_other(self, cited, loop_clock):
        cited.put(PASSAGE)
        robots(cited, "Crawl-delay: 30")
        others = [other_source(cited, f"/{number}") for number in range(3)]

        checks = look_at_all(cited)

        assert len(checks) == 1
        waiting = Watch.objects.exclude(source=checks[0].source).order_by("due_at")
        waits = [(watch.due_at - cited.clock()).total_seconds() for watch in waiting]
        assert waits == [30, 60, 90]
        assert not Watch.objects.filter(lease__isnull=False).exists()
        assert len(others) == 3

    def test_what_another_worker_has_taken_over_is_not_put_off(self, cited, loop_clock):
        """Invariant 2."""
        cited.put(PASSAGE)
        robots(cited, "Crawl-delay: 30")
        other_source(cited, "/other")
        another = uuid4()

        def clock() -> datetime:
            Watch.objects.filter(lease__isnull=False).update(lease=another)
            return cited.clock()

        assert list(check_watches(Watch.objects.select_related("source"), now=clock)) == []

        assert set(Watch.objects.values_list("lease", "due_at")) == {(another, cited.clock())}

    def test_the_next_batch_keeps_the_pace_too(self, cited, loop_clock):
        cited.put(PASSAGE)
        robots(cited, "Crawl-delay: 30")
        cited.look()
        other = other_source(cited, "/other")
        cited.clock.advance(seconds=10)

        assert look_at_all(cited) == []
        assert Watch.objects.get(source=other).due_at == cited.clock() + timedelta(seconds=20)

    def test_a_short_delay_is_waited_for(self, cited):
        robots(cited, "Crawl-delay: 0.05")
        for number in range(3):
            other_source(cited, f"/{number}")

        assert len(look_at_all(cited)) == 4

    @pytest.mark.parametrize(
        ("answer", "wait_seconds"),
        [
            ({"status": 429, "headers": {"Retry-After": "600"}}, 600),
            ({"status": 503, "headers": {"Retry-After": "600"}}, 600),
            ({"status": 429, "headers": {"Retry-After": "9" * 30}}, 86_400),
            ({"status": 429, "headers": {"Retry-After": "Mon, 02 Mar 2026 10:00:00 GMT"}}, 3600),
            ({"status": 429, "headers": {"Retry-After": "Mon, 02 Mar 2020 10:00:00 GMT"}}, 300),
            ({"status": 429, "headers": {"Retry-After": "-5"}}, 300),
            ({"status": 429}, 300),
        ],
    )
    def test_a_host_that_wants_quiet_has_it_from_all_its_sources(self, cited, answer, wait_seconds):
        cited.site.put(cited.path, "Slow down.", **answer)
        robots(cited)
        cited.look()
        other = other_source(cited, "/other")

        assert look_at_all(cited) == []

        assert not cited.site.asked_for("/other")
        watch = Watch.objects.get(source=other)
        assert watch.due_at == cited.clock() + timedelta(seconds=wait_seconds)
        assert (watch.failure_count, watch.lease) == (0, None)
        cited.put(PASSAGE)
        cited.clock.time = watch.due_at
        assert other in [check.source for check in look_at_all(cited)]

    @pytest.mark.parametrize(
        "answer",
        [{"status": 503}, {"status": 500, "headers": {"Retry-After": "600"}}],
        ids=["one page out of service", "no status to wait for"],
    )
    def test_trouble_with_one_page_is_no_wish_for_quiet(self, cited, answer):
        cited.site.put(cited.path, "Oops.", **answer)
        cited.look()
        other = other_source(cited, "/other")

        assert [check.source for check in look_at_all(cited)] == [other]


class TestWorkers:
    def test_a_host_is_read_by_one_worker_at_a_time(self, cited):
        """Two workers with a source each of one host: the second comes back later."""
        cited.put(PASSAGE)
        other = other_source(cited, "/other")
        begun: list[Any] = []

        def second_worker() -> None:
            watch = Watch.objects.select_related("source").get(source=other)
            begun.append(list(check_watches([watch], now=cited.clock)))

        (check,) = cited.look_while(second_worker)

        assert check.outcome == "unchanged"
        assert begun == [[]]
        watch = Watch.objects.get(source=other)
        assert watch.due_at > cited.clock()
        cited.clock.time = watch.due_at
        assert len(look_at_all(cited)) == 1

    def test_a_host_is_free_again_a_minute_after_its_worker_was_killed(self, cited):
        cited.put(PASSAGE)
        cited.look()
        Host.objects.update(
            lease="6f0e8dd4-1b68-4c43-a1f0-3b8f4c2f6f10", leased_until=cited.clock() + timedelta(hours=2)
        )
        look_soon([cited.source], now=cited.clock())

        assert look_at_all(cited) == []
        cited.clock.advance(hours=2)
        assert len(look_at_all(cited)) == 1

    def test_hosts_are_given_back_when_the_caller_stops_listening(self, cited):
        cited.put(PASSAGE)
        looking = check_watches([cited.watch], now=cited.clock)
        next(looking)

        looking.close()

        assert not Host.objects.filter(lease__isnull=False).exists()

    def test_hosts_cost_no_query_for_each_source(self, cited, django_assert_max_num_queries):
        cited.put(PASSAGE)
        for number in range(20):
            other_source(cited, f"/{number}")
        watches = list(Watch.objects.due(cited.clock()).select_related("source"))
        look_at_all(cited)
        cited.clock.advance(hours=1)

        with django_assert_max_num_queries(6):
            hosts = Hosts(watches, now=cited.clock)
            hosts.give_back(robots={}, quiet_until={})

        assert len(hosts.welcome) == 21


class TestSentOn:
    """The page is at another host than the source says."""

    @pytest.fixture
    def sent_on(self, cited: CitedPage, settings: Any) -> CitedPage:
        there = cited.site.put("/there", page(PASSAGE)).replace("127.0.0.1", "localhost")
        settings.WATCH_ALLOWED_PRIVATE.append(cited.site.host_and_port.replace("127.0.0.1", "localhost"))
        cited.site.put(cited.path, status=302, headers={"Location": there})
        cited.look()
        return cited

    @pytest.fixture
    def neighbour(self, sent_on: CitedPage) -> Source:
        """A source of that other host."""
        url = sent_on.site.put("/other", page(OTHER_PASSAGE)).replace("127.0.0.1", "localhost")
        source = SourceFactory(url=url)
        adopt_sources(now=sent_on.clock())
        return source

    def test_robots_txt_is_read_there_once_a_day_too(self, sent_on):
        sent_on.looks(2)

        assert len(sent_on.site.asked_for(ROBOTS)) == 2

    def test_that_host_is_read_by_one_worker_at_a_time_too(self, sent_on, neighbour):
        begun: list[Any] = []

        def second_worker() -> None:
            begun.append(list(check_watches([neighbour.watch], now=sent_on.clock)))

        sent_on.look_while(second_worker)

        assert begun == [[]]
        sent_on.clock.time = Watch.objects.get(source=neighbour).due_at
        assert [check.source for check in look_at_all(sent_on)] == [neighbour]

    def test_that_host_has_the_quiet_that_it_wants(self, sent_on):
        Host.objects.filter(origin__contains="localhost").update(
            quiet_until=sent_on.watch.due_at + timedelta(hours=1)
        )
        asked = len(sent_on.site.asked)

        assert sent_on.look_while(lambda: None) == []

        assert len(sent_on.site.asked) == asked
        assert sent_on.watch.due_at == sent_on.clock() + timedelta(hours=1)


def test_an_editor_sees_at_the_desk_that_robots_txt_keeps_a_page_from_us(cited, client):
    cited.put(PASSAGE)
    robots(cited, "Disallow: /")
    cited.look()
    client.force_login(make_editor())

    shown = client.get(reverse("desk_source", args=[cited.source.pk])).content.decode()

    assert "robots.txt asks machines like ours not to read this page" in shown
    assert "Read it anyway" in shown
