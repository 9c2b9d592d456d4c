"""There is one door to the network, and every way out leads through it.

Two tests hold that: one reads which modules can open a connection at all, the other listens, while stories are
brought in, sources checked and alerts sent, to every socket that Python connects (PEP 578).
"""

import ast
import asyncio
import contextlib
import ipaddress
import socket
import sys
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from stories.alerting.channels.chat_service import ChatText
from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.own_hosts import MATRIX, MATTERMOST, NTFY
from stories.alerting.channels.posting import send
from stories.importing.errors import ImportRefused
from stories.importing.intake import open_intake
from stories.importing.work import work_on
from stories.models import HubPing, Version, WatchedFeed
from stories.models.words import IntakeKind
from stories.publishing.websub import adopt_publications, tell_hub
from stories.watching.limits import open_client
from stories.web.connection import Wire
from stories.web.errors import FetchError
from stories.web.guard import AddressRefused, check_url
from tests.factories import ArticleFactory, make_chief, make_editor
from tests.reader.telling import publish, tell_bridge_story
from tests.test_house import ROOT
from tests.watching.source_site import SourceSite

HTML = {"Content-Type": "text/html"}

#: Whatever can connect by itself: the standard library's clients, and those that are installed.
CONNECTS = {
    *("socket", "ssl", "http", "ftplib", "smtplib", "poplib", "imaplib", "nntplib", "telnetlib", "xmlrpc"),
    *("socketserver", "asyncore", "urllib.request", "multiprocessing.connection", "multiprocessing.managers"),
    *("aiohttp", "requests", "httpx", "urllib3", "httpcore", "websockets", "pycurl", "paramiko", "redis"),
    *(
        "psycopg",
        "psycopg2",
        "amqp",
        "kombu.connection",
        "dns",
        "apprise",
        "boto3",
        "botocore",
        "trafilatura.downloads",
    ),
}
#: A module that may, and what for. Everything in stories/web may: it is the door.
REASONS = {
    "newsroom/impatient_connection.py": "connects to the database that the operator configured, and to nothing else",
    "newsroom/settings/addresses.py": "reads files of certificates that the operator names, and connects nowhere",
    "newsroom/settings/caches.py": "knows how checks of certificates are called, and connects nowhere",
    "newsroom/settings/database.py": "asks how libpq reads an address, and connects nowhere",
    "stories/alerting/channels/email.py": "names the errors of the mail server that the operator configured",
    "stories/publishing/letters.py": "names the errors of the mail server that the operator configured",
    "stories/signing_in/asking.py": "makes a session of requests that asks through the door",
    "stories/operating/why_away.py": "asks the database that the operator configured whether it is there",
    "stories/management/embedded.py": "asks whether a port of loopback is free before the example takes it",
    "stories/management/commands/run_newsroom.py": "asks whether a port of loopback is free",
    "stories/management/commands/serve_example.py": "serves the example's pages on loopback, and calls nobody",
    "stories/management/example/site.py": "serves the example's pages on loopback, and calls nobody",
}
#: Apprise calls the fixed hosts of chat services, by name of the plugin: where it may be asked to.
ASKS_APPRISE = {"stories/alerting/channels/through_apprise.py"}


@cache
def modules() -> dict[str, list[ast.AST]]:
    """The parts of each, those inside functions too."""
    found = {}
    for folder in ("stories", "newsroom"):
        for path in (ROOT / folder).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(("stories/web/", "stories/migrations/")):
                parts = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                found[name] = [
                    part for part in parts if isinstance(part, ast.Import | ast.ImportFrom | ast.Call)
                ]
    return found


def imported_by(parts: list[ast.AST]) -> set[str]:
    """With what is taken out of a package."""
    found = set()
    for node in parts:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def connecting(names: set[str]) -> set[str]:
    able = {name for name in names for door in CONNECTS if name == door or name.startswith(f"{door}.")}
    return able - {"http", "http.HTTPStatus"} - {name for name in able if name.startswith("redis.exceptions")}


def test_no_module_outside_the_door_can_open_a_connection():
    able = {name: connecting(imported_by(parts)) for name, parts in modules().items()}

    assert {name: found for name, found in able.items() if found and name not in REASONS} == {}


def test_each_exception_is_still_one():
    able = {name for name, parts in modules().items() if connecting(imported_by(parts))}

    assert set(REASONS) <= able


def test_nothing_else_imports_by_name_what_could_connect():
    """`import_module("apprise")` is seen by no reader of imports."""
    calling = set()
    for name, parts in modules().items():
        for node in parts:
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
                "import_module",
                "__import__",
            }:
                calling.add(name)

    assert calling <= ASKS_APPRISE | {"newsroom/broker.py"}


