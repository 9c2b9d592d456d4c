"""Where a page has moved for good, until an editor confirms it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0020_editors_answer_readers'),
    ]

    operations = [
        migrations.AddField(
            model_name='watch',
            name='moved_to',
            field=models.URLField(blank=True, help_text='Where the page has moved for good, until an editor confirms the new address.', max_length=2000),
        ),
    ]
