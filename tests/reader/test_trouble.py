"""A database that is away: readers are told so soon, and that it passes."""

import os
import socket
import subprocess
import sys

ASKED = """
import time
import django

django.setup()
from django.test import Client

began = time.monotonic()
answer = Client(raise_request_exception=False).get("/stories/bridge/", headers={"host": "127.0.0.1"})
print(answer.status_code, answer.get("Retry-After"), answer["Cache-Control"])
print("soon" if time.monotonic() - began < 15 else "late")
print(answer.content.decode())
"""


def test_while_the_database_is_away_a_reader_is_soon_told_to_come_again(tmp_path):
    # Where nobody listens, and which nobody else can take.
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        away = f"postgres://newsroom@127.0.0.1:{held.getsockname()[1]}/newsroom"
        own = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATA_DIR": str(tmp_path), "DATABASE_URL": away}
        told = subprocess.run(
            [sys.executable, "-c", ASKED],
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            check=False,
        )

    assert told.stdout.startswith("503 30 private, no-store\nsoon\n"), told.stdout[:300] + told.stderr[-2000:]
    assert "We are back in a moment" in told.stdout
