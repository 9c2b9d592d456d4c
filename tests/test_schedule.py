"""Beat goes on when its clock is set back, and needs nothing that was kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery import Celery
from celery.beat import SchedulingError
from celery.schedules import crontab

from newsroom.schedule import SteadyScheduler

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
EVERY_SECONDS = 15


class Noting(SteadyScheduler):
    """Notes what it would send."""

    sent: list[str]

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        self.sent.append(entry.name)


@pytest.fixture
def app() -> Celery:
    app = Celery("of-this-test", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {"tick": {"task": "tick", "schedule": EVERY_SECONDS}}
    return app


@pytest.fixture
def make_scheduler(app, tmp_path) -> Callable[[], Noting]:
    def make() -> Noting:
        scheduler = Noting(app, schedule_filename=str(tmp_path / "schedule"))
        scheduler.sent = []
        return scheduler

    return make


def sent_by(scheduler: Noting) -> list[str]:
    scheduler.sent.clear()
    for _ in range(4):
        scheduler.tick()
    return list(scheduler.sent)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)], ids=["an hour", "a day"])
def test_a_clock_that_is_set_back_costs_one_wait(make_scheduler, back):
    with time_machine.travel(NOW, tick=False) as clock:
        scheduler = make_scheduler()
        assert sent_by(scheduler) == ["tick"]

        clock.shift(-back)
        sent_by(scheduler)
        clock.shift(EVERY_SECONDS)

        assert sent_by(scheduler) == ["tick"]
        assert sent_by(scheduler) == []


def test_all_of_it_is_sent_as_it_starts(make_scheduler, app):
    app.conf.beat_schedule["tidy"] = {"task": "tidy", "schedule": crontab(hour="3", minute="40")}

    with time_machine.travel(NOW, tick=False):
        scheduler = make_scheduler()

        assert sorted(sent_by(scheduler)) == ["tick", "tidy"]
        assert sent_by(scheduler) == []


def test_it_needs_no_file(make_scheduler, tmp_path):
    scheduler = make_scheduler()
    sent_by(scheduler)
    scheduler.close()

    assert list(tmp_path.iterdir()) == []


def test_the_newsroom_has_it(settings):
    assert settings.CELERY_BEAT_SCHEDULER == "newsroom.schedule:SteadyScheduler"


def test_a_message_that_could_not_be_sent_is_followed_by_a_new_connection(tmp_path, monkeypatch):
    app = Celery(broker=f"embedded+sqlite:///{tmp_path / 'away' / 'broker.sqlite3'}", set_as_current=False)
    app.conf.task_publish_retry = False
    scheduler = SteadyScheduler(app=app, lazy=True)
    entry = scheduler.Entry(name="tick", task="stories.tasks.tick", schedule=1, app=app)
    vars(scheduler)["producer"] = before = app.amqp.Producer(app.connection_for_write(), auto_declare=False)

    with pytest.raises(SchedulingError):
        scheduler.apply_async(entry, producer=before, advance=False)

    assert "producer" not in vars(scheduler)
