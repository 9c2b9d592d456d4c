"""Everything that can be done to many rows, by name. Their labels are what the lists offer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from stories.changing.deed import Deed, SetFields
from stories.changing.on_alerts import AnswerAlerts, AssignAlerts
from stories.changing.on_letters import MarkAnswered, SendOnceMore
from stories.changing.on_sources import CheckNow, WatchSources
from stories.changing.on_stories import Report
from stories.changing.removal import Delete
from stories.models import Article, Citation, Claim, Source, Update, WatchedFeed
from stories.models.history_words import NOBODY_IS_TOLD, NOT_WATCHED, WATCHED_AGAIN
from stories.models.words import AlertState


def _watching(
    name: str,
    model: type[models.Model],
    label: Any,
    is_watched: bool,
    reason: str,
    kind: type[SetFields] = SetFields,
) -> SetFields:
    noun = str(model._meta.model_name)
    return kind(
        name=f"{name}_{noun}",
        noun=noun,
        label=label,
        needs=f"stories.change_{noun}",
        model=model,
        values={"is_watched": is_watched},
        reason=reason,
        afterwards="look" if kind is WatchSources and is_watched else "",
    )


_DELETE = gettext_lazy("Delete…")
_ALL: tuple[Deed, ...] = (
    CheckNow(
        name="check_now",
        noun="source",
        label=gettext_lazy("Check now…"),
        needs="stories.change_source",
        is_undoable=False,
        afterwards="look",
    ),
    _watching("leave", Source, gettext_lazy("Stop watching…"), False, NOT_WATCHED, WatchSources),
    _watching("watch", Source, gettext_lazy("Watch again…"), True, WATCHED_AGAIN, WatchSources),
    _watching("leave", Citation, gettext_lazy("Tell nobody of changes…"), False, NOBODY_IS_TOLD),
    _watching("watch", Citation, gettext_lazy("Tell of changes again…"), True, WATCHED_AGAIN),
    Report(
        name="take_over_article",
        noun="article",
        prefetched=("reporters",),
        label=gettext_lazy("Take over…"),
        reason="Taken over.",
        needs="stories.change_article",
        is_added=True,
    ),
    Report(
        name="give_article",
        noun="article",
        prefetched=("reporters",),
        label=gettext_lazy("Give to a reporter…"),
        reason="Given to a reporter.",
        needs="stories.change_article",
        asks="person",
        is_added=True,
    ),
    Report(
        name="take_article_from",
        noun="article",
        prefetched=("reporters",),
        label=gettext_lazy("Take from a reporter…"),
        reason="Taken from a reporter.",
        needs="stories.change_article",
        asks="person",
        is_added=False,
    ),
    *(
        AnswerAlerts(
            name=f"answer_{state.value}",
            noun="alert",
            label=label,
            needs="stories.publish_article",
            related=("source", "recipient"),
            answer=state,
        )
        for state, label in (
            (AlertState.STILL_HOLDS, gettext_lazy("Answer: still holds…")),
            (AlertState.NEEDS_UPDATE, gettext_lazy("Answer: needs an update…")),
            (AlertState.IGNORED, gettext_lazy("Answer: ignore…")),
        )
    ),
    AssignAlerts(
        name="take_over_alert",
        noun="alert",
        label=gettext_lazy("Take over…"),
        needs="stories.publish_article",
        related=("source", "recipient", "assignee"),
    ),
    AssignAlerts(
        name="give_alert",
        noun="alert",
        label=gettext_lazy("Give to somebody…"),
        needs="stories.publish_article",
        related=("source", "recipient", "assignee"),
        asks="person",
    ),
    MarkAnswered(
        name="mark_answered",
        noun="errorreport",
        label=gettext_lazy("Mark as answered…"),
        needs="stories.change_errorreport",
    ),
    SendOnceMore(
        name="send_once_more",
        noun="delivery",
        label=gettext_lazy("Send once more, as the same message…"),
        needs="stories.publish_article",
        is_undoable=False,
        related=("alert__source", "alert__recipient"),
        afterwards="delivery",
    ),
    *(
        SetFields(
            name=name,
            noun="watchedfeed",
            label=label,
            needs="stories.change_watchedfeed",
            model=WatchedFeed,
            values={"is_active": is_active},
        )
        for name, label, is_active in (
            ("pause_feed", gettext_lazy("Stop bringing in…"), False),
            ("resume_feed", gettext_lazy("Bring in again…"), True),
        )
    ),
    *(
        Delete(
            name=f"delete_{model._meta.model_name}",
            noun=str(model._meta.model_name),
            label=_DELETE,
            needs=f"stories.delete_{model._meta.model_name}",
            model=model,
        )
        for model in (Article, Claim, Citation, Source, Update)
    ),
)
DEEDS: dict[str, Deed] = {deed.name: deed for deed in _ALL}


def deeds_of(noun: str) -> list[Deed]:
    return [deed for deed in _ALL if deed.noun == noun]
