"""What keeps the newsroom from its work goes to the log when it begins and when it ends, not at each question."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from stories.operating.readiness import Part

logger = logging.getLogger(__name__)

#: The parts that this process has told of. Each web server tells what it is asked.
_told: set[str] = set()


def tell_changes(parts: Iterable[Part]) -> None:
    for part in parts:
        if part.is_well and part.name in _told:
            _told.discard(part.name)
            logger.warning("%s: well again.", part.name)
        elif not part.is_well and part.name not in _told:
            _told.add(part.name)
            logger.error("%s: %s", part.name, part.trouble)
