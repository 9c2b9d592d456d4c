from contextlib import suppress

import pytest

from stories.text.extract import UnreadableCopy, visible_text
from tests.steps import steps_of

GATE, PIER = '{"text": "The gate is open.", "fee": 3.50}', '{"text": "The pier is shut."}'


def lines(body: str, content_type: str) -> list[str]:
    return visible_text(body.encode(), content_type).text.split("\n")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (f"{GATE}\n{PIER}\n", "application/x-ndjson"),
        (f"{GATE}\r\n\r\n{PIER}", "application/jsonl; charset=utf-8"),
        (f"{GATE}\n{PIER}", "application/json"),
        (f"\x1e{GATE}\n\x1e{PIER}\n", "application/json-seq"),
        (f"show([{GATE}, {PIER}]);", "application/javascript"),
        (f"/**/ app.show([{GATE}, {PIER}])", "text/javascript"),
        (f"typeof show === 'function' && show([{GATE}, {PIER}]);", "application/javascript"),
        (f")]}}'\n[{GATE}, {PIER}]", "application/json"),
        (f"while(1);[{GATE}, {PIER}]", "application/json"),
    ],
)
def test_json_is_read_in_whatever_it_is_wrapped(body, content_type):
    assert lines(body, content_type) == ["The gate is open.", "fee: 3.50", "The pier is shut."]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "show(",
        f"{GATE} {PIER}",
        f"{GATE}\n{PIER[:-3]}",
        f"show({GATE}); steal()",
        "[" * 5_000,
        f"{GATE}\n" + "[" * 5_000,
    ],
)
def test_what_is_no_json_is_refused(body):
    with pytest.raises(UnreadableCopy, match="broken_json"):
        visible_text(body.encode(), "application/json")


def test_what_no_text_can_hold_is_replaced():
    assert lines(r'{"\ud800\u0000": 3, "a": "x\udfff\u0000"}', "application/json") == [
        "?\ufffd: 3",
        "x?\ufffd",
    ]


def test_a_script_is_no_json():
    with pytest.raises(UnreadableCopy, match="unknown_kind"):
        visible_text(b"(function(){ start() })()", "application/javascript")


@pytest.mark.parametrize("unit", ["{}\n", "a(", "while(1);", "\x1e", "/**/", "[]\n{"])
def test_json_is_read_in_linear_work(unit):
    def read() -> None:
        with suppress(UnreadableCopy):
            visible_text((unit * 30_000).encode(), "application/json")

    assert steps_of(read) < 1_000_000
