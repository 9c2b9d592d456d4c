import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0057_deliveries_given_up'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['-saved_at', '-id'], name='article_by_save'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['title', 'id'], name='source_by_title'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(models.OrderBy(django.db.models.functions.comparison.Coalesce('stated_at', 'recorded_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('version__isnull', False)), name='update_by_time_shown'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(models.OrderBy(django.db.models.functions.comparison.Coalesce('stated_at', 'recorded_at'), descending=True), models.OrderBy(models.F('article'), descending=True), name='version_by_change'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(condition=models.Q(('number', 1)), fields=['article'], name='version_first'),
        ),
    ]
