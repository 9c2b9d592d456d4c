"""What was published, and the log that proves it."""

import django.db.models.deletion
import django.db.models.functions.comparison
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import stories.models.history
from stories.models.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0004_publications"),
        ("stories", "0006_pings_of_the_hub"),
        ("stories", "0015_kept_entries"),
        ("stories", "0016_the_log"),
        ("stories", "0017_log_what_is_published"),
        ("stories", "0044_indexes_of_the_glance"),
        ("stories", "0061_corrections_by_kind"),
        ("stories", "0062_inner_nodes_of_the_log"),
        ("stories", "0063_keep_inner_nodes"),
        ("stories", "0067_updates_newest_first"),
        ("stories", "0070_record_verified"),
        ("stories", "0081_minor_versions"),
    ]

    dependencies = [
        ("stories", "0003_alerts"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("article", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="stories.article")),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.TextField()),
                        ("digest", models.CharField(max_length=64)),
                        ("previous_digest", models.CharField(blank=True, help_text="Empty for the first.", max_length=64)),
                        ("stated_at", models.DateTimeField(blank=True, help_text="When readers first saw it, where that is known.", null=True)),
                        ("recorded_at", models.DateTimeField(help_text="When it was written down here.")),
                        ("is_minor", models.BooleanField(default=False)),
                        ("published_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("actor", models.CharField(blank=True, help_text="The publisher’s name, kept when the account goes.", max_length=150)),
                    ],
                    options={
                        "ordering": ["article", "-number"],
                        "permissions": [("takedown_version", "Can replace a version by a tombstone, where the law demands it")],
                        "indexes": [
                            models.Index(fields=["-recorded_at"], name="version_by_time"),
                            models.Index(fields=["recorded_at", "article", "stated_at"], name="version_counted_by_time"),
                            models.Index(
                                models.OrderBy(django.db.models.functions.comparison.Coalesce("stated_at", "recorded_at"), descending=True),
                                models.OrderBy(models.F("article"), descending=True),
                                name="version_by_change",
                            ),
                            models.Index(condition=models.Q(("number", 1)), fields=["article"], name="version_first"),
                            models.Index(condition=models.Q(("is_minor", True)), fields=["-id"], name="version_minor"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "number"), name="version_number_once_per_article"),
                            models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="version_numbers_start_at_one"),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("number", 1), ("previous_digest", "")), models.Q(("number__gt", 1), models.Q(("previous_digest", ""), _negated=True)), _connector="OR"),
                                name="version_is_chained",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptEntry",
                    fields=[
                        (
                            "version",
                            models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="kept_entry", serialize=False, to="stories.version"),
                        ),
                        ("edition", models.CharField(help_text="Of what worked it out; another one works it out anew.", max_length=20)),
                        ("threads", models.TextField(blank=True, help_text="Its updates, and headline and claims where they changed with it. JSON.")),
                        ("told", models.TextField(blank=True, help_text="Its notes and what it changed; empty until somebody asked. JSON.")),
                    ],
                    options={
                        "verbose_name_plural": "kept entries",
                    },
                ),
                migrations.CreateModel(
                    name="Update",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("article", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="updates", to="stories.article")),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="The version that published it; empty for a draft.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="updates",
                                to="stories.version",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("update", "Update"), ("correction", "Correction"), ("clarification", "Clarification"), ("editors_note", "Editor’s note"), ("retraction", "Retraction")],
                                default="update",
                                max_length=16,
                            ),
                        ),
                        ("note", models.TextField(help_text="What readers are told.")),
                        ("stated_at", models.DateTimeField(blank=True, help_text="As readers saw it.", null=True, verbose_name="stated time")),
                        ("stated_zone", models.CharField(blank=True, help_text="Such as America/New_York.", max_length=60, verbose_name="zone")),
                        (
                            "stated_precision",
                            models.CharField(
                                choices=[("minute", "to the minute"), ("day", "the day only"), ("month", "the month only"), ("year", "the year only"), ("none", "no time given")],
                                default="minute",
                                max_length=8,
                                verbose_name="precision",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(blank=True, editable=False, help_text="When it was published here.", null=True)),
                        ("headline_changed", models.BooleanField(default=False)),
                        (
                            "is_text_before_recorded",
                            models.BooleanField(default=True, help_text="False where nobody has the text as it was before this update.", verbose_name="text before it is recorded"),
                        ),
                        (
                            "caused_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="The change of a source that was the reason.",
                                null=True,
                                on_delete=stories.models.history.empty_in_history,
                                related_name="updates",
                                to="stories.verdict",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["article", "-stated_at", "-pk"],
                        "indexes": [
                            models.Index(condition=models.Q(("version__isnull", False)), fields=["recorded_at"], name="update_by_record"),
                            models.Index(
                                models.OrderBy(django.db.models.functions.comparison.Coalesce("stated_at", "recorded_at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(("version__isnull", False)),
                                name="update_by_time_shown",
                            ),
                            models.Index(fields=["-recorded_at", "-id"], name="update_newest_first"),
                            models.Index(
                                models.F("kind"),
                                models.OrderBy(django.db.models.functions.comparison.Coalesce("stated_at", "recorded_at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(("version__isnull", False)),
                                name="update_by_kind_and_time",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("note", ""), _negated=True), name="update_has_a_note"),
                            models.CheckConstraint(condition=models.Q(("kind__in", ["update", "correction", "clarification", "editors_note", "retraction"])), name="update_kind_is_known"),
                            models.CheckConstraint(condition=models.Q(("stated_precision__in", ["minute", "day", "month", "year", "none"])), name="update_precision_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalUpdate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("history_actor", models.CharField(blank=True, editable=False, max_length=150, verbose_name="actor")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("update", "Update"), ("correction", "Correction"), ("clarification", "Clarification"), ("editors_note", "Editor’s note"), ("retraction", "Retraction")],
                                default="update",
                                max_length=16,
                            ),
                        ),
                        ("note", models.TextField(help_text="What readers are told.")),
                        ("stated_at", models.DateTimeField(blank=True, help_text="As readers saw it.", null=True, verbose_name="stated time")),
                        ("stated_zone", models.CharField(blank=True, help_text="Such as America/New_York.", max_length=60, verbose_name="zone")),
                        (
                            "stated_precision",
                            models.CharField(
                                choices=[("minute", "to the minute"), ("day", "the day only"), ("month", "the month only"), ("year", "the year only"), ("none", "no time given")],
                                default="minute",
                                max_length=8,
                                verbose_name="precision",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(blank=True, editable=False, help_text="When it was published here.", null=True)),
                        ("headline_changed", models.BooleanField(default=False)),
                        (
                            "is_text_before_recorded",
                            models.BooleanField(default=True, help_text="False where nobody has the text as it was before this update.", verbose_name="text before it is recorded"),
                        ),
                        ("article", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="stories.article")),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                help_text="The version that published it; empty for a draft.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="stories.version",
                            ),
                        ),
                        (
                            "caused_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The change of a source that was the reason.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="stories.verdict",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "verbose_name": "historical update",
                        "verbose_name_plural": "historical updates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="publications", to="stories.article")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("awaiting", "awaiting approval"),
                                    ("scheduled", "scheduled"),
                                    ("published", "published"),
                                    ("refused", "refused"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("update", "Update"),
                                    ("correction", "Correction"),
                                    ("clarification", "Clarification"),
                                    ("editors_note", "Editor’s note"),
                                    ("retraction", "Retraction"),
                                    ("minor", "Minor, without a note"),
                                    ("first", "First publication, without a note"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note to readers")),
                        ("stated_at", models.DateTimeField(blank=True, help_text="As readers saw it.", null=True, verbose_name="stated time")),
                        ("stated_zone", models.CharField(blank=True, max_length=60, verbose_name="zone")),
                        ("stated_because", models.TextField(blank=True, help_text="Readers are told, beside the time it was recorded.", verbose_name="why an earlier time")),
                        ("caused_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="publications", to="stories.verdict")),
                        (
                            "draft",
                            models.ForeignKey(
                                blank=True,
                                help_text="The draft of an update that it was filled in from.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="publications",
                                to="stories.update",
                            ),
                        ),
                        ("content", models.TextField(blank=True, help_text="The story as it would be published, as canonical JSON.")),
                        ("mark", models.CharField(help_text="Of the working copy and the live version, as asked.", max_length=64)),
                        ("needs_approval", models.BooleanField(default=False)),
                        ("publish_at", models.DateTimeField(blank=True, help_text="Empty: as soon as nobody has to be asked any more.", null=True, verbose_name="scheduled for")),
                        ("asked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("asker", models.CharField(blank=True, help_text="Kept when the account goes.", max_length=150, verbose_name="asked by")),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        ("approved_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("approver", models.CharField(blank=True, help_text="Kept when the account goes.", max_length=150, verbose_name="approved by")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                        ("ended_by", models.CharField(blank=True, help_text="Who refused or cancelled it; empty for the schedule.", max_length=150, verbose_name="ended by")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                        ("remark", models.TextField(blank=True, help_text="Why it was refused or cancelled, or why it was late.")),
                        ("version", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="publication", to="stories.version")),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "permissions": [("approve_publication", "Can approve what a second person must have read")],
                        "indexes": [models.Index(fields=["state", "publish_at"], name="publication_due")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("state__in", ["proposed", "awaiting", "scheduled", "published", "refused", "cancelled"])), name="publication_state_is_known"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["update", "correction", "clarification", "editors_note", "retraction", "minor", "first"])), name="publication_kind_is_known"
                            ),
                            models.CheckConstraint(condition=models.Q(("kind__in", ("minor", "first")), models.Q(("note", ""), _negated=True), _connector="OR"), name="publication_has_its_note"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), ("version__isnull", False)), models.Q(models.Q(("state", "published"), _negated=True), ("version__isnull", True)), _connector="OR"
                                ),
                                name="publication_published_is_a_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("state", "scheduled"), _negated=True), ("publish_at__isnull", False), _connector="OR"), name="publication_scheduled_has_a_time"
                            ),
                            models.CheckConstraint(condition=models.Q(("stated_at__isnull", True), ("publish_at__isnull", True), _connector="OR"), name="publication_later_or_earlier"),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("state", "refused"), _negated=True), models.Q(("remark", ""), _negated=True), _connector="OR"), name="publication_refused_for_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("kind__in", ("clarification", "retraction")), _negated=True), ("needs_approval", True), _connector="OR"),
                                name="publication_grave_needs_approval",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("needs_approval", True), ("state__in", ("scheduled", "published")), _negated=True), models.Q(("approver", ""), _negated=True), _connector="OR"
                                ),
                                name="publication_is_approved",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("approved_by__isnull", True), ("asked_by__isnull", True), models.Q(("approved_by", models.F("asked_by")), _negated=True), _connector="OR"),
                                name="publication_approved_by_another",
                            ),
                            models.UniqueConstraint(condition=models.Q(("state__in", ("proposed", "awaiting", "scheduled"))), fields=("article",), name="publication_one_on_its_way"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HubPing",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("version", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="hub_ping", to="stories.version")),
                        ("next_try_at", models.DateTimeField(blank=True, null=True)),
                        ("try_count", models.PositiveSmallIntegerField(default=0)),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "indexes": [models.Index(condition=models.Q(("next_try_at__isnull", False)), fields=["next_try_at"], name="hub_ping_due")],
                        "constraints": [models.CheckConstraint(condition=models.Q(("told_at__isnull", True), ("next_try_at__isnull", True), _connector="OR"), name="hub_ping_is_told_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("size", models.PositiveBigIntegerField(help_text="Leaves of the log.", unique=True)),
                        ("note", models.TextField()),
                        ("signed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-size"],
                    },
                ),
                migrations.CreateModel(
                    name="Leaf",
                    fields=[
                        ("index", models.PositiveBigIntegerField(help_text="Counted from 0, without a gap.", primary_key=True, serialize=False)),
                        ("kind", models.CharField(choices=[("version", "version"), ("update", "update"), ("takedown", "takedown"), ("acknowledgement", "acknowledgement")], max_length=16)),
                        ("article", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="leaves", to="stories.article")),
                        ("version", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="leaves", to="stories.version")),
                        ("update", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="leaf", to="stories.update")),
                        ("data", models.TextField()),
                        ("hash", models.CharField(max_length=64)),
                        ("salt", models.CharField(blank=True, help_text="Deleted by a takedown.", max_length=64)),
                    ],
                    options={
                        "verbose_name_plural": "leaves",
                        "ordering": ["index"],
                        "constraints": [
                            models.UniqueConstraint(condition=models.Q(("update", None)), fields=("version", "kind"), name="leaf_once_per_version_and_kind"),
                            models.CheckConstraint(condition=models.Q(("kind__in", ["version", "update", "takedown", "acknowledgement"])), name="leaf_kind_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Node",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("level", models.PositiveSmallIntegerField()),
                        ("index", models.PositiveBigIntegerField()),
                        ("hash", models.CharField(max_length=64)),
                    ],
                    options={
                        "ordering": ["level", "index"],
                        "constraints": [models.UniqueConstraint(fields=("level", "index"), name="node_once_per_level_and_index")],
                    },
                ),
                migrations.CreateModel(
                    name="Takedown",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("version", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="takedown", to="stories.version")),
                        ("leaf", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="takedown", to="stories.leaf")),
                        ("authority", models.CharField(help_text="Such as a court and its reference. Readers see it.", max_length=300)),
                        ("in_the_name_of", models.CharField(help_text="Who asked for it. Readers see it.", max_length=300)),
                        ("reason", models.TextField(help_text="For the newsroom alone.")),
                        ("tombstone", models.TextField(help_text="The content from now on.")),
                        ("taken_down_at", models.DateTimeField()),
                        ("taken_down_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("actor", models.CharField(help_text="Their name, kept when the account goes.", max_length=150)),
                    ],
                    options={
                        "ordering": ["-taken_down_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("authority", ""), _negated=True), models.Q(("in_the_name_of", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                                name="takedown_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verification",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("verified_at", models.DateTimeField(blank=True, null=True)),
                        ("leaf_count", models.PositiveBigIntegerField(default=0)),
                        ("flaw_count", models.PositiveBigIntegerField(default=0)),
                        ("flaws", models.TextField(blank=True)),
                        ("sound_at", models.DateTimeField(blank=True, null=True)),
                        ("unsound_since", models.DateTimeField(blank=True, null=True)),
                        ("leased_until", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="verification_is_one_row")],
                    },
                ),
            ]
        ),
    ]
