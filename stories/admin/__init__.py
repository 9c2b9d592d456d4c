"""The editors' screens."""

from stories.admin import (
    alerting,
    article,
    audit,
    bulk,
    citation,
    claim,
    error_report,
    intake,
    publication,
    source,
    takedown,
    update,
    user,
    version,
    watched_feed,
    watching,
)

__all__ = [
    "alerting",
    "article",
    "audit",
    "bulk",
    "citation",
    "claim",
    "error_report",
    "intake",
    "publication",
    "source",
    "takedown",
    "update",
    "user",
    "version",
    "watched_feed",
    "watching",
]
