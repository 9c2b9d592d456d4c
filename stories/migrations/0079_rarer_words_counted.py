from django.db import migrations

from stories.models.migrating import CountMoreValues


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0078_alerts_of_a_person"),
    ]

    operations = [
        CountMoreValues("searchable", "words", 500),
    ]
