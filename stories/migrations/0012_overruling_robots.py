"""An editor may have a page read in spite of robots.txt."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0011_hosts")]

    operations = [
        migrations.AddField(
            model_name='historicalsource',
            name='ignores_robots',
            field=models.BooleanField(default=False, help_text='The site asks machines not to read this page; the newsroom has reasons to do so all the same.', verbose_name='read in spite of robots.txt'),
        ),
        migrations.AddField(
            model_name='source',
            name='ignores_robots',
            field=models.BooleanField(default=False, help_text='The site asks machines not to read this page; the newsroom has reasons to do so all the same.', verbose_name='read in spite of robots.txt'),
        ),
    ]
