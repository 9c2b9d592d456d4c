"""A third role: chiefs are editors who also approve what a second person must have read, and take down."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

THEIR_OWN = ("approve_publication", "takedown_version")


def make_chiefs(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from django.apps import apps as installed

    # Permissions are otherwise made only after the last migration.
    create_permissions(installed.get_app_config("stories"), verbosity=0, using=schema_editor.connection.alias)
    group = apps.get_model("auth", "Group")
    ours = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="stories")
    editors, _ = group.objects.get_or_create(name="Editors")
    editors.permissions.add(*ours.filter(codename="view_publication"))
    chiefs, _ = group.objects.get_or_create(name="Chiefs")
    chiefs.permissions.set([*editors.permissions.all(), *ours.filter(codename__in=THEIR_OWN)])


def drop_chiefs(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name="Chiefs").delete()


class Migration(migrations.Migration):
    dependencies = [("stories", "0004_publications")]
    operations = [migrations.RunPython(make_chiefs, drop_chiefs)]
