"""Whom a change concerns, how each wants to hear, and what was sent."""

import datetime
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import stories.models.preferences
from stories.models.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0024_hearing"),
        ("stories", "0028_answers_that_act"),
        ("stories", "0034_told_of_pauses"),
        ("stories", "0049_language_of_a_person"),
        ("stories", "0057_deliveries_given_up"),
        ("stories", "0078_alerts_of_a_person"),
    ]

    dependencies = [
        ("stories", "0002_nouns"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Endpoint",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="endpoints", to=settings.AUTH_USER_MODEL)),
                        ("channel", models.CharField(choices=[("webhook", "webhook"), ("chat", "chat")], max_length=12)),
                        ("name", models.CharField(help_text="What you call it.", max_length=80)),
                        ("address", models.CharField(max_length=2000)),
                        ("secret", models.CharField(blank=True, help_text="What webhooks are signed with: whsec_…", max_length=100)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("last_ok_at", models.DateTimeField(blank=True, help_text="When it last took a message.", null=True)),
                        ("failure_count", models.PositiveSmallIntegerField(default=0, help_text="Failures since then.")),
                        ("paused_at", models.DateTimeField(blank=True, help_text="Empty: in use.", null=True)),
                        ("paused_because", models.TextField(blank=True, help_text="Empty: its person paused it.")),
                        ("pause_told_at", models.DateTimeField(blank=True, help_text="When its person was told, by other means, that it is paused.", null=True)),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("channel__in", ["webhook", "chat"])), name="endpoint_channel_has_endpoints"),
                            models.CheckConstraint(condition=models.Q(("address", ""), _negated=True), name="endpoint_has_an_address"),
                            models.UniqueConstraint(fields=("person", "name"), name="endpoint_name_once_per_person"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preferences",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="preferences", to=settings.AUTH_USER_MODEL)),
                        ("time_zone", models.CharField(blank=True, help_text="Empty: the newsroom’s.", max_length=50, validators=[stories.models.preferences.check_zone])),
                        ("language", models.CharField(blank=True, help_text="Empty: the newsroom’s.", max_length=12)),
                        ("is_on_duty", models.BooleanField(default=False, help_text="For editors: to hear of what is grave in any story.", verbose_name="on duty")),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        ("grave_breaks_quiet", models.BooleanField(default=True, help_text="A passage altered or missing, a source gone.", verbose_name="what is grave may break quiet hours")),
                        ("paused_until", models.DateField(blank=True, help_text="Nothing is sent before that day; then one digest.", null=True, verbose_name="paused until")),
                        ("digest_at", models.TimeField(default=datetime.time(8, 0), verbose_name="digests at")),
                        (
                            "digest_weekday",
                            models.PositiveSmallIntegerField(
                                choices=[(0, "Monday"), (1, "Tuesday"), (2, "Wednesday"), (3, "Thursday"), (4, "Friday"), (5, "Saturday"), (6, "Sunday")], default=0, verbose_name="weekly digests on"
                            ),
                        ),
                        ("email_failure_count", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("email_paused_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("email_paused_because", models.TextField(blank=True, editable=False)),
                        ("email_pause_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "preferences",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)), models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)), _connector="OR"
                                ),
                                name="preferences_quiet_hours_are_whole",
                            ),
                            models.CheckConstraint(condition=models.Q(("digest_weekday__in", [0, 1, 2, 3, 4, 5, 6])), name="preferences_weekday_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HearingChoice",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="hearing_choices", to=settings.AUTH_USER_MODEL)),
                        (
                            "endpoint",
                            models.ForeignKey(blank=True, help_text="Empty: e-mail.", null=True, on_delete=django.db.models.deletion.CASCADE, related_name="hearing_choices", to="stories.endpoint"),
                        ),
                        ("gravity", models.PositiveSmallIntegerField(choices=[(1, "low"), (2, "normal"), (3, "high")])),
                        (
                            "timing",
                            models.CharField(
                                choices=[("at_once", "at once"), ("hourly", "in an hourly digest"), ("daily", "in a daily digest"), ("weekly", "in a weekly digest"), ("never", "never")], max_length=12
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(condition=models.Q(("endpoint__isnull", True)), fields=("person", "gravity"), name="hearing_choice_once_per_gravity_of_email"),
                            models.UniqueConstraint(condition=models.Q(("endpoint__isnull", False)), fields=("endpoint", "gravity"), name="hearing_choice_once_per_gravity_of_endpoint"),
                            models.CheckConstraint(condition=models.Q(("gravity__in", [1, 2, 3])), name="hearing_choice_gravity_is_known"),
                            models.CheckConstraint(condition=models.Q(("timing__in", ("at_once", "hourly", "daily", "weekly", "never"))), name="hearing_choice_timing_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedToken",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="feed_token", to=settings.AUTH_USER_MODEL)),
                        ("digest", models.CharField(help_text="SHA-256 of the token.", max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={},
                ),
                migrations.CreateModel(
                    name="Following",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="followings", to=settings.AUTH_USER_MODEL)),
                        ("article", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="followings", to="stories.article")),
                        ("source", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="followings", to="stories.source")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("article__isnull", True), ("source__isnull", True), _connector="OR"), name="following_is_of_one_thing"),
                            models.UniqueConstraint(condition=models.Q(("article__isnull", False)), fields=("person", "article"), name="following_article_once"),
                            models.UniqueConstraint(condition=models.Q(("source__isnull", False)), fields=("person", "source"), name="following_source_once"),
                            models.UniqueConstraint(condition=models.Q(("article__isnull", True), ("source__isnull", True)), fields=("person",), name="following_desk_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("source", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to="stories.source")),
                        ("recipient", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to=settings.AUTH_USER_MODEL)),
                        ("gravity", models.PositiveSmallIntegerField(choices=[(1, "low"), (2, "normal"), (3, "high")])),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("still_holds", "still holds"),
                                    ("needs_update", "needs an update"),
                                    ("ignored", "ignored"),
                                    ("moved", "the source moved"),
                                    ("unwatched", "no longer watched"),
                                    ("restored", "restored by its source"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("developed_at", models.DateTimeField(help_text="When something was last added.")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("answer_note", models.TextField(blank=True, verbose_name="why")),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True, help_text="Who takes care of it.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="assigned_alerts", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        ("verdicts", models.ManyToManyField(help_text="What became of each passage.", related_name="alerts", to="stories.verdict")),
                        ("checks", models.ManyToManyField(help_text="The checks that it tells of.", related_name="alerts", to="stories.check")),
                    ],
                    options={
                        "ordering": ["-developed_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["recipient", "state", "-developed_at"], name="alert_inbox"),
                            models.Index(condition=models.Q(("state", "open")), fields=["-gravity", "-developed_at", "-id"], name="alert_open_by_gravity"),
                            models.Index(fields=["-developed_at", "-id"], name="alert_by_development"),
                            models.Index(fields=["recipient", "-developed_at", "-id"], name="alert_of_recipient"),
                            models.Index(condition=models.Q(("assignee__isnull", False)), fields=["assignee", "-developed_at", "-id"], name="alert_of_assignee"),
                            models.Index(condition=models.Q(("state", "needs_update")), fields=["-answered_at", "-id"], name="alert_needing_an_update"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("recipient", "source"), name="alert_open_once_per_person_and_source"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "still_holds", "needs_update", "ignored", "moved", "unwatched", "restored"])), name="alert_state_is_known"
                            ),
                            models.CheckConstraint(condition=models.Q(("gravity__in", [1, 2, 3])), name="alert_gravity_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertEvent",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("alert", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="events", to="stories.alert")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("opened", "opened"),
                                    ("developed", "developed"),
                                    ("reopened", "opened again"),
                                    ("restored", "restored by its source"),
                                    ("answered", "answered"),
                                    ("undone", "answer taken back"),
                                    ("assigned", "assigned"),
                                    ("noted", "noted"),
                                    ("resent", "sent once more"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("actor", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("actor_name", models.CharField(blank=True, max_length=150)),
                        ("note", models.TextField(blank=True)),
                        (
                            "state_before",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("open", "open"),
                                    ("still_holds", "still holds"),
                                    ("needs_update", "needs an update"),
                                    ("ignored", "ignored"),
                                    ("moved", "the source moved"),
                                    ("unwatched", "no longer watched"),
                                    ("restored", "restored by its source"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state_after",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("open", "open"),
                                    ("still_holds", "still holds"),
                                    ("needs_update", "needs an update"),
                                    ("ignored", "ignored"),
                                    ("moved", "the source moved"),
                                    ("unwatched", "no longer watched"),
                                    ("restored", "restored by its source"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                blank=True, help_text="The check that brought it about.", null=True, on_delete=django.db.models.deletion.CASCADE, related_name="alert_events", to="stories.check"
                            ),
                        ),
                        ("payload", models.JSONField(blank=True, default=dict, help_text="What taking it back needs.")),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["opened", "developed", "reopened", "restored", "answered", "undone", "assigned", "noted", "resent"])), name="alert_event_kind_is_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state_before__in", ["", "open", "still_holds", "needs_update", "ignored", "moved", "unwatched", "restored"]),
                                    ("state_after__in", ["", "open", "still_holds", "needs_update", "ignored", "moved", "unwatched", "restored"]),
                                ),
                                name="alert_event_states_are_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Digest",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waiting"), ("sending", "being sent"), ("sent", "sent"), ("given_up", "given up"), ("not_needed", "not needed any more")],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("next_try_at", models.DateTimeField(help_text="While it is being sent: when the sender's claim expires.")),
                        ("try_count", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.TextField(blank=True)),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL)),
                        ("channel", models.CharField(choices=[("email", "e-mail"), ("webhook", "webhook"), ("chat", "chat")], max_length=12)),
                        ("endpoint", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="digests", to="stories.endpoint")),
                        ("gathered_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [models.Index(condition=models.Q(("state__in", ("waiting", "sending"))), fields=["next_try_at"], name="digest_due")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "sending", "sent", "given_up", "not_needed"])), name="digest_state_is_known"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", "email"), ("endpoint__isnull", True)), models.Q(("channel__in", ["webhook", "chat"]), ("endpoint__isnull", False)), _connector="OR"
                                ),
                                name="digest_channel_has_its_endpoint",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waiting"), ("sending", "being sent"), ("sent", "sent"), ("given_up", "given up"), ("not_needed", "not needed any more")],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("next_try_at", models.DateTimeField(help_text="While it is being sent: when the sender's claim expires.")),
                        ("try_count", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.TextField(blank=True)),
                        ("alert", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="stories.alert")),
                        ("change", models.ForeignKey(help_text="The check told of.", on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="stories.check")),
                        ("gravity", models.PositiveSmallIntegerField(choices=[(1, "low"), (2, "normal"), (3, "high")], default=2, help_text="Of what it tells.")),
                        ("channel", models.CharField(choices=[("email", "e-mail"), ("webhook", "webhook"), ("chat", "chat")], max_length=12)),
                        (
                            "endpoint",
                            models.ForeignKey(
                                blank=True, help_text="Empty: the person’s mailbox.", null=True, on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="stories.endpoint"
                            ),
                        ),
                        (
                            "timing",
                            models.CharField(
                                choices=[
                                    ("at_once", "at once"),
                                    ("hourly", "in an hourly digest"),
                                    ("daily", "in a daily digest"),
                                    ("weekly", "in a weekly digest"),
                                    ("held", "after quiet hours or a pause"),
                                ],
                                default="at_once",
                                max_length=12,
                            ),
                        ),
                        ("digest", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="deliveries", to="stories.digest")),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name_plural": "deliveries",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(condition=models.Q(("state__in", ("waiting", "sending"))), fields=["next_try_at"], name="delivery_due"),
                            models.Index(condition=models.Q(("state", "given_up")), fields=["next_try_at"], name="delivery_given_up"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(condition=models.Q(("endpoint__isnull", True)), fields=("alert", "change", "channel"), name="delivery_once_per_alert_change_and_channel"),
                            models.UniqueConstraint(condition=models.Q(("endpoint__isnull", False)), fields=("alert", "change", "endpoint"), name="delivery_once_per_alert_change_and_endpoint"),
                            models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "sending", "sent", "given_up", "not_needed"])), name="delivery_state_is_known"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", "email"), ("endpoint__isnull", True)), models.Q(("channel__in", ["webhook", "chat"]), ("endpoint__isnull", False)), _connector="OR"
                                ),
                                name="delivery_channel_has_its_endpoint",
                            ),
                            models.CheckConstraint(condition=models.Q(("timing__in", ("at_once", "hourly", "daily", "weekly", "held"))), name="delivery_timing_is_known"),
                            models.CheckConstraint(condition=models.Q(("gravity__in", [1, 2, 3])), name="delivery_gravity_is_known"),
                        ],
                    },
                ),
            ]
        ),
    ]
