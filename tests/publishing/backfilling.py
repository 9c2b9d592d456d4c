"""A record as it was before there was a log, and as it was after it had got one."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection

from stories.models import Version
from stories.models.words import LeafKind
from stories.publishing.canonical import canonical_json, digest
from stories.publishing.log import add_leaf
from stories.publishing.proof.leaf import commit, new_salt, update_leaf, version_leaf
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
    """Give what was published its leaves, which say that they are later than what they tell of."""
    for version in Version.objects.order_by("pk"):
        content = json.loads(version.content)
        _add(LeafKind.VERSION, partial(version_leaf, content), version.content, version=version)
        for update in content["updates"]:
            leaf = partial(update_leaf, update, story=content["article"], version=content["number"])
            _add(LeafKind.UPDATE, leaf, canonical_json(update), version=version, update_id=update["id"])


def _add(kind: LeafKind, leaf: Callable[..., str], written: str, *, version: Version, **more: Any) -> None:
    salt = new_salt()
    made = partial(leaf, commitment=commit(written, salt=salt), is_backfilled=True)
    add_leaf(
        lambda index, previous: made(index=index, previous_leaf=previous),
        kind=kind,
        article=version.article,
        version=version,
        salt=salt,
        **more,
    )
