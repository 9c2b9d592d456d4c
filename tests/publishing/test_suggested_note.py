"""The note that an editor finds filled in, from what changed."""

import pytest

from stories.publishing.comparison import compare_contents
from stories.publishing.suggested_note import suggest_note
from tests.publishing.test_minor import BEFORE, body


@pytest.mark.parametrize(
    ("after", "note"),
    [
        (
            {"headline": "Bridge closed"},
            "The headline of this story was “Bridge closes”; it is now “Bridge closed”.",
        ),
        ({"dek": "For six days."}, "An earlier version gave the figure as “five”; it is “six”."),
        (body("Ann Reed", "Ann Reid"), "An earlier version gave the name as “Ann Reed”; it is “Ann Reid”."),
        (
            {"claims": [{**BEFORE["claims"][0], "standing": "corrected"}]},
            "That “The bridge closes.” is corrected.",
        ),
        (body("It is safe.", "It is quite safe."), ""),
        ({}, ""),
    ],
    ids=["headline", "figure", "name", "claim", "what needs a person's words", "nothing"],
)
def test_what_changed_is_said_in_plain_words(after, note):
    assert suggest_note(compare_contents(BEFORE, {**BEFORE, **after})) == note


def test_a_first_version_has_no_note():
    assert suggest_note(compare_contents(None, BEFORE)) == ""
