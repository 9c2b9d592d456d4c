"""Who takes care of an alert, and what people note about it for each other."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stories.alerting.events import write_event
from stories.alerting.recipients import MODEL_BACKEND
from stories.models import Alert, Article, User
from stories.models.words import AlertEventKind
from stories.text.unseen import lines_as_seen

LONGEST_NOTE = 4000


class CareRefusedError(Exception):
    """Nothing was written; the message says why in a sentence for the person."""


def people_to_care(alert: Alert, articles: Iterable[Article]) -> list[User]:
    """Who may be told of it: its person, the editors, and the reporters of the stories that it tells of."""
    stories = [article.pk for article in articles]
    editors = User.objects.with_perm("stories.publish_article", backend=MODEL_BACKEND)
    reporters = Article.reporters.through._default_manager.filter(article__in=stories)
    may_see = Q(pk=alert.recipient_id) | Q(pk__in=editors.values("pk")) | Q(pk__in=reporters.values("user"))
    people = User.objects.with_perm("stories.use_desk", backend=MODEL_BACKEND).filter(may_see)
    return sorted(people, key=lambda person: person.name.casefold())


@transaction.atomic
def assign_alert(alert: Alert, *, to: User | None, among: Iterable[User], by: User, now: datetime) -> Alert:
    """Give it to somebody, or to nobody; giving it to whoever has it changes nothing. Raises CareRefusedError."""
    if to is not None and to not in among:
        raise CareRefusedError(_("%(person)s may not see what this alert says.") % {"person": to.name})
    held = Alert.objects.select_for_update(of=("self",)).select_related("assignee").get(pk=alert.pk)
    if held.assignee == to:
        return held
    payload = {"before": held.assignee_id, "after": to.pk if to else None}
    held.assignee = to
    held.save(update_fields=["assignee"])
    write_event(
        held, kind=AlertEventKind.ASSIGNED, actor=by, at=now, note=to.name if to else "", payload=payload
    )
    return held


def note_alert(alert: Alert, *, note: str, by: User, now: datetime) -> None:
    """Leave a note; the same twice in a row counts once. Raises CareRefusedError for an empty or endless one."""
    note = lines_as_seen(note).strip()
    if not note:
        raise CareRefusedError(_("Write something first."))
    if len(note) > LONGEST_NOTE:
        raise CareRefusedError(
            _("A note may have %(most)s characters; this one has %(count)s.")
            % {"most": f"{LONGEST_NOTE:,}", "count": f"{len(note):,}"}
        )
    last = alert.events.order_by("-pk").first()
    if last is None or (last.kind, last.actor, last.note) != (AlertEventKind.NOTED, by, note):
        write_event(alert, kind=AlertEventKind.NOTED, actor=by, at=now, note=note)
