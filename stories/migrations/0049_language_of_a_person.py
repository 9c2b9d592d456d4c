"""The language that a person chose."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0048_guesses")]
    operations = [
        migrations.AddField(
            model_name='preferences',
            name='language',
            field=models.CharField(blank=True, help_text='Empty: the newsroom’s.', max_length=12),
        ),
    ]
