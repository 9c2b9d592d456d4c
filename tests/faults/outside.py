"""The world around the newsroom: sites whose pages change, mailboxes, an endpoint of webhooks.

It keeps its own account of what happened, which the newsroom's rows are held against afterwards.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from types import SimpleNamespace
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.alerting.receiver import Receiver, receiver
from tests.ports import find_free_port
from tests.watching.looking import page
from tests.watching.source_site import SourceSite

#: What is said of a page at first, and cited; each change names another pier.
CITED = "The ferry to the islands leaves from pier 0 of the old harbour at nine in the morning."
_PIER = re.compile(r"leaves from pier (\d{5,}) of the old harbour")
LONGEST_SECONDS = 120


def reworded(number: int) -> str:
    return CITED.replace("pier 0", f"pier {number}")


class Letters:
    """A mail server that takes everything, and keeps who was told what under which Message-ID."""

    def __init__(self) -> None:
        #: For each address, the piers that letters named, and the Message-IDs of those letters.
        self.told: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.times: dict[str, int] = defaultdict(int)
        self.delay_seconds = 0.0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.delay_seconds)
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        text = letter.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
        key = str(letter["Message-ID"]).strip("<> ")
        for number in _PIER.findall(" ".join(text.split())):
            self.told[str(letter["To"])][int(number)].add(key)
        self.times[key] += 1
        return "250 OK"


class Outside:
    """`change` rewords a page; `has_heard` says whether somebody was told of the pier that it names now."""

    def __init__(self, sites: list[SourceSite], letters: Letters, mail_port: int, hooks: Receiver) -> None:
        self.sites, self.letters, self.mail_port, self.hooks = sites, letters, mail_port, hooks
        self.piers: dict[str, int] = {}
        self.changes: dict[str, list[int]] = defaultdict(list)
        self._number = self._heard = 0
        self._told_by_hook: dict[int, set[str]] = defaultdict(set)
        self._lock = threading.Lock()

    @property
    def settings(self) -> dict[str, str]:
        allowed = [*(site.host_and_port for site in self.sites), self.hooks.host_and_port]
        return {
            "WATCH_ALLOWED_PRIVATE": ",".join(allowed),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
        }

    def make_page(self, number: int, **answer: Any) -> str:
        """A page with the cited sentence, on one of the sites; its address."""
        site, path = self.sites[number % len(self.sites)], f"/notice-{number}"
        self.piers[site.url(path)] = 0
        return site.put(path, page(CITED, title=f"Notice {number}"), **answer)

    def change(self, url: str, **answer: Any) -> int:
        """Reword it once more; the number that it names from now on is named nowhere else."""
        with self._lock:
            self._number += 1
            number = self.piers[url] = 10_000 + self._number
            self.changes[url].append(number)
        site = next(site for site in self.sites if url.startswith(site.url("/")))
        path = url.removeprefix(site.url(""))
        # As slow as the others are.
        answer.setdefault("delay_seconds", site.answers[path].delay_seconds)
        site.put(path, page(reworded(number), title=path.strip("/").capitalize()), **answer)
        return number

    def be_slow(self, seconds: float) -> None:
        """Every page and every letter takes so long from now on."""
        self.letters.delay_seconds = seconds
        for site in self.sites:
            for path, answer in list(site.answers.items()):
                site.answers[path] = replace(answer, delay_seconds=seconds)

    def told_by_mail(self, address: str) -> dict[int, set[str]]:
        """The piers that letters to this address named, and the Message-IDs of those letters."""
        return {number: set(keys) for number, keys in list(self.letters.told[address].items())}

    def told_by_hook(self) -> dict[int, set[str]]:
        """Likewise what was posted, and under which ids."""
        for received in self.hooks.received[self._heard :]:
            self._heard += 1
            for number in _PIER.findall(received.body.decode()):
                self._told_by_hook[int(number)].add(received.headers["webhook-id"])
        return dict(self._told_by_hook)


@contextmanager
def outside(*, sites: int = 4) -> Iterator[Outside]:
    with ExitStack() as stack:
        served = [stack.enter_context(SourceSite().serving()) for _ in range(sites)]
        hooks = stack.enter_context(receiver(SimpleNamespace()))
        letters = Letters()
        mail = Controller(letters, hostname="127.0.0.1", port=find_free_port(), ready_timeout=LONGEST_SECONDS)
        mail.start()
        stack.callback(mail.stop)
        yield Outside(served, letters, mail.port, hooks)
