"""The newsroom that `make bench` fills is one that the product knows: it verifies, is found, and answers."""

from contextlib import ExitStack

import pytest
from django.db import connection
from rich.console import Console

from stories.models import Alert, Source, Version
from stories.publishing.record import verify_record
from stories.searching.mending import verify_index
from tests.factories import make_roles

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="it is copied into PostgreSQL, and nowhere else"
)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_small_newsroom_verifies_and_answers_whatever_is_asked() -> None:
    from tests.benchmarks.scale.asked import asked
    from tests.benchmarks.scale.fill import fill
    from tests.benchmarks.scale.sizes import Sizes

    make_roles()

    with ExitStack() as stack:
        fill(Sizes(stories=60, sources=400, trail=1_000, alerts=100), console=Console(quiet=True))
        stack.callback(connection.close)

        assert (Source.objects.count(), Alert.objects.count()) == (400, 100)
        assert Version.objects.count() > 300
        assert verify_record() == []
        assert verify_index() == 0
        for _name, ask in asked():
            ask()
