"""The order of the admin's menu: what editors work on, what the machine has written, people."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stories.counting import count_up_to
from stories.models import Alert, ErrorReport, Intake, Publication
from stories.models.words import AlertState

_GROUPS = (
    (
        _("Stories"),
        (
            ("article", _("Articles"), "article"),
            ("intake", _("Bring stories in"), "move_to_inbox"),
            ("watchedfeed", _("Watched feeds"), "rss_feed"),
            ("publication", _("Publications"), "schedule_send"),
            ("update", _("Updates"), "campaign"),
            ("version", _("Versions"), "history"),
            ("takedown", _("Takedowns"), "gavel"),
            ("errorreport", _("Reported errors"), "report"),
            ("bulk", _("Bulk actions"), "done_all"),
        ),
    ),
    (
        _("What they rest on"),
        (
            ("claim", _("Claims"), "fact_check"),
            ("citation", _("Quoted passages"), "format_quote"),
            ("source", _("Sources"), "link"),
        ),
    ),
    (
        _("What was found"),
        (
            ("alert", _("Alerts"), "notifications"),
            ("verdict", _("Verdicts"), "gavel"),
            ("check", _("Checks"), "monitor_heart"),
            ("snapshot", _("Snapshots"), "inventory_2"),
            ("watch", _("Watches"), "visibility"),
            ("host", _("Hosts"), "dns"),
            ("delivery", _("Deliveries"), "outgoing_mail"),
            ("digest", _("Digests"), "stacked_email"),
        ),
    ),
    (
        _("People"),
        (
            ("user", _("People"), "person"),
            ("group", _("Roles"), "group"),
            ("auditentry", _("Audit log"), "policy"),
        ),
    ),
)

#: What one goes to in order to begin, and only then to look at what was begun.
_BEGUN = ("intake",)
#: Of more alerts than that, nobody needs the number to know that they are many.
_MOST_TOLD = 99


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups that this person may see something of."""
    groups = [
        {"title": title, "separator": True, "items": _items(request, nouns)} for title, nouns in _GROUPS
    ]
    desk = {
        "title": _("Alerts to answer"),
        "icon": "inbox",
        "link": reverse("desk_inbox"),
        **_badge(_open_alerts(request)),
    }
    find = {"title": _("Search"), "icon": "manage_search", "link": reverse("admin:find")}
    return [{"title": _("Desk"), "items": [desk, find]}, *(group for group in groups if group["items"])]


def stylesheet(_request: HttpRequest) -> str:
    return static("stories/admin.css")


def _items(request: HttpRequest, nouns: tuple[tuple[str, Any, str], ...]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "icon": icon,
            "link": reverse(f"admin:{_app(noun)}_{noun}_{'add' if noun in _BEGUN else 'changelist'}"),
            "active": partial(_is_within, reverse(f"admin:{_app(noun)}_{noun}_changelist")),
            **_badge(_waiting(noun)),
        }
        for noun, title, icon in nouns
        if request.user.has_perm(f"{_app(noun)}.view_{noun}")
    ]


def _is_within(rows: str, request: HttpRequest) -> bool:
    """Also where the menu leads to how one is begun, and the page is about one that was."""
    return request.path.startswith(rows)


def _waiting(noun: str) -> int:
    """How many publications wait for a yes or no, how many reports for an answer."""
    waiting = {
        "publication": Publication.objects.waiting,
        "errorreport": ErrorReport.objects.open,
        "intake": Intake.objects.to_confirm,
    }
    return waiting[noun]().count() if noun in waiting else 0


def _open_alerts(request: HttpRequest) -> int:
    """As many as the desk would show this person first."""
    user: Any = request.user
    return count_up_to(_MOST_TOLD, Alert.objects.visible_to(user).filter(state=AlertState.OPEN))


def _badge(count: int) -> dict[str, Any]:
    """Nothing where nothing waits."""
    told = f"{_MOST_TOLD}+" if count > _MOST_TOLD else count
    return {"badge": told, "badge_variant": "warning"} if count else {}


def _app(noun: str) -> str:
    return "auth" if noun == "group" else "stories"
