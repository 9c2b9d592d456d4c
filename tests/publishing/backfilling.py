"""A record as it was before there was a log, and the migration that gives it one."""

import json
from importlib import import_module

from django.apps import apps
from django.db import connection

from stories.models import Version
from stories.publishing.canonical import canonical_json, digest
from tests.triggers import triggers_lifted


def forget_log() -> None:
    """Take the log away, and digest each version as it was then: by the SHA-256 of its content."""
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM stories_leaf")
        cursor.execute("DELETE FROM stories_node")
        cursor.execute("DELETE FROM stories_checkpoint")
        previous: dict[int, str] = {}
        for version in Version.objects.order_by("number"):
            before = previous.get(version.article_id, "")
            content = canonical_json({**json.loads(version.content), "previous_digest": before})
            previous[version.article_id] = digest(content)
            cursor.execute(
                "UPDATE stories_version SET content = %s, digest = %s, previous_digest = %s WHERE id = %s",
                [content, digest(content), before, version.pk],
            )


def log_again() -> None:
    import_module("stories.migrations.0017_log_what_is_published").log_versions(apps, None)
