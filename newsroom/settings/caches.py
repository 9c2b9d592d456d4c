"""What may be forgotten at any time."""

from environs import validate

from newsroom.settings.environment import env

# Finished pages, each under a name that changes with whatever it is made from: every process has its own.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}
PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", 60, validate=validate.Range(min=0, max=86400))
