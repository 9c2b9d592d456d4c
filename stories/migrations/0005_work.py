"""Editors' work beside the stories, and the newsroom's own figures."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from stories.models.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0019_error_reports"),
        ("stories", "0030_who_has_a_story_open"),
        ("stories", "0031_intakes"),
        ("stories", "0036_watched_feeds"),
        ("stories", "0042_pulse"),
        ("stories", "0046_dismissed_reports"),
        ("stories", "0047_audit_log"),
        ("stories", "0048_guesses"),
        ("stories", "0052_bulk_actions"),
        ("stories", "0054_saved_filters"),
        ("stories", "0056_looks_counted_by_outcome"),
        ("stories", "0060_figures_kept"),
    ]

    dependencies = [
        ("stories", "0004_record"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="stories.article")),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("since", models.DateTimeField()),
                        ("expires_at", models.DateTimeField(db_index=True)),
                        ("is_writing", models.BooleanField(default=False, help_text="Has typed something that is not saved.")),
                    ],
                    options={
                        "ordering": ["since"],
                        "constraints": [models.UniqueConstraint(fields=("article", "person"), name="presence_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SavedFilter",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("noun", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=80)),
                        ("query", models.TextField(blank=True, help_text="As the list’s address has it.")),
                        ("is_shared", models.BooleanField(default=False, verbose_name="shared with the desk")),
                        ("saved_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "permissions": [("share_savedfilter", "Can share saved filters with the desk")],
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "noun", "name"), name="saved_filter_name_once"),
                            models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="saved_filter_has_a_name"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guesses",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=64, unique=True)),
                        ("count", models.PositiveIntegerField(default=0)),
                        ("last_at", models.DateTimeField(db_index=True)),
                        ("free_at", models.DateTimeField(help_text="When the next guess is taken.")),
                    ],
                    options={
                        "verbose_name_plural": "guesses",
                    },
                ),
                migrations.CreateModel(
                    name="ErrorReport",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="error_reports", to="stories.article")),
                        ("version_number", models.PositiveIntegerField(help_text="That the reader had before them.", verbose_name="version")),
                        ("passage", models.TextField(blank=True, verbose_name="which words")),
                        ("message", models.TextField(verbose_name="what is wrong")),
                        ("email", models.EmailField(blank=True, help_text="Where the reader asked to be answered.", max_length=254, verbose_name="e-mail")),
                        ("received_at", models.DateTimeField()),
                        ("sender", models.CharField(blank=True, editable=False, help_text="A digest of the address, for one day.", max_length=32)),
                        ("answered_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered")),
                        ("answered_by", models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("is_dismissed", models.BooleanField(default=False, help_text="There was nothing to do about it: no error, or none of ours.", verbose_name="dismissed")),
                        ("answer", models.TextField(blank=True, help_text="For the newsroom only.", verbose_name="what was done about it")),
                    ],
                    options={
                        "ordering": ["-received_at"],
                        "indexes": [
                            models.Index(fields=["-received_at"], name="error_report_by_time"),
                            models.Index(condition=models.Q(("answered_at__isnull", True)), fields=["id"], name="error_report_open"),
                        ],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("message", ""), _negated=True), name="error_report_says_something"),
                            models.CheckConstraint(condition=models.Q(("is_dismissed", False), ("answered_at__isnull", False), _connector="OR"), name="error_report_dismissed_is_answered"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bulk",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                        ("leased_until", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("deed", models.CharField(max_length=40)),
                        ("noun", models.CharField(help_text="Of what it is done to.", max_length=20)),
                        ("choice", models.JSONField(default=dict, help_text="What was chosen, such as a person.")),
                        ("state", models.CharField(choices=[("doing", "being done"), ("done", "done"), ("undoing", "being undone"), ("undone", "undone")], default="doing", max_length=7)),
                        ("asked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("asker", models.CharField(help_text="Kept when the account goes.", max_length=150, verbose_name="by")),
                        ("asked_at", models.DateTimeField(verbose_name="when")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                        ("undone_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("undoer", models.CharField(blank=True, max_length=150, verbose_name="undone by")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                        ("total_count", models.PositiveIntegerField(default=0)),
                        ("done_count", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "bulk action",
                        "ordering": ["-asked_at", "-pk"],
                        "indexes": [models.Index(condition=models.Q(("state__in", ("doing", "undoing"))), fields=["id"], name="bulk_at_work")],
                        "constraints": [models.CheckConstraint(condition=models.Q(("state__in", ["doing", "done", "undoing", "undone"])), name="bulk_state_is_known")],
                    },
                ),
                migrations.CreateModel(
                    name="BulkRow",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("bulk", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="stories.bulk")),
                        ("position", models.PositiveIntegerField()),
                        ("key", models.BigIntegerField()),
                        ("name", models.CharField(help_text="What the row was called.", max_length=300)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "to be done"), ("done", "done"), ("skipped", "skipped"), ("undone", "undone"), ("kept", "not undone")], default="waiting", max_length=7
                            ),
                        ),
                        ("message", models.TextField(blank=True, help_text="Why it was skipped or could not be undone.")),
                    ],
                    options={
                        "ordering": ["bulk", "position"],
                        "indexes": [models.Index(fields=["bulk", "state", "position"], name="bulk_row_by_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("bulk", "position"), name="bulk_position_once"),
                            models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "done", "skipped", "undone", "kept"])), name="bulk_row_state_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WatchedFeed",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=300)),
                        ("address", models.URLField(max_length=2000, unique=True)),
                        ("zone", models.CharField(help_text="Of times that are printed without one.", max_length=60)),
                        (
                            "mode",
                            models.CharField(
                                choices=[("draft", "a draft"), ("recorded", "on the record")],
                                default="draft",
                                help_text="On the record, readers see each as a version; a draft waits for an editor.",
                                max_length=8,
                                verbose_name="its stories become",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=False, verbose_name="watched")),
                        ("interval_seconds", models.PositiveIntegerField(default=900, validators=[django.core.validators.MinValueValidator(60)], verbose_name="check every … seconds")),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("etag", models.CharField(blank=True, max_length=500)),
                        ("last_modified", models.CharField(blank=True, max_length=100)),
                        ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="last check")),
                        ("failure_count", models.PositiveIntegerField(default=0)),
                        ("message", models.TextField(blank=True, verbose_name="what the last check found")),
                        ("added_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("added_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["title", "pk"],
                        "indexes": [models.Index(condition=models.Q(("is_active", True)), fields=["due_at"], name="watched_feed_due")],
                        "constraints": [models.CheckConstraint(condition=models.Q(("mode__in", ["draft", "recorded"])), name="watched_feed_mode_is_known")],
                    },
                ),
                migrations.CreateModel(
                    name="Intake",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                        ("leased_until", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("paste", "pasted"),
                                    ("upload", "uploaded"),
                                    ("address", "from its address"),
                                    ("archive", "from web archives"),
                                    ("feed", "from a feed"),
                                    ("command", "by a command"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reading", "being read"),
                                    ("ready", "to be confirmed"),
                                    ("taking", "being taken in"),
                                    ("done", "taken in"),
                                    ("refused", "refused"),
                                    ("cancelled", "cancelled"),
                                    ("undoing", "being undone"),
                                    ("undone", "undone"),
                                ],
                                default="reading",
                                max_length=9,
                            ),
                        ),
                        ("mode", models.CharField(choices=[("draft", "a draft"), ("recorded", "on the record")], default="draft", max_length=8)),
                        ("name", models.CharField(help_text="The file, the address or the first words.", max_length=300)),
                        ("address", models.URLField(blank=True, max_length=2000)),
                        ("zone", models.CharField(help_text="Of times that are printed without one.", max_length=60)),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True, help_text="The story that it was said to be of.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="stories.article"
                            ),
                        ),
                        ("feed", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="intakes", to="stories.watchedfeed")),
                        ("payload", models.BinaryField(help_text="The file, until it is read.", null=True)),
                        ("message", models.TextField(blank=True, help_text="A sentence for whoever asked.")),
                        ("done_count", models.PositiveIntegerField(default=0)),
                        ("total_count", models.PositiveIntegerField(default=0)),
                        ("asked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("asker", models.CharField(blank=True, help_text="Kept when the account goes.", max_length=150, verbose_name="asked by")),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        ("confirmer", models.CharField(blank=True, max_length=150, verbose_name="confirmed by")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                        ("undone_by", models.CharField(blank=True, max_length=150)),
                    ],
                    options={
                        "verbose_name": "story brought in",
                        "verbose_name_plural": "stories brought in",
                        "ordering": ["-asked_at", "-pk"],
                        "indexes": [models.Index(condition=models.Q(("state__in", ("reading", "taking", "undoing"))), fields=["id"], name="intake_at_work")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("kind__in", ["paste", "upload", "address", "archive", "feed", "command"])), name="intake_kind_is_known"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["reading", "ready", "taking", "done", "refused", "cancelled", "undoing", "undone"])), name="intake_state_is_known"
                            ),
                            models.CheckConstraint(condition=models.Q(("mode__in", ["draft", "recorded"])), name="intake_mode_is_known"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lease__isnull", True), ("leased_until__isnull", True)), models.Q(("lease__isnull", False), ("leased_until__isnull", False)), _connector="OR"
                                ),
                                name="intake_lease_is_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Incoming",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("intake", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="stories", to="stories.intake")),
                        ("position", models.PositiveIntegerField()),
                        ("name", models.CharField(max_length=300)),
                        ("address", models.URLField(blank=True, max_length=2000)),
                        ("address_digest", models.CharField(blank=True, editable=False, max_length=64)),
                        ("entry", models.CharField(blank=True, editable=False, help_text="Digest of the feed’s address and the entry’s key.", max_length=64)),
                        ("entry_mark", models.CharField(blank=True, editable=False, help_text="Digest of all that the entry says.", max_length=64)),
                        ("stated_at", models.DateTimeField(blank=True, help_text="When readers saw this text, where that is known.", null=True, verbose_name="stated time")),
                        ("stated_zone", models.CharField(blank=True, max_length=60, verbose_name="zone")),
                        ("story", models.JSONField(blank=True, help_text="The story, taken apart.", null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("found", "found"),
                                    ("proposed", "proposed"),
                                    ("chosen", "to be taken in"),
                                    ("taken", "taken in"),
                                    ("skipped", "skipped"),
                                    ("refused", "refused"),
                                    ("undone", "undone"),
                                ],
                                default="proposed",
                                max_length=8,
                            ),
                        ),
                        ("message", models.TextField(blank=True, help_text="Why it was skipped or refused.")),
                        ("article", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="incoming", to="stories.article")),
                        ("version", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="incoming", to="stories.version")),
                        ("choice", models.JSONField(default=dict, help_text="What was chosen when it was confirmed.")),
                        ("made", models.JSONField(default=dict, help_text="What it made and what it replaced, for the undo.")),
                        ("mark_before", models.CharField(blank=True, max_length=100)),
                        ("mark", models.CharField(blank=True, help_text="Of the story’s history when it was taken.", max_length=100)),
                    ],
                    options={
                        "verbose_name": "incoming story",
                        "verbose_name_plural": "incoming stories",
                        "ordering": ["intake", "position"],
                        "indexes": [
                            models.Index(condition=models.Q(("address_digest", ""), _negated=True), fields=["address_digest"], name="incoming_by_address"),
                            models.Index(condition=models.Q(("entry", ""), _negated=True), fields=["entry"], name="incoming_by_entry"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("intake", "position"), name="incoming_position_once"),
                            models.CheckConstraint(condition=models.Q(("state__in", ["found", "proposed", "chosen", "taken", "skipped", "refused", "undone"])), name="incoming_state_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("signed_in", "signed in"),
                                    ("sign_in_failed", "sign-in failed"),
                                    ("sign_in_delayed", "sign-in had to wait"),
                                    ("signed_out", "signed out"),
                                    ("link_asked", "asked for a link to choose a password"),
                                    ("password_changed", "changed a password"),
                                    ("factor_added", "added a second factor"),
                                    ("factor_removed", "removed a second factor"),
                                    ("codes_made", "made recovery codes"),
                                    ("person_made", "made an account"),
                                    ("person_invited", "invited somebody"),
                                    ("person_changed", "changed an account"),
                                    ("person_deactivated", "deactivated an account"),
                                    ("person_reactivated", "reactivated an account"),
                                    ("roles_changed", "changed a person’s roles"),
                                    ("permissions_changed", "changed what a role may do"),
                                    ("published", "published"),
                                    ("proposed", "asked for approval"),
                                    ("scheduled", "scheduled"),
                                    ("approved", "approved"),
                                    ("refused", "refused"),
                                    ("cancelled", "cancelled"),
                                    ("reverted", "reverted"),
                                    ("retracted", "retracted"),
                                    ("taken_down", "took down"),
                                    ("deleted", "deleted"),
                                    ("merged", "merged sources"),
                                    ("split", "split sources"),
                                    ("brought_in", "brought stories in"),
                                    ("taken_back", "took back what was brought in"),
                                    ("endpoint_made", "made an endpoint"),
                                    ("endpoint_changed", "changed an endpoint"),
                                    ("endpoint_removed", "removed an endpoint"),
                                    ("token_made", "made a token"),
                                    ("token_revoked", "revoked a token"),
                                    ("exported", "exported"),
                                    ("bulk", "did to many at once"),
                                ],
                                db_index=True,
                                max_length=20,
                                verbose_name="what",
                            ),
                        ),
                        ("person", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="account")),
                        ("actor", models.CharField(help_text="Their name then, or what acted for nobody.", max_length=150, verbose_name="who")),
                        ("address", models.CharField(blank=True, help_text="Kept for a while only.", max_length=45, verbose_name="from")),
                        ("network", models.CharField(blank=True, db_index=True, help_text="The address, shortened.", max_length=45, verbose_name="from near")),
                        ("object_kind", models.CharField(blank=True, max_length=40, verbose_name="on what kind")),
                        ("object_key", models.CharField(blank=True, max_length=40)),
                        ("object_words", models.CharField(blank=True, max_length=300, verbose_name="on what")),
                        ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
                        ("kept_until", models.DateTimeField(blank=True, db_index=True, help_text="Empty: kept.", null=True)),
                    ],
                    options={
                        "verbose_name": "audit entry",
                        "verbose_name_plural": "audit log",
                        "ordering": ["-at", "-pk"],
                        "indexes": [models.Index(fields=["object_kind", "object_key"], name="audit_by_object")],
                        "constraints": [models.CheckConstraint(condition=models.Q(("actor", ""), _negated=True), name="audit_says_who")],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("unchanged", "unchanged"),
                                    ("noise", "only noise changed"),
                                    ("changed", "changed"),
                                    ("moved", "moved"),
                                    ("gone", "gone"),
                                    ("blocked", "blocked"),
                                    ("failed", "failed"),
                                ],
                                max_length=12,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("looks", models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name_plural": "tallies",
                        "ordering": ["outcome"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("outcome__in", ["unchanged", "noise", "changed", "moved", "gone", "blocked", "failed"])), name="tally_outcome_is_known")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptFigure",
                    fields=[
                        ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("written", models.TextField()),
                        ("as_of", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Pulse",
                    fields=[
                        ("part", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("beat_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["part"],
                    },
                ),
            ]
        ),
    ]
