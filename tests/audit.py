"""`python -m tests.audit`: whether anything that is pinned has a fault that is known (pip-audit, over the network).

A fault ends it with 1. Where nobody can be asked, or nobody answers in time, it says so, and ends with 0: a clone
without a network is no fault, and is not audited either.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

#: Whatever base.txt pins, too.
PINS = "requirements/dev.txt"
ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 90
NOT_ASKED = (
    "NOT AUDITED: the advisory service could not be reached, so nobody knows whether {} has known faults.\n"
)


def audit(pins: str = PINS, *, most_seconds: float = MOST_SECONDS) -> int:
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
    ]
    command += ["--format", "json", "--timeout", "15", "--requirement", pins]
    try:
        ended = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=most_seconds
        )
    except subprocess.TimeoutExpired:
        sys.stdout.write(NOT_ASKED.format(pins))
        return 0
    said, status = verdict_on(pins, ended.stdout)
    sys.stdout.write(said)
    return status


def verdict_on(pins: str, answer: str) -> tuple[str, int]:
    """What pip-audit's JSON says, in words, and how that ends; it writes none where it could not ask."""
    try:
        found = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return NOT_ASKED.format(pins), 0
    faults = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none'}\n"
        for each in found
        for fault in each.get("vulns", ())
    ]
    if faults:
        return f"{pins} has known faults:\n{''.join(faults)}", 1
    known = [each for each in found if "skip_reason" not in each]
    if not known:
        return NOT_ASKED.format(pins), 0
    unknown = f", and {len(found) - len(known)} that the service does not know" if known != found else ""
    return f"{pins}: no known fault in {len(known)} packages{unknown}\n", 0


if __name__ == "__main__":
    sys.exit(audit())
