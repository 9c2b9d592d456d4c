"""Sessions in the database, each for no longer than it is of use; what Django calls an engine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Kept

_WHILE_COMING_IN = timedelta(hours=1)
_EXPIRY = "_session_expiry"


class SessionStore(Kept):
    def get_session_cookie_age(self) -> int:
        """Anybody may begin one without signing in, and as many as they like."""
        age: int = settings.SESSION_COOKIE_AGE
        return age if SESSION_KEY in self else min(age, int(_WHILE_COMING_IN.total_seconds()))

    def load(self) -> dict[str, Any]:
        """One from before went on for two weeks from each time it was written to: it ends at the next such end."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        said: dict[str, Any] = self.decode(row.session_data) if row else {}
        # Of a key or a provider it said nothing, of a password a number of seconds.
        if row and SESSION_KEY in said and not isinstance(said.get(_EXPIRY), str):
            said[_EXPIRY] = row.expire_date.isoformat()
        return said
