from django.db import migrations, models

from stories.models.migrating import AddIndexWhileWritten


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0074_sources_not_watched"),
    ]

    operations = [
        AddIndexWhileWritten(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("standing__in", ["disputed", "corrected", "withdrawn"])),
                fields=["standing", "-id"],
                name="claim_not_standing",
            ),
        ),
    ]
