"""The house keeps its own rules: every setting is documented, the top level is fixed, pins name no address."""

import json
import re
import subprocess
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_setting_that_is_read_is_documented_and_no_other():
    modules = (ROOT / "newsroom/settings").glob("*.py")
    is_read = re.compile(r'(?:env\.\w+|folder_of)\(\s*"([A-Z_]+)"')
    read_settings = {name for module in modules for name in is_read.findall(module.read_text())}

    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/SETTINGS.md"), re.MULTILINE))

    assert read_settings == documented


@pytest.mark.parametrize(("name", "least"), [("pip.txt", 1), ("base.txt", 20), ("dev.txt", 20)])
def test_pins_have_hashes_and_no_address(name, least):
    pins = read(f"requirements/{name}")

    names = re.findall(r"^[a-z0-9-]+(?:\[[a-z,-]+\])?==", pins, re.MULTILINE)
    assert len(names) >= least
    assert pins.count("--hash=sha256:") >= len(names)
    assert not re.search(r"https?://|file:|--index-url|--find-links", pins)


def test_the_lock_of_the_node_modules_has_hashes_and_no_registrys_address():
    lock = json.loads(read("tests/browser/package-lock.json"))

    modules = {name: module for name, module in lock["packages"].items() if name}
    assert len(modules) > 100
    assert all("integrity" in module and "resolved" not in module for module in modules.values())


def test_the_top_level_is_what_was_agreed():
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}

    assert folders - {"var", "staticfiles"} == {
        "deploy",
        "docs",
        "newsroom",
        "requirements",
        "stories",
        "templates",
        "tests",
    }


def test_every_command_of_the_readme_exists():
    makefile = read("Makefile")

    commands = set(re.findall(r"`?make ([a-z-]+)", read("README.md") + read("CONTRIBUTING.md")))

    assert {"run", "test"} <= commands
    assert all(re.search(rf"^{command}:", makefile, re.MULTILINE) for command in commands)


def test_every_management_command_that_the_docs_name_exists():
    docs = read("README.md") + read("CONTRIBUTING.md") + read("docs/SETTINGS.md")
    ours = {path.stem for path in (ROOT / "stories/management/commands").glob("[a-z]*.py")}
    djangos = {"migrate", "createsuperuser", "changepassword", "shell"}

    named = set(re.findall(r"manage\.py ([a-z_]+)", docs))

    assert named
    assert named <= ours | djangos


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")], ids=lambda page: page.name)
def test_every_file_that_a_page_links_to_or_shows_is_there(page):
    targets = re.findall(r"\]\(<?([^)>\s]+)|(?:src|href)=\"([^\"]+)\"", page.read_text(encoding="utf-8"))
    files = [
        target.partition("#")[0] for pair in targets for target in pair if not re.match(r"[a-z]+:", target)
    ]

    missing = [file for file in files if not (page.parent / file).exists()]

    assert missing == []


def test_imports_point_the_way_that_the_layers_do():
    # In a process of its own: it switches every log off that is there.
    judge = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    judged = subprocess.run([sys.executable, "-c", judge], cwd=ROOT, capture_output=True, text=True)

    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = StringIO()

    with suppress(SystemExit):
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=said)

    assert said.getvalue().strip() == "No changes detected"
