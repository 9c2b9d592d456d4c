"""A permission that tells the people of the newsroom from any other account."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stories", "0039_text_digest")]
    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "permissions": [("use_desk", "Can use the reporters’ desk")],
            },
        ),
    ]
