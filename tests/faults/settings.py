"""The product's settings, for a product in which things go wrong: what lasts minutes lasts seconds.

The product is the same, with one application more, which shortens the leases and arms what a run asks for.
"""

import os

from newsroom.settings import *  # noqa: F403 - the same
from newsroom.settings import CELERY_BROKER_URL, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.application.FaultsConfig"]

if (VISIBLE_SECONDS := os.environ.get("FAULTS_VISIBLE_SECONDS")) and CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"visibility_timeout": float(VISIBLE_SECONDS)}  # noqa: F405

# Passwords in tests protect nothing: hash them quickly.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
