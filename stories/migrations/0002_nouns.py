"""What a story says, what it rests on, and what was read there."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import stories.models.history
from stories.models.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0001_the_nouns"),
        ("stories", "0003_pace_of_a_watch"),
        ("stories", "0007_bytes_apart_from_snapshots"),
        ("stories", "0008_move_bytes_into_blobs"),
        ("stories", "0009_snapshots_without_bytes"),
        ("stories", "0010_alternation"),
        ("stories", "0011_hosts"),
        ("stories", "0012_overruling_robots"),
        ("stories", "0013_strikes"),
        ("stories", "0018_what_a_page_was_read_with"),
        ("stories", "0021_moved_to"),
        ("stories", "0026_address_digests"),
        ("stories", "0027_digest_addresses"),
        ("stories", "0029_unchanged_looks_are_counted"),
        ("stories", "0033_second_look_takes_over"),
        ("stories", "0035_merged_sources"),
        ("stories", "0038_passages_nobody_is_told_of"),
        ("stories", "0039_text_digest"),
        ("stories", "0045_kept_text"),
        ("stories", "0051_context_of_a_verdict"),
        ("stories", "0058_orders_of_long_lists"),
        ("stories", "0059_checks_by_source_and_row"),
        ("stories", "0065_watches_that_are_not_read"),
        ("stories", "0066_snapshots_by_status"),
        ("stories", "0068_watches_suspected"),
        ("stories", "0071_verdicts_superseded"),
        ("stories", "0072_mark_what_is_superseded"),
        ("stories", "0073_index_of_what_is_not_superseded"),
        ("stories", "0074_sources_not_watched"),
        ("stories", "0075_claims_not_standing"),
        ("stories", "0076_watches_unread_by_reading"),
        ("stories", "0082_references_emptied_in_history"),
    ]

    dependencies = [
        ("stories", "0001_users"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Blob",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("digest", models.CharField(help_text="SHA-256 of the bytes, in hexadecimal.", max_length=64, unique=True)),
                        ("packed", models.BinaryField(help_text="The bytes, compressed with zstd.")),
                        ("size", models.PositiveIntegerField(help_text="Bytes before compression.")),
                        (
                            "keyframe",
                            models.ForeignKey(
                                blank=True,
                                help_text="What the packed bytes are the difference from; empty where they are whole.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaning",
                                to="stories.blob",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("keyframe__isnull", True), models.Q(("keyframe", models.F("id")), _negated=True), _connector="OR"), name="blob_leans_on_another")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Host",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("origin", models.CharField(help_text="Scheme, name and port.", max_length=300, unique=True)),
                        ("robots", models.TextField(blank=True, help_text="As last read; empty where there is none.", verbose_name="robots.txt")),
                        ("robots_expires_at", models.DateTimeField(blank=True, help_text="Empty: never read.", null=True, verbose_name="robots.txt is good until")),
                        ("quiet_until", models.DateTimeField(blank=True, help_text="Until when nothing is asked of it.", null=True)),
                        ("lease", models.UUIDField(blank=True, null=True)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["origin"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lease__isnull", True), ("leased_until__isnull", True)), models.Q(("lease__isnull", False), ("leased_until__isnull", False)), _connector="OR"
                                ),
                                name="host_lease_is_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("page", "web page"),
                                    ("pdf", "PDF"),
                                    ("feed", "feed"),
                                    ("json", "JSON document"),
                                    ("post", "social post"),
                                    ("document", "document on file"),
                                    ("person", "person’s statement"),
                                ],
                                default="page",
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("url", models.URLField(blank=True, max_length=2000, null=True, unique=True, verbose_name="address")),
                        (
                            "address_digest",
                            models.CharField(blank=True, default="", editable=False, help_text="Of the address as all its spellings come out: sources of the same page have the same.", max_length=64),
                        ),
                        ("note", models.TextField(blank=True, help_text="For the newsroom only; no reader sees it.", verbose_name="private note")),
                        ("is_confidential", models.BooleanField(default=False, help_text="Readers learn neither the name nor the address of this source.", verbose_name="confidential")),
                        ("is_watched", models.BooleanField(default=True, help_text="Only a source with an address is watched.", verbose_name="watched")),
                        (
                            "check_interval_seconds",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="If empty: often while it or a story that cites it is new, and less and less often with age.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(10)],
                                verbose_name="check every … seconds",
                            ),
                        ),
                        (
                            "ignores_robots",
                            models.BooleanField(
                                default=False, help_text="The site asks machines not to read this page; the newsroom has reasons to read it anyway.", verbose_name="read despite robots.txt"
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="The source of the same page that took over what is quoted from this one.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="stories.source",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("created_by", models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "ordering": ["title"],
                        "indexes": [
                            models.Index(condition=models.Q(("address_digest", ""), _negated=True), fields=["address_digest"], name="source_by_address"),
                            models.Index(fields=["title", "id"], name="source_by_title"),
                            models.Index(condition=models.Q(("is_watched", False)), fields=["title", "id"], name="source_not_watched"),
                        ],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="source_has_a_title"),
                            models.CheckConstraint(condition=models.Q(("url", ""), _negated=True), name="source_address_is_null_or_something"),
                            models.CheckConstraint(condition=models.Q(("kind__in", ["page", "pdf", "feed", "json", "post", "document", "person"])), name="source_kind_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSource",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("history_actor", models.CharField(blank=True, editable=False, max_length=150, verbose_name="actor")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("page", "web page"),
                                    ("pdf", "PDF"),
                                    ("feed", "feed"),
                                    ("json", "JSON document"),
                                    ("post", "social post"),
                                    ("document", "document on file"),
                                    ("person", "person’s statement"),
                                ],
                                default="page",
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("url", models.URLField(blank=True, db_index=True, max_length=2000, null=True, verbose_name="address")),
                        ("note", models.TextField(blank=True, help_text="For the newsroom only; no reader sees it.", verbose_name="private note")),
                        ("is_confidential", models.BooleanField(default=False, help_text="Readers learn neither the name nor the address of this source.", verbose_name="confidential")),
                        ("is_watched", models.BooleanField(default=True, help_text="Only a source with an address is watched.", verbose_name="watched")),
                        (
                            "check_interval_seconds",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="If empty: often while it or a story that cites it is new, and less and less often with age.",
                                null=True,
                                validators=[django.core.validators.MinValueValidator(10)],
                                verbose_name="check every … seconds",
                            ),
                        ),
                        (
                            "ignores_robots",
                            models.BooleanField(
                                default=False, help_text="The site asks machines not to read this page; the newsroom has reasons to read it anyway.", verbose_name="read despite robots.txt"
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                help_text="The source of the same page that took over what is quoted from this one.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="stories.source",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "verbose_name": "historical source",
                        "verbose_name_plural": "historical sources",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Merge",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("kept", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.source")),
                        ("source", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="stories.source")),
                        ("state", models.CharField(choices=[("merged", "merged"), ("split", "split again"), ("apart", "held apart")], max_length=6)),
                        ("moved", models.JSONField(default=dict)),
                        ("done_at", models.DateTimeField()),
                        ("done_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("actor", models.CharField(help_text="Their name, kept when the account goes.", max_length=150)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_by", models.CharField(blank=True, max_length=150)),
                    ],
                    options={
                        "ordering": ["-done_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("state__in", ["merged", "split", "apart"])), name="merge_state_is_known"),
                            models.CheckConstraint(condition=models.Q(("kept", models.F("source")), _negated=True), name="merge_is_of_two"),
                            models.UniqueConstraint(condition=models.Q(("state", "merged")), fields=("source",), name="merge_into_one_only"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("source", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="stories.source")),
                        ("blob", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="stories.blob")),
                        ("digest", models.CharField(help_text="SHA-256 of the bytes, in hexadecimal.", max_length=64)),
                        ("size", models.PositiveIntegerField(help_text="Bytes before compression.")),
                        ("content_type", models.CharField(blank=True, max_length=200)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("url", models.URLField(max_length=2000, verbose_name="address")),
                        ("final_url", models.URLField(max_length=2000, verbose_name="address after redirects")),
                        ("headers", models.JSONField(default=list, help_text="Pairs of name and value, as received.")),
                        ("exchanges", models.JSONField(default=list, help_text="Each request as it was sent, with the head of its answer: redirects first. Empty in old rows.")),
                        ("fetched_at", models.DateTimeField()),
                        ("extractor_version", models.CharField(max_length=40)),
                        (
                            "text_digest",
                            models.CharField(blank=True, editable=False, help_text="SHA-256 of the text that this extractor saw in it; empty where the page was heavy, or in old rows.", max_length=64),
                        ),
                        ("packed_text", models.BinaryField(help_text="That text, packed beside the bytes; empty where the page was heavy, or in old rows.", null=True)),
                    ],
                    options={
                        "ordering": ["-fetched_at", "-pk"],
                        "indexes": [models.Index(fields=["status", "-id"], name="snapshot_by_status")],
                        "constraints": [models.UniqueConstraint(fields=("source", "url", "digest"), name="snapshot_once_per_address_and_digest")],
                    },
                ),
                migrations.CreateModel(
                    name="Check",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("source", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="stories.source")),
                        ("started_at", models.DateTimeField()),
                        ("duration_ms", models.PositiveIntegerField(help_text="Of the first check.")),
                        ("looks", models.PositiveIntegerField(default=1, help_text="How many checks, one after the other, found the same.", verbose_name="checks")),
                        ("last_at", models.DateTimeField(blank=True, help_text="When the last of them began; empty where it is the first.", null=True)),
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
                            ),
                        ),
                        ("reason", models.CharField(blank=True, help_text="One word for the machine, such as soft_404.", max_length=60)),
                        ("explanation", models.TextField(blank=True, help_text="A sentence for the editor.")),
                        ("status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="HTTP status")),
                        ("snapshot", models.ForeignKey(blank=True, help_text="The copy read.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="stories.snapshot")),
                        (
                            "baseline",
                            models.ForeignKey(blank=True, help_text="The copy it was held against.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.snapshot"),
                        ),
                        ("is_confirmed", models.BooleanField(default=True, help_text="False where a second check must agree first.")),
                        ("ground", models.CharField(blank=True, editable=False, help_text="SHA-256 of what a judgement rests on that a second look may take over.", max_length=64)),
                        ("is_news", models.BooleanField(default=False, help_text="The outcome itself is something to tell people.")),
                        ("told_at", models.DateTimeField(blank=True, help_text="When alerts of it were written.", null=True)),
                    ],
                    options={
                        "ordering": ["-started_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["source", "-id"], name="check_by_source_and_row"),
                            models.Index(fields=["source", "-started_at"], name="check_by_source_and_time"),
                            models.Index(condition=models.Q(("is_news", True), ("told_at__isnull", True)), fields=["id"], name="check_untold"),
                        ],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("outcome__in", ["unchanged", "noise", "changed", "moved", "gone", "blocked", "failed"])), name="check_outcome_is_known")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Article",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("slug", models.SlugField(help_text="The last part of the story’s address.", max_length=120, unique=True, verbose_name="address")),
                        ("headline", models.CharField(max_length=300)),
                        ("dek", models.TextField(blank=True, help_text="The sentence under the headline.")),
                        ("body", models.TextField(blank=True, help_text="Markdown.")),
                        ("byline", models.CharField(blank=True, max_length=200)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("saved_at", models.DateTimeField(auto_now=True)),
                        ("save_count", models.PositiveIntegerField(default=0, editable=False)),
                        ("reporters", models.ManyToManyField(blank=True, help_text="Who hears when a source of this story changes.", related_name="articles", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "ordering": ["-saved_at"],
                        "permissions": [("publish_article", "Can publish a version of an article")],
                        "indexes": [models.Index(fields=["-saved_at", "-id"], name="article_by_save")],
                        "constraints": [models.CheckConstraint(condition=models.Q(("headline", ""), _negated=True), name="article_has_a_headline")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalArticle",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("history_actor", models.CharField(blank=True, editable=False, max_length=150, verbose_name="actor")),
                        ("slug", models.SlugField(help_text="The last part of the story’s address.", max_length=120, verbose_name="address")),
                        ("headline", models.CharField(max_length=300)),
                        ("dek", models.TextField(blank=True, help_text="The sentence under the headline.")),
                        ("body", models.TextField(blank=True, help_text="Markdown.")),
                        ("byline", models.CharField(blank=True, max_length=200)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "verbose_name": "historical article",
                        "verbose_name_plural": "historical articles",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalArticle_reporters",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "article",
                            models.ForeignKey(blank=True, db_constraint=False, db_tablespace="", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="stories.article"),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True, db_constraint=False, db_tablespace="", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        ("history", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="stories.historicalarticle")),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                    ],
                    options={
                        "verbose_name": "HistoricalArticle_reporters",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="stories.article")),
                        ("text", models.TextField()),
                        (
                            "standing",
                            models.CharField(choices=[("stands", "stands"), ("disputed", "disputed"), ("corrected", "corrected"), ("withdrawn", "withdrawn")], default="stands", max_length=12),
                        ),
                    ],
                    options={
                        "ordering": ["article", "pk"],
                        "indexes": [models.Index(condition=models.Q(("standing__in", ["disputed", "corrected", "withdrawn"])), fields=["standing", "-id"], name="claim_not_standing")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="claim_says_something"),
                            models.CheckConstraint(condition=models.Q(("standing__in", ["stands", "disputed", "corrected", "withdrawn"])), name="claim_standing_is_known"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalClaim",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("history_actor", models.CharField(blank=True, editable=False, max_length=150, verbose_name="actor")),
                        ("text", models.TextField()),
                        (
                            "standing",
                            models.CharField(choices=[("stands", "stands"), ("disputed", "disputed"), ("corrected", "corrected"), ("withdrawn", "withdrawn")], default="stands", max_length=12),
                        ),
                        ("article", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="stories.article")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "verbose_name": "historical claim",
                        "verbose_name_plural": "historical claims",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Citation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="stories.article")),
                        ("claim", models.ForeignKey(blank=True, null=True, on_delete=stories.models.history.empty_in_history, related_name="citations", to="stories.claim")),
                        ("source", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="citations", to="stories.source")),
                        ("exact", models.TextField(help_text="The words as the article quotes them, without quotation marks.", verbose_name="passage")),
                        ("prefix", models.CharField(blank=True, max_length=200, verbose_name="words before")),
                        ("suffix", models.CharField(blank=True, max_length=200, verbose_name="words after")),
                        ("is_watched", models.BooleanField(default=True, help_text="If off, nobody is told when the source rewords or drops this passage.", verbose_name="watched")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["article", "pk"],
                        "constraints": [models.CheckConstraint(condition=models.Q(("exact", ""), _negated=True), name="citation_has_a_passage")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCitation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("history_actor", models.CharField(blank=True, editable=False, max_length=150, verbose_name="actor")),
                        ("exact", models.TextField(help_text="The words as the article quotes them, without quotation marks.", verbose_name="passage")),
                        ("prefix", models.CharField(blank=True, max_length=200, verbose_name="words before")),
                        ("suffix", models.CharField(blank=True, max_length=200, verbose_name="words after")),
                        ("is_watched", models.BooleanField(default=True, help_text="If off, nobody is told when the source rewords or drops this passage.", verbose_name="watched")),
                        ("article", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="stories.article")),
                        ("claim", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="stories.claim")),
                        ("source", models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="stories.source")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                        ("history_user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "verbose_name": "historical citation",
                        "verbose_name_plural": "historical citations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Verdict",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("found_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="stories.check", verbose_name="check")),
                        ("citation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="verdicts", to="stories.citation")),
                        ("verdict", models.CharField(choices=[("verbatim", "as quoted"), ("altered", "altered"), ("missing", "missing"), ("unreadable", "not readable")], max_length=12)),
                        ("passage", models.TextField(help_text="The passage that was looked for.")),
                        ("prefix", models.TextField(blank=True, editable=False, null=True)),
                        ("suffix", models.TextField(blank=True, editable=False, null=True)),
                        ("wording", models.TextField(blank=True, help_text="How the source words it now, where it was found.")),
                        ("similarity", models.FloatField(blank=True, help_text="Share of words kept, 0 to 1.", null=True)),
                        ("is_confirmed", models.BooleanField(help_text="False where a second check must agree first.")),
                        ("is_news", models.BooleanField(default=False, help_text="Something to tell people.")),
                        ("is_alternating", models.BooleanField(default=False, help_text="The source shows this at one check and something else at another.")),
                        ("is_superseded", models.BooleanField(db_default=False, default=False, editable=False)),
                        ("told_at", models.DateTimeField(blank=True, help_text="When alerts of it were written.", null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["citation", "-id", "is_confirmed", "verdict"], name="verdict_of_citation"),
                            models.Index(condition=models.Q(("is_news", True), ("told_at__isnull", True)), fields=["id"], name="verdict_untold"),
                            models.Index(condition=models.Q(("is_confirmed", True), ("is_superseded", False)), fields=["verdict", "citation", "id"], name="verdict_not_superseded"),
                            models.Index(condition=models.Q(("is_news", True)), fields=["told_at"], name="verdict_told"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("found_by", "citation"), name="verdict_once_per_check_and_citation"),
                            models.CheckConstraint(condition=models.Q(("verdict__in", ["verbatim", "altered", "missing", "unreadable"])), name="verdict_is_known"),
                            models.CheckConstraint(condition=models.Q(("is_news", False), ("is_confirmed", True), _connector="OR"), name="verdict_news_is_confirmed"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Watch",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("source", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="watch", to="stories.source")),
                        ("due_at", models.DateTimeField(blank=True, help_text="Empty: not watched.", null=True)),
                        (
                            "pace",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fresh", "a story that cites it, or the page itself, is new or has just changed"),
                                    ("settled", "nothing about it has changed for some time"),
                                    ("pinned", "an editor has set how often"),
                                    ("confirming", "a second check is to confirm what the last one found"),
                                    ("backing_off", "it could not be read, so it is given time"),
                                    ("asked", "somebody asked for a check"),
                                ],
                                help_text="Why the next check is due then.",
                                max_length=12,
                            ),
                        ),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("lease", models.UUIDField(blank=True, null=True)),
                        (
                            "snapshot",
                            models.ForeignKey(
                                blank=True, help_text="The last copy believed and confirmed.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.snapshot"
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                help_text="The copy believed before it, where the page had said something else.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="stories.snapshot",
                            ),
                        ),
                        ("return_count", models.PositiveSmallIntegerField(default=0, help_text="How often in a row the page changed back to the copy before.")),
                        ("is_alternating", models.BooleanField(default=False, help_text="The page shows now the one of the two copies and now the other.")),
                        ("sent_at", models.DateTimeField(blank=True, help_text="When the server last sent the page, and not only that it is unchanged.", null=True)),
                        ("read_with", models.CharField(blank=True, help_text="The extractor with which the verdicts on record agree.", max_length=40)),
                        ("etag", models.CharField(blank=True, max_length=500)),
                        ("last_modified", models.CharField(blank=True, max_length=100)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unchanged", "unchanged"),
                                    ("noise", "only noise changed"),
                                    ("changed", "changed"),
                                    ("moved", "moved"),
                                    ("gone", "gone"),
                                    ("blocked", "blocked"),
                                    ("failed", "failed"),
                                ],
                                help_text="Of the last check.",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=60)),
                        (
                            "counted_in",
                            models.ForeignKey(
                                blank=True,
                                help_text="The last check, where it is one in which a look that finds the same is counted.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="stories.check",
                            ),
                        ),
                        ("is_suspected", models.BooleanField(default=False, help_text="The last check found a change; a second must agree.")),
                        ("failure_count", models.PositiveIntegerField(default=0, help_text="Checks in a row without a believed copy.")),
                        ("moved_to", models.URLField(blank=True, help_text="Where the page has moved for good, until an editor confirms the new address.", max_length=2000)),
                        ("strike_count", models.PositiveSmallIntegerField(default=0, help_text="Times the page was found gone, at least a day apart; the third is believed.")),
                        ("struck_at", models.DateTimeField(blank=True, help_text="When the last strike was counted.", null=True)),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, help_text="When a believed copy was last read.", null=True)),
                        ("changed_at", models.DateTimeField(blank=True, help_text="When a change was last confirmed.", null=True)),
                    ],
                    options={
                        "verbose_name_plural": "watches",
                        "indexes": [
                            models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="watch_due"),
                            models.Index(condition=models.Q(("outcome__in", ["gone", "blocked", "failed"])), fields=["outcome"], name="watch_unread"),
                            models.Index(condition=models.Q(("outcome__in", ["gone", "blocked", "failed"])), fields=["-read_at", "-source"], name="watch_unread_by_reading"),
                            models.Index(condition=models.Q(("is_suspected", True)), fields=["-id"], name="watch_suspected"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lease__isnull", True), ("leased_until__isnull", True)), models.Q(("lease__isnull", False), ("leased_until__isnull", False)), _connector="OR"
                                ),
                                name="watch_lease_is_whole",
                            ),
                            models.CheckConstraint(condition=models.Q(("outcome__in", ["", "unchanged", "noise", "changed", "moved", "gone", "blocked", "failed"])), name="watch_outcome_is_known"),
                            models.CheckConstraint(condition=models.Q(("pace__in", ["", "fresh", "settled", "pinned", "confirming", "backing_off", "asked"])), name="watch_pace_is_known"),
                        ],
                    },
                ),
            ]
        ),
    ]
