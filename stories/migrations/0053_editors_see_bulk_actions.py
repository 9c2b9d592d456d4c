"""Editors and chiefs see what was done to many rows at once, and undo it."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from django.apps import apps as installed

    # Permissions are otherwise made only after the last migration.
    create_permissions(installed.get_app_config("stories"), verbosity=0, using=schema_editor.connection.alias)
    for group in _groups(apps):
        group.permissions.add(*_permissions(apps))


def forbid(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in _groups(apps):
        group.permissions.remove(*_permissions(apps))


def _groups(apps: Apps):
    return apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Chiefs"])


def _permissions(apps: Apps):
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="stories", codename="view_bulk"
    )


class Migration(migrations.Migration):
    dependencies = [("stories", "0052_bulk_actions")]
    operations = [migrations.RunPython(allow, forbid)]
