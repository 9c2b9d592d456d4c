"""C2SP's signed notes: the example of Go's own implementation opens, ours opens, and nothing else does."""

import pytest

from stories.publishing.proof.signed_note import (
    Checkpoint,
    NoteError,
    SigningKey,
    VerifierKey,
    open_checkpoint,
    open_note,
)

#: From the documentation of golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = SigningKey("news.example/record", bytes(range(32)))
CHECKPOINT = Checkpoint("news.example/record", 7, b"\x2a" * 32)
NOTE = KEY.sign(str(CHECKPOINT))


def test_a_note_that_go_signed_opens():
    assert open_note(GO_NOTE, [VerifierKey.parse(GO_KEY)]).startswith("If you think")


def test_a_verifier_key_is_written_as_go_writes_it():
    assert str(VerifierKey.parse(GO_KEY)) == GO_KEY


def test_a_checkpoint_opens_to_what_was_signed():
    assert NOTE.splitlines()[:3] == [
        "news.example/record",
        "7",
        "KioqKioqKioqKioqKioqKioqKioqKioqKioqKioqKio=",
    ]
    assert open_checkpoint(NOTE, [KEY.verifier]) == CHECKPOINT


def test_lines_that_extend_a_checkpoint_and_signatures_of_others_are_left_alone():
    text = f"{CHECKPOINT}an extension\n"
    cosigned = KEY.sign(text) + GO_NOTE.splitlines()[-1] + "\n"

    assert open_checkpoint(cosigned, [KEY.verifier]) == CHECKPOINT


def test_a_byte_changed_anywhere_closes_it():
    for place, letter in enumerate(NOTE):
        changed = NOTE[:place] + ("x" if letter != "x" else "y") + NOTE[place + 1 :]

        with pytest.raises(NoteError):
            open_checkpoint(changed, [KEY.verifier])


@pytest.mark.parametrize(
    "note",
    ["", "\n\n", "text\n", NOTE[:-1], NOTE.replace("— ", "- "), NOTE + "\n", NOTE.replace("\n\n", "\n")],
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(NoteError):
        open_note(note, [KEY.verifier])


def test_a_note_of_a_stranger_is_refused():
    stranger = SigningKey("news.example/record", bytes(32))

    with pytest.raises(NoteError, match="nobody whose key is known"):
        open_note(stranger.sign(str(CHECKPOINT)), [KEY.verifier])


@pytest.mark.parametrize("text", ["", "origin\n", "origin\n07\nKioq\n", "origin\n-1\nKioq\n", "\n7\nKioq\n"])
def test_a_note_that_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "key", ["", "name", "name+00000000+AAAA", GO_KEY.replace("c74f", "c74e"), GO_KEY[:-4]]
)
def test_what_is_no_verifier_key_is_refused(key):
    with pytest.raises(NoteError):
        VerifierKey.parse(key)


def test_a_text_that_cannot_be_a_note_is_not_signed():
    for text in ("no end of line", "a\ttab\n"):
        with pytest.raises(NoteError):
            KEY.sign(text)
