"""The audit fails on a fault, and says when nobody could be asked."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.audit import verdict_on
from tests.test_house import ROOT, read

FINE = {"name": "aiohttp", "version": "3.14", "vulns": []}
FAULTY = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}]}


def test_a_known_fault_fails_the_audit():
    said, status = verdict_on("base.txt", json.dumps({"dependencies": [FINE, FAULTY]}))

    assert status == 1
    assert "old 1.0: PYSEC-2026-1, mended in 1.1" in said


def test_no_known_fault_is_said_with_how_many_were_looked_at():
    said, status = verdict_on("base.txt", json.dumps({"dependencies": [FINE]}))

    assert (status, said) == (0, "base.txt: no known fault in 1 packages\n")


@pytest.mark.parametrize("answer", ["", "not json", "{}"])
def test_where_nobody_can_be_asked_it_says_so_and_fails_nothing(answer):
    said, status = verdict_on("base.txt", answer)

    assert status == 0
    assert said.startswith("NOT AUDITED")


def test_a_clone_without_a_network_is_told_that_nothing_was_audited(tmp_path):
    pins = tmp_path / "pins.txt"
    pins.write_text(
        "idna==3.10 --hash=sha256:946d195a0d259cbba61165e88e65941f16e9b36ea6ddb97f00452bae8b1287d3\n"
    )
    nowhere = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")
    nowhere |= {"NO_PROXY": "", "no_proxy": "", "XDG_CACHE_HOME": str(tmp_path)}

    ended = subprocess.run(
        [sys.executable, "-c", f"from tests.audit import audit; raise SystemExit(audit({str(pins)!r}))"],
        cwd=ROOT,
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0
    assert ended.stdout.startswith("NOT AUDITED")


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
