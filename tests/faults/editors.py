"""Many editors on one story at once, through the real web server. Invariant 10."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from threading import Barrier

from tests.faults.places import SERVICES, SQLITE, Place
from tests.faults.runs import Done, Occasion, run
from tests.faults.visitor import Page, Visitor, session_of

SAVED, REFUSED = "saved", "refused"
#: Whoever is refused sends once more what the page then offers; nobody has to more often than others come between.
MOST_TRIES = 200


@dataclass
class Editor:
    """One of them, and the word that they have to say."""

    visitor: Visitor
    path: str
    word: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def is_saved(self) -> bool:
        return SAVED in self.ends

    def open(self) -> None:
        self.fields = self.visitor.get(self.path).form("body")

    def type(self, *, at: int) -> None:
        """Say the word in the middle of a paragraph, and as the reason."""
        paragraphs = self.fields["body"][0].split("\n\n")
        paragraphs[at] = paragraphs[at].replace(" says ", f" says {self.word} ", 1)
        self.fields["body"] = ["\n\n".join(paragraphs)]
        self.fields["change_reason"] = [f"why {self.word}"]

    def send(self) -> None:
        page = self.visitor.post(self.path, self.fields)
        if page.status == 302:
            self.ends.append(SAVED)
            return
        self._read_refusal(page)

    def _read_refusal(self, page: Page) -> None:
        """What was typed has to be there, in the form and beside what is saved."""
        self.ends.append(REFUSED)
        if page.status != 200 or "nr-conflict" not in page.text:
            self.lost.append(f"{self.word} was answered with status {page.status}: {_words(page.text)[:200]}")
            return
        offered = page.form("body")
        if self.word not in offered["body"][0] or f"why {self.word}" != offered["change_reason"][0]:
            self.lost.append(f"{self.word} is not in the form that came back")
        if self.word not in unescape(page.text.partition("nr-conflict")[2].partition("<form")[0]):
            self.lost.append(f"{self.word} is not shown beside what is saved")
        self.fields = offered


@run("50 editors on one story", times=50, on=(SQLITE, SERVICES))
def edit_one_story(at: Occasion) -> Done:
    with _web_server(at.place):
        editors, lost = _edit_one_story(at)
    return Done(len(editors), _told(editors), lost)


@contextmanager
def _web_server(place: Place) -> Iterator[None]:
    """That of the newsroom which is at work here, or else of an empty one."""
    if place.kept is not None:
        yield
        return
    place.begin()
    with place.running("web"):
        yield


def _edit_one_story(at: Occasion) -> tuple[list[Editor], list[str]]:
    from tests.factories import ArticleFactory, make_editor

    body = "\n\n".join(f"Paragraph {number} says how the bridge is." for number in range(at.times))
    story = ArticleFactory(body=body).pk
    path = f"/admin/stories/article/{story}/change/"
    editors = [
        Editor(Visitor(at.place.port, session_of(make_editor())), path, f"word{number}said")
        for number in range(at.times)
    ]
    _edit(editors, at.random)
    return editors, [*(loss for editor in editors for loss in editor.lost), *_lost(at.place, story, editors)]


def _edit(editors: Sequence[Editor], chance: random.Random) -> None:
    """All have the page open before anybody saves; then they save at once, again, and one after the other."""
    _at_once(editors, Editor.open)
    places = chance.sample(range(len(editors)), len(editors))
    for editor, place in zip(editors, places, strict=True):
        editor.type(at=place)
    _at_once(editors, Editor.send)
    _at_once([editor for editor in editors if not editor.is_saved], Editor.send)
    for editor in chance.sample(editors, len(editors)):
        while not editor.is_saved and len(editor.ends) < MOST_TRIES and not editor.lost:
            editor.send()


def _at_once(editors: Sequence[Editor], act: Callable[[Editor], None]) -> None:
    start = Barrier(max(1, len(editors)))

    def begin(editor: Editor) -> None:
        start.wait()
        act(editor)

    with ThreadPoolExecutor(max(1, len(editors))) as pool:
        list(pool.map(begin, editors))


def _lost(place: Place, story: int, editors: Sequence[Editor]) -> list[str]:
    """Saves that answered and left no history, words that are not in the story, and first saves that were two."""
    (body,) = place.query(f"SELECT body FROM stories_article WHERE id = {story}")[0]
    kept = place.count("historicalarticle", f"id = {story} AND history_type = '~'")
    saved = sum(editor.ends.count(SAVED) for editor in editors)
    lost = [f"{editor.word} is not in the story" for editor in editors if editor.word not in body]
    lost += [f"{editor.word} was never saved" for editor in editors if not editor.is_saved]
    if kept != saved:
        lost.append(f"{saved} saves were answered and {kept} are in the history")
    first = [editor.ends[0] for editor in editors].count(SAVED)
    if first != 1:
        lost.append(f"{first} editors saved over the same text")
    return lost


def _told(editors: Sequence[Editor]) -> str:
    ends = [end for editor in editors for end in editor.ends]
    return f"{len(ends):,} submitted: {ends.count(SAVED):,} saved, {ends.count(REFUSED):,} refused and shown"


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()
