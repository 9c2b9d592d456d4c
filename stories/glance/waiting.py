"""What waits for somebody's word: grave alerts, versions on their way, what readers reported."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from stories.glance.scope import Scope
from stories.models import Alert, ErrorReport, Publication, User
from stories.models.words import Gravity, PublicationState


def grave_alerts(person: User) -> QuerySet[Alert]:
    """Open ones that the person may see, what came last first."""
    alerts = Alert.objects.visible_to(person).open().filter(gravity=Gravity.HIGH)
    return alerts.order_by("-developed_at", "-pk")


def undecided(scope: Scope) -> QuerySet[Publication]:
    """Versions that need a yes or no, longest waiting first."""
    return scope.narrow(Publication.objects.waiting(), "article").order_by("asked_at", "pk")


def decidable_by(person: User, publications: QuerySet[Publication]) -> QuerySet[Publication]:
    """`Publication.may_be_approved_by`, for many."""
    if not person.can_publish and not person.can_approve:
        return publications.none()
    others = publications.filter(Q(asked_by=None) | ~Q(asked_by=person))
    return others if person.can_approve else others.filter(needs_approval=False)


def scheduled(scope: Scope) -> QuerySet[Publication]:
    """Versions that go out by themselves, the next first."""
    waiting = Publication.objects.filter(state=PublicationState.SCHEDULED)
    return scope.narrow(waiting, "article").order_by("publish_at", "pk")


def open_reports(scope: Scope) -> QuerySet[ErrorReport]:
    """What readers reported and nobody has answered, oldest first."""
    return scope.narrow(ErrorReport.objects.open(), "article").order_by("received_at", "pk")
