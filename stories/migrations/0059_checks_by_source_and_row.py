import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The index with the order of the rows comes first: there is always one by source."""

    dependencies = [("stories", "0058_orders_of_long_lists")]

    operations = [
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["source", "-id"], name="check_by_source_and_row"),
        ),
        migrations.AlterField(
            model_name="check",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="checks",
                to="stories.source",
            ),
        ),
    ]
