"""The desk is for those who have a role, and chiefs give the roles."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PEOPLE = ("view_user", "add_user", "change_user")


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from django.apps import apps as installed

    # Permissions are otherwise made only after the last migration.
    for label in ("stories", "auth"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    for group in _groups(apps, "Reporters", "Editors", "Chiefs"):
        group.permissions.add(*_permissions(apps, "use_desk"))
    for group in _groups(apps, "Chiefs"):
        group.permissions.add(*_permissions(apps, *PEOPLE, "view_group"))


def take(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in _groups(apps, "Reporters", "Editors", "Chiefs"):
        group.permissions.remove(*_permissions(apps, "use_desk", *PEOPLE, "view_group"))


def keep_reporters(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who reports a story has used the desk until now, with or without the role."""
    people = apps.get_model("stories", "User").objects
    reporting = people.filter(articles__isnull=False, groups__isnull=True, is_superuser=False).distinct()
    for group in _groups(apps, "Reporters"):
        group.user_set.add(*reporting)


def _groups(apps: Apps, *names: str):
    return apps.get_model("auth", "Group").objects.filter(name__in=names)


def _permissions(apps: Apps, *codenames: str):
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label__in=["stories", "auth"], codename__in=codenames
    )


class Migration(migrations.Migration):
    dependencies = [("stories", "0040_permission_to_use_the_desk")]
    operations = [
        migrations.RunPython(give, take),
        migrations.RunPython(keep_reporters, migrations.RunPython.noop),
    ]
