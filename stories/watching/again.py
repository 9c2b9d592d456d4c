"""A second look at just what the first one judged takes its judgement over, in place of judging again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from stories.models.words import Outcome
from stories.text.extract import EXTRACTOR_VERSION
from stories.text.judge import Copy, PageJudgement, PageOutcome
from stories.watching.known import Known
from stories.watching.reading import Found

CONTENT = PageJudgement(PageOutcome.CHANGED, "content")


def ground_of(known: Known, after: Copy, digest: str) -> str:
    """A digest of all that a judgement rests on: both copies, the passages, and how they are read."""
    baseline = known.baseline
    facts = [
        EXTRACTOR_VERSION,
        baseline and (baseline.digest, baseline.content_type, baseline.status, baseline.final_url),
        (digest, after.content_type, after.status, after.url, after.final_url, after.is_permanent_redirect),
        [(citation.pk, citation.exact, citation.prefix, citation.suffix) for citation in known.citations],
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def found_before(known: Known, ground: str) -> Mapping[int, Found] | None:
    """What the look before found in each passage of a page that it saw changed, if it judged on the same ground."""
    before = known.suspicion.check
    if before is None or before.ground != ground or known.is_outdated or known.may_turn:
        return None
    # Other words for a change were chosen later, when it was weighed.
    if (before.outcome, before.reason) != (Outcome.CHANGED, CONTENT.reason):
        return None
    suspected = {verdict.citation_id: verdict for verdict in before.verdicts.all()}
    # Of what departs from nothing that stands no verdict was written.
    verdicts = {**known.verdicts, **suspected}
    if any(citation.pk not in verdicts for citation in known.citations):
        return None
    return {citation.pk: Found.in_verdict(verdicts[citation.pk]) for citation in known.citations}
