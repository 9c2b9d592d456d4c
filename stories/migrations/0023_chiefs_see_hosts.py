"""Chiefs are editors too: like them, they see what is known of the hosts that sources are read from."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def show(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in _chiefs(apps):
        group.permissions.add(*_permission(apps))


def hide(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in _chiefs(apps):
        group.permissions.remove(*_permission(apps))


def _chiefs(apps: Apps):
    return apps.get_model("auth", "Group").objects.filter(name="Chiefs")


def _permission(apps: Apps):
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.filter(content_type__app_label="stories", codename="view_host")


class Migration(migrations.Migration):
    dependencies = [("stories", "0022_chiefs_see_takedowns")]
    operations = [migrations.RunPython(show, hide)]
