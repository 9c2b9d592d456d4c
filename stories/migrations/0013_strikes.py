"""A page is gone after three failures at least a day apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0012_overruling_robots")]

    operations = [
        migrations.AddField(
            model_name='watch',
            name='strike_count',
            field=models.PositiveSmallIntegerField(default=0, help_text='Times the page was found gone, at least a day apart; the third is believed.'),
        ),
        migrations.AddField(
            model_name='watch',
            name='struck_at',
            field=models.DateTimeField(blank=True, help_text='When the last strike was counted.', null=True),
        ),
    ]
