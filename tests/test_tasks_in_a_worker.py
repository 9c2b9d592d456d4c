"""The stages once through a real Celery worker, with messages that are really sent and received."""

import time
import uuid
from collections.abc import Iterator

import pytest
from celery import Task
from celery.contrib.testing.app import TestApp
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun, task_prerun
from django.core import mail
from django.utils import timezone

from stories import tasks
from stories.models import Watch
from stories.trail import current_trail, following
from tests.factories import CitationFactory, SourceFactory, make_reporter
from tests.watching.looking import PASSAGE, REWORDED, page


@pytest.fixture
def done(transactional_db: None) -> Iterator[list[str]]:
    """A worker in this process; the names of the tasks that it has done, in order."""
    names: list[str] = []

    def note(task: Task, **_more: object) -> None:
        names.append(task.name.rpartition(".")[2])

    app = TestApp("newsroom-in-a-test", broker="memory://localhost/", backend="cache+memory://")
    app.conf.broker_transport_options = {"polling_interval": 0.02}
    # A queue of its own: CELERY_BROKER_URL wins over `broker`, and other tests leave messages at that server.
    app.conf.task_default_queue = f"in-a-test-{uuid.uuid4()}"
    task_postrun.connect(note)
    try:
        with app, start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=120):
            yield names
    finally:
        task_postrun.disconnect(note)


def wait_for(done: list[str], *names: str) -> None:
    """Wait until the worker has done just these; the test leaves the database to it meanwhile."""
    deadline = time.monotonic() + 120
    while len(done) < len(names):
        assert time.monotonic() < deadline, f"only {done} were done"
        time.sleep(0.02)
    assert done == [*names]
    done.clear()


def test_a_worker_carries_a_change_from_tick_to_mail(site, done):
    url = site.put("/notice", page(PASSAGE))
    citation = CitationFactory(source=SourceFactory(url=url), exact=PASSAGE)
    citation.article.reporters.add(make_reporter())
    tasks.tick.delay()
    wait_for(done, "tick", "check_sources")

    site.put("/notice", page(REWORDED))
    Watch.objects.update(due_at=timezone.now())
    tasks.tick.delay()
    wait_for(done, "tick", "check_sources")
    assert mail.outbox == []

    Watch.objects.update(due_at=timezone.now())
    tasks.tick.delay()
    wait_for(done, "tick", "check_sources", "tell", "deliver")
    assert len(mail.outbox) == 1


def test_a_message_hands_its_trail_on_to_the_tasks_that_follow(site, done):
    trails: list[tuple[str, str]] = []

    def note(task: Task, **_more: object) -> None:
        trails.append((task.name.rpartition(".")[2], current_trail()))

    CitationFactory(source=SourceFactory(url=site.put("/notice", page(PASSAGE))), exact=PASSAGE)
    task_prerun.connect(note)
    try:
        with following("request-7"):
            tasks.tick.delay()
        wait_for(done, "tick", "check_sources")
    finally:
        task_prerun.disconnect(note)

    assert trails == [("tick", "request-7"), ("check_sources", "request-7")]
