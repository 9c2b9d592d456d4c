"""The worker in one process: what it does without, and when it makes way for another."""

import os
import subprocess
import sys

import pytest

SETUP = """
import sys, threading, time
import django
from django.conf import settings

django.setup()
from stories.management import worker
from stories.management.lanes import TaskPool
"""
# As `celery -A newsroom worker` begins.
IMPORTED = "import sys; from newsroom.celery import app; app.Worker(pool='solo'); print(*sys.modules)"
WATCHED = (
    SETUP
    + """
settings.CELERY_TASK_TIME_LIMIT, worker.LOOK_EVERY_SECONDS = {limit}, 0.05
pool = TaskPool(limit=1)
pool.apply_async(time.sleep, ({nap},), callback=print)
schedule = threading.Thread(target=time.sleep, args=({schedule},), daemon=True)
schedule.start()
stopping = threading.Event()
{first}
worker._watch(pool, schedule, stopping)
"""
)


def run(program: str, folder: str) -> subprocess.CompletedProcess[str]:
    own = {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "name", ["stories.admin", "stories.desk", "stories.reader", "PIL", "pypdfium2", "trafilatura"]
)
def test_a_worker_imports_no_page_and_no_parser_that_others_need(name, imported):
    assert name not in imported


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    return run(IMPORTED, str(tmp_path_factory.mktemp("worker"))).stdout.split()


def test_a_worker_ends_itself_if_a_task_takes_too_long(tmp_path):
    ended = run(WATCHED.format(limit=0.2, nap=60, schedule=60, first=""), str(tmp_path))

    assert ended.returncode == 70
    assert "takes longer than it may" in ended.stderr


def test_a_worker_that_is_told_to_stop_does_not_wait_for_a_task_for_ever(tmp_path):
    ended = run(WATCHED.format(limit=0.2, nap=60, schedule=0, first="stopping.set()"), str(tmp_path))

    assert ended.returncode == 70
    assert "takes longer than it may" in ended.stderr


def test_a_worker_ends_itself_if_its_schedule_has_stopped(tmp_path):
    ended = run(WATCHED.format(limit=60, nap=0, schedule=0, first=""), str(tmp_path))

    assert ended.returncode == 70
    assert "The schedule has stopped" in ended.stderr
