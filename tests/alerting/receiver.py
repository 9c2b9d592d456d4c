"""A server on loopback that keeps what it is sent, and answers what a test wants it to answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Receiver(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[Received] = []
        self.status = 200
        self.answer = b"ok"
        self.headers: dict[str, str] = {}

    @property
    def host_and_port(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str = "/hook") -> str:
        return f"http://{self.host_and_port}{path}"


@contextmanager
def receiver(settings: Any) -> Iterator[Receiver]:
    """Run a server, and let it be reached although it is not public."""
    server = Receiver()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.WATCH_ALLOWED_PRIVATE = [server.host_and_port]
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        self.server.received.append(Received(self.command, self.path, headers, body))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    do_PUT = do_POST  # noqa: N815 - the library's name

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""
