"""deploy/nginx.conf in a real nginx, in front of a server that notes what reaches it."""

import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import Message
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.ports import find_free_port
from tests.running import LONGEST_SECONDS, ROOT
from tests.services import wait_for

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = pytest.mark.skipif(
    NGINX is None, reason="nginx is not installed (Debian: apt-get install nginx)"
)

HOST = "newsroom.example"


class Newsroom(BaseHTTPRequestHandler):
    """Answers with a page of its own that it cannot serve just now."""

    def do_GET(self) -> None:
        self.server.asked.append(dict(self.headers))
        self.send_response(503)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"own")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> int:
    """Of the web server behind the proxy."""
    return find_free_port()


@pytest.fixture
def proxy(tmp_path, port) -> Iterator[int]:
    """The port on which it takes TLS."""
    certified, open_port, tls_port = certificate(tmp_path), find_free_port(), find_free_port()
    example = (ROOT / "deploy/nginx.conf").read_text()
    for there, here in {
        "/etc/ssl/newsroom.example": str(certified),
        "server 127.0.0.1:8000": f"server 127.0.0.1:{port}",
        "listen 80;": f"listen 127.0.0.1:{open_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{tls_port} ssl;",
        "listen [::]:80;": "",
        "listen [::]:443 ssl;": "",
    }.items():
        assert there in example
        example = example.replace(there, here)
    whole = f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/errors; events {{}}\n"
    whole += "user root;\n" if os.getuid() == 0 else ""
    folders = "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy"))
    (tmp_path / "nginx.conf").write_text(f"{whole}http {{ access_log off;\n{folders}{example}}}")
    server = subprocess.Popen([str(NGINX), "-c", tmp_path / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        wait_for(tls_port, server)
        yield tls_port
    finally:
        server.terminate()
        server.wait(LONGEST_SECONDS)


def certificate(folder: Path) -> Path:
    words = f"req -x509 -newkey rsa:2048 -nodes -keyout privkey.pem -out fullchain.pem -subj /CN={HOST}"
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)
    return folder


@contextmanager
def at_work(port: int) -> Iterator[list[dict[str, str]]]:
    """The headers of each request that reaches it."""
    with ThreadingHTTPServer(("127.0.0.1", port), Newsroom) as server:
        server.asked = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.asked
        server.shutdown()


def ask(proxy: int, path: str, **headers: str) -> tuple[int, Message, bytes]:
    named = {name.replace("__", "-"): value for name, value in headers.items()}
    with closing(HTTPSConnection("127.0.0.1", proxy, context=ssl._create_unverified_context())) as connection:
        connection.request("GET", path, headers={"Host": HOST, **named})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def test_while_the_web_server_is_away_everybody_is_asked_to_come_again(proxy):
    status, headers, body = ask(proxy, "/stories/bridge/")

    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")
    assert b"back in a moment" in body


def test_what_the_newsroom_itself_says_passes_as_it_is(proxy, port):
    with at_work(port):
        assert ask(proxy, "/")[2] == b"own"


def test_nobody_chooses_where_they_come_from(proxy, port):
    with at_work(port) as asked:
        ask(proxy, "/", X__Forwarded__For="10.0.0.7", X_Forwarded_For="10.0.0.8", X__Forwarded__Proto="http")

    told = {name: value for name, value in asked[0].items() if "forwarded" in name.lower()}
    assert told == {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}


@pytest.mark.parametrize("path", ["/readyz", "//readyz", "/%72eadyz", "/x/../metrics"])
def test_what_is_for_the_operator_is_nowhere(path, proxy, port):
    with at_work(port) as asked:
        assert ask(proxy, path)[0] == 404

    assert asked == []


def test_a_body_that_never_comes_holds_nobody_up(proxy, port):
    request = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 9\r\n\r\nhalf"
    with (
        at_work(port) as asked,
        socket.create_connection(("127.0.0.1", proxy)) as raw,
        ssl._create_unverified_context().wrap_socket(raw) as slow,
    ):
        slow.sendall(request.encode())
        ask(proxy, "/")

    assert len(asked) == 1
