"""Production starts with settings that others can rely on, and with no others."""

import base64
import os
import re
import subprocess
import sys

import pytest

from stories import tasks
from tests.test_settings import ROOT

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    "PRODUCTION": "on",
    "SITE_URL": "https://newsroom.example",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQ",
    "RECORD_SIGNING_KEY": base64.b64encode(bytes(range(32))).decode(),
    "DATABASE_URL": "postgres://newsroom:password@db/newsroom",
    "CELERY_BROKER_URL": "redis://broker/0",
    "CACHE_URL": "redis://broker/1",
    "EMAIL_URL": "submission://user:password@mail:587",
    "DEFAULT_FROM_EMAIL": "desk@newsroom.example",
    "BEHIND_TLS_PROXY": "on",
}
SQLITE = {"DATABASE_URL": "", "SECRET_KEY": "", "RECORD_SIGNING_KEY": "", "CELERY_BROKER_URL": ""}


def start(folder, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    chosen = {**PRODUCTION, "DATA_DIR": str(folder), **changes}
    inherited = {name: value for name, value in os.environ.items() if name not in chosen}
    return subprocess.run(
        [sys.executable, *(words or ("-c", "import newsroom.settings"))],
        cwd=ROOT,
        env={**inherited, **{name: value for name, value in chosen.items() if value}},
        capture_output=True,
        text=True,
    )


def test_what_the_docs_advise_passes_djangos_checks_of_a_deployment_without_a_warning(tmp_path):
    ended = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "CRITICAL")

    assert ended.returncode == 0, ended.stderr
    assert set(re.findall(r"\((\w+\.[WEC]\d+)\)", ended.stderr)) == set()


@pytest.mark.parametrize("kept", [{}, SQLITE], ids=["many machines", "one machine"])
def test_it_starts_on_many_machines_and_on_one(kept, tmp_path):
    ended = start(tmp_path, **kept)

    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(("asked", "given"), [("", "-c jit=off"), ("?options=-c%20jit%3Don", "-c jit=on")])
def test_postgresql_is_asked_not_to_compile_unless_the_operator_wants_it(asked, given, tmp_path):
    told = "from newsroom.settings import DATABASES; print(DATABASES['default']['OPTIONS']['options'])"

    ended = start(tmp_path, "-c", told, DATABASE_URL=PRODUCTION["DATABASE_URL"] + asked)

    assert ended.stdout.strip() == given, ended.stderr


def test_with_the_defaults_everything_that_is_missing_is_said_at_once(tmp_path):
    ended = start(tmp_path, "manage.py", "check", **{**dict.fromkeys(PRODUCTION, ""), "PRODUCTION": "on"})

    assert ended.returncode == 1
    assert {"SITE_URL", "EMAIL_URL"} <= set(re.findall(r"^([A-Z_]+) ", ended.stderr, re.MULTILINE))
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"DEBUG": "on"}, ["DEBUG"]),
        ({"ALLOWED_HOSTS": "*", "SECRET_KEY": "short"}, ["ALLOWED_HOSTS", "SECRET_KEY"]),
        (
            {"SECRET_KEY": "", "RECORD_SIGNING_KEY": "", "CELERY_BROKER_URL": ""},
            ["CELERY_BROKER_URL", "RECORD_SIGNING_KEY", "SECRET_KEY"],
        ),
        ({"CELERY_BROKER_URL": "memory://"}, ["CELERY_BROKER_URL"]),
    ],
)
def test_each_default_that_would_harm_is_refused_by_name(changes, named, tmp_path):
    ended = start(tmp_path, "manage.py", "check", **changes)

    assert ended.returncode == 1
    assert sorted(re.findall(r"^([A-Z_]+) ", ended.stderr, re.MULTILINE)) == named
    assert "password" not in ended.stderr


def test_every_routed_task_is_one_of_ours_and_each_queue_has_work(tmp_path):
    asked = (
        "from newsroom.settings import *; print(*CELERY_TASK_ROUTES, *(q.name for q in CELERY_TASK_QUEUES))"
    )

    names = start(tmp_path, "-c", asked).stdout.split()

    routed = {name.rpartition(".")[2] for name in names if "." in name}
    assert all(hasattr(getattr(tasks, name), "delay") for name in routed)
    assert {name for name in names if "." not in name} == {
        "publishing",
        "delivering",
        "posting",
        "checking",
        "upkeep",
    }
