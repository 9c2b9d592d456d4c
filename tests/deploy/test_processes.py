"""The processes of the Procfile, started as they stand there, on PostgreSQL and Redis."""

import json
import os
import re
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
import redis

from tests.alerting.receiver import receiver
from tests.deploy.deployment import THROUGH_THE_PROXY, Deployment
from tests.running import LONGEST_SECONDS, ROOT
from tests.watching.source_site import SourceSite

pytestmark = pytest.mark.services

WORKERS = ("publishing", "delivering", "posting", "checking", "upkeep")
#: What a task of each queue and a web server wait for in the test of the end, and a tick does not.
TABLES = ("stories_claim", "stories_guesses")


@pytest.fixture
def page() -> Iterator[SourceSite]:
    with SourceSite().serving() as site:
        yield site


@pytest.fixture
def deployment(tmp_path) -> Iterator[Deployment]:
    server, name = urlsplit(os.environ["DATABASE_URL"]), f"deployed_{uuid.uuid4().hex}"
    broker = urlsplit(os.environ["CELERY_BROKER_URL"])._replace(path="/7").geturl()
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {os.environ['TESTS_TEMPLATE']}")
    running = Deployment(tmp_path, server._replace(path=f"/{name}").geturl(), broker)
    yield running
    running.kill()
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_they_start_serve_pages_and_finish_what_they_are_at_when_told_to_stop(deployment, page, settings):
    deployment.manage("collectstatic", "--no-input", "--verbosity", "0")
    with receiver(settings) as hook:
        deployment.environment["WATCH_ALLOWED_PRIVATE"] = f"{page.host_and_port},{hook.host_and_port}"
        deployment.environment["WATCH_TOTAL_SECONDS"] = "120"
        deployment.start()

        they_are_ready_and_serve_pages_with_named_files(deployment)
        beat_ends(deployment)
        they_end_when_the_work_at_hand_is_done(deployment, page, hook)


def they_are_ready_and_serve_pages_with_named_files(deployment):
    assert '"ready": true' in deployment.wait_for("/readyz")
    status, home = deployment.get("/")
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', home)
    assert status == 200
    assert style
    assert deployment.get(style[1])[0] == 200
    health = subprocess.run([sys.executable, "deploy/healthcheck.py"], cwd=ROOT, env=deployment.environment)
    assert health.returncode == 0


def beat_ends(deployment):
    deployment.tell_to_stop("beat")
    # Celery's beat ends so when it is told to stop; its unit says that this is well.
    assert deployment.wait_for_the_end("beat")["beat"] in (0, 1)


def they_end_when_the_work_at_hand_is_done(deployment, page, hook):
    let_go = Event()
    address = page.put("/notice", "<p>The bridge will be closed from Monday.</p>", until=let_go)
    ask = f"from tests.deploy.work_at_hand import prepare; prepare({address!r}, {hook.url()!r})"
    work = json.loads(deployment.manage("shell", "-v", "0", "-c", ask))
    nothing_is_left_in_the_queues(deployment)
    with held(deployment) as hold:
        ask_for(work, deployment)
        page.wait_until_asked_for("/notice")
        whole, rest = send(work["forms"][0], deployment), send(work["forms"][1], deployment, keeping_back=7)
        idle = HTTPConnection("127.0.0.1", deployment.port, timeout=LONGEST_SECONDS)
        idle.request("GET", "/healthz", headers=THROUGH_THE_PROXY)
        assert idle.getresponse().read()
        deployment.wait_until(lambda: waiting(deployment) == 4, "all are at work")

        deployment.tell_to_stop("web", *WORKERS)

        for name in WORKERS:
            deployment.wait_until(lambda name=name: "arm shutdown" in deployment.log(name).read_text(), name)
        deployment.wait_until(lambda: "utting down" in deployment.log("web").read_text(), "web")
        rest.sendall(rest.kept_back)
        hold.rollback()
    let_go.set()
    assert [answer_to(whole), answer_to(rest)] == [302, 302]
    assert deployment.wait_for_the_end("web", *WORKERS) == dict.fromkeys(("web", *WORKERS), 0)
    idle.close()
    assert query(deployment, "SELECT state FROM stories_publication WHERE id = %s", work["publication"]) == [
        ("published",)
    ]
    assert query(deployment, "SELECT count(*) FROM stories_version") == [(3,)]
    assert query(deployment, "SELECT state FROM stories_delivery WHERE id = %s", work["delivery"]) == [
        ("sent",)
    ]
    assert len(hook.received) == 1
    looked = "SELECT outcome, lease FROM stories_watch WHERE source_id = %s"
    assert query(deployment, looked, work["source"]) == [("unchanged", None)]
    assert query(deployment, "SELECT count(*) FROM stories_pulse WHERE part = 'tidying'") == [(1,)]


def nothing_is_left_in_the_queues(deployment):
    """What beat asked for last is done, so that none of it is in the way of what is to be held."""
    broker = redis.Redis.from_url(deployment.environment["CELERY_BROKER_URL"])
    deployment.wait_until(
        lambda: not broker.hlen("unacked") and not any(broker.llen(name) for name in WORKERS), "quiet"
    )


@contextmanager
def held(deployment) -> Iterator[psycopg.Connection[Any]]:
    """What is at work comes no further until this is rolled back."""
    with psycopg.connect(deployment.environment["DATABASE_URL"]) as connection:
        connection.execute(f"LOCK TABLE {', '.join(TABLES)} IN ACCESS EXCLUSIVE MODE")
        yield connection


def ask_for(work: dict[str, Any], deployment) -> None:
    """As a tick would, once for each."""
    query(deployment, "UPDATE stories_publication SET publish_at = now()")
    query(deployment, "UPDATE stories_delivery SET next_try_at = now()")
    query(deployment, "UPDATE stories_watch SET due_at = now()")
    # Beat asked for it as it started, and once a day it is done.
    query(deployment, "DELETE FROM stories_pulse WHERE part = 'tidying'")
    tasks = f"publish.delay({work['publication']}); post.delay({work['delivery']}); "
    tasks += f"check_sources.delay([{work['source']}]); tidy.delay()"
    deployment.manage("shell", "-v", "0", "-c", f"from stories.tasks import *; {tasks}")


def waiting(deployment) -> int:
    locks = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return int(query(deployment, locks)[0][0])


def query(deployment, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(deployment.environment["DATABASE_URL"]) as connection:
        asked = connection.execute(sql, values)
        return asked.fetchall() if asked.description else []


class Sent(socket.socket):
    kept_back = b""


def send(form: dict[str, Any], deployment, *, keeping_back: int = 0) -> Sent:
    """Send it as a browser does, but for the last bytes."""
    body = urlencode(form["fields"]).encode()
    headers = {
        **THROUGH_THE_PROXY,
        "Origin": "https://newsroom.example",
        "Cookie": form["cookies"],
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"POST {form['path']} HTTP/1.1\r\n{head}\r\n".encode() + body
    end = len(request) - keeping_back
    sent = Sent(socket.AF_INET, socket.SOCK_STREAM)
    sent.settimeout(LONGEST_SECONDS)
    sent.connect(("127.0.0.1", deployment.port))
    sent.sendall(request[:end])
    sent.kept_back = request[end:]
    return sent


def answer_to(sent: Sent) -> int:
    with sent, sent.makefile("rb") as answer:
        return int(answer.readline().split()[1])
