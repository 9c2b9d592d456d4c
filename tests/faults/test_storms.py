"""What the storms are made of: the commands of the docs, a disk without room, a form as a browser sends it."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.faults.backups import commands
from tests.faults.full_disk import Limited
from tests.faults.places import SERVICES, SQLITE
from tests.faults.shuffling import is_shuffling, messages_sent, note, shuffling
from tests.faults.visitor import Page

WRITES_WHEN_TOLD = """
import sys
for path in map(str.strip, sys.stdin):
    try:
        with open(path, "wb", buffering=0) as file:
            file.write(b"x" * 1000) == 1000 or file.write(b"x")
        print("written", flush=True)
    except OSError as error:
        print(error.strerror, flush=True)
"""


@pytest.mark.parametrize(
    ("name", "first", "then"), [(SQLITE, "VACUUM INTO", "cp "), (SERVICES, "pg_dump", "pg_restore")]
)
def test_the_commands_of_a_backup_are_those_of_the_docs(name, first, then):
    back_up, restore = commands(SimpleNamespace(name=name))

    assert first in back_up[-1]
    assert any(then in line for line in restore)


def test_where_no_file_system_can_be_mounted_no_write_finds_room_until_there_is_some(tmp_path):
    disk = Limited(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_WHEN_TOLD],
        env={"DATA_DIR": str(tmp_path), "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:

        def write(name: str) -> str:
            assert writer.stdin and writer.stdout
            writer.stdin.write(f"{tmp_path / name}\n")
            writer.stdin.flush()
            return writer.stdout.readline().strip()

        assert write("before") == "written"
        disk.fill(but=500)
        assert write("meanwhile") == "File too large"
        disk.make_room()
        assert write("after") == "written"


def test_a_form_is_sent_as_it_stands():
    page = Page(
        200,
        "<form><input name=other></form><form><input name=csrf value=1><textarea name=body>\nOne\n\nTwo</textarea>"
        "<select name=kind><option value=a><option value=b selected></select>"
        "<input type=checkbox name=yes value=on checked><input type=checkbox name=no value=on>"
        "<input type=submit name=_save></form>",
    )

    assert page.form("body") == {
        "csrf": ["1"],
        "body": ["One\n\nTwo"],
        "kind": ["b"],
        "yes": ["on"],
        "no": [],
        "_save": [],
    }


def test_a_message_that_is_noted_late_shuffles_none_of_the_next_run_and_is_none_of_it(tmp_path):
    path = tmp_path / "shuffled"
    with shuffling(path):
        note(path, 3)
        assert is_shuffling(path)
        assert messages_sent(path) == 3

    note(path)

    assert not is_shuffling(path)
    with shuffling(path):
        assert messages_sent(path) == 0
