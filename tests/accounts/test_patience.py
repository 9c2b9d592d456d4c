"""Guesses are slowed down, by name, by address and overall; nobody is locked out by the guesses of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stories.accounts.patience import (
    OF_ADDRESS,
    OF_ALL,
    OF_NAME,
    TooSoon,
    give_back,
    old_guesses,
    take_turn,
)
from stories.models import Guesses

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE, THERE = "203.0.113.7", "198.51.100.9"


def guess(name: str = "noor", *, address: str = HERE, device: str = "", at: datetime = NOW) -> object:
    return take_turn(name, address=address, device=device, now=at)


def wait_after(times: int, **where: str) -> timedelta:
    """How long the next guess waits after so many that each came as soon as it could."""
    at = NOW
    for _ in range(times):
        try:
            guess(at=at, **where)
        except TooSoon as soon:
            at = soon.until
            guess(at=at, **where)
    try:
        guess(at=at, **where)
    except TooSoon as soon:
        return soon.until - at
    return timedelta()


def test_a_few_are_free_and_then_each_waits_twice_as_long_as_the_one_before() -> None:
    waits = [OF_NAME.wait(count).total_seconds() for count in range(1, 20)]

    assert waits[: OF_NAME.free - 1] == [0] * (OF_NAME.free - 1)
    assert waits[OF_NAME.free - 1 : OF_NAME.free + 3] == [1, 2, 4, 8]
    assert max(waits) == OF_NAME.longest.total_seconds()


def test_one_that_is_free_does_not_wait_because_another_was_counted_a_moment_later() -> None:
    """Both have come at the same time, and the database let the later one go first."""
    guess("maya", at=NOW + timedelta(seconds=1))

    guess("noor", at=NOW)

    assert {row.count for row in Guesses.objects.all()} == {1, 2}


def test_the_name_waits_wherever_the_guesses_come_from() -> None:
    for number in range(OF_NAME.free):
        guess(address=f"203.0.113.{number}")

    with pytest.raises(TooSoon) as soon:
        guess(address=THERE)
    assert soon.value.until == NOW + timedelta(seconds=1)


def test_an_address_waits_whatever_names_it_guesses_at() -> None:
    for number in range(OF_ADDRESS.free):
        guess(f"person {number}")

    with pytest.raises(TooSoon):
        guess("somebody else")
    guess("somebody else", address=THERE)


def test_addresses_of_one_customer_are_one() -> None:
    for number in range(OF_ADDRESS.free):
        guess(f"person {number}", address=f"2001:db8::{number:x}")

    with pytest.raises(TooSoon):
        guess("somebody else", address="2001:db8::ffff")
    guess("somebody else", address="2001:db8:0:1::1")


def test_many_addresses_that_guess_at_many_names_wait_together_and_never_long() -> None:
    for number in range(OF_ALL.free):
        guess(f"person {number}", address=f"10.{number // 250}.{number % 250}.1")

    with pytest.raises(TooSoon) as soon:
        guess("one more", address=THERE)
    assert soon.value.until - NOW <= OF_ALL.longest


def test_whoever_was_here_before_does_not_wait_for_the_guesses_of_others() -> None:
    while not wait_after(20, address=THERE):
        pass

    assert guess(device="noor's own browser")


def test_a_known_browser_is_slowed_down_by_its_own_guesses() -> None:
    assert wait_after(OF_NAME.free, device="noor's own browser") > timedelta()


def test_a_guess_that_was_too_soon_is_not_counted() -> None:
    for _ in range(OF_NAME.free):
        guess()
    counts = sorted(Guesses.objects.values_list("count", flat=True))

    with pytest.raises(TooSoon):
        guess()

    assert sorted(Guesses.objects.values_list("count", flat=True)) == counts


def test_who_is_right_starts_anew_and_forgives_the_address_nothing_else() -> None:
    guess("somebody else")
    turn = guess()

    give_back(turn, now=NOW)

    assert sorted(Guesses.objects.values_list("count", flat=True)) == [0, 1, 1, 1]


def test_where_several_have_to_wait_the_longest_wait_counts() -> None:
    """Else whoever had used an address up would guess at a name as often as the address lets them."""
    for number in range(OF_ADDRESS.free):
        guess(f"person {number}")
    for number in range(OF_NAME.free):
        guess(address=f"{THERE[:-1]}{number}", at=NOW + timedelta(seconds=5))

    with pytest.raises(TooSoon):
        guess(at=NOW + timedelta(seconds=5))


def test_what_was_long_ago_is_forgotten() -> None:
    for _ in range(OF_NAME.free):
        guess()
    later = NOW + OF_NAME.forgotten + timedelta(seconds=1)

    for _ in range(OF_NAME.free):
        guess(at=later)
    assert not old_guesses(now=later).exists()
    old_guesses(now=later + OF_NAME.forgotten + timedelta(seconds=1)).delete()

    assert not Guesses.objects.exists()


def test_the_table_tells_nobody_which_names_were_tried() -> None:
    guess("noor")

    assert not any("noor" in key for key in Guesses.objects.values_list("key", flat=True))


def test_a_name_is_one_however_a_database_reads_its_letters() -> None:
    """To PostgreSQL, which compares in capitals, a dotless i is an i, and a long s is an s."""
    for spelling in ("chris", "CHRIS", "chrıs", "chriſ", " Chris "):
        guess(spelling)

    with pytest.raises(TooSoon):
        guess("chris")
