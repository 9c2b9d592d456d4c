"""How the admin looks."""

from django.templatetags.static import static

from newsroom.settings.site import NEWSROOM_NAME

UNFOLD = {
    "SITE_TITLE": NEWSROOM_NAME,
    "SITE_HEADER": NEWSROOM_NAME,
    "SITE_SUBHEADER": "Stories, sources and updates",
    "SITE_SYMBOL": "history_edu",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("stories/favicon.svg")},
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "4px",
    # The same teal as the public pages.
    "COLORS": {
        "primary": {
            "50": "#eef6f7",
            "100": "#d5e9ec",
            "200": "#aed4da",
            "300": "#86c8d3",
            "400": "#4f9fae",
            "500": "#1f7688",
            "600": "#0a5a6b",
            "700": "#0a4d5c",
            "800": "#0b3e4a",
            "900": "#0c323b",
            "950": "#071f26",
        },
    },
    "STYLES": ["stories.admin.sidebar.stylesheet"],
    "SCRIPTS": [lambda _request: static("stories/kept_text.js")],
    "SIDEBAR": {"show_search": True, "navigation": "stories.admin.sidebar.navigation"},
}
