from django.db import migrations, models

from stories.models.migrating import AddIndexWhileWritten, AddStatistics


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("stories", "0072_mark_what_is_superseded"),
    ]

    operations = [
        AddIndexWhileWritten(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("is_confirmed", True), ("is_superseded", False)),
                fields=["verdict", "citation", "id"],
                name="verdict_not_superseded",
            ),
        ),
        AddStatistics("verdict", "verdict_standing", ["is_confirmed", "is_superseded", "verdict"]),
        # Last: until then, what speaks against a quote is found in it.
        migrations.RemoveIndex(model_name="verdict", name="verdict_confirmed"),
    ]
