"""docs/record.md describes the record as it is: its recipe runs, and its tables name the fields that there are."""

import gzip
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stories.models import Update
from stories.publishing.bundle import story_bundle
from stories.publishing.exports import write_export
from stories.publishing.publish import publish_article
from stories.publishing.takedown import take_down
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
PAGE = (Path(__file__).resolve().parents[2] / "docs/record.md").read_text(encoding="utf-8")


@pytest.fixture
def bridge(editor):
    article = ArticleFactory(slug="bridge")
    first = publish_article(article, by=None, now=NOW)
    publish_article(article, updates=[Update(article=article, note="More.")], by=None, now=NOW)
    take_down([first], authority="A court", in_the_name_of="A person", reason="An order", by=editor, now=NOW)
    return article


def named_in(row):
    """The fields in the second cell of a table's row."""
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{row}` |"))
    return set(re.findall(r"`([a-z_]+)`", line.split("|")[2]))


def test_the_recipe_verifies_an_export_and_finds_what_was_changed(bridge, tmp_path):
    recipe = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    path = write_export(now=NOW)
    changed = tmp_path / "changed"
    changed.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"Monday", b"Sunday")))

    ends = [
        subprocess.run([sys.executable, "-c", recipe, str(file)], capture_output=True, text=True, check=False)
        for file in (path, changed)
    ]

    assert ends[0].stdout == "4 leaves of 127.0.0.1:8000/record are as they were signed.\n"
    assert "AssertionError: bridge, version 2" in ends[1].stderr


def test_the_tables_name_the_fields_that_there_are(bridge):
    lines = [json.loads(line) for line in gzip.decompress(write_export(now=NOW).read_bytes()).splitlines()]
    common = {"schema", "kind", "index", "previous_leaf"}

    for line in lines:
        assert set(line) - {"type"} == named_in(line["type"]) - {"newsroom", "tombstone"}, line["type"]
        if line["type"] == "leaf":
            fields = json.loads(line["data"])
            assert set(fields) - common == named_in(fields["kind"]), fields["kind"]
    assert all(f"`{name}`" in PAGE for name in story_bundle(bridge))
