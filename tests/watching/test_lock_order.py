"""An editor saves while a look is written down: both take the same rows, and neither waits for the other for ever."""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from stories.models import Citation, Verdict, Watch
from stories.models.words import Pace
from stories.watching.due import look_soon
from stories.watching.move import move_source
from tests.factories import CitationFactory, WatchFactory, make_editor
from tests.locks import is_anybody_waiting
from tests.watching.looking import PASSAGE, REWORDED, CitedPage, Clock
from tests.watching.source_site import SourceSite

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def wait_until_somebody_waits() -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if is_anybody_waiting():
            return
        time.sleep(0.02)
    raise AssertionError("nobody waits for a lock")


@pytest.mark.parametrize("what", ["passage", "passages", "source"])
def test_an_editors_save_and_a_look_do_not_lock_each_other_out(what: str, site: SourceSite) -> None:
    """Invariants 2 and 10: the look is written down, and the editor's wish to look again is kept."""
    cited = CitedPage(site, clock=Clock())
    citation = cited.cite()
    cited.put(PASSAGE)
    cited.look()
    cited.put(REWORDED)
    has_saved = threading.Event()

    def save() -> None:
        try:
            with transaction.atomic():
                changed = cited.source if what == "source" else Citation.objects.get(pk=citation.pk)
                changed.save()
                has_saved.set()
                wait_until_somebody_waits()
                if what == "passages":
                    CitationFactory(source=cited.source)
                look_soon([cited.source], now=cited.clock())
        finally:
            connection.close()

    def save_in_the_middle() -> None:
        editor.start()
        assert has_saved.wait(120)

    editor = threading.Thread(target=save)
    cited.look_while(save_in_the_middle)
    editor.join(120)

    assert not editor.is_alive()
    assert Verdict.objects.filter(citation=citation).count() == 2
    assert Watch.objects.get().pace in (Pace.ASKED, Pace.CONFIRMING)


def test_who_cites_from_a_page_and_who_tells_its_new_address_do_not_lock_each_other_out() -> None:
    source, noor = WatchFactory().source, make_editor(username="noor")
    has_cited = threading.Event()

    def cite() -> None:
        try:
            with transaction.atomic():
                CitationFactory(source=source)
                has_cited.set()
                wait_until_somebody_waits()
                look_soon([source], now=NOW)
        finally:
            connection.close()

    editor = threading.Thread(target=cite)
    editor.start()
    assert has_cited.wait(120)
    move_source(source, to="https://port.example/moved", by=noor, now=NOW)
    editor.join(120)

    assert not editor.is_alive()
    assert Citation.objects.get().source.url == "https://port.example/moved"
