"""Ports of loopback that are free and stay so."""

import random
import socket

#: Below those that a system hands out to whoever connects, or asks for any: none of these is taken by chance.
_PORTS = range(10_000, 16_000)


def find_free_port() -> int:
    chance = random.SystemRandom()
    while True:
        port = chance.choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
