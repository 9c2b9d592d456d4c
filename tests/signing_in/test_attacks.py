"""The door under attack: what opens once opens once, many at once are no way round, who was let in can be put out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.accounts.letters import password_link
from stories.accounts.patience import OF_NAME, SPENT_FOR, TooSoon, give_back, spend, take_turn
from stories.models import Act, AuditEntry, User
from tests.factories import make_editor, make_reporter
from tests.signing_in.passkey import Passkey, enter_with_key, sign_in_without_password
from tests.signing_in.people import PASSWORD, code_of, confirm, give_app, is_signed_in, sign_in, with_password

pytestmark = pytest.mark.django_db
at_the_same_moment = pytest.mark.django_db(transaction=True)

NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def noor() -> User:
    return with_password(make_reporter(username="noor", email="noor@newsroom.example"))


@pytest.fixture
def each_process_has_its_own_cache(settings: Any) -> None:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in settings.CACHES
    }


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """What each returned; one that broke has returned nothing."""
    start, results = threading.Barrier(len(work)), []

    def run(one: Callable[[], Any]) -> None:
        start.wait()
        try:
            results.append(one())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def enter(client: Client, code: str) -> bool:
    client.post(reverse("mfa_authenticate"), {"code": code})
    return is_signed_in(client)


def with_password_given(name: str = "noor") -> Client:
    client = Client()
    sign_in(client, name)
    return client


# --- What opens once --------------------------------------------------------------------------------------


@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("each_process_has_its_own_cache")
def test_a_code_that_was_looked_at_over_a_shoulder_opens_no_second_time(noor: User) -> None:
    """RFC 6238, 5.2: not within its window either, and whichever process is asked."""
    code = code_of(give_app(noor))

    assert enter(with_password_given(), code)
    assert not enter(with_password_given(), code)
    assert not enter(with_password_given(), f"{code[:3]} {code[3:]}")


@at_the_same_moment
@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("each_process_has_its_own_cache")
def test_a_code_that_comes_twice_at_once_opens_once(noor: User) -> None:
    code = code_of(give_app(noor))
    clients = [with_password_given() for _ in range(4)]

    opened = at_once(*[lambda client=client: enter(client, code) for client in clients])

    assert sorted(opened) == [False, False, False, True]


@at_the_same_moment
def test_a_recovery_code_that_comes_twice_at_once_opens_once(client: Client, noor: User) -> None:
    sign_in(client, "noor")
    confirm(client)
    give_app(noor)
    shown = client.post(reverse("mfa_generate_recovery_codes"), follow=True).content.decode()
    code = shown.split("<code")[1].split(">")[1].split("<")[0]
    clients = [with_password_given() for _ in range(4)]

    opened = at_once(*[lambda client=client: enter(client, code) for client in clients])

    assert sorted(opened) == [False, False, False, True]


def test_what_was_spent_long_ago_may_come_again_by_chance() -> None:
    now = timezone.now()

    assert [spend("1", now=now), spend("1", now=now), spend("2", now=now)] == [True, False, True]
    later = now + SPENT_FOR * 2
    # That others are old by then lets nobody spend a new one twice.
    assert [spend("3", now=later), spend("3", now=later)] == [True, False]
    assert [spend("1", now=later), spend("1", now=later)] == [True, False]


@at_the_same_moment
def test_a_link_that_two_follow_at_once_chooses_one_password(noor: User) -> None:
    link = password_link(noor)
    tries = []
    for number in range(3):
        client, password = Client(), f"three ports and {number} mayors"
        form = client.get(link, follow=True).redirect_chain[-1][0]
        fields = {"password1": password, "password2": password}
        tries.append(lambda client=client, form=form, fields=fields: client.post(form, fields).status_code)

    answers = at_once(*tries)

    assert sorted(answers) == [200, 200, 302]


# --- Guesses ----------------------------------------------------------------------------------------------


@time_machine.travel(NOON, tick=False)
def test_by_name_and_by_mail_somebody_is_guessed_at_as_often_as_by_one_of_them(
    client: Client, noor: User
) -> None:
    for name in ("noor", "NOOR", "noor@newsroom.example", "Noor@Newsroom.example", "noor"):
        sign_in(client, name, "a wrong one")

    told = {name: sign_in(Client(), name).content.decode() for name in ("noor", "noor@newsroom.example")}

    assert all("Try again in 1 second" in html for html in told.values())


@time_machine.travel(NOON, tick=False)
def test_who_signed_in_by_name_is_known_by_mail_too(client: Client, noor: User) -> None:
    sign_in(client, "noor")
    client.post(reverse("account_logout"))
    for _ in range(OF_NAME.free + 2):
        sign_in(Client(), "noor", "a wrong one")

    sign_in(client, "noor@newsroom.example")

    assert is_signed_in(client)


@at_the_same_moment
def test_of_many_guesses_at_once_no_more_are_looked_at_than_of_as_many_in_a_row() -> None:
    now = timezone.now()

    def guess() -> bool:
        try:
            take_turn("noor", address="198.51.100.9", device="", now=now)
        except TooSoon:
            return False
        return True

    assert sorted(at_once(*[guess] * 8)) == [False] * (8 - OF_NAME.free) + [True] * OF_NAME.free


@at_the_same_moment
def test_who_is_right_breaks_nobody_elses_guess_at_the_same_moment() -> None:
    now = timezone.now()

    def sign_in_rightly() -> bool:
        for _ in range(3):
            give_back(take_turn("noor", address="198.51.100.9", device="", now=now), now=now)
        return True

    assert at_once(*[sign_in_rightly] * 4) == [True] * 4


@time_machine.travel(NOON, tick=False)
def test_the_old_password_is_guessed_at_no_faster_than_at_the_door(client: Client, noor: User) -> None:
    """By whoever sits at an open session."""
    client.force_login(noor)
    new = "a port and three mayors"

    for old in (*["a wrong one"] * OF_NAME.free, PASSWORD):
        told = client.post(
            reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new}
        )

    assert "Try again in 1 second" in told.content.decode()
    assert User.objects.get().check_password(PASSWORD)
    assert AuditEntry.objects.filter(act=Act.SIGN_IN_FAILED, actor="noor").count() == OF_NAME.free


# --- What was let in can be put out -----------------------------------------------------------------------


def comes_in(client: Client, name: str = "desk_inbox") -> bool:
    return client.get(reverse(name)).status_code == 200


def test_a_new_password_ends_all_other_sessions(client: Client, noor: User) -> None:
    other = with_password_given()
    sign_in(client, "noor")
    new = "a port and three mayors"

    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert comes_in(client)
    assert not comes_in(other)


def test_a_closed_account_is_out_at_once(client: Client, noor: User) -> None:
    sign_in(client, "noor")

    User.objects.filter(pk=noor.pk).update(is_active=False)

    assert not comes_in(client)


@time_machine.travel(NOON, tick=False)
def test_an_account_that_is_closed_between_two_steps_stays_out(noor: User) -> None:
    code, client = code_of(give_app(noor)), with_password_given()
    User.objects.filter(pk=noor.pk).update(is_active=False)

    enter(client, code)

    assert not comes_in(client)


def test_a_role_that_is_taken_is_gone_at_once(client: Client) -> None:
    ruth = with_password(make_editor(username="ruth"))
    sign_in(client, "ruth")
    assert comes_in(client, "admin:index")

    ruth.groups.clear()
    User.objects.filter(pk=ruth.pk).update(is_staff=False)

    assert not comes_in(client, "admin:index")
    assert not comes_in(client)


def test_a_link_by_mail_is_no_way_around_the_second_step(client: Client, noor: User) -> None:
    give_app(noor)
    form = client.get(password_link(noor), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "three ports and a mayor", "password2": "three ports and a mayor"})
    assert not comes_in(client)

    answer = sign_in(client, "noor", "three ports and a mayor")

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not comes_in(client)


def test_a_browser_that_is_known_is_asked_for_the_second_step_all_the_same(
    client: Client, noor: User
) -> None:
    sign_in(client, "noor")
    client.post(reverse("account_logout"))
    give_app(noor)

    sign_in(client, "noor")

    assert not is_signed_in(client)


# --- What changes between two steps -----------------------------------------------------------------------


def set_another_password(person: User) -> None:
    with_password(User.objects.get(pk=person.pk), "three ports and a mayor")


def close_account(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


CHANGES = pytest.mark.parametrize("change", [set_another_password, close_account])


@CHANGES
@time_machine.travel(NOON, tick=False)
def test_a_second_step_ends_nowhere_when_the_first_is_worth_nothing_any_more(
    change: Callable[[User], None], noor: User
) -> None:
    """Whoever knows the old password alone is not let in by it, nor when the account is opened again."""
    code, client = code_of(give_app(noor)), with_password_given()
    change(noor)

    was_let_in = enter(client, code)
    told = client.get(reverse("account_login")).content.decode()

    assert not was_let_in
    assert "changed while you were signing in" in told
    assert AuditEntry.objects.filter(act=Act.SIGN_IN_FAILED, actor="noor").count() == 1
    assert client.get(reverse("mfa_authenticate")).status_code == 302


@CHANGES
def test_a_key_as_the_second_step_ends_nowhere_either(change: Callable[[User], None], noor: User) -> None:
    key = Passkey(noor)
    key.keep()
    client = with_password_given()
    change(noor)

    enter_with_key(client, key)

    assert not is_signed_in(client)


def test_a_passkey_lets_its_owner_in_and_nobody_whose_account_is_closed(noor: User) -> None:
    key, client, late = Passkey(noor), Client(), Client()
    key.keep()

    sign_in_without_password(client, key)
    was_let_in = is_signed_in(client)
    close_account(noor)
    answer = sign_in_without_password(late, key)

    assert was_let_in
    assert not is_signed_in(client)
    assert not comes_in(client)
    assert answer["Location"] == reverse("account_inactive")
    assert not is_signed_in(late)


def test_a_passkey_that_was_removed_lets_nobody_in(noor: User) -> None:
    key = Passkey(noor)
    key.keep().delete()

    sign_in_without_password(client := Client(), key)

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "origin",
    [
        "https://comments.testserver",
        "https://testserver.elsewhere.example",
        "https://elsewhere.example",
        "http://testserver@elsewhere.example",
        "http://[",
        "null",
        "",
    ],
)
def test_what_a_key_signed_for_another_site_opens_nothing(noor: User, origin: str) -> None:
    """A browser lets a host below ours ask for our keys (WebAuthn Level 2, section 5.1.4.1), and says which it was."""
    key = Passkey(noor, origin=origin)
    key.keep()

    sign_in_without_password(client := Client(), key)

    assert not is_signed_in(client)


def test_a_passkey_signs_for_nobody_but_its_owner(noor: User) -> None:
    """It says whose it is, and is held against that account's keys."""
    key = Passkey(noor)
    key.keep()
    key.owner = make_editor(username="ruth")

    sign_in_without_password(client := Client(), key)

    assert not is_signed_in(client)


ODD_CREDENTIALS = [
    "",
    "null",
    "[]",
    "5",
    '"x"',
    "{}",
    '{"id": 1, "rawId": 2, "type": 3, "response": 4}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": 5}}',
    '{"id": "\\u0000", "rawId": "\\ud800", "type": "public-key", "response": {"userHandle": "\\ud800"}}',
    "[" * 5000 + "]" * 5000,
]
#: Of whom a well-formed answer says that it is.
ODD_OWNERS = ["", "x", "-1", "0", "9" * 40, "1.5", "\x00", "é"]


@pytest.mark.parametrize("credential", ODD_CREDENTIALS)
def test_an_answer_that_is_none_of_a_key_is_refused(client: Client, credential: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})

    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert answer.status_code in {200, 302, 400}
    assert not is_signed_in(client)


@pytest.mark.parametrize("owner", ODD_OWNERS)
def test_a_key_of_nobody_lets_nobody_in(client: Client, noor: User, owner: str) -> None:
    key = Passkey(noor)
    key.keep()
    key.owner = User(username="nobody")
    key.owner.pk = owner  # type: ignore[assignment]

    answer = sign_in_without_password(client, key)

    assert answer.status_code in {200, 302}
    assert not is_signed_in(client)
