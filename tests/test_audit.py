"""The audit fails on a fault, and says when nobody could be asked."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audit import PINS, verdict_on
from tests.test_house import ROOT, read

FINE = {"name": "aiohttp", "version": "3.14", "vulns": []}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI and could not be audited: ours (1.0)"}
FAULTY = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}]}


def test_a_known_fault_fails_the_audit():
    said, status = verdict_on("base.txt", json.dumps({"dependencies": [FINE, FAULTY]}))

    assert status == 1
    assert "old 1.0: PYSEC-2026-1, mended in 1.1" in said


def test_no_known_fault_is_said_with_how_many_were_looked_at():
    said, status = verdict_on("base.txt", json.dumps({"dependencies": [FINE]}))

    assert (status, said) == (0, "base.txt: no known fault in 1 packages\n")


def test_what_the_service_does_not_know_is_not_said_to_be_without_fault():
    said, status = verdict_on("base.txt", json.dumps({"dependencies": [FINE, UNKNOWN]}))

    assert status == 0
    assert said == "base.txt: no known fault in 1 packages, and 1 that the service does not know\n"


@pytest.mark.parametrize("answer", ["", "not json", "{}", json.dumps({"dependencies": [UNKNOWN]})])
def test_where_nobody_can_be_asked_it_says_so_and_fails_nothing(answer):
    said, status = verdict_on("base.txt", answer)

    assert status == 0
    assert said.startswith("NOT AUDITED")


@pytest.mark.parametrize("name", ["requirements/pip.txt", "requirements/base.txt"])
def test_what_the_product_runs_on_is_audited_too(name):
    pinned, audited = (set(re.findall(r"^\S+==\S+", read(each), re.M)) for each in (name, PINS))

    assert pinned
    assert pinned <= audited


def test_a_clone_without_a_network_is_told_that_nothing_was_audited(tmp_path):
    ended = audit_through("http://127.0.0.1:9", tmp_path, most_seconds=120)

    assert ended.returncode == 0
    assert ended.stdout.startswith("NOT AUDITED")


def test_a_network_that_never_answers_holds_nothing_up(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ended = audit_through(f"http://127.0.0.1:{silent.getsockname()[1]}", tmp_path, most_seconds=2)

    assert ended.returncode == 0
    assert ended.stdout.startswith("NOT AUDITED")


def audit_through(proxy: str, folder: Path, *, most_seconds: float) -> subprocess.CompletedProcess[str]:
    """One pinned package, audited through a proxy."""
    pins = folder / "pins.txt"
    pins.write_text(
        "idna==3.10 --hash=sha256:946d195a0d259cbba61165e88e65941f16e9b36ea6ddb97f00452bae8b1287d3\n"
    )
    proxies = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), proxy)
    audited = f"audit({str(pins)!r}, most_seconds={most_seconds})"
    return subprocess.run(
        [sys.executable, "-c", f"from tests.audit import audit; raise SystemExit({audited})"],
        cwd=ROOT,
        env={**os.environ, **proxies, "NO_PROXY": "", "no_proxy": "", "XDG_CACHE_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_bill_of_materials_names_everything_that_the_product_runs_on(tmp_path):
    bill = tmp_path / "sbom.json"
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "requirements/base.txt"]
    options = [
        "--output-reproducible",
        "--spec-version",
        "1.6",
        "--output-format",
        "JSON",
        "--output-file",
        str(bill),
    ]

    subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True)

    written = json.loads(bill.read_text())
    named = {each["name"].lower() for each in written["components"]}
    pinned = {
        name.lower()
        for name in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==", read("requirements/base.txt"), re.M)
    }
    assert written["bomFormat"] == "CycloneDX"
    assert pinned <= named


def test_every_code_that_bandit_skips_has_its_reason():
    skips = re.search(r"\[tool\.bandit\].*?skips = \[(.*?)\n\]", read("pyproject.toml"), re.S)

    assert skips
    assert all("#" in line for line in skips[1].strip().splitlines())
