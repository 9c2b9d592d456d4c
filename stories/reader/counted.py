"""Pages of a list that may be very long: counted as far as anybody turns them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

#: Whoever looks for what is older asks for its days.
MOST_COUNTED = 3_000


class CountedPaginator(Paginator):
    """Ends at `MOST_COUNTED`, and knows whether there is more."""

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[: MOST_COUNTED + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @property
    def is_more(self) -> bool:
        return self._counted > MOST_COUNTED
