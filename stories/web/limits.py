"""How much of our time and memory one answer may cost."""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one fetch, redirects included."""

    total_seconds: float = 30.0
    raw_bytes: int = 10 * MIB
    decoded_bytes: int = 20 * MIB
    redirects: int = 5
    header_bytes: int = 64 * KIB
