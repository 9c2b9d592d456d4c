"""The box that a passage is typed into, which the script asks about while it is."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def checked_while_typed(field: Any) -> Any:
    """Tell the script where to ask, and leave room for the answer under a passage of a few lines."""
    field.widget.attrs |= {
        "rows": 3,
        "data-quote-check": reverse("admin:stories_citation_quote_check"),
        "data-take": _("Take the page’s wording"),
        "data-slow": _("The page takes long to read. The verdict follows after you save."),
        "data-unasked": _("The page could not be asked about. The verdict follows after you save."),
    }
    return field
