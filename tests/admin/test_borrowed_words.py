"""What the theme and the keeper of history say on our pages has Spanish, theirs or ours."""

from collections.abc import Iterator
from pathlib import Path

import simple_history
import unfold
from django.utils.translation import gettext, ngettext, override

from tests.messages import marked_in_python, marked_in_template

#: Widgets and pages that we do not have: a rich text editor, currencies, a log-in of its own.
NOT_OURS = ("toolbar.html", "login.html", "logged_out.html", "filters_numeric_slider.html", "array.html")
NOT_OUR_ROOMS = ("constance", "guardian", "import_export", "unfold_crispy", "location_field")
SAME_IN_BOTH = {"No", "General", "%(class_name)s %(instance)s"}


def said_by_others() -> Iterator[str]:
    for package in (unfold, simple_history):
        for path in sorted(Path(package.__path__[0]).rglob("*")):
            if path.name not in NOT_OURS and not set(NOT_OUR_ROOMS) & set(path.parts):
                yield from _said_in(path)


def _said_in(path: Path) -> Iterator[str]:
    if path.suffix == ".html":
        yield from (message.id for message in marked_in_template(path.read_text()))
    elif path.name in {"forms.py", "admin.py"}:
        yield from (message.id for message in marked_in_python(path.read_text()))


def _has_spanish(said: str) -> bool:
    """Alone, or as what is said of one of several."""
    return gettext(said) != said or ngettext(said, said, 1) != said


def test_everything_that_they_say_on_our_pages_has_spanish():
    with override("es"):
        unsaid = {said for said in said_by_others() if not _has_spanish(said) and said == said.strip()}

    assert unsaid - SAME_IN_BOTH == set()
