"""The log as it is gets its inner nodes; one that is being added to meanwhile is completed by the next who adds."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from stories.publishing.proof.merkle import RootsAndNodes

_AT_ONCE = 500


def keep_nodes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    leaves, nodes = apps.get_model("stories", "Leaf"), apps.get_model("stories", "Node")
    tree = RootsAndNodes()
    hashes = leaves.objects.using(alias).order_by("index").values_list("hash", flat=True)
    for hexadecimal in hashes.iterator(chunk_size=2000):
        try:
            tree.append(bytes.fromhex(hexadecimal))
        except ValueError:
            return  # Nothing can be made of a damaged log; whoever verifies it is told why.
    nodes.objects.using(alias).bulk_create(
        [nodes(level=level, index=index, hash=root.hex()) for (level, index), root in tree.nodes.items()],
        batch_size=_AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [("stories", "0062_inner_nodes_of_the_log")]
    operations = [migrations.RunPython(keep_nodes, migrations.RunPython.noop)]
