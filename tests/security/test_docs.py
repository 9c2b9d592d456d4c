"""The page about security says nothing that no test shows."""

import re

import pytest

from tests.test_house import ROOT, read

NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", read("docs/security.md"))


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[f"{file}::{test}" for file, test in NAMED])
def test_every_test_that_the_page_names_exists(file, test):
    text = read(file)

    assert re.search(rf"^def {test}\(" if test else r"^def test_", text, re.MULTILINE)


def test_each_abuse_has_a_test():
    rows = [
        line
        for line in read("docs/security.md").splitlines()
        if line.startswith("| ") and "shown by" not in line
    ]
    trusted = {"a reader", "a reporter", "an editor", "a chief", "a cited page", "a machine with", "who"}

    without = [row for row in rows if "tests/" not in row and not row[2:].startswith(tuple(trusted))]

    assert without == []
    assert len(NAMED) > 40


def test_every_table_for_spreadsheets_is_written_of_safe_cells():
    """None of them is taken for a formula."""
    modules = [path for folder in ("stories", "newsroom") for path in (ROOT / folder).rglob("*.py")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in modules}

    writing = {name: text for name, text in texts.items() if "text/csv" in text}

    assert writing
    assert [name for name, text in writing.items() if "from stories.text.csv_file import" not in text] == []
