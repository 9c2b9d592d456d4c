"""What the admin's first page counts, it finds without reading everything."""

from django.db import migrations, models

AGAINST = ("altered", "missing")


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
            model_name="verdict",
            index=models.Index(
                fields=["id"],
                condition=models.Q(is_confirmed=True, verdict__in=AGAINST),
                name="verdict_against",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                fields=["told_at"],
                condition=models.Q(is_news=True, verdict__in=AGAINST),
                name="verdict_against_told",
            ),
        ),
    ]
