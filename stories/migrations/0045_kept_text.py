"""What a copy says, beside its bytes, so that a page held against it need not be taken apart twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0044_indexes_of_the_glance")]
    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="packed_text",
            field=models.BinaryField(
                help_text="That text, packed beside the bytes; empty where the page was heavy, or in old rows.",
                null=True,
            ),
        ),
    ]
