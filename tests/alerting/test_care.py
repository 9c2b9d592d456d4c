"""Who takes care of an alert, and notes that people leave for each other."""

import pytest

from stories.alerting.care import CareRefusedError, assign_alert, note_alert, people_to_care
from stories.models import Alert, User
from tests.alerting.scenes import altered_alert, at
from tests.factories import UserFactory, make_editor, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(reporter: User) -> Alert:
    return altered_alert(reporter)


def test_it_can_be_given_to_whoever_may_see_all_of_it(alert: Alert, reporter: User) -> None:
    article = alert.verdicts.get().citation.article
    editor, colleague, _stranger = make_editor(), make_reporter(), make_reporter()
    article.reporters.add(colleague, UserFactory(is_active=False))

    assert set(people_to_care(alert, [article])) == {reporter, editor, colleague}


def test_whoever_takes_care_sees_it_among_their_own(alert: Alert, editor: User) -> None:
    colleague = make_reporter()

    assign_alert(alert, to=colleague, among=[colleague], by=editor, now=at(1))

    assert list(Alert.objects.visible_to(colleague)) == [alert]
    event = alert.events.get(kind="assigned")
    assert (event.actor, event.note, event.payload) == (
        editor,
        colleague.name,
        {"before": None, "after": colleague.pk},
    )


def test_it_can_be_given_back(alert: Alert, editor: User) -> None:
    assign_alert(alert, to=editor, among=[editor], by=editor, now=at(1))

    assign_alert(alert, to=None, among=[editor], by=editor, now=at(2))

    assert Alert.objects.get().assignee is None
    assert alert.events.filter(kind="assigned").count() == 2


def test_giving_it_to_whoever_has_it_is_no_event(alert: Alert, editor: User) -> None:
    assign_alert(alert, to=editor, among=[editor], by=editor, now=at(1))

    assign_alert(alert, to=editor, among=[editor], by=editor, now=at(2))

    assert alert.events.filter(kind="assigned").count() == 1


def test_it_is_not_given_to_somebody_who_may_not_see_it(alert: Alert, editor: User) -> None:
    """Invariant 5."""
    with pytest.raises(CareRefusedError, match="may not see what this alert says"):
        assign_alert(alert, to=make_reporter(), among=[editor], by=editor, now=at(1))

    assert Alert.objects.get().assignee is None


def test_a_note_is_kept_with_who_and_when_and_counts_once(alert: Alert, editor: User) -> None:
    for _ in range(2):
        note_alert(alert, note=" I have written\x07 to the port. ", by=editor, now=at(1))

    note = alert.events.get(kind="noted")
    assert (note.note, note.actor, note.at) == ("I have written to the port.", editor, at(1))


@pytest.mark.parametrize(
    ("note", "why"),
    [("  ", "Write something"), ("\u202e", "Write something"), ("x" * 4001, "may have 4,000 characters")],
)
def test_an_empty_and_an_endless_note_are_refused(note: str, why: str, alert: Alert, editor: User) -> None:
    with pytest.raises(CareRefusedError, match=why):
        note_alert(alert, note=note, by=editor, now=at(1))
