"""What is different in a product under fault: it waits seconds instead of minutes, and may carry a trap."""

import os
from datetime import timedelta

from django.apps import AppConfig

#: A claim or a lease lasts so long where nothing renews it; in production two minutes, and a minute.
LEASE = timedelta(seconds=float(os.environ.get("FAULTS_LEASE_SECONDS", "6")))
#: After the first, second, … failure; in production from a minute to an hour.
BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (1, 1, 2, 4))


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from tests.faults import again, shuffling, trap

        shorten()
        trap.set_if_asked()
        shuffling.shuffle_if_asked()
        again.note_if_asked()


def shorten() -> None:
    from stories.alerting import send
    from stories.publishing import websub
    from stories.watching import hosts

    send.CLAIM_LASTS = websub.CLAIM_LASTS = hosts.SHORTEST_LEASE = LEASE
    hosts.TRY_AGAIN = timedelta(seconds=1)
    send.BACK_OFF = send.BACK_OFF_OF_MAIL = websub.BACK_OFF = BACK_OFF
    # As many as fit into as much of the shorter time: senders that die give a message up after most of a day.
    send.MOST_TRIES = 500
