"""A cache in Redis that nobody depends on: while it is away, it is empty."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _or(instead: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer with this where Redis does not; a function makes it of what was asked."""

    def forgive(ask: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(ask)
        def forgiving(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
            try:
                return ask(self, *args, **kwargs)
            except RedisError as error:
                logger.warning("The cache of CACHE_URL is away (%s).", type(error).__name__)
                return instead(*args, **kwargs) if callable(instead) else instead

        return forgiving

    return forgive


def _default(_key: str, default: Any = None, **_more: Any) -> Any:
    return default


def _nothing(*_asked: Any, **_more: Any) -> dict[str, Any]:
    return {}


def _all_failed(data: dict[str, Any], *_more: Any, **_others: Any) -> list[str]:
    return list(data)


class ForgivingRedisCache(RedisCache):
    """Each question waits for a second at most: a page is not late because of what may be forgotten."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"socket_timeout": 1, "socket_connect_timeout": 1, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})

    get = _or(_default)(RedisCache.get)
    set = _or(None)(RedisCache.set)
    # Whoever asks whether it is the first may go on.
    add = _or(True)(RedisCache.add)
    touch = _or(False)(RedisCache.touch)
    delete = _or(False)(RedisCache.delete)
    has_key = _or(False)(RedisCache.has_key)
    get_many = _or(_nothing)(RedisCache.get_many)
    set_many = _or(_all_failed)(RedisCache.set_many)
    delete_many = _or(None)(RedisCache.delete_many)
    clear = _or(False)(RedisCache.clear)
    incr = _or(1)(RedisCache.incr)
