"""How workers keep out of each other's way at a host, and what the host asks of machines."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0010_alternation")]

    operations = [
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(help_text='Scheme, name and port.', max_length=300, unique=True)),
                ('robots', models.TextField(blank=True, help_text='As last read; empty where there is none.', verbose_name='robots.txt')),
                ('robots_expires_at', models.DateTimeField(blank=True, help_text='Empty: never read.', null=True, verbose_name='robots.txt is good until')),
                ('quiet_until', models.DateTimeField(blank=True, help_text='Until when nothing is asked of it.', null=True)),
                ('lease', models.UUIDField(blank=True, null=True)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['origin'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lease__isnull', True), ('leased_until__isnull', True)), models.Q(('lease__isnull', False), ('leased_until__isnull', False)), _connector='OR'), name='host_lease_is_whole')],
            },
        ),
    ]
