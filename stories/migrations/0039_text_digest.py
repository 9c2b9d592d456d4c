"""What a copy says, by its digest, so that one which says the same is told without reading both."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0038_passages_nobody_is_told_of'),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='text_digest',
            field=models.CharField(blank=True, editable=False, help_text='SHA-256 of the text that this extractor saw in it; empty where the page was heavy, or in old rows.', max_length=64),
        ),
    ]
