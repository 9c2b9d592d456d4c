"""A view of the inbox: which tab, whose alerts, narrowed to what; all of it in its address, which is permanent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stories.models import User
from stories.text.told import is_key

OPEN, NEEDS_UPDATE, ANSWERED = "open", "needs_update", "answered"
TABS = {
    OPEN: pgettext_lazy("alerts", "Open"),
    NEEDS_UPDATE: _("Needs an update"),
    ANSWERED: pgettext_lazy("alerts", "Answered"),
}
MINE, ALL = "mine", "all"
SCOPES = {ALL: pgettext_lazy("alerts", "The desk’s"), MINE: pgettext_lazy("alerts", "Mine")}
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class View:
    tab: str = OPEN
    whose: str = MINE
    story: int | None = None
    source: int | None = None
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.story or self.source or self.words)

    @property
    def fields(self) -> dict[str, str]:
        """What an address or a form must carry to come back to this view."""
        narrowed = {"story": self.story, "source": self.source, "q": self.words}
        return {"state": self.tab, "whose": self.whose} | {
            name: str(value) for name, value in narrowed.items() if value
        }

    @property
    def address(self) -> str:
        return "?" + urlencode(self.fields)

    def but(self, **changes: Any) -> View:
        return replace(self, **changes)


def scopes_of(user: User) -> tuple[str, ...]:
    """Whose alerts a person may look at, what they see first before the others."""
    return (ALL, MINE) if user.can_publish else (MINE,)


def view_of(user: User, asked: Mapping[str, str]) -> View:
    """The view that is asked for. What is no tab, or no scope that the person has, falls back to the first."""
    tab, whose = asked.get("state", ""), asked.get("whose", "")
    scopes = scopes_of(user)
    return View(
        tab=tab if tab in TABS else OPEN,
        whose=whose if whose in scopes else scopes[0],
        story=_key(asked.get("story", "")),
        source=_key(asked.get("source", "")),
        words=" ".join(asked.get("q", "")[:LONGEST_SEARCH].split()),
    )


def _key(text: str) -> int | None:
    return int(text) if is_key(text) else None
