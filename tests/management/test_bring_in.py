"""`manage.py bring_in`, as an operator uses it."""

import pytest
from django.core.management import CommandError, call_command

from stories.models import Article, Intake, Version
from tests.importing.test_bulk import TUNNEL
from tests.importing.test_formats import MARKDOWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bridge.md").write_text(MARKDOWN)
    (tmp_path / "tunnel.md").write_text(TUNNEL)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    return tmp_path


def test_it_shows_what_it_would_do_and_does_nothing(folder, capsys):
    call_command("bring_in", str(folder))

    told = capsys.readouterr().out
    assert "proposed        bridge.md: A new story, with 1 note and 1 quoted passage." in told
    assert "skipped         photo.jpg: It is no file of text, Markdown or HTML." in told
    assert "Nothing was taken in yet" in told
    assert not Article.objects.exists()


def test_drafts_are_taken_in_and_undone(folder, capsys):
    call_command("bring_in", str(folder), take=True)
    assert Article.objects.count() == 2

    call_command("bring_in", undo=Intake.objects.get().pk)

    assert not Article.objects.exists()
    assert "undone" in capsys.readouterr().out


def test_on_the_record_each_is_a_version_and_the_same_again_changes_nothing(folder, capsys):
    call_command("bring_in", str(folder), take=True, record=True)
    call_command("bring_in", str(folder), take=True, record=True)

    assert Version.objects.count() == 2
    assert "It is in the record already." in capsys.readouterr().out


@pytest.mark.parametrize("words", [["no-such-folder"], [""], ["--undo", "77"]])
def test_what_is_not_there_is_told(words):
    with pytest.raises(CommandError):
        call_command("bring_in", *words)
