"""The bytes of each snapshot move into a blob, the same bytes into the same one."""

from backports import zstd
from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS_AT_ONCE = 100


def move_into_blobs(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    there = schema_editor.connection.alias
    blobs, snapshots = (apps.get_model("stories", name).objects.using(there) for name in ("Blob", "Snapshot"))
    for snapshot in snapshots.order_by("pk").iterator(ROWS_AT_ONCE):
        whole = {"packed": snapshot.compressed, "size": snapshot.size}
        blob, _ = blobs.get_or_create(digest=snapshot.digest, defaults=whole)
        snapshots.filter(pk=snapshot.pk).update(blob=blob)


def move_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    snapshots = apps.get_model("stories", "Snapshot").objects.using(schema_editor.connection.alias)
    for snapshot in snapshots.select_related("blob__keyframe").order_by("pk").iterator(ROWS_AT_ONCE):
        snapshots.filter(pk=snapshot.pk).update(compressed=_whole(snapshot.blob), blob=None)
    # What leans goes first, because it protects its keyframe.
    blobs = apps.get_model("stories", "Blob").objects.using(schema_editor.connection.alias)
    blobs.filter(keyframe__isnull=False).delete()
    blobs.all().delete()


def _whole(blob) -> bytes:
    packed = bytes(blob.packed)
    if blob.keyframe is None:
        return packed
    near = zstd.ZstdDict(zstd.decompress(bytes(blob.keyframe.packed)), is_raw=True)
    return zstd.compress(zstd.decompress(packed, zstd_dict=near.as_prefix), 10)


class Migration(migrations.Migration):
    dependencies = [("stories", "0007_bytes_apart_from_snapshots")]
    operations = [migrations.RunPython(move_into_blobs, move_back)]
