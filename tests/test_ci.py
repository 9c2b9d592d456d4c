"""What `.ci/run` begins beside the rest ends with it, however that ends; what failed is tried once more, by itself."""

import re
import subprocess
import time
from pathlib import Path

import pytest

from tests.faults.runs import MODULES
from tests.running import ROOT

RUN = (ROOT / ".ci/run").read_text()
#: `step`, `twice`, `beside`, `await` and what ends what they began.
WORDS = RUN[RUN.index("step() {") : RUN.index("trap leave EXIT")]


def run(folder: Path, words: str) -> subprocess.CompletedProcess[str]:
    script = f"set -euo pipefail\n{WORDS}trap leave EXIT\n{words}"
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


def test_what_must_not_be_broken_off_comes_to_its_end_first(tmp_path):
    """Half an installation of Debian's packages is repaired by hand."""
    ended = run(tmp_path, "beside it sh -c 'sleep 1; echo done'\nfalse || fail_after it")

    assert (ended.returncode, ended.stdout) == (1, "done\n")
    assert re.search(r"^make \.venv/\.dev \|\| fail_after packages$", RUN, re.MULTILINE)


@pytest.mark.parametrize(
    ("passes", "status", "times"), [("true", 0, 1), ("[ -e again ]", 0, 2), ("false", 2, 2)]
)
def test_what_fails_beside_the_rest_is_tried_once_more(tmp_path, passes, status, times):
    (tmp_path / "Makefile").write_text(
        f"it:\n\t@echo Try: $(PYTEST_ARGS)\n\t@{passes} || {{ touch again; false; }}\n"
    )

    ended = run(tmp_path, "beside it twice it; await it")

    assert (ended.returncode, ended.stdout.count("Try:")) == (status, times), ended.stdout
    assert ("UNSTEADY" in ended.stdout) == (passes == "[ -e again ]")


def test_each_remembers_what_failed_in_a_place_of_its_own(tmp_path):
    (tmp_path / "Makefile").write_text("one two:\n\t@echo $$PYTEST_ADDOPTS\n")

    ended = run(tmp_path, "beside it twice one; await it; twice two")

    assert ended.stdout == "-o cache_dir=.pytest_cache/one\n-o cache_dir=.pytest_cache/two\n"


def test_a_tenth_of_every_fault_is_run():
    runs = "".join((ROOT / f"tests/faults/{module}.py").read_text() for module in MODULES)
    names = re.findall(r'^@run\(\s*"(.+?)"', runs, re.MULTILINE)

    assert len(names) == 19
    assert [name for name in names if f"'{name}'" not in RUN] == []