class Listener:
    """Every connection that this process makes while it listens, with the module of ours that was at work."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, set[str]]] = []
        self.is_listening = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple) -> None:
        if event == "socket.connect" and self.is_listening and isinstance(arguments[1], tuple):
            self.heard.append((str(arguments[1][0]), _files_at_work()))

    def __enter__(self) -> "Listener":
        self.heard, self.is_listening = [], True
        return self

    def __exit__(self, *_: object) -> None:
        self.is_listening = False


def _files_at_work() -> set[str]:
    """Of this project, on the stack of whoever connects; an event loop's callbacks have none but the loop's."""
    frame, found = sys._current_frames()[threading.get_ident()], set()
    while frame:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT):
            found.add(path.relative_to(ROOT).as_posix())
        frame = frame.f_back
    return found


@pytest.fixture(scope="module")
def listener() -> Listener:
    """One for all tests: a hook that is added stays for as long as the process does."""
    return Listener()


@pytest.fixture
def site(site: SourceSite, settings) -> SourceSite:
    """The one that may be read although it is on loopback; whatever else is there may not."""
    settings.WATCH_HOST_GAP_SECONDS = 0
    settings.ARCHIVE_TIMEMAP = site.url("/timemap/")
    settings.WATCH_TOTAL_SECONDS = 20
    return site


def _watch(address: str, _site: SourceSite) -> None:
    async def fetch() -> None:
        async with open_client() as client:
            await client.fetch(address)

    with contextlib.suppress(FetchError):
        asyncio.run(fetch())


def _bring_in(kind: IntakeKind, address: str, **fields: object) -> None:
    now = timezone.now()
    intake = open_intake(kind, name="x", address=address, zone="UTC", by=make_editor(), now=now, **fields)
    with contextlib.suppress(ImportRefused):
        while work_on(intake, now=timezone.now):
            pass


def _import_address(address: str, _site: SourceSite) -> None:
    _bring_in(IntakeKind.ADDRESS, address)


def _import_feed(address: str, _site: SourceSite) -> None:
    feed = WatchedFeed.objects.create(title="x", address=address, zone="UTC", added_at=timezone.now())
    _bring_in(IntakeKind.FEED, address, feed=feed)


def _import_entry(address: str, site: SourceSite) -> None:
    """Of a feed that may be read, an entry without a text: it is read at its address."""
    entry = f"<entry><id>x</id><title>x</title><updated>2024-03-02T08:00:00Z</updated><link href='{address}'/></entry>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entry}</feed>"
    _import_feed(site.put(f"/feed/{uuid4()}", feed, headers={"Content-Type": "application/atom+xml"}), site)


def _import_capture(address: str, site: SourceSite) -> None:
    """A web archive that may be read, and says that the capture is at this address."""
    story = f"https://news.example/{uuid4()}"
    moment = "Sat, 02 Mar 2024 08:00:00 GMT"
    links = f'<{story}>; rel="original",\n<{address}>; rel="memento"; datetime="{moment}"'
    site.put(f"/timemap/{story}", links)
    _bring_in(IntakeKind.ARCHIVE, story)


def _post(address: str, _site: SourceSite) -> None:
    with contextlib.suppress(DeliveryFailedError):
        send(address, body=b"{}")


def _chat(service, name: str, **values: str) -> Callable[[str, SourceSite], None]:
    def write(address: str, _site: SourceSite) -> None:
        text = ChatText(key=uuid4(), title="x", body="x", address="https://newsroom.example/")
        with contextlib.suppress(DeliveryFailedError, ValueError):
            service.send({name: address, **values}, text)

    return write


def _hub(address: str, _site: SourceSite) -> None:
    if not Version.objects.exists():
        publish(ArticleFactory(), at=timezone.now())
    with override_settings(WEBSUB_HUB=address):
        adopt_publications(now=timezone.now())
        for ping in HubPing.objects.all():
            tell_hub(ping, open_client=open_client, now=timezone.now)
    HubPing.objects.all().delete()


#: Each reads or writes at an address that somebody may choose, or that a site may send us to.
WAYS: dict[str, Callable[[str, SourceSite], None]] = {
    "a watched page": _watch,
    "a story brought in": _import_address,
    "a feed": _import_feed,
    "an entry of a feed": _import_entry,
    "a capture in an archive": _import_capture,
    "a webhook": _post,
    "ntfy": _chat(NTFY, "server", topic="harbour"),
    "Matrix": _chat(MATRIX, "server", room="!abcdefgh:matrix.example", token="syt_harbour_bridge"),
    "Mattermost": lambda address, site: _chat(MATTERMOST, "url")(f"{address}/hooks/x", site),
    "a hub": _hub,
}
INSIDE = [
    "https://127.0.0.1/secret",
    "http://127.0.0.1:8080/secret",
    "https://localhost/secret",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/secret",
    "http://[::ffff:127.0.0.1]/secret",
    "https://2130706433/secret",
    "http://0x7f000001/secret",
    "http://0177.0.0.1/secret",
    "https://127.1/secret",
    "http://127.0.0.1./secret",
    "http://127。0。0。1/secret",
    "http://[64:ff9b::7f00:1]/secret",
    "https://[2002:7f00:1::]/secret",
    "http://[fe80::1%25eth0]/secret",
    "http://news.example@127.0.0.1/secret",
    "http://127.0.0.1:22/secret",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
]

Spell = Callable[[ipaddress.IPv4Address], str]
SPELLINGS: list[Spell] = [
    str,
    lambda address: f"{address}.",
    lambda address: str(int(address)),
    lambda address: hex(int(address)),
    lambda address: f"0{int(address):o}",
    lambda address: ".".join(hex(part) for part in address.packed),
    lambda address: ".".join(f"0{part:o}" for part in address.packed),
    lambda address: f"{address.packed[0]}.{int(address) & 0xFFFFFF}",
    lambda address: f"{address.packed[0]}.{address.packed[1]}.{int(address) & 0xFFFF}",
    lambda address: f"[::ffff:{address}]",
    lambda address: f"[::{address}]",
    lambda address: f"[64:ff9b::{address}]",
    lambda address: f"[2002:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}::]",
    lambda address: f"[2606:4700::5efe:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}]",
    lambda address: f"[fe80::{int(address) & 0xFFFF:x}%25eth0]",
    lambda address: str(address).replace(".", "。"),
    lambda address: str(address).replace(".", "．"),
    lambda address: str(address).replace("1", "①"),
    lambda address: f"user@{address}",
    lambda address: f"{address}:80",
    lambda address: f"{address}%2f",
    lambda _address: "rebound.example",
    lambda _address: "localhost.",
    lambda address: f"{address}.nip.example",
]


def inside_networks() -> st.SearchStrategy[ipaddress.IPv4Address]:
    networks = (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "100.64.0.0/10",
    )
    return st.sampled_from(networks).flatmap(lambda network: st.ip_addresses(network=network))


def test_the_listener_hears_whoever_connects(listener: Listener) -> None:
    """Or the tests below would prove nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server, listener:
        socket.create_connection(server.getsockname()).close()

    ((address, files),) = listener.heard
    assert address == "127.0.0.1"
    assert "tests/security/test_one_gate.py" in files


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_leads_through_the_door(way: str, listener: Listener, site: SourceSite) -> None:
    site.put("/page", "<html><body><p>What the harbour says.</p></body></html>", headers=HTML)

    with listener:
        WAYS[way](site.url("/page"), site)

    outside = [
        files for _, files in listener.heard if not any(file.startswith("stories/web/") for file in files)
    ]
    assert listener.heard
    assert outside == []


