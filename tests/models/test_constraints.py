"""What the database itself refuses, whoever writes: for each constraint the row that it is there for."""

import re
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, QuerySet, UniqueConstraint
from django.utils import timezone

from stories.models.words import Channel, Timing

pytestmark = pytest.mark.django_db

Fields = dict[str, Any]

NOW = timezone.now()
OF = {
    each.name: model
    for model in apps.get_app_config("stories").get_models()
    for each in model._meta.constraints
}
CHECKS = {
    each.name
    for model in OF.values()
    for each in model._meta.constraints
    if isinstance(each, CheckConstraint)
}
UNIQUE = {
    each.name: each
    for model in OF.values()
    for each in model._meta.constraints
    if isinstance(each, UniqueConstraint)
}
#: What makes no sense in a row that is right otherwise.
SENSELESS: dict[str, list[Fields]] = {
    "alert_event_kind_is_known": [{"kind": "odd"}],
    "alert_event_states_are_known": [{"state_before": "odd"}, {"state_after": "odd"}],
    "alert_gravity_is_known": [{"gravity": 9}],
    "alert_state_is_known": [{"state": "odd"}],
    "article_has_a_headline": [{"headline": ""}],
    "audit_says_who": [{"actor": ""}],
    "blob_leans_on_another": [{"pk": 1, "keyframe_id": 1}],
    "bulk_row_state_is_known": [{"state": "odd"}],
    "bulk_state_is_known": [{"state": "odd"}],
    "check_outcome_is_known": [{"outcome": "odd"}],
    "citation_has_a_passage": [{"exact": ""}],
    "claim_says_something": [{"text": ""}],
    "claim_standing_is_known": [{"standing": "odd"}],
    "delivery_channel_has_its_endpoint": [
        {"channel": Channel.EMAIL, "endpoint_id": 1},
        {"channel": Channel.WEBHOOK},
        {"channel": "odd"},
    ],
    "delivery_gravity_is_known": [{"gravity": 9}],
    "delivery_state_is_known": [{"state": "odd"}],
    "delivery_timing_is_known": [{"timing": Timing.NEVER}],
    "digest_channel_has_its_endpoint": [
        {"channel": Channel.EMAIL, "endpoint_id": 1},
        {"channel": Channel.CHAT},
        {"channel": "odd"},
    ],
    "digest_state_is_known": [{"state": "odd"}],
    "endpoint_channel_has_endpoints": [{"channel": Channel.EMAIL}],
    "endpoint_has_an_address": [{"address": ""}],
    "error_report_dismissed_is_answered": [{"is_dismissed": True}],
    "error_report_says_something": [{"message": ""}],
    "following_is_of_one_thing": [{"article_id": 1, "source_id": 1}],
    "hearing_choice_gravity_is_known": [{"gravity": 9}],
    "hearing_choice_timing_is_known": [{"timing": Timing.HELD}],
    "host_lease_is_whole": [{"lease": uuid4()}, {"leased_until": NOW}],
    "hub_ping_is_told_once": [{"told_at": NOW, "next_try_at": NOW}],
    "incoming_state_is_known": [{"state": "odd"}],
    "intake_kind_is_known": [{"kind": "odd"}],
    "intake_lease_is_whole": [{"lease": uuid4()}, {"leased_until": NOW}],
    "intake_mode_is_known": [{"mode": "odd"}],
    "intake_state_is_known": [{"state": "odd"}],
    "leaf_kind_is_known": [{"kind": "odd"}],
    "merge_is_of_two": [{"kept_id": 1, "source_id": 1}],
    "merge_state_is_known": [{"state": "odd"}],
    "preferences_quiet_hours_are_whole": [{"quiet_from": "22:00"}, {"quiet_until": "07:00"}],
    "preferences_weekday_is_known": [{"digest_weekday": 9}],
    "publication_approved_by_another": [{"asked_by_id": 1, "approved_by_id": 1}],
    "publication_grave_needs_approval": [{"kind": "retraction"}, {"kind": "clarification"}],
    "publication_has_its_note": [{"note": ""}],
    "publication_is_approved": [{"state": "scheduled", "publish_at": NOW, "needs_approval": True}],
    "publication_kind_is_known": [{"kind": "odd"}],
    "publication_later_or_earlier": [{"stated_at": NOW, "publish_at": NOW}],
    "publication_published_is_a_version": [{"state": "published"}, {"version_id": 1}],
    "publication_refused_for_a_reason": [{"state": "refused"}],
    "publication_scheduled_has_a_time": [{"state": "scheduled"}],
    "publication_state_is_known": [{"state": "odd"}],
    "saved_filter_has_a_name": [{"name": ""}],
    "source_address_is_null_or_something": [{"url": ""}],
    "source_has_a_title": [{"title": ""}],
    "source_kind_is_known": [{"kind": "odd"}],
    "takedown_says_why": [{"authority": ""}, {"in_the_name_of": ""}, {"reason": ""}],
    "tally_outcome_is_known": [{"outcome": "odd"}],
    "update_has_a_note": [{"note": ""}],
    "update_kind_is_known": [{"kind": "odd"}],
    "update_precision_is_known": [{"stated_precision": "odd"}],
    "verdict_is_known": [{"verdict": "odd"}],
    "verdict_news_is_confirmed": [{"is_news": True, "is_confirmed": False}],
    "verification_is_one_row": [{"pk": 9}],
    "version_is_chained": [{"number": 2}, {"number": 1, "previous_digest": "0" * 64}],
    # A number below one is not chained either: which of the two says so is each database's own.
    "version_numbers_start_at_one": [],
    "watch_lease_is_whole": [{"lease": uuid4()}, {"leased_until": NOW}],
    "watch_outcome_is_known": [{"outcome": "odd"}],
    "watch_pace_is_known": [{"pace": "odd"}],
    "watched_feed_mode_is_known": [{"mode": "odd"}],
}
#: What a row that is right has, though not every column asks for something.
RIGHT: dict[str, Fields] = {
    "publication": {"kind": "update", "note": "More facts."},
    "version": {"number": 1},
}
#: Where a constraint holds for some rows only: what makes it one of them.
CONCERNED: dict[str, Fields] = {
    "alert_open_once_per_person_and_source": {"state": "open"},
    "delivery_once_per_alert_change_and_channel": {"channel": Channel.EMAIL},
    "delivery_once_per_alert_change_and_endpoint": {"channel": Channel.CHAT, "endpoint_id": 1},
    "following_article_once": {"article_id": 1},
    "following_source_once": {"source_id": 1},
    "hearing_choice_once_per_gravity_of_endpoint": {"endpoint_id": 1},
    "leaf_once_per_version_and_kind": {"version_id": 1},
    "merge_into_one_only": {"state": "merged"},
    "publication_one_on_its_way": {"state": "proposed"},
}

