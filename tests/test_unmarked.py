"""What a person reads is marked for translation, wherever it is written."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stories.web import errors
from tests import messages
from tests.unmarked import unmarked_in_python, unmarked_in_template

#: Names and words that are the same in every language, or that are a machine's.
SAME_EVERYWHERE = {
    "templates/desk/_answer_source.html": {"https://"},
    "templates/desk/_copies.html": {"SHA-256"},
    "templates/desk/copy.html": {"HTTP …, …, …"},
    "templates/desk/source.html": {"HTTP …"},
    # Its first tag has a name that the template chooses.
    "templates/allauth/elements/button.html": {
        'a href="…"button type="…" class="button button--primary" form="…" id="…" name="…" value="…">'
    },
}


def _unmarked(paths: list[Path], find: Callable[[str], Iterator[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        name = str(path.relative_to(messages.ROOT))
        texts = [text for text in find(path.read_text(encoding="utf-8")) if not _is_same(name, text)]
        if texts:
            found[name] = texts
    return found


def _is_same(name: str, text: str) -> bool:
    return text in SAME_EVERYWHERE.get(name, set())


#: Told to an operator, or written down as it was said then.
IN_ENGLISH = {
    "publishing/in_step.py",
    "publishing/proof/__main__.py",
    "alerting/resend.py",
    "importing/work.py",
}


def _has_words(path: Path) -> bool:
    """Commands, settings and figures speak to an operator, in English; the names of chat services are names."""
    is_english = any(str(path).endswith(f"stories/{name}") for name in IN_ENGLISH)
    return not is_english and not {"management", "settings", "operating", "channels"} & set(path.parts)


def test_templates_have_no_words_that_are_not_marked():
    templates = [path for path in messages.source_files() if path.suffix in messages.TEMPLATES]

    assert _unmarked(templates, unmarked_in_template) == {}


def test_python_has_no_words_for_people_that_are_not_marked():
    modules = [path for path in messages.source_files() if path.suffix == ".py" and _has_words(path)]

    assert _unmarked(modules, unmarked_in_python) == {}


@pytest.mark.parametrize("error", errors.FetchError.__subclasses__(), ids=lambda error: error.__name__)
def test_what_the_web_says_of_a_page_is_in_the_catalogue(error):
    marked = {message_id for _context, message_id in messages.marked_in_source()}

    assert error.default_message in marked


def test_a_sentence_that_nobody_marked_is_found():
    page = '<p title="A word">Some text <b>{{ value }}</b></p>{% translate "Marked" %}'
    module = (
        'class M:\n    name = models.CharField("a name", help_text="What it is.")\n'
        'def why(story):\n    return f"{story} is gone."\n'
    )

    assert list(unmarked_in_template(page)) == ["A word", "Some text"]
    assert sorted(unmarked_in_python(module)) == ["What it is.", "a name", "f'{story} is gone.'"]
