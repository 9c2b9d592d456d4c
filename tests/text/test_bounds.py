"""What a server sends may cost no more than some 60 MB: read in a process of its own, so that its peak is its own."""

import subprocess
import sys

import pytest

MOST_MEGABYTES = 64
MEASURE = """
import sys
from stories.text.extract import ExtractError
from stories.text.judge import Copy, judge_page, judge_passage
from stories.text.normalise import normalise

unit, content_type, size = sys.argv[1].encode(), sys.argv[2], int(sys.argv[3])
address = "https://post.example/gate"
before = Copy(b"<title>Gate</title><p>The northern gate would stay open.", "text/html", 200, address, address)
judge_page(before, Copy(b"<p>The \\xe2\\x80\\x9cnorthern\\xe2\\x80\\x9d gate.", "text/html", 200, address, address))
copy = Copy(unit * (size // len(unit)), content_type, 200, address, address)

def peak():
    lines = open("/proc/self/status").read().split("\\n")
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

start = peak()
try:
    judge_page(before, copy)
    judge_passage(normalise(copy.extract.text), "The northern gate would not stay open.")
except ExtractError:
    pass
print((peak() - start) // 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="peaks are read from /proc")
@pytest.mark.parametrize(
    ("unit", "content_type", "size"),
    [
        ("<b>x</b>", "text/html", 4_000_000),
        ("<p>the gate", "text/html", 2_500_000),
        ("<p>🚢 gate", "text/html", 1_900_000),
        ("gate\n\n", "text/plain", 1_000_000),
        ("[],", "application/json", 6_000_000),
    ],
)
def test_memory_is_bounded_whatever_is_sent(unit, content_type, size):
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, unit, content_type, str(size)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(measured.stdout) <= MOST_MEGABYTES
