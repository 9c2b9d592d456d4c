"""Many stories at once: what is taken, skipped and refused, and why."""

import contextlib
import io
import stat
import tracemalloc
import zipfile

import pytest
from django.utils import timezone

from stories.importing.bulk import list_folder, open_zip
from stories.importing.errors import FileNotText
from stories.importing.intake import Choice, ask_to_undo, confirm_intake, open_intake
from stories.importing.work import work_on
from stories.models import Article
from stories.models.words import IncomingState, IntakeKind, IntakeMode, IntakeState
from tests.factories import make_editor
from tests.importing.test_formats import HTML, MARKDOWN

pytestmark = pytest.mark.django_db

TUNNEL = "# The tunnel opens\n\nIt opens on Tuesday. It was closed.\n\nBuses run through it."


def make_zip(files, **options):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return body.getvalue()


def read(body):
    ruth = make_editor()
    intake = open_intake(
        IntakeKind.UPLOAD, name="stories.zip", zone="UTC", by=ruth, now=timezone.now(), payload=body
    )
    work_on(intake, now=timezone.now)
    intake.refresh_from_db()
    return intake, ruth


def test_every_file_is_told_as_taken_skipped_or_refused_and_why():
    intake, ruth = read(
        make_zip(
            {
                "a/bridge.md": MARKDOWN,
                "a/copy.html": HTML,
                "b/tunnel.md": TUNNEL,
                "b/photo.jpg": b"\xff\xd8\xff",
                "c/empty.txt": "",
                "__MACOSX/a/._bridge.md": b"\0",
                "../evil.md": TUNNEL,
            }
        )
    )
    assert intake.is_ready and intake.payload is None
    choices = {each.pk: Choice() for each in intake.stories.filter(state=IncomingState.PROPOSED)}
    confirm_intake(intake, choices=choices, mode=IntakeMode.DRAFT, by=ruth)
    work_on(intake, now=timezone.now)

    ends = {each.name: (each.state, each.message) for each in intake.stories.all()}
    assert ends["a/bridge.md"] == ("taken", "")
    assert ends["b/tunnel.md"] == ("taken", "")
    assert ends["b/photo.jpg"] == ("skipped", "It is no file of text, Markdown or HTML.")
    assert ends["c/empty.txt"] == ("refused", "c/empty.txt is empty.")
    assert ends["../evil.md"] == ("refused", "../evil.md leads out of its folder.")
    assert len(ends) == 6
    assert Article.objects.filter(headline="The tunnel opens").exists()


def test_what_a_zip_made_is_undone_whole():
    intake, ruth = read(make_zip({"bridge.md": MARKDOWN, "tunnel.md": TUNNEL}))
    choices = {each.pk: Choice() for each in intake.stories.all()}
    confirm_intake(intake, choices=choices, mode=IntakeMode.DRAFT, by=ruth)
    work_on(intake, now=timezone.now)

    ask_to_undo(intake, by=ruth, now=timezone.now())
    work_on(intake, now=timezone.now)

    intake.refresh_from_db()
    assert intake.state == IntakeState.UNDONE
    assert not Article.objects.exists()


def test_what_is_in_the_record_is_skipped_before_it_is_asked():
    body = make_zip({"bridge.md": MARKDOWN, "tunnel.md": TUNNEL})
    intake, ruth = read(body)
    choices = {each.pk: Choice() for each in intake.stories.all()}
    confirm_intake(intake, choices=choices, mode=IntakeMode.RECORDED, by=ruth)
    work_on(intake, now=timezone.now)

    again, _ = read(body)

    assert again.state == IntakeState.REFUSED
    assert {each.message for each in again.stories.all()} == {"It is in the record already."}


@pytest.mark.parametrize("body", [b"PK\x03\x04broken", make_zip({}), b""])
def test_a_broken_or_empty_zip_is_refused(body):
    intake, _ = read(body)

    assert intake.state == IntakeState.REFUSED


def test_a_bomb_is_not_unpacked():
    intake, _ = read(make_zip({"bomb.txt": b"a" * 4_900_000, "tunnel.md": TUNNEL, "other.md": MARKDOWN}))

    refused = intake.stories.get(state=IncomingState.REFUSED)
    assert refused.message == "bomb.txt is packed as no text can be."