_numbers = count(1)


def filled(model: type[models.Model], fields: Fields) -> models.Model:
    """A row with something in each column that asks for it; what its references lead to is not there."""
    row = model(**RIGHT.get(model._meta.model_name or "", {}) | fields)
    for field in model._meta.concrete_fields:
        is_free = field.null or field.blank or isinstance(field, models.AutoField) or field.has_default()
        if not is_free and field.attname not in fields and getattr(row, field.attname) in (None, ""):
            setattr(row, field.attname, _something(field))
    return row


def _something(field: models.Field) -> Any:
    number = next(_numbers)
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return NOW
    if isinstance(field, models.BinaryField):
        return b"%d" % number
    if isinstance(field, models.CharField | models.TextField):
        return str(number)
    return True if isinstance(field, models.BooleanField) else number


def insert(*rows: models.Model) -> None:
    """As they are: past what our own code refuses."""
    with transaction.atomic():
        QuerySet(type(rows[0])).bulk_create(rows)


@pytest.mark.parametrize(
    ("name", "fields"),
    [(name, fields) for name, rows in SENSELESS.items() for fields in rows],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_row_that_makes_no_sense_is_refused(name: str, fields: Fields) -> None:
    with pytest.raises(IntegrityError, match=name):
        insert(filled(OF[name], fields))


@pytest.mark.parametrize("name", UNIQUE)
def test_what_there_is_but_one_of_is_written_once(name: str) -> None:
    model, table = OF[name], OF[name]._meta.db_table
    columns = [model._meta.get_field(each).attname for each in UNIQUE[name].fields]
    first = filled(model, CONCERNED.get(name, {}))
    again = {column: getattr(first, column) for column in columns}
    told = name if connection.vendor == "postgresql" else ", ".join(f"{table}.{column}" for column in columns)

    # Of what is published, the trigger says so first.
    with pytest.raises(IntegrityError, match=f"{re.escape(told)}|is written once: {table}"):
        insert(first, filled(model, CONCERNED.get(name, {}) | again))


def test_each_constraint_is_tried() -> None:
    assert SENSELESS.keys() == CHECKS
