from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0070_record_verified'),
    ]

    operations = [
        migrations.AddField(
            model_name='verdict',
            name='is_superseded',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
