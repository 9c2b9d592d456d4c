"""A passage may be watched no longer, while its source still is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0037_editors_watch_feeds'),
    ]

    operations = [
        migrations.AddField(
            model_name='citation',
            name='is_watched',
            field=models.BooleanField(default=True, help_text='Off: nobody is told when the source words this passage otherwise.', verbose_name='watched'),
        ),
        migrations.AddField(
            model_name='historicalcitation',
            name='is_watched',
            field=models.BooleanField(default=True, help_text='Off: nobody is told when the source words this passage otherwise.', verbose_name='watched'),
        ),
    ]
