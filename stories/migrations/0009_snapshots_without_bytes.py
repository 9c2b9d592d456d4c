"""Every snapshot has its blob now, and no bytes of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0008_move_bytes_into_blobs")]
    operations = [
        migrations.AlterField(
            model_name="snapshot",
            name="blob",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="stories.blob"
            ),
        ),
        migrations.RemoveField(model_name="snapshot", name="compressed"),
    ]
