"""Looks that find a page unchanged, one after the other, are counted in one row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0028_answers_that_act'),
    ]

    operations = [
        migrations.AddField(
            model_name='check',
            name='last_at',
            field=models.DateTimeField(blank=True, help_text='When the last of them began; empty where it is the first.', null=True),
        ),
        migrations.AddField(
            model_name='check',
            name='looks',
            field=models.PositiveIntegerField(default=1, help_text='How many looks, one after the other, found the same.'),
        ),
        migrations.AddField(
            model_name='watch',
            name='counted_in',
            field=models.ForeignKey(blank=True, help_text='The last check, where it is one in which a look that finds the same is counted.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.check'),
        ),
        migrations.AlterField(
            model_name='check',
            name='duration_ms',
            field=models.PositiveIntegerField(help_text='Of the first look.'),
        ),
    ]
