"""A letter is spelled out where it is taken for another, and nowhere else."""

import pytest

from stories.text.look_alike import show_look_alikes


@pytest.mark.parametrize(
    ("text", "instead_of", "shown"),
    [
        ("Slack", "", "Slack"),
        ("Sl\u0430ck", "", "Sl\u0430⟨U+0430⟩ck"),
        (
            "\u043e\u043d \u043f\u0440\u0438\u0448\u0435\u043b",
            "",
            "\u043e\u043d \u043f\u0440\u0438\u0448\u0435\u043b",
        ),
        ("Zoë façade", "", "Zoë façade"),
        ("\u0420\u0421", "PC", "\u0420⟨U+0420⟩\u0421⟨U+0421⟩"),
        ("“so”", '"so"', "“so”"),
        ("\u03a9mega", "", "\u03a9mega"),
    ],
)
def test_what_is_spelled_out(text, instead_of, shown):
    assert show_look_alikes(text, instead_of=instead_of) == shown
