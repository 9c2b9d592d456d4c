"""The product's settings, for a product in which things go wrong: what lasts minutes lasts seconds.

The product is the same, with one application more, which shortens the leases and arms what a run asks for.
"""

from newsroom.settings import *  # noqa: F403 - the same
from newsroom.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.application.FaultsConfig"]

# Passwords in tests protect nothing: hash them quickly.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
