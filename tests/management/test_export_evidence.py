"""The command writes a whole file or none, and says what it cannot find."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from warcio.archiveiterator import ArchiveIterator

from stories.models import Blob
from tests.factories import CheckFactory, CitationFactory, SnapshotFactory, VerdictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def citation():
    found = CitationFactory(claim__article__slug="bridge")
    snapshot = SnapshotFactory(source=found.source)
    VerdictFactory(citation=found, found_by=CheckFactory(source=found.source, snapshot=snapshot))
    return found


def kinds(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [record.rec_type for record in ArchiveIterator(file)]


@pytest.mark.parametrize("what", ["--citation", "--source", "--article"])
def test_the_evidence_of_a_citation_a_source_or_a_story_is_written(what, citation, tmp_path, capsys):
    key = {"--citation": citation.pk, "--source": citation.source_id, "--article": "bridge"}[what]
    path = tmp_path / "evidence.warc.gz"

    call_command("export_evidence", what, str(key), "-o", str(path))

    assert kinds(path) == ["warcinfo", "response", "metadata"]
    assert capsys.readouterr().out == f"{path}: 1 copy.\n"
    assert [file.name for file in tmp_path.iterdir()] == ["evidence.warc.gz"]


def test_without_a_name_the_file_is_named_after_what_it_holds(citation, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    call_command("export_evidence", "--article", "bridge")

    assert [file.name for file in tmp_path.iterdir()] == ["story-bridge.warc.gz"]


def test_a_file_that_is_there_is_not_overwritten(citation, tmp_path):
    path = tmp_path / "evidence.warc.gz"
    path.write_text("mine")

    with pytest.raises(CommandError, match="is there already"):
        call_command("export_evidence", "--article", "bridge", "-o", str(path))

    assert path.read_text() == "mine"


def test_a_damaged_copy_leaves_no_file(citation, tmp_path):
    QuerySet(Blob).update(packed=b"damaged")

    with pytest.raises(CommandError, match="is damaged"):
        call_command("export_evidence", "--article", "bridge", "-o", str(tmp_path / "evidence.warc.gz"))

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(citation, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("export_evidence", "--article", "bridge", "-o", str(tmp_path / "nowhere" / "a.warc.gz"))


@pytest.mark.parametrize(("what", "key"), [("--citation", "4711"), ("--source", "4711"), ("--article", "no")])
def test_what_is_not_there_is_named(what, key):
    with pytest.raises(CommandError, match=key):
        call_command("export_evidence", what, key)


def test_where_no_copy_is_kept_it_says_so():
    citation = CitationFactory()

    with pytest.raises(CommandError, match="No copy"):
        call_command("export_evidence", "--citation", str(citation.pk))
