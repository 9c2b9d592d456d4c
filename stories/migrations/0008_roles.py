"""The three roles, as groups: reporters answer alerts at the desk; editors edit and publish in the admin; chiefs also
approve what a second person must have read, take down, and say who has which role.
"""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

READ = (
    *(
        "alert",
        "alertevent",
        "bulk",
        "check",
        "delivery",
        "digest",
        "host",
        "publication",
        "snapshot",
        "verdict",
    ),
    *("version", "watch"),
)
WRITTEN = ("article", "citation", "claim", "source", "update")
REPORTERS = {"use_desk"}
EDITORS = {
    *REPORTERS,
    *(f"view_{noun}" for noun in READ),
    *(f"{verb}_{noun}" for verb in ("view", "add", "change", "delete") for noun in WRITTEN),
    *(f"{verb}_{noun}" for verb in ("view", "add", "change") for noun in ("intake", "watchedfeed")),
    *("publish_article", "share_savedfilter", "view_errorreport", "change_errorreport"),
}
CHIEFS = {
    *EDITORS,
    *("approve_publication", "takedown_version", "view_takedown", "view_auditentry"),
    *("view_user", "add_user", "change_user", "view_group"),
}
ROLES = {"Reporters": REPORTERS, "Editors": EDITORS, "Chiefs": CHIEFS}


def make_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from django.apps import apps as installed

    # Permissions are otherwise made only after the last migration.
    for label in ("stories", "auth"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label__in=["stories", "auth"]
    )
    for name, codenames in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set(permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0002_roles"),
        ("stories", "0005_chiefs"),
        ("stories", "0014_editors_see_hosts"),
        ("stories", "0020_editors_answer_readers"),
        ("stories", "0022_chiefs_see_takedowns"),
        ("stories", "0023_chiefs_see_hosts"),
        ("stories", "0025_editors_see_digests"),
        ("stories", "0032_editors_bring_stories_in"),
        ("stories", "0037_editors_watch_feeds"),
        ("stories", "0041_people_with_a_role"),
        ("stories", "0050_chiefs_search_the_audit_log"),
        ("stories", "0053_editors_see_bulk_actions"),
        ("stories", "0055_editors_share_filters"),
    ]
    dependencies = [("stories", "0007_postgresql"), ("auth", "0012_alter_user_first_name_max_length")]

    # Who has which role is nowhere else: taken back, they stay.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
