"""The two roles, as groups: reporters answer alerts at the desk; editors edit and publish in the admin."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EDITED = ("article", "claim", "citation", "source", "update")
READ = (*EDITED, "snapshot", "check", "verdict", "alert", "delivery", "version", "watch")


def make_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from django.apps import apps as installed

    # Permissions are otherwise made only after the last migration.
    create_permissions(installed.get_app_config("stories"), verbosity=0, using=schema_editor.connection.alias)
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    reporters, _ = group.objects.get_or_create(name="Reporters")
    editors, _ = group.objects.get_or_create(name="Editors")
    codenames = {f"view_{noun}" for noun in READ} | {"publish_article"}
    codenames |= {f"{verb}_{noun}" for verb in ("add", "change", "delete") for noun in EDITED}
    ours = permission.objects.filter(content_type__app_label="stories")
    editors.permissions.set(ours.filter(codename__in=codenames))
    reporters.permissions.clear()


def drop_roles(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=["Reporters", "Editors"]).delete()


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_the_nouns"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_roles, drop_roles)]
