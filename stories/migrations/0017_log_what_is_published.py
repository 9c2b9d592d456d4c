"""What was published before there was a log gets its leaves, in the order in which it was recorded.

They say that they are backfilled: what the log proves of them is that they are as they were on this day.
"""

import json

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from stories.publishing.canonical import canonical_json
from stories.publishing.proof.leaf import commit, hash_of, new_salt, update_leaf, version_leaf


def log_versions(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    leaves, updates = apps.get_model("stories", "Leaf"), apps.get_model("stories", "Update")
    if leaves.objects.exists():
        return  # Logged before this migration was taken back, which leaves the log as it is.
    there = set(updates.objects.exclude(version=None).values_list("pk", flat=True))
    index, last = 0, {}
    for version in apps.get_model("stories", "Version").objects.order_by("pk").iterator(chunk_size=100):
        content = json.loads(version.content)
        parts = [(None, version.content), *((each, canonical_json(each)) for each in content["updates"])]
        for update, written in parts:
            salt = new_salt()
            common = {
                "index": index,
                "previous_leaf": last.get(version.article_id, ""),
                "commitment": commit(written, salt=salt),
                "is_backfilled": True,
            }
            data = (
                update_leaf(update, story=content["article"], version=content["number"], **common)
                if update
                else version_leaf(content, **common)
            )
            last[version.article_id] = hash_of(data)
            leaves.objects.create(
                index=index,
                kind="update" if update else "version",
                article_id=version.article_id,
                version_id=version.pk,
                # One that is gone is told by the verification, and does not keep the rest from being logged.
                update_id=update["id"] if update and update["id"] in there else None,
                data=data,
                hash=hash_of(data),
                salt=salt,
            )
            index += 1


class Migration(migrations.Migration):
    dependencies = [("stories", "0016_the_log")]
    operations = [migrations.RunPython(log_versions, migrations.RunPython.noop)]
