"""How I hear: chosen in a form, said back in plain words, and the next digest shown."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.alerting.preferences import hearing_of
from stories.desk.hearing_words import sentences_of
from stories.models import Delivery, HearingChoice, Preferences, User
from stories.models.words import Gravity, Timing
from tests.alerting.scenes import NOON, altered_alert
from tests.factories import EndpointFactory

pytestmark = pytest.mark.django_db

HEARING = reverse("desk_hearing")
DEFAULTS = {
    "time_zone": "",
    "digest_at": "08:00",
    "digest_weekday": "0",
    "quiet_from": "",
    "quiet_until": "",
    "grave_breaks_quiet": "on",
    "paused_until": "",
    "email-3": "at_once",
    "email-2": "at_once",
    "email-1": "daily",
}


def html_of(client: Client) -> str:
    return client.get(HEARING).content.decode()


def save(client: Client, **chosen: str) -> Any:
    return client.post(HEARING, {**DEFAULTS, **chosen})


def test_who_chose_nothing_is_told_what_happens(desk: Client) -> None:
    html = html_of(desk)

    assert (
        "By e-mail: grave news and other changes at once, day and night; the all-clear in a digest every day at 8 a.m."
        in html
    )
    assert "America/New_York" in html


def test_what_is_chosen_is_kept_and_said_back(desk: Client, reporter: User) -> None:
    response = save(
        desk, time_zone="Europe/Berlin", quiet_from="22:00", quiet_until="07:00", **{"email-2": "weekly"}
    )

    assert response.status_code == 302
    preferences = Preferences.objects.get(person=reporter)
    assert (preferences.time_zone, preferences.quiet_from) == ("Europe/Berlin", time(22))
    assert [(c.gravity, c.timing) for c in HearingChoice.objects.all()] == [(Gravity.NORMAL, Timing.WEEKLY)]
    assert "other changes in a digest every Monday at 8 a.m." in html_of(desk)


@pytest.mark.parametrize(("language", "kept"), [("es", "es"), ("", ""), ("xx", "")])
def test_a_language_of_ours_can_be_chosen(language: str, kept: str, desk: Client, reporter: User) -> None:
    save(desk, language="")

    save(desk, language=language)

    assert Preferences.objects.get(person=reporter).language == kept


def test_the_answer_is_in_the_language_just_chosen(desk: Client) -> None:
    save(desk, language="es")

    assert "Anotado." in html_of(desk)


def test_what_is_as_by_default_leaves_no_row(desk: Client) -> None:
    save(desk, **{"email-2": "never"})
    save(desk)

    assert HearingChoice.objects.count() == 0


def test_each_place_has_choices_of_its_own(desk: Client, reporter: User) -> None:
    chat = EndpointFactory(person=reporter, name="Newsroom chat")
    assert "Newsroom chat" in html_of(desk)

    save(desk, **{f"{chat.pk}-3": "at_once", f"{chat.pk}-2": "hourly", f"{chat.pk}-1": "never"})

    choice = HearingChoice.objects.get()
    assert (choice.endpoint, choice.gravity, choice.timing) == (chat, Gravity.NORMAL, Timing.HOURLY)
    assert (
        "At Newsroom chat: grave news at once, day and night; other changes in a digest every hour;"
        in html_of(desk)
    )


def test_a_place_that_is_paused_says_why(desk: Client, reporter: User) -> None:
    EndpointFactory(person=reporter, paused_at=NOON, paused_because="It answered 410 three times.")

    assert "It answered 410 three times." in html_of(desk)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"time_zone": "Mars/Olympus"}, "That is no time zone"),
        ({"quiet_from": "22:00"}, "Quiet hours have a beginning and an end."),
        ({"digest_at": "soon"}, "Enter a valid time."),
        ({"email-3": "held"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_and_the_rest_stays(
    chosen: dict[str, str], said: str, desk: Client
) -> None:
    html = save(desk, **{"paused_until": "2999-01-01", **chosen}).content.decode()

    assert said in html
    assert "Nothing is saved yet" in html
    assert html.count('class="errorlist') == 1
    assert "Constraint" not in html
    assert 'value="2999-01-01"' in html
    assert Preferences.objects.count() == 0


def test_a_pause_in_the_past_is_none(desk: Client, reporter: User) -> None:
    save(desk, paused_until="2020-01-01")

    assert Preferences.objects.get(person=reporter).paused_until is None


def test_only_editors_can_be_on_duty(client: Client, desk: Client, reporter: User, editor: User) -> None:
    assert "I am on duty" not in html_of(desk)
    save(desk, is_on_duty="on")
    assert not Preferences.objects.get(person=reporter).is_on_duty

    client.force_login(editor)
    save(client, is_on_duty="on")

    assert Preferences.objects.get(person=editor).is_on_duty


def test_what_waits_moves_with_the_choice(desk: Client, reporter: User) -> None:
    altered_alert(reporter, now=timezone.now())
    delivery = Delivery.objects.get()
    assert delivery.timing == Timing.AT_ONCE

    save(desk, **{"email-3": "daily", "email-2": "daily"})

    delivery.refresh_from_db()
    assert delivery.timing == Timing.DAILY


def test_the_next_digest_shows_what_it_would_tell(desk: Client, reporter: User) -> None:
    assert "Nothing is waiting for a digest." in html_of(desk)
    alert = altered_alert(reporter, now=timezone.now())

    save(desk, **{"email-3": "daily", "email-2": "daily"})

    html = html_of(desk)
    assert "1 alert" in html
    assert f'href="{alert.get_absolute_url()}"' in html


@pytest.mark.parametrize(
    ("preferences", "said"),
    [
        (
            {"quiet_from": time(22), "quiet_until": time(7)},
            "at once, day and night; other changes at once, but not between 10 p.m. and 7 a.m.",
        ),
        (
            {"quiet_from": time(22), "quiet_until": time(7), "grave_breaks_quiet": False},
            "grave news and other changes at once, but not between 10 p.m. and 7 a.m.",
        ),
        ({"paused_until": date(2026, 6, 1)}, "Nothing is sent before June 1; then one digest tells what happened."),
        ({"digest_at": time(17, 30)}, "the all-clear in a digest every day at 5:30 p.m."),
    ],
)  # fmt: skip
def test_plain_words_say_what_will_happen(preferences: dict[str, Any], said: str, reporter: User) -> None:
    Preferences.objects.create(person=reporter, **preferences)

    assert said in " ".join(sentences_of(hearing_of(reporter), now=NOON))


def test_who_is_on_duty_is_told_what_that_means(editor: User) -> None:
    Preferences.objects.create(person=editor, is_on_duty=True)

    assert "You are on duty: you hear of what is grave in any story." in sentences_of(
        hearing_of(editor), now=NOON
    )


def test_who_has_no_place_is_told_that_nothing_is_sent(reporter: User) -> None:
    reporter.email = ""

    assert "Nothing is sent to you" in sentences_of(hearing_of(reporter), now=NOON)[0]


def test_the_page_counts_its_queries(
    desk: Client, reporter: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        EndpointFactory(person=reporter, name=f"Place {number}")

    with django_assert_max_num_queries(10):
        html_of(desk)
