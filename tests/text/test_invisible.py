import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.invisible import show_invisible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pri\u200bvacy", "pri⟨U+200B⟩vacy"),
        ("a\u00a0b", "a⟨NBSP⟩b"),
        ("a\u00adb", "a⟨SHY⟩b"),
        ("\ufeffa", "⟨BOM⟩a"),
        ("a\u202eb\u202cc", "a⟨U+202E⟩b⟨U+202C⟩c"),
        ("a\u2066b\u2069", "a⟨U+2066⟩b⟨U+2069⟩"),
        ("a\u2009b\u202fc\u3000d", "a⟨U+2009⟩b⟨U+202F⟩c⟨U+3000⟩d"),
        ("a\u2028b", "a⟨U+2028⟩b"),
        ("a\x00b\x1bc\x85d\rf", "a⟨U+0000⟩b⟨U+001B⟩c⟨U+0085⟩d⟨U+000D⟩f"),
        ("a\U000e0041b", "a⟨U+E0041⟩b"),
        ("a\u3164b\u2800c", "a⟨U+3164⟩b⟨U+2800⟩c"),
        ("a\u200db", "a⟨U+200D⟩b"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text, shown):
    assert show_invisible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a b\tc\nd",
        "“So” – it’s é e\u0301…",
        "日本語",
        "हिन्दी",
        "👩\u200d⚕\ufe0f ❤\ufe0f 🇫🇷 👍🏽",
        "👨\u200d👩\u200d👧",
    ],
)
def test_ordinary_text_stays(text):
    assert show_invisible(text) == text


@given(st.text())
def test_no_format_or_control_character_is_left_alone(text):
    shown = show_invisible(text)

    left = {c for c in shown if unicodedata.category(c) in {"Cf", "Cc", "Zl", "Zp"}} - {"\n", "\t", "\u200d"}
    assert {c for c in left if ord(c) < 0x600} == set()
