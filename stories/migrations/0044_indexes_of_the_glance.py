"""What the admin's first page counts, it finds without reading everything."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0043_searchable")]
    operations = [
        migrations.AddIndex(
            model_name="update",
            index=models.Index(
                fields=["recorded_at"], condition=models.Q(version__isnull=False), name="update_by_record"
            ),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(
                fields=["recorded_at", "article", "stated_at"], name="version_counted_by_time"
            ),
        ),
        migrations.RemoveIndex(model_name="verdict", name="verdict_by_citation"),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                fields=["citation", "-id", "is_confirmed", "verdict"], name="verdict_of_citation"
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                fields=["verdict"], condition=models.Q(is_confirmed=True), name="verdict_confirmed"
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["told_at"], condition=models.Q(is_news=True), name="verdict_told"),
        ),
    ]
