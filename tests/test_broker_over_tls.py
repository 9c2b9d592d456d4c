"""A broker that is reached over TLS has to be the one that was meant."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT
from tests.web.certificates import Authority
from tests.web.misbehaving_server import MisbehavingServer

#: Python has it so from 3.13 on, and our authority does not say what its key is for.
STRICT = """
import ssl
make = ssl.create_default_context
def create_default_context(*args, **more):
    context = make(*args, **more)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context
ssl.create_default_context = create_default_context
"""
CONNECT = "from newsroom.celery import app; app.connection_for_write().ensure_connection(max_retries=1)"
ASK_THE_CACHE = """
import django; django.setup()
from django.core.cache import cache
cache._cache.get_client().ping()
"""
#: Only what hangs takes so long.
LONGEST_SECONDS = 120


@pytest.mark.parametrize(
    ("scheme", "asked"), [("rediss", ""), ("rediss", "?ssl_ca_certs={authority}"), ("amqps", "")]
)
def test_a_certificate_of_somebody_else_is_refused(scheme, asked, tmp_path):
    said = said_of(CONNECT, "DNS:other.example", scheme, asked, tmp_path)

    assert "certificate is not valid for" in said


@pytest.mark.parametrize(
    ("do", "scheme", "asked"),
    [
        (CONNECT, "rediss", "?ssl_ca_certs={authority}"),
        (CONNECT, "rediss", ""),
        (CONNECT, "amqps", ""),
        (ASK_THE_CACHE, "rediss", "?ssl_ca_certs={authority}"),
    ],
)
def test_one_of_its_own_name_is_taken(do, scheme, asked, tmp_path):
    """What answers then is neither a broker nor a cache."""
    said = said_of(STRICT + do, "IP:127.0.0.1", scheme, asked, tmp_path)

    assert "Error" in said
    assert "certificate" not in said


def said_of(do: str, alternative: str, scheme: str, asked: str, folder: Path) -> str:
    """What is said of a server whose certificate is of that name, of an authority that we know in one way."""
    authority, known = Authority.create(folder), folder / "ca.pem"
    trusted = {} if asked else {"SSL_CERT_FILE": str(known)}
    with MisbehavingServer(tls=authority.issue("server", alternative=alternative)) as server:
        place = f"newsroom:password@{server.host}:{server.port}/0"
        address = f"{scheme}://{place}{asked.format(authority=known)}"
        told = subprocess.run(
            [sys.executable, "-c", do],
            cwd=ROOT,
            env={
                **os.environ,
                **trusted,
                "DATA_DIR": str(folder),
                "DJANGO_SETTINGS_MODULE": "newsroom.settings",
                "CELERY_BROKER_URL": address,
                "CACHE_URL": address if scheme == "rediss" else "",
            },
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
        )
    return told.stderr
