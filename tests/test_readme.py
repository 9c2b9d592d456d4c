"""The commands of the README run as they stand there."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pristine import copy_pristine

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()
]

STORY = "Harbour bridge closes\n\nThe bridge closes on Monday. It opens in a year.\n\nFerries run. They are slow.\n"
NOTES = [
    "\nUpdate, May 18 2024, 3:24 PM ET: The story now says how often ferries run.\n",
    "\nUpdate, May 19 2024, 12:41 PM ET: The story now says who pays for the works.\n",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the files that the README names, and the command line as it is written there.

    Whoever reads on has started the newsroom before, so that there is a database.
    """
    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").mkdir()
    copy_pristine(folder / "data" / "newsroom.sqlite3")
    (folder / "manage.py").symlink_to(ROOT / "manage.py")
    for name, notes in (("may-17", []), ("may-18", NOTES[:1]), ("may-19", NOTES)):
        (folder / f"{name}.txt").write_text(STORY + "".join(notes))
    (folder / "story.txt").write_text(STORY.replace("bridge", "tunnel").replace("Ferries", "Buses"))
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command.replace(".venv/bin/python", sys.executable))
    environment = {
        **os.environ,
        "DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    inherited = {name: value for name, value in environment.items() if name != "DATABASE_URL"}
    superuser = {"DJANGO_SUPERUSER_USERNAME": "chief", "DJANGO_SUPERUSER_EMAIL": "chief@newsroom.example"}
    superuser["DJANGO_SUPERUSER_PASSWORD"] = "a long enough password"
    if "createsuperuser" in words:
        words.append("--noinput")
    return subprocess.run(
        words, cwd=folder, env={**inherited, **superuser}, capture_output=True, text=True, check=False
    )


@pytest.mark.long
def test_the_readmes_management_commands_run_in_their_order(folder):
    managing = [command for command in COMMANDS if "manage.py" in command]
    managing.sort(key=lambda command: "migrate" not in command)

    for command in managing:
        ended = run(command, folder)
        assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"

    assert len(managing) >= 4


def test_the_readmes_other_commands_are_there(folder):
    for command in COMMANDS:
        words = shlex.split(command)
        if words[0].startswith(".venv/bin/") and "manage.py" not in command:
            assert Path(sys.executable).with_name(Path(words[0]).name).exists(), command
        elif words[0] not in {"make", "export"}:
            assert "manage.py" in command, f"nothing tests “{command}”"
