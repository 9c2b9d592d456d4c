"""What the pages' own scripts may not do."""

import re
from pathlib import Path

SCRIPTS = Path(__file__).parents[1] / "stories/static/stories"
#: With its parentheses balanced three deep, as an address in a template literal needs.
_FETCH = re.compile(r"\bfetch\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", re.DOTALL)


def test_no_question_of_a_script_follows_to_the_door():
    """It would take the word that tells who was signed out that nothing was saved, before they see it."""
    asked = [
        (path.name, told)
        for path in sorted(SCRIPTS.glob("*.js"))
        for told in _FETCH.findall(path.read_text())
    ]

    assert len(asked) >= 8
    assert [(name, told) for name, told in asked if 'redirect: "' not in told] == []