@pytest.mark.django_db
def test_what_is_read_and_published_here_calls_nobody(listener: Listener, client: Client) -> None:
    with listener:
        tell_bridge_story()
        client.force_login(make_chief())
        for address in ("/", "/stories/bridge/", "/stories/bridge/changes.atom", "/desk/", "/admin/"):
            assert client.get(address).status_code == 200

    assert listener.heard == []


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_no_way_out_leads_inside(way: str, listener: Listener, site: SourceSite) -> None:
    """Not at once, nor by a redirect of a site that may be read."""
    with listener:
        for number, address in enumerate(INSIDE):
            WAYS[way](address, site)
            leading = site.put(f"/to/{number}", status=302, headers={"Location": address})
            WAYS[way](leading, site)

    ours = {name for name, _ in listener.heard}
    assert ours <= {"127.0.0.1"}
    assert site.asked_for("/secret") == []


def test_a_name_that_changes_its_mind_is_asked_once() -> None:
    """DNS rebinding: the address that was checked is the one that is connected to."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])

    target = check_url("https://site.example/", resolver=lambda _: next(answers))

    assert target.addresses == ("93.184.215.14",)
    with pytest.raises(AddressRefused):
        Wire(target).open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443)))


@given(inside_networks(), st.sampled_from(SPELLINGS), st.sampled_from(["http", "https", "HTTP"]))
def test_no_spelling_of_an_inside_address_passes(
    address: ipaddress.IPv4Address, spell: Spell, scheme: str
) -> None:
    def nobody(_name: str) -> list[str]:
        return [str(address)]

    with pytest.raises(AddressRefused):
        check_url(f"{scheme}://{spell(address)}/", resolver=nobody)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_whatever_is_typed_is_a_public_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"http://{text}@127.0.0.1/", f"http://127.0.0.1{text}/"):
        try:
            target = check_url(url, resolver=lambda _: ["127.0.0.1"])
        except AddressRefused:
            continue
        assert all(ipaddress.ip_address(each).is_global for each in target.addresses), url
