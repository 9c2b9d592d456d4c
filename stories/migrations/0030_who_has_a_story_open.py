"""Who has a story open in the admin."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("stories", "0029_unchanged_looks_are_counted"),
    ]

    operations = [
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('is_writing', models.BooleanField(default=False, help_text='Has typed something that is not saved.')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='stories.article')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['since'],
                'constraints': [models.UniqueConstraint(fields=('article', 'person'), name='presence_once')],
            },
        ),
    ]
