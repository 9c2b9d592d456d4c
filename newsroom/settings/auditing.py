"""How long the audit log keeps what it knows."""

from environs import validate

from newsroom.settings.environment import env

AUDIT_ADDRESS_DAYS = env.int("AUDIT_ADDRESS_DAYS", 30, validate=validate.Range(min=1))
AUDIT_KEPT_DAYS = env.int("AUDIT_KEPT_DAYS", 0, validate=validate.Range(min=0))
