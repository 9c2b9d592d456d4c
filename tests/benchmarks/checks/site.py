"""`python -m tests.benchmarks.checks.site FOLDER COUNT VERSIONS KEPT`: a corpus on 201 hosts of loopback.

They are 127.0.0.1 and 127.0.1.1 to 127.0.1.200, which takes Linux. `/a/<number>` is a page, without ETag or date;
`/ctl/<version>` switches them all to another of the VERSIONS, `/ctl/stats` tells how many were asked for. FOLDER
holds the `corpus.py` that makes the pages; they are kept in KEPT.
"""

import asyncio
import json
import pickle
import re
import runpy
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

PORT = 8099
HOSTS = [f"127.0.1.{number}" for number in range(1, 201)]
_PATH = re.compile(rb"GET /(a|ctl)/(\w+) HTTP/1\.[01]\r\n")


def address_of(number: int) -> str:
    return f"http://{HOSTS[number % len(HOSTS)]}:{PORT}/a/{number}"


def load_corpus(folder: Path) -> dict[str, Any]:
    return runpy.run_path(str(folder / "corpus.py"))


class Site:
    def __init__(self, pages: dict[str, list[bytes]]) -> None:
        self.pages = pages
        self.state: dict[str, Any] = {"v": "v1", "hits": 0, "bytes": 0}

    def answer(self, request: bytes) -> bytes:
        matched = _PATH.match(request)
        if matched is None:
            return _response(b"not found", status="404 Not Found")
        kind, word = matched[1], matched[2].decode()
        if kind == b"ctl":
            if word in self.pages:
                self.state.update(v=word, hits=0, bytes=0)
            return _response(json.dumps(self.state).encode(), kind="application/json")
        pages = self.pages[self.state["v"]]
        if not word.isdigit() or int(word) >= len(pages):
            return _response(b"not found", status="404 Not Found")
        body = pages[int(word)]
        self.state["hits"] += 1
        self.state["bytes"] += len(body)
        return _response(body)


def _response(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class _Talk(asyncio.Protocol):
    """One connection, kept open as HTTP/1.1 has it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            request, _, self.received = self.received.partition(b"\r\n\r\n")
            self.transport.write(self.site.answer(request + b"\r\n"))
            if b"HTTP/1.0" in request or b"onnection: close" in request:
                self.transport.close()


def make_pages(folder: Path, count: int, versions: list[str], kept: Path) -> dict[str, list[bytes]]:
    """Made once for each corpus, which takes half a minute, and kept."""
    digest = sha256((folder / "corpus.py").read_bytes()).hexdigest()[:12]
    file = kept / f"pages-{count}-{'-'.join(versions)}-{digest}.pickle"
    if file.exists():
        return pickle.loads(file.read_bytes())
    with ProcessPoolExecutor() as pool:
        pages = {
            version: list(pool.map(partial(_make_page, folder, version), range(count), chunksize=50))
            for version in versions
        }
    kept.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pickle.dumps(pages))
    return pages


_made: dict[Path, Any] = {}


def _make_page(folder: Path, version: str, number: int) -> bytes:
    if folder not in _made:
        _made[folder] = load_corpus(folder)["page"]
    page: bytes = _made[folder](number, version)
    return page


async def serve(site: Site) -> None:
    loop = asyncio.get_running_loop()
    hosts = ["127.0.0.1", *HOSTS]
    server = await loop.create_server(lambda: _Talk(site), hosts, PORT, backlog=256)
    async with server:
        sys.stdout.write("serving\n")
        sys.stdout.flush()
        await server.serve_forever()


if __name__ == "__main__":
    folder, count, versions, kept = sys.argv[1:]
    asyncio.run(serve(Site(make_pages(Path(folder), int(count), versions.split(","), Path(kept)))))
