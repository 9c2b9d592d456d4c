"""How grave a piece of news is, and which news say that all is well again."""

from stories.models import Check, Verdict
from stories.models.words import RETRACTED, RETURNED, Gravity, Outcome, VerdictWord

_OF_VERDICT = {
    VerdictWord.ALTERED: Gravity.HIGH,
    VerdictWord.MISSING: Gravity.HIGH,
    VerdictWord.UNREADABLE: Gravity.NORMAL,
    VerdictWord.VERBATIM: Gravity.LOW,
}
_OF_OUTCOME = {
    Outcome.GONE: Gravity.HIGH,
    Outcome.CHANGED: Gravity.NORMAL,
    Outcome.MOVED: Gravity.NORMAL,
    Outcome.BLOCKED: Gravity.NORMAL,
    Outcome.FAILED: Gravity.NORMAL,
    Outcome.UNCHANGED: Gravity.LOW,
    Outcome.NOISE: Gravity.LOW,
}
#: Of a change of the page, where the reason says more than the outcome.
_OF_REASON = {RETRACTED: Gravity.HIGH, RETURNED: Gravity.LOW}


def gravity_of_verdict(verdict: Verdict) -> Gravity:
    return _OF_VERDICT[VerdictWord(verdict.verdict)]


def gravity_of_check(check: Check) -> Gravity:
    return _OF_REASON.get(check.reason) or _OF_OUTCOME[Outcome(check.outcome)]


def is_relief(item: Verdict | Check) -> bool:
    """True where the source is again as it was: of interest only to people who were told that it was not."""
    gravity = gravity_of_verdict(item) if isinstance(item, Verdict) else gravity_of_check(item)
    return gravity == Gravity.LOW
