"""Pages of lists too long to be counted."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator

from stories.text.told import is_key

#: Whoever looks for what is further down searches for it.
LAST_PAGE = 200


class OpenPaginator(Paginator):
    """Of a list that nobody has counted: it knows whether there is another page, and no more."""

    is_open = True

    def get_page(self, number: Any) -> Page:
        wanted = int(number) if is_key(str(number)) else 1
        wanted = min(max(1, wanted), LAST_PAGE)
        first = (wanted - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        self.count = first + len(rows)
        if not rows and wanted > 1:
            return self.get_page(1)
        return Page(rows[: self.per_page], wanted, self)
