"""Chiefs may look up what was taken down, why and by whom; nobody else learns the reason."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def show(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from django.apps import apps as installed

    # Permissions are otherwise made only after the last migration.
    create_permissions(installed.get_app_config("stories"), verbosity=0, using=schema_editor.connection.alias)
    _chiefs(apps).permissions.add(_permission(apps))


def hide(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    _chiefs(apps).permissions.remove(_permission(apps))


def _chiefs(apps: Apps):
    return apps.get_model("auth", "Group").objects.get(name="Chiefs")


def _permission(apps: Apps):
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get(content_type__app_label="stories", codename="view_takedown")


class Migration(migrations.Migration):
    dependencies = [("stories", "0021_moved_to")]
    operations = [migrations.RunPython(show, hide)]
