"""What was told to whom, and how they answered; answers are given at the desk."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import display

from stories.admin.columns import ALERT_LABELS, DELIVERY_LABELS, GRAVITY_LABELS
from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.site import site
from stories.models import Alert, Delivery, Digest


@admin.register(Alert, site=site)
class AlertAdmin(ReadOnlyAdmin):
    list_display = ("source", "recipient", "shown_gravity", "shown_state", "developed_at", "answered_by")
    list_filter = ("state", "gravity", ["source", AutocompleteSelectFilter])
    list_select_related = ("source", "recipient", "answered_by")
    search_fields = ("source__title", "recipient__username", "recipient__last_name", "answer_note")
    date_hierarchy = "opened_at"

    @display(description="gravity", ordering="gravity", label=GRAVITY_LABELS)
    def shown_gravity(self, alert: Alert) -> str:
        return alert.get_gravity_display()

    @display(description="answer", ordering="state", label=ALERT_LABELS)
    def shown_state(self, alert: Alert) -> str:
        return alert.get_state_display()


@admin.register(Delivery, site=site)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("alert", "channel", "timing", "shown_state", "try_count", "next_try_at", "sent_at")
    list_filter = ("state", "channel", "timing")
    search_fields = ("alert__source__title", "alert__recipient__username", "key", "error")
    date_hierarchy = "sent_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        related = ("alert__source", "alert__recipient", "change__source", "digest__person", "endpoint")
        return super().get_queryset(request).select_related(*related)

    @display(description="state", ordering="state", label=DELIVERY_LABELS)
    def shown_state(self, delivery: Delivery) -> str:
        return delivery.get_state_display()


@admin.register(Digest, site=site)
class DigestAdmin(ReadOnlyAdmin):
    list_display = ("person", "channel", "shown_state", "gathered_at", "try_count", "next_try_at", "sent_at")
    list_filter = ("state", "channel")
    list_select_related = ("person", "endpoint")
    search_fields = ("person__username", "person__last_name", "key", "error")
    date_hierarchy = "gathered_at"

    @display(description="state", ordering="state", label=DELIVERY_LABELS)
    def shown_state(self, digest: Digest) -> str:
        return digest.get_state_display()
