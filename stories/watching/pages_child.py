"""The other side of `apart`: a process that reads one heavy page and ends. `python -m stories.watching.pages_child`

What is to be done comes from the parent, pickled, on standard input. What comes back is JSON: a page that took over
this process could say what it likes there, and must not be able to do more.
"""

import json
import pickle
import resource
import sys
from typing import Any

from stories.text.judge import Judgement
from stories.watching.pages import Examined, examine, look_for, main_text_of, visible_text_of

#: What reading one page may cost: address space, a third of which is libraries; CPU; and the answer.
MEMORY_BYTES = 700_000_000
CPU_SECONDS = 20
ANSWER_BYTES = 4_000_000


def main() -> None:
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    _limit(resource.RLIMIT_FSIZE, ANSWER_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    wanted, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    sys.stdout.write(json.dumps(_WORK[wanted](*arguments)))


def _limit(what: int, most: int) -> None:
    _soft, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _examine(*arguments: Any) -> Any:
    examined: Examined = examine(*arguments)
    return [examined.page.outcome.value, examined.page.reason, _passages(examined.passages)]


def _look_for(*arguments: Any) -> Any:
    return _passages(look_for(*arguments))


def _passages(judged: Any) -> list[list[Any]]:
    return [[key, *_facts(judgement)] for key, judgement in judged.items()]


def _facts(judged: Judgement) -> list[Any]:
    return [judged.verdict.value, judged.wording, judged.similarity, judged.start, judged.end]


_WORK = {
    "examine": _examine,
    "look_for": _look_for,
    "visible_text_of": visible_text_of,
    "main_text_of": main_text_of,
}


if __name__ == "__main__":
    main()