def test_a_file_without_a_name_keeps_no_other_from_being_read():
    body = make_zip({"a": "Bridge closes", "tunnel.md": TUNNEL})
    local, listed = body.index(b"PK\x03\x04"), body.index(b"PK\x01\x02")
    nameless = bytearray(body[local : listed + 46] + body[listed + 47 :])
    nameless[listed + 28 : listed + 30] = bytes(2)
    nameless[-10:-6] = (int.from_bytes(body[-10:-6], "little") - 1).to_bytes(4, "little")

    intake, _ruth = read(bytes(nameless))

    assert dict(intake.stories.values_list("name", "state"))["tunnel.md"] == IncomingState.PROPOSED


def test_a_zip_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("stories.importing.bulk.MOST_BYTES", 1_000)

    with pytest.raises(FileNotText, match="unpacks to more"):
        open_zip(make_zip({"a.txt": "a" * 2_000}), name="a.zip")


def test_a_size_that_lies_unpacks_to_no_more_than_a_story():
    body = bytearray(make_zip({"a.txt": "ab" * 20_000}))
    at = body.rfind(b"PK\x01\x02")
    body[at + 24 : at + 28] = (10).to_bytes(4, "little")

    ((_name, unpack),) = open_zip(bytes(body), name="a.zip")

    with contextlib.suppress(FileNotText):
        assert len(unpack()) <= 5_000_001


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_would_unpack_at_one_go_is_not_unpacked(method):
    """Whatever its size is said to be: of a few hundred bytes come hundreds of megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("bomb.md", b"a" * 40_000_000)
    body = packed.getvalue().replace((40_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    ((_name, unpack),) = open_zip(body, name="a.zip")
    tracemalloc.start()

    with pytest.raises(FileNotText, match="packed in an unusual way"):
        unpack()

    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_folder_is_listed_by_its_paths_and_links_are_not_followed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "bridge.md").write_text(MARKDOWN)
    (tmp_path / "link.md").symlink_to("/etc/passwd")
    (tmp_path / ".DS_Store").write_bytes(b"\0")

    assert [name for name, _read in list_folder(tmp_path)] == ["a/bridge.md"]


def odd_entry(name, mode):
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (mode | 0o644) << 16
    return entry


def test_what_is_no_file_of_its_own_is_told_and_nothing_of_it_is_read():
    """Links, devices, and ZIPs in ZIPs, by their own name or by that of a text."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, mode in {
            "link.txt": stat.S_IFLNK,
            "pipe.txt": stat.S_IFIFO,
            "disk.md": stat.S_IFBLK,
        }.items():
            archive.writestr(odd_entry(name, mode), "/etc/passwd and all that is in it")
        archive.writestr("inner.zip", make_zip({"bridge.md": MARKDOWN}))
        archive.writestr("renamed.txt", make_zip({"bridge.md": MARKDOWN}))
        archive.writestr(odd_entry("tunnel.md", stat.S_IFREG), TUNNEL)

    intake, _ = read(body.getvalue())

    ends = {each.name: (each.state, each.message) for each in intake.stories.all()}
    assert ends.pop("tunnel.md")[0] == IncomingState.PROPOSED
    assert ends.pop("inner.zip")[0] == IncomingState.SKIPPED
    assert ends.pop("renamed.txt")[0] == IncomingState.REFUSED
    assert ends == {
        name: ("refused", f"{name} is a link, and no file.") for name in ("link.txt", "pipe.txt", "disk.md")
    }


def test_a_file_whose_packing_is_damaged_is_refused_and_the_others_are_taken():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", TUNNEL * 40)
        archive.writestr("b.md", MARKDOWN)
    body = bytearray(packed.getvalue())
    start = 30 + len("a.md")
    body[start : start + 12] = b"\xff" * 12

    intake, _ruth = read(bytes(body))

    states = dict(intake.stories.values_list("name", "state"))
    assert states["a.md"] == IncomingState.REFUSED
    assert states["b.md"] == IncomingState.PROPOSED
