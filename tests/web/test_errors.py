"""The tree in the docstring is the tree in the code."""

import pickle
import re

import pytest

from stories.web import errors
from stories.web.errors import FetchError


def _kinds(kind: type[FetchError]) -> list[type[FetchError]]:
    return [kind, *(below for each in kind.__subclasses__() for below in _kinds(each))]


def test_the_tree_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")

    assert sorted(["FetchError", *drawn]) == sorted(kind.__name__ for kind in _kinds(FetchError))


@pytest.mark.parametrize("kind", _kinds(FetchError))
def test_each_kind_speaks_for_itself(kind: type[FetchError]) -> None:
    error = kind("some_reason")

    assert error.reason == "some_reason"
    assert error.message.endswith(".")
    assert error.permanent is kind.permanent
    assert (error.url, error.status) == ("", None)


@pytest.mark.parametrize("kind", _kinds(FetchError))
def test_an_error_survives_a_queue(kind: type[FetchError]) -> None:
    error = kind("some_reason", "A sentence.", permanent=True)
    error.status = 410

    copy = pickle.loads(pickle.dumps(error))

    assert (type(copy), copy.reason, copy.message, copy.permanent, copy.status) == (
        kind,
        "some_reason",
        "A sentence.",
        True,
        410,
    )
