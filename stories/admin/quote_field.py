"""The box that a passage is typed into, which the script asks about while it is."""

from typing import Any

from django.urls import reverse


def checked_while_typed(field: Any) -> Any:
    """Tell the script where to ask, and leave room for the answer under a passage of a few lines."""
    field.widget.attrs["rows"] = 3
    field.widget.attrs["data-quote-check"] = reverse("admin:stories_citation_quote_check")
    return field
