"""A newsroom that ticks, and a broker that is away."""

from tests.operating.conftest import broker_away, ticking

__all__ = ["broker_away", "ticking"]
