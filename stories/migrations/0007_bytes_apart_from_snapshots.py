"""A table for the bytes of snapshots, so that the same content is stored once and may lean on a keyframe."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0006_pings_of_the_hub")]
    operations = [
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
        ),
        migrations.AddConstraint(
            model_name="blob",
            constraint=models.CheckConstraint(
                condition=models.Q(("keyframe__isnull", True), models.Q(("keyframe", models.F("id")), _negated=True), _connector="OR"),
                name="blob_leans_on_another",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="blob",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="stories.blob"
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="exchanges",
            field=models.JSONField(
                default=list,
                help_text="Each request as it was sent, with the head of its answer: redirects first. Empty in old rows.",
            ),
        ),
        migrations.AlterField(
            model_name="snapshot",
            name="compressed",
            field=models.BinaryField(null=True, help_text="The bytes, compressed with zstd."),
        ),
    ]
