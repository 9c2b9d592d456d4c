"""The settings under test: the product's own, with a data folder that no installation shares."""

import os
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="newsroom-tests-")
os.environ.setdefault("TIME_ZONE", "America/New_York")

from newsroom.settings import *  # noqa: F403 - the folder comes first
from newsroom.settings import DATA_DIR, DATABASES

# Passwords in tests protect nothing: hash them quickly.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each client of a test would look at every static file before its first request: look for those that are asked for.
WHITENOISE_AUTOREFRESH = True

# No page comes too late because the machine stands still for a while: what is slow on purpose has its own bound.
WATCH_TOTAL_SECONDS = 120.0

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: several threads see the same rows and wait for each other. Nobody needs it to
    # survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    # Threads of a test that ends leave no connection in a pool behind, which would keep the database from going.
    DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TESTS_TEMPLATE")}
