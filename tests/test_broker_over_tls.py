"""A broker that is reached over TLS has to be the one that was meant."""

import os
import subprocess
import sys

import pytest

from tests.running import ROOT
from tests.web.certificates import Authority
from tests.web.misbehaving_server import MisbehavingServer

CONNECT = "from newsroom.celery import app; app.connection_for_write().ensure_connection(max_retries=1)"


@pytest.mark.parametrize("scheme", ["rediss", "amqps"])
def test_a_certificate_of_somebody_else_is_refused(scheme, tmp_path):
    authority = Authority.create(tmp_path)

    with MisbehavingServer(tls=authority.issue("other", alternative="DNS:other.example")) as server:
        address = f"{scheme}://newsroom:password@{server.host}:{server.port}/0"
        own = {
            "DATA_DIR": str(tmp_path),
            "CELERY_BROKER_URL": address,
            "SSL_CERT_FILE": str(tmp_path / "ca.pem"),
        }
        refused = subprocess.run(
            [sys.executable, "-c", CONNECT],
            cwd=ROOT,
            env={**os.environ, **own},
            capture_output=True,
            text=True,
        )

    assert "certificate is not valid for" in refused.stderr
