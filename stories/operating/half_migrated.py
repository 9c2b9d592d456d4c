"""A database that is between two versions of the newsroom: no migration of today goes on from there."""

from django.db import connections
from django.db.migrations.loader import MigrationLoader

IS_HALF_MIGRATED = "This database has only some of the migrations that those of this version stand for."
WHAT_TO_DO = (
    "Bring it up to date with the version before, which docs/UPGRADING.md names, and then with this one."
)


def is_half_migrated(using: str = "default") -> bool:
    """Of what one migration replaces, some are applied and some are not; Django leaves such a one out unsaid."""
    loader = MigrationLoader(connections[using])
    applied = set(loader.applied_migrations)
    replaced = [set(migration.replaces) for migration in loader.replacements.values()]
    return any(names & applied and names - applied for names in replaced)
