"""What changed on a page between the copy that the last change was found in and the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from stories.models import Check, Source
from stories.models.blob import DamagedCopyError
from stories.models.words import Outcome
from stories.text.diff import Folded, diff_blocks, fold
from stories.text.diffs.block_diff import BlockChange
from stories.watching.apart import main_text_of
from stories.watching.archive import copy_of

#: A larger copy is not compared while somebody waits for the page.
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class PageChange:
    before_at: datetime
    after_at: datetime
    blocks: tuple[BlockChange | Folded, ...]


def latest_page_change(source: Source) -> PageChange | None:
    """The last change of the page's content, unchanged paragraphs folded.

    None where there was none, or where a copy is damaged, too large or of a kind that cannot be read at once.
    """
    check = (
        Check.objects.filter(source=source, outcome__in=[Outcome.CHANGED, Outcome.MOVED], is_confirmed=True)
        .exclude(snapshot=F("baseline"))
        .filter(snapshot__size__lte=MOST_BYTES, baseline__size__lte=MOST_BYTES)
        .select_related("snapshot", "baseline")
        .first()
    )
    if check is None or check.snapshot is None or check.baseline is None:
        return None
    try:
        before, after = main_text_of(copy_of(check.baseline)), main_text_of(copy_of(check.snapshot))
    except DamagedCopyError:
        return None
    if before is None or after is None:
        return None
    blocks = diff_blocks(before.splitlines(), after.splitlines())
    if all(block.kind == "same" for block in blocks):
        return None
    return PageChange(check.baseline.fetched_at, check.snapshot.fetched_at, fold(blocks))
