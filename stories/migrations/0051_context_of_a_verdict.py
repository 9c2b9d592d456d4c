"""By what before and after a passage it was judged, so that one whose place an editor tells otherwise is judged anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0050_chiefs_search_the_audit_log")]
    operations = [
        migrations.AddField(
            model_name="verdict", name=name, field=models.TextField(blank=True, editable=False, null=True)
        )
        for name in ("prefix", "suffix")
    ]
