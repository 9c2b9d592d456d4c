"""What was told to whom, and how they answered; answers are given at the desk."""

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.decorators import display

from stories.admin.bulk_actions import BulkActions
from stories.admin.columns import ALERT_LABELS, DELIVERY_LABELS, GRAVITY_LABELS, shown
from stories.admin.long_lists import FoundByName, LongChangeList
from stories.admin.person_filter import PersonFilter
from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.saved_filters import ME
from stories.admin.site import site
from stories.alerting.account import Account, accounts_of, with_news
from stories.alerting.message import headline_of
from stories.alerting.sight import sight_of
from stories.models import Alert, Delivery, Digest, User


class AlertChangeList(LongChangeList):
    """What each has to tell is read for all that are shown at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = _with_accounts(cast(Any, self.result_list), request)


def _with_accounts(alerts: QuerySet[Alert], request: HttpRequest) -> list[Alert]:
    found: Any = list(with_news(cast(Any, alerts)))
    sight = sight_of(cast(User, request.user), [alert.source_id for alert in found])
    for alert, account in zip(found, accounts_of(found, sight=sight), strict=True):
        alert.account = account
    return found


@admin.register(Alert, site=site)
class AlertAdmin(FoundByName, BulkActions, ReadOnlyAdmin):
    quick_filters = (
        (_("Open and grave"), {"state__exact": "open", "gravity__exact": "3"}),
        (_("Open"), {"state__exact": "open"}),
        (_("Need an update"), {"state__exact": "needs_update"}),
        (_("Given to me"), {"assignee__id__exact": ME}),
    )
    list_display = (
        "told",
        "source",
        "recipient",
        "shown_gravity",
        "shown_state",
        "developed_at",
        "assignee",
    )
    list_filter = (
        "state",
        "gravity",
        ["source", AutocompleteSelectFilter],
        ["assignee", PersonFilter],
        ("developed_at", RangeDateTimeFilter),
    )
    search_fields = ("source", "recipient", "assignee")
    found_by: ClassVar = {"source": "source", "recipient": "person", "assignee": "person"}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return AlertChangeList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Alert | None:
        alert = super().get_object(request, object_id, from_field)
        return _with_accounts(Alert.objects.filter(pk=alert.pk), request)[0] if alert else None

    @display(description=_("what was found"))
    def told(self, alert: Any) -> str:
        account: Account = alert.account
        label = headline_of(account).label
        if not account.passages:
            return label
        passage = account.passages[0].verdict.passage
        return f"{label}: “{passage[:70]}{'…' if len(passage) > 70 else ''}”"

    def get_fields(self, request: HttpRequest, obj: Alert | None = None) -> list[str]:
        return ["told", *super().get_fields(request, obj)]

    @display(description=_("gravity"), ordering="gravity", label=GRAVITY_LABELS)
    def shown_gravity(self, alert: Alert) -> tuple[Any, str]:
        return shown(alert, "gravity")

    @display(description=_("answer"), ordering="state", label=ALERT_LABELS)
    def shown_state(self, alert: Alert) -> tuple[Any, str]:
        return shown(alert, "state")


@admin.register(Delivery, site=site)
class DeliveryAdmin(FoundByName, BulkActions, ReadOnlyAdmin):
    quick_filters = ((_("Given up"), {"state__exact": "given_up"}),)
    list_display = (
        "source",
        "person",
        "where",
        "shown_state",
        "written_at",
        "try_count",
        "sent_at",
        "error",
    )
    list_filter = (
        "state",
        "channel",
        ["alert__recipient", PersonFilter],
        ("written_at", RangeDateTimeFilter),
        "timing",
    )
    search_fields = ("alert__source", "alert__recipient")
    found_by: ClassVar = {"alert__source": "source", "alert__recipient": "person"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        related = ("alert__source", "alert__recipient", "change__source", "digest__person", "endpoint")
        return super().get_queryset(request).select_related(*related)

    @display(description=_("source"), ordering="alert__source__title")
    def source(self, delivery: Delivery) -> str:
        return str(delivery.alert.source)

    @display(description=_("to"), ordering="alert__recipient__username")
    def person(self, delivery: Delivery) -> str:
        return delivery.alert.recipient.name

    @display(description=_("by"), ordering="channel")
    def where(self, delivery: Delivery) -> str:
        return delivery.endpoint.name if delivery.endpoint else str(delivery.get_channel_display())

    @display(description=_("state"), ordering="state", label=DELIVERY_LABELS)
    def shown_state(self, delivery: Delivery) -> tuple[Any, str]:
        return shown(delivery, "state")


@admin.register(Digest, site=site)
class DigestAdmin(ReadOnlyAdmin):
    list_display = ("person", "channel", "shown_state", "gathered_at", "try_count", "next_try_at", "sent_at")
    list_filter = ("state", "channel")
    list_select_related = ("person", "endpoint")
    search_fields = ("person__username", "person__last_name", "key", "error")
    date_hierarchy = "gathered_at"

    @display(description=_("state"), ordering="state", label=DELIVERY_LABELS)
    def shown_state(self, digest: Digest) -> tuple[Any, str]:
        return shown(digest, "state")
