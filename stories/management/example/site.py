"""The example's source site: a small web server on loopback, and the owner who rewords one of its pages.

The pages are copied into a folder of the installation; a newcomer may edit them there and see what follows.
"""

import shutil
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"
REWORDED_PAGE = "privacy-principles.html"
EDITION_IN_WAITING = "privacy-principles.reworded.html"


def lay_out_site(folder: Path) -> None:
    """Copy the pages into `folder`, leaving alone whatever is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in PAGES.iterdir():
        if page.name != EDITION_IN_WAITING and not (folder / page.name).exists():
            shutil.copyfile(page, folder / page.name)


def is_as_first_published(folder: Path) -> bool:
    """Whether the page is still, or not even yet, as its owner first published it."""
    if not (folder / REWORDED_PAGE).exists():
        return True
    return (folder / REWORDED_PAGE).read_bytes() == (PAGES / REWORDED_PAGE).read_bytes()


def reword_page(folder: Path) -> None:
    """Put the second edition in the first one's place, at once and whole."""
    draft = folder / f".{REWORDED_PAGE}"
    shutil.copyfile(PAGES / EDITION_IN_WAITING, draft)
    draft.replace(folder / REWORDED_PAGE)


class SourceSite(ThreadingHTTPServer):
    """Serves `folder` where `listening` does; `was_read` is set when the page to be reworded has been fetched."""

    def __init__(self, folder: Path, listening: socket.socket) -> None:
        self.was_read = threading.Event()
        handler = partial(_Page, directory=str(folder))
        super().__init__(listening.getsockname(), handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening


class _Page(SimpleHTTPRequestHandler):
    server: SourceSite

    def do_GET(self) -> None:
        super().do_GET()
        if self.path == f"/{REWORDED_PAGE}":
            self.server.was_read.set()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        """Say nothing: the checks are told of elsewhere."""


def act_as_owner(
    site: SourceSite, folder: Path, *, after_seconds: float, announce: Callable[[str], None]
) -> None:
    """Wait until the page has been read, and `after_seconds` longer; then reword it, once in its life."""
    site.was_read.wait()
    time.sleep(after_seconds)
    if is_as_first_published(folder):
        reword_page(folder)
        announce(f"The owner of the example's source site has reworded /{REWORDED_PAGE}.")
