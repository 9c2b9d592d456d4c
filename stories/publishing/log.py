"""The log of the record: every publication, takedown and acknowledgement adds its leaves in its own transaction."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction

from stories.models import Article, Leaf, Version
from stories.models.words import LeafKind
from stories.publishing.canonical import canonical_json
from stories.publishing.keeping_nodes import keep_nodes
from stories.publishing.proof.leaf import commit, hash_of, new_salt, update_leaf, version_leaf

#: Names the log among PostgreSQL's advisory locks: "record" in ASCII.
_LOCK = 0x7265636F7264


def log_publication(version: Version, content: Mapping[str, Any], *, salt: str) -> None:
    """Add the leaf of a version and one for each update that it publishes.

    `content` is what the version froze, and `salt` what its digest was made with. To be called in the transaction
    that publishes.
    """
    add_leaf(
        lambda index, previous: version_leaf(
            content,
            index=index,
            previous_leaf=previous,
            commitment=version.digest,
            is_backfilled=False,
        ),
        kind=LeafKind.VERSION,
        article=version.article,
        version=version,
        salt=salt,
    )
    for update in content["updates"]:
        _log_update(update, version=version)


def _log_update(update: Mapping[str, Any], *, version: Version) -> None:
    salt = new_salt()
    add_leaf(
        lambda index, previous: update_leaf(
            update,
            index=index,
            previous_leaf=previous,
            commitment=commit(canonical_json(update), salt=salt),
            story=version.article.slug,
            version=version.number,
            is_backfilled=False,
        ),
        kind=LeafKind.UPDATE,
        article=version.article,
        version=version,
        update_id=update["id"],
        salt=salt,
    )


def add_leaf(
    write: Callable[[int, str], str],
    *,
    kind: LeafKind,
    article: Article | None = None,
    version: Version | None = None,
    update_id: int | None = None,
    salt: str = "",
) -> Leaf:
    """Add one leaf; `write` makes its data from its index and the hash of the story's leaf before it.

    The log has no gap: who adds holds the log until the transaction ends. Raises TransactionManagementError outside
    of one.
    """
    hold_log()
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    index = 0 if last is None else last + 1
    of_story = Leaf.objects.filter(article=article).order_by("-index").values_list("hash", flat=True)
    data = write(index, (of_story.first() or "") if article else "")
    leaf = Leaf.objects.create(
        index=index,
        kind=kind,
        article=article,
        version=version,
        update_id=update_id,
        data=data,
        hash=hash_of(data),
        salt=salt,
    )
    keep_nodes(size=index + 1)
    return leaf


def hold_log() -> None:
    """One transaction at a time adds to the log; SQLite has but one writer anyway."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the log is written in the transaction that publishes")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
