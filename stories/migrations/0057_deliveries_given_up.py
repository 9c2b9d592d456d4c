from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0056_looks_counted_by_outcome")]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(state="given_up"), fields=["next_try_at"], name="delivery_given_up"
            ),
        ),
    ]
