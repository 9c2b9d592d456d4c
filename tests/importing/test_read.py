"""Bytes become text, or a sentence that says why not."""

from pathlib import Path

import pytest

from stories.importing.errors import FileNotReadable, FileNotText
from stories.importing.read import read_text

TEXT = "Brücke gesperrt\n\nSie bleibt zu.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_is_read_in_the_encoding_it_declares(tmp_path, encoding):
    path = tmp_path / "story.txt"
    path.write_bytes(TEXT.encode(encoding))

    assert read_text(path) == TEXT


def test_a_text_is_read_in_the_encoding_that_was_named(tmp_path):
    path = tmp_path / "story.txt"
    path.write_bytes(TEXT.encode("cp1252"))

    assert read_text(path, encoding="cp1252") == TEXT


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (TEXT.encode("cp1252"), "--encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is not text"),
        (b"Headline\n\nBody with a \x00 in it.", "is not text"),
        (b"\xff\xfeo\xd8", "is not text"),
    ],
)
def test_what_is_not_text_is_refused_with_a_sentence(tmp_path, body, sentence):
    path = tmp_path / "story.txt"
    path.write_bytes(body)

    with pytest.raises(FileNotText, match=sentence):
        read_text(path)


def test_an_unknown_encoding_is_refused(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(TEXT)

    with pytest.raises(FileNotText, match="not an encoding"):
        read_text(path, encoding="klingon")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(FileNotReadable, match="no file"):
        read_text(tmp_path / "story.txt")
    with pytest.raises(FileNotReadable, match="folder"):
        read_text(tmp_path)


def test_a_file_larger_than_any_story_is_not_read(tmp_path):
    path = tmp_path / "story.txt"
    path.write_bytes(b"a " * 3_000_000)

    with pytest.raises(FileNotText, match="larger than"):
        read_text(path)


def test_a_device_without_an_end_is_not_read_to_it():
    with pytest.raises(FileNotText, match="larger than"):
        read_text(Path("/dev/zero"))


@pytest.mark.parametrize("encoding", ["utf-7", "undefined"])
def test_half_characters_and_codecs_that_only_refuse_are_no_text(tmp_path, encoding):
    path = tmp_path / "story.txt"
    path.write_bytes(b"The bridge +2AA- closes.")

    with pytest.raises(FileNotText, match="is not text in"):
        read_text(path, encoding=encoding)
