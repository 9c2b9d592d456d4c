"""The index is mended while somebody saves: what they wrote is found, and not what was read before."""

import time
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from stories.models import Claim, Searchable
from stories.searching.index import lay_search_triggers, lift_search_triggers
from stories.searching.mending import mend_index, verify_index
from tests.factories import ClaimFactory
from tests.locks import is_anybody_waiting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def test_a_text_that_is_saved_while_it_is_mended_is_found_as_it_was_saved() -> None:
    claim = ClaimFactory(text="first")
    lift_search_triggers()
    Claim.objects.update(text="second")
    lay_search_triggers()
    has_saved = Event()

    def save() -> None:
        try:
            with transaction.atomic():
                Claim.objects.update(text="third")
                has_saved.set()
                wait_for_the_mending()
        finally:
            connection.close()

    colleague = Thread(target=save)
    colleague.start()
    assert has_saved.wait(120)
    flaws = mend_index()
    colleague.join(120)

    assert Searchable.objects.get(kind="claim", key=claim.pk).text == "third"
    assert (flaws, verify_index()) == (1, 0)


def test_nobody_who_saves_some_of_the_texts_in_their_order_waits_for_it_crosswise() -> None:
    keys = [ClaimFactory().pk for _ in range(40)]
    lift_search_triggers()
    Claim.objects.update(text="second")
    lay_search_triggers()
    has_begun, broken = Event(), list[OperationalError]()

    def save() -> None:
        try:
            with transaction.atomic():
                for key in keys:
                    Claim.objects.filter(pk=key).update(text="third")
                    has_begun.set()
                    wait_for_the_mending()
        except OperationalError as error:
            broken.append(error)
        finally:
            connection.close()

    colleague = Thread(target=save)
    colleague.start()
    assert has_begun.wait(120)
    mend_index()
    colleague.join(120)

    assert broken == []
    assert verify_index() == 0


def wait_for_the_mending() -> None:
    deadline = time.monotonic() + 120
    while not is_anybody_waiting() and time.monotonic() < deadline:
        time.sleep(0.02)
