"""The order of the admin's menu: what editors work on, what the machine has written, people."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from stories.models import ErrorReport, Intake, Publication

_GROUPS = (
    (
        "Stories",
        (
            ("article", "Articles", "article"),
            ("intake", "Bring stories in", "move_to_inbox"),
            ("watchedfeed", "Watched feeds", "rss_feed"),
            ("publication", "Publications", "schedule_send"),
            ("update", "Updates", "campaign"),
            ("version", "Versions", "history"),
            ("takedown", "Takedowns", "gavel"),
            ("errorreport", "Reported errors", "report"),
            ("bulk", "Bulk actions", "done_all"),
        ),
    ),
    (
        "What they rest on",
        (
            ("claim", "Claims", "fact_check"),
            ("citation", "Quoted passages", "format_quote"),
            ("source", "Sources", "link"),
        ),
    ),
    (
        "What was found",
        (
            ("alert", "Alerts", "notifications"),
            ("verdict", "Verdicts", "gavel"),
            ("check", "Checks", "monitor_heart"),
            ("snapshot", "Snapshots", "inventory_2"),
            ("watch", "Watches", "visibility"),
            ("host", "Hosts", "dns"),
            ("delivery", "Deliveries", "outgoing_mail"),
            ("digest", "Digests", "stacked_email"),
        ),
    ),
    (
        "People",
        (("user", "People", "person"), ("group", "Roles", "group"), ("auditentry", "Audit log", "policy")),
    ),
)

#: What one goes to in order to begin, and only then to look at what was begun.
_BEGUN = ("intake",)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups that this person may see something of."""
    groups = [
        {"title": title, "separator": True, "items": _items(request, nouns)} for title, nouns in _GROUPS
    ]
    desk = {"title": "Alerts to answer", "icon": "inbox", "link": reverse("desk_inbox")}
    find = {"title": _("Search"), "icon": "manage_search", "link": reverse("admin:find")}
    return [{"title": "Desk", "items": [desk, find]}, *(group for group in groups if group["items"])]


def stylesheet(_request: HttpRequest) -> str:
    return static("stories/admin.css")


def _items(request: HttpRequest, nouns: tuple[tuple[str, str, str], ...]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "icon": icon,
            "link": reverse(f"admin:{_app(noun)}_{noun}_{'add' if noun in _BEGUN else 'changelist'}"),
            **_badge(noun),
        }
        for noun, title, icon in nouns
        if request.user.has_perm(f"{_app(noun)}.view_{noun}")
    ]


def _badge(noun: str) -> dict[str, Any]:
    """How many publications wait for a yes or no, how many reports for an answer; nothing where none does."""
    waiting = {
        "publication": Publication.objects.waiting,
        "errorreport": ErrorReport.objects.open,
        "intake": Intake.objects.to_confirm,
    }
    count = waiting[noun]().count() if noun in waiting else 0
    return {"badge": count, "badge_variant": "warning"} if count else {}


def _app(noun: str) -> str:
    return "auth" if noun == "group" else "stories"
