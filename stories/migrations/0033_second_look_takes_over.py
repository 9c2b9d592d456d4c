"""What an unconfirmed judgement rests on, so that a second look at just that need not judge again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0032_editors_bring_stories_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='check',
            name='ground',
            field=models.CharField(blank=True, editable=False, help_text='SHA-256 of what a judgement rests on that a second look may take over.', max_length=64),
        ),
    ]
