"""What keeps the newsroom from its work goes to the log when it begins, changes and ends, not at each question."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from stories.operating.readiness import Part

logger = logging.getLogger(__name__)

#: Those of how long and how many are others at each question.
_FIGURES = re.compile(r"\d+")
#: By part, the trouble that this process has told of, without its figures. Each web server tells what it is asked.
_told: dict[str, str] = {}


def tell_changes(parts: Iterable[Part]) -> None:
    for part in parts:
        trouble = _FIGURES.sub("", part.trouble)
        if trouble == _told.get(part.name, ""):
            continue
        _told[part.name] = trouble
        if part.is_well:
            logger.warning("%s: well again.", part.name)
        else:
            logger.error("%s: %s", part.name, part.trouble)
