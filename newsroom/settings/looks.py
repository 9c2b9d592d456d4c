"""How the admin looks."""

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from newsroom.settings.site import NEWSROOM_NAME

UNFOLD = {
    "SITE_TITLE": NEWSROOM_NAME,
    "SITE_HEADER": NEWSROOM_NAME,
    "SITE_SUBHEADER": _("Stories, sources and updates"),
    "SITE_SYMBOL": "history_edu",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("stories/favicon.svg")},
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "4px",
    # Its colours are in stories/admin.css: no page has a style of its own.
    "STYLES": ["stories.admin.sidebar.stylesheet", lambda _request: static("stories/lists.css")],
    "SCRIPTS": [
        lambda _request: static("stories/kept_text.js"),
        lambda _request: static("stories/actions_bar.js"),
        lambda _request: static("stories/spoken.js"),
    ],
    "SIDEBAR": {"show_search": True, "navigation": "stories.admin.sidebar.navigation"},
}
