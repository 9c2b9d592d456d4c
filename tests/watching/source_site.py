"""A real web server on loopback whose pages a test can set: the sources that are watched in tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = "text/html; charset=utf-8"
#: Only a test that hangs waits so long.
MOST_SECONDS_HELD = 120


@dataclass(frozen=True)
class Answer:
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    # Held back until the test lets it go.
    until: threading.Event | None = None
    # Held back until so many have been open at once, and for a moment in which more could come.
    until_open: int = 0
    delay_seconds: float = 0.0
    is_cut_short: bool = False


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]


class SourceSite:
    """`put` sets what an address answers from now on; `asked` tells what was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.answered: list[str] = []
        self.busy = self.busiest = 0
        self.asked_twice_at_once: set[str] = set()
        self._open: list[str] = []
        self._lock = threading.Condition()
        self._server = _Server(self)

    @property
    def host_and_port(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    def url(self, path: str) -> str:
        return f"http://{self.host_and_port}{path}"

    def put(self, path: str, text: str | bytes = b"", **fields: Any) -> str:
        """Set the answer of `path` and return its full address."""
        body = text.encode() if isinstance(text, str) else text
        self.answers[path] = Answer(body, **fields)
        return self.url(path)

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def enter(self, asked: Asked) -> None:
        with self._lock:
            self.asked.append(asked)
            if asked.path in self._open:
                self.asked_twice_at_once.add(asked.path)
            self._open.append(asked.path)
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
            self._lock.notify_all()

    def wait_until_asked_for(self, path: str) -> None:
        with self._lock:
            assert self._lock.wait_for(lambda: self.asked_for(path), timeout=MOST_SECONDS_HELD), path

    def hold(self, answer: Answer) -> None:
        if answer.until is not None:
            answer.until.wait(MOST_SECONDS_HELD)
        with self._lock:
            self._lock.wait_for(lambda: self.busiest >= answer.until_open, timeout=MOST_SECONDS_HELD)
        time.sleep(answer.delay_seconds)

    def leave(self, asked: Asked) -> None:
        with self._lock:
            self._open.remove(asked.path)
            self.answered.append(asked.path)
            self.busy -= 1

    @contextmanager
    def serving(self) -> Iterator[SourceSite]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self._let_all_go()
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def _let_all_go(self) -> None:
        for answer in self.answers.values():
            if answer.until is not None:
                answer.until.set()


class _Server(ThreadingHTTPServer):
    # A test that ends while a slow page is still being served does not wait for it.
    daemon_threads = True

    def __init__(self, site: SourceSite) -> None:
        self.site = site
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a reader that hangs up early is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = self.server.site
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        answer = site.answers.get(self.path, Answer(b"Not here.", status=404))
        site.enter(asked)
        site.hold(answer)
        # Before a byte of it goes out: who has an answer may come with the next question at once.
        site.leave(asked)
        self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        etag = answer.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self.send_response(answer.status)
        for name, value in {"Content-Type": HTML, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) + 100 * answer.is_cut_short))
        self.end_headers()
        self.wfile.write(answer.body)
        self.close_connection = answer.is_cut_short

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""
