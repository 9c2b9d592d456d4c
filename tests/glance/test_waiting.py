"""What waits for somebody's word."""

import pytest

from stories.glance.scope import Scope
from stories.glance.waiting import decidable_by, grave_alerts, scheduled, undecided
from stories.models import Publication
from stories.models.words import Gravity
from tests.factories import AlertFactory, ArticleFactory, make_chief, make_editor, make_reporter
from tests.glance.scenes import HOUR, NOW

pytestmark = pytest.mark.django_db
ALL = Scope()


def ask(state="awaiting", *, by=None, **fields):
    return Publication.objects.create(
        article=ArticleFactory(),
        state=state,
        kind="update",
        note="A note.",
        mark="x",
        asked_by=by,
        asked_at=NOW,
        **fields,
    )


def test_only_open_alerts_of_gravity_that_are_the_persons_to_see():
    reporter = make_reporter()
    mine = AlertFactory(recipient=reporter)
    AlertFactory(recipient=reporter, gravity=Gravity.NORMAL)
    AlertFactory(recipient=reporter, state="ignored")
    others = AlertFactory()

    assert list(grave_alerts(reporter)) == [mine]
    assert set(grave_alerts(make_editor())) == {mine, others}


def test_nobody_decides_what_they_asked_for_and_what_needs_a_chief_is_a_chiefs():
    editor, chief = make_editor(), make_chief()
    mine, open_to_all = ask("proposed", by=editor), ask("proposed")
    for_a_chief = ask(needs_approval=True)
    waiting = undecided(ALL)

    assert set(waiting) == {mine, open_to_all, for_a_chief}
    assert set(decidable_by(editor, waiting)) == {open_to_all}
    assert set(decidable_by(chief, waiting)) == {mine, open_to_all, for_a_chief}
    assert set(decidable_by(make_reporter(), waiting)) == set()


def test_each_publication_is_decidable_as_the_publication_itself_says():
    people = [make_editor(), make_chief(), make_reporter()]
    rows = [
        ask(by=people[0]),
        ask("proposed", by=people[1]),
        ask(needs_approval=True, by=people[0]),
        ask("refused", remark="No."),
    ]

    for person in people:
        found = set(decidable_by(person, undecided(ALL)))

        assert found == {row for row in rows if row.may_be_approved_by(person)}


def test_what_is_scheduled_comes_the_next_first():
    later, sooner = (ask("scheduled", publish_at=NOW + hours * HOUR) for hours in (5, 2))

    assert list(scheduled(ALL)) == [sooner, later]
