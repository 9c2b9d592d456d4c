"""What `.ci/run` begins beside the rest ends with it, however that ends."""

import subprocess
import time
from pathlib import Path

import pytest

from tests.running import ROOT

RUN = (ROOT / ".ci/run").read_text()
#: `beside`, `await` and what ends what they began.
BESIDE = RUN[RUN.index("logs=$(mktemp -d)") : RUN.index("trap leave EXIT")]


def run(folder: Path, words: str) -> subprocess.CompletedProcess[str]:
    script = f"set -euo pipefail\n{BESIDE}trap leave EXIT\n{words}"
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("true", 0, ""),
        ("exit 3", 3, ""),
        ("beside it echo done; await it", 0, "done\n"),
        ("beside it sh -c 'echo broken; exit 2'; await it", 2, "broken\n"),
    ],
)
def test_it_ends_as_its_steps_do(tmp_path, words, status, said):
    ended = run(tmp_path, words)

    assert (ended.returncode, ended.stdout, ended.stderr) == (status, said, "")


def test_it_leaves_nobody_behind(tmp_path):
    (tmp_path / "child").write_text(
        "trap 'touch told; exit' TERM\ntouch begun\nwhile :; do sleep 0.05; done\n"
    )
    (tmp_path / "Makefile").write_text("it:\n\t@sh child; true\n")

    run(tmp_path, "beside it make it\nuntil [ -e begun ]; do sleep 0.05; done\nfalse")

    deadline = time.monotonic() + 10
    while not (tmp_path / "told").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (tmp_path / "told").exists()
