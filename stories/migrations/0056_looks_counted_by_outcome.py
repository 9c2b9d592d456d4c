from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0055_editors_share_filters")]

    operations = [
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
            options={"ordering": ["outcome"], "verbose_name_plural": "tallies"},
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    outcome__in=["unchanged", "noise", "changed", "moved", "gone", "blocked", "failed"]
                ),
                name="tally_outcome_is_known",
            ),
        ),
    ]
