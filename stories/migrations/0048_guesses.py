"""How often somebody was wrong of late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0047_audit_log")]
    operations = [
        migrations.CreateModel(
            name='Guesses',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('count', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField(db_index=True)),
                ('free_at', models.DateTimeField(help_text='When the next guess is taken.')),
            ],
            options={
                'verbose_name_plural': 'guesses',
            },
        ),
    ]
