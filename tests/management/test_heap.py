import ctypes
import subprocess
import sys

import pytest

MEASURE = """
import resource
from stories.management.heap import keep_what_is_freed, share_one_heap

share_one_heap()
if "keep" in __import__("sys").argv:
    keep_what_is_freed()
take = lambda: [bytearray(200_000) for _ in range(20)]
take()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    take()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def _pages_asked_for(*arguments: str) -> int:
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, *arguments], capture_output=True, text=True, check=True
    )
    return int(measured.stdout)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="glibc's")
def test_memory_that_was_freed_is_used_again_without_asking_the_system() -> None:
    assert _pages_asked_for("keep") * 10 < _pages_asked_for()
