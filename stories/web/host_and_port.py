"""How a setting names a host and a port that may be reached although they are not public."""

import re
from functools import lru_cache

_HOST_AND_PORT = re.compile(r"([^\s/:@\[\]]+|\[[0-9a-fA-F:.]+\]):([0-9]{1,5})")


@lru_cache(maxsize=1_000)
def parse_host_and_port(pair: str) -> tuple[str, int]:
    """Return `127.0.0.1:8010` as `("127.0.0.1", 8010)`. Raises ValueError."""
    matched = _HOST_AND_PORT.fullmatch(pair.strip())
    if matched is None or not 0 < int(matched[2]) < 65_536:
        raise ValueError(f"{pair!r} is not a host and a port such as 127.0.0.1:8010.")
    return matched[1].strip("[]").lower(), int(matched[2])
