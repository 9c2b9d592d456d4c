"""Sources that were there before get the digest of their address."""

import hashlib

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def digest(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    from stories.text.same_address import normalise_address

    sources = apps.get_model("stories", "Source").objects.filter(url__isnull=False, address_digest="")
    for source in sources.iterator():
        address = normalise_address(source.url).encode("utf-8", "replace")
        source.address_digest = hashlib.sha256(address).hexdigest()
        source.save(update_fields=["address_digest"])


class Migration(migrations.Migration):
    dependencies = [("stories", "0026_address_digests")]
    operations = [migrations.RunPython(digest, migrations.RunPython.noop)]
