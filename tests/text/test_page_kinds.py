"""JSON, plain text and Markdown that changed."""

import pytest

from stories.text.judge import judge_page
from tests.text.pages_of_a_story import PARAGRAPHS, copy_of

RECORD = (
    '{"generated_at": "2026-03-03T12:03:31Z", "viewCount": 1204, "request_id": "8f2a-11", "title": "The gate’s winter"'
    ', "north": "open", "south": "shut", "valid_until": "2026-03-03T12:00:00Z", "berths": 31}'
)


def kept_as(content_type: str, before: str, after: str) -> str:
    return judge_page(
        copy_of(before, content_type=content_type), copy_of(after, content_type=content_type)
    ).outcome.value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12:03:31Z", "14:10:02Z"),
        ('"viewCount": 1204', '"viewCount": 1310'),
        ("8f2a-11", "9c3d-77"),
        ("’", "'"),
    ],
)
def test_what_json_tells_of_its_own_answer_and_typography_are_noise(old, new):
    assert kept_as("application/json", RECORD, RECORD.replace(old, new)) == "noise"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12:00:00Z", "13:00:00Z"),
        (": 31", ": 32"),
        ('"open", "south": "shut"', '"shut", "south": "open"'),
        ("winter", "summer"),
    ],
)
def test_what_json_tells_of_its_matter_is_a_change(old, new):
    assert kept_as("application/json", RECORD, RECORD.replace(old, new)) == "changed"


def test_members_of_json_in_another_order_say_the_same():
    turned = '{"berths": 31, "south": "shut", "north": "open", "title": "The gate’s winter", "a": ["b", "c"]}'
    record = '{"a": ["b", "c"], "title": "The gate’s winter", "north": "open", "south": "shut", "berths": 31}'

    assert kept_as("application/json", record, turned) == "noise"
    assert kept_as("application/json", record, turned.replace('"b", "c"', '"c", "b"')) == "changed"


def test_times_told_of_each_thing_in_json_are_its_matter():
    record = (
        '[{"timestamp": "2026-03-03T12:03:31Z"}, {"timestamp": "2026-03-04T12:03:31Z"}, {"name": "Gate"}]'
    )

    assert kept_as("application/json", record, record.replace("03T12", "03T13")) == "changed"


@pytest.mark.parametrize("content_type", ["text/plain", "text/markdown"])
def test_typography_order_and_clocks_of_plain_text_are_noise(content_type):
    text = "\n\n".join([*PARAGRAPHS, "The authority’s gate.", "Generated 2026-03-03 12:03:31"])
    later = text.replace("’", "'").replace("12:03:31", "14:10:02")

    assert kept_as(content_type, text, later) == "noise"
    assert kept_as(content_type, text, "\n\n".join(reversed(text.split("\n\n")))) == "noise"
    assert kept_as(content_type, text, later.replace("would not", "would")) == "changed"


def test_a_plain_text_cut_amid_a_line_is_truncated():
    before = copy_of("\n".join(PARAGRAPHS), content_type="text/plain")
    after = copy_of("\n".join(PARAGRAPHS)[:250], content_type="text/plain")

    assert judge_page(before, after).reason == "truncated"
