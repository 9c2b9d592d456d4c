"""An answer from the web becomes a reading: how the page reads beside its baseline, and each passage in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from http import HTTPStatus

from stories.models import Citation, Snapshot
from stories.models.words import Outcome, VerdictWord
from stories.text.extract import EXTRACTOR_VERSION
from stories.text.judge import Copy, Judgement, PageJudgement, PageOutcome, Passage
from stories.watching.again import CONTENT, found_before, ground_of
from stories.watching.alternation import may_have_been_said
from stories.watching.apart import examine, look_for, text_digest_of
from stories.watching.archive import copy_of
from stories.watching.explain import explain, explain_move
from stories.watching.fetch import Answer
from stories.watching.known import Known
from stories.watching.pages import FIRST
from stories.watching.reading import Found, NewCopy, Reading
from stories.web.client import Fetched
from stories.web.errors import FetchError, RobotsRefused
from stories.web.fetched import Exchanged
from stories.web.retry_after import parse_retry_after

_UNCHANGED = PageJudgement(PageOutcome.UNCHANGED, "same_bytes")
_GONE: dict[int | None, str] = {HTTPStatus.NOT_FOUND: "not_found", HTTPStatus.GONE: "gone_for_good"}
_THE_SAME = (PageOutcome.UNCHANGED, PageOutcome.NOISE)
#: Copies of late that a page is held against where it alternates: each has to be read again.
MOST_COMPARED = 4
# As long as the columns of a watch.
ETAG_LENGTH, DATE_LENGTH, ADDRESS_LENGTH = 500, 100, 2000


def read(known: Known, answer: Answer, *, now: datetime) -> Reading:
    """Judge what came. Raises what the fetch raised, unless it is the web's fault."""
    if isinstance(answer, FetchError):
        return _read_failure(answer, now=now)
    if isinstance(answer, BaseException):
        raise answer
    if answer.not_modified:
        return _read_unmodified(known, answer)
    return _read_answer(known, answer, now=now)


def _read_failure(error: FetchError, *, now: datetime) -> Reading:
    if error.status in _GONE:
        # Whatever is wrong with the page that says so.
        reason = _GONE[error.status]
        is_final = error.status == HTTPStatus.GONE
        return Reading(Outcome.GONE, reason, explain(reason), status=error.status, is_final=is_final)
    outcome = Outcome.BLOCKED if isinstance(error, RobotsRefused) else Outcome.FAILED
    wait = parse_retry_after(error.retry_after, now=now)
    return Reading(outcome, error.reason, error.message, status=error.status, retry_after=wait)


def _read_unmodified(known: Known, fetched: Fetched) -> Reading:
    # Only a copy that we have is asked about, and a 304 that was not asked for is the web room's to refuse.
    assert known.baseline is not None
    watch = known.watch
    return Reading(
        Outcome.UNCHANGED,
        "not_modified",
        explain("not_modified"),
        status=fetched.status,
        passages=_passages_in_baseline(known),
        in_baseline=_passages_read_anew(known),
        etag=_kept(fetched.etag or watch.etag, ETAG_LENGTH),
        last_modified=_kept(fetched.last_modified or watch.last_modified, DATE_LENGTH),
        moved_to=_moved_to(fetched),
    )


def _read_answer(known: Known, fetched: Fetched, *, now: datetime) -> Reading:
    after = _copy_to_judge(fetched)
    is_same = known.baseline is not None and known.baseline.digest == fetched.digest
    ground = "" if is_same else ground_of(known, after, fetched.digest)
    judged, passages = _examine(known, after, is_same=is_same, ground=ground)
    outcome = Outcome(judged.outcome.value)
    may_return = outcome == Outcome.CHANGED and may_have_been_said(known)
    is_as_before = may_return and _is_like_any(known.copies_before, after)
    explanation = explain_move(fetched.final_url) if outcome == Outcome.MOVED else explain(judged.reason)
    if not judged.is_believed:
        return Reading(
            outcome,
            judged.reason,
            explanation,
            status=fetched.status,
            is_final=fetched.status == HTTPStatus.GONE,
            retry_after=parse_retry_after(fetched.retry_after, now=now),
        )
    return Reading(
        outcome,
        judged.reason,
        explanation,
        status=fetched.status,
        copy=None if is_same else _new_copy(fetched, after, now=now),
        passages=_passages_in_baseline(known) if is_same else passages,
        in_baseline=_passages_read_anew(known),
        ground=ground,
        is_seen_before=is_as_before or (may_return and _is_like_any(known.dropped_copies, after)),
        is_seen_of_late=is_as_before or (may_return and _is_seen_of_late(known, fetched.digest, after)),
        etag=_kept(fetched.etag, ETAG_LENGTH),
        last_modified=_kept(fetched.last_modified, DATE_LENGTH),
        moved_to=_moved_to(fetched),
    )


def _copy_to_judge(fetched: Fetched) -> Copy:
    return Copy(
        body=fetched.body,
        content_type=fetched.content_type,
        status=fetched.status,
        url=fetched.url,
        final_url=fetched.final_url,
        is_permanent_redirect=fetched.is_permanently_moved,
    )


def _examine(
    known: Known, after: Copy, *, is_same: bool, ground: str
) -> tuple[PageJudgement, Mapping[int, Found]]:
    """Against the baseline; the first copy by itself."""
    baseline = known.baseline
    if is_same and baseline and (after.status, after.final_url) == (baseline.status, baseline.final_url):
        return _UNCHANGED, {}
    before = found_before(known, ground)
    if before is not None:
        return CONTENT, before
    copy_before = _beside(baseline, after) if baseline else None
    # The verdicts on record are those of the same text.
    is_judged = is_same or (known.is_at_rest and _says_the_same(copy_before, after))
    examined = examine(copy_before, after, {} if is_judged else _quoted(known.citations))
    return examined.page, _found(examined.passages)


def _beside(baseline: Snapshot, after: Copy) -> Copy:
    """The baseline, of which the text need not be read again where it is the same: that is half the work."""
    before = copy_of(baseline)
    is_alike = baseline.extractor_version == EXTRACTOR_VERSION and baseline.text_digest
    if is_alike and baseline.text_digest == text_digest_of(after):
        return replace(before, known_extract=after.extract)
    return before


def _says_the_same(before: Copy | None, after: Copy) -> bool:
    return before is not None and after.is_read and before.known_extract is after.extract


def _is_seen_of_late(known: Known, digest: str, after: Copy) -> bool:
    """By the bytes; where something is known to alternate, by what the last few copies say."""
    if any(copy.digest == digest for copy in known.copies_of_late):
        return True
    return known.may_turn and _is_like_any(known.copies_of_late[:MOST_COMPARED], after)


def _is_like_any(copies: Sequence[Snapshot], after: Copy) -> bool:
    judged = [examine(copy_of(copy), after, {}).page for copy in copies]
    return any(page != FIRST and page.outcome in _THE_SAME for page in judged)


def _passages_in_baseline(known: Known) -> Mapping[int, Found]:
    baseline = known.baseline
    if baseline is None or known.is_at_rest:
        return {}
    return _passages_in(copy_of(baseline), known.citations)


def _passages_read_anew(known: Known) -> Mapping[int, Found]:
    """The baseline's passages, if an older extractor read them: a verdict may differ by our doing only."""
    baseline = known.baseline
    if baseline is None or not known.is_outdated:
        return {}
    return _passages_in(copy_of(baseline), known.citations)


def _passages_in(copy: Copy, citations: Sequence[Citation]) -> Mapping[int, Found]:
    return _found(look_for(_quoted(citations), copy))


def _quoted(citations: Sequence[Citation]) -> dict[int, Passage]:
    return {
        citation.pk: Passage(citation.exact, prefix=citation.prefix, suffix=citation.suffix)
        for citation in citations
    }


def _found(judgements: Mapping[int, Judgement]) -> dict[int, Found]:
    return {
        key: Found(VerdictWord(judged.verdict.value), _storable(judged.wording or ""), judged.similarity)
        for key, judged in judgements.items()
    }


def _new_copy(fetched: Fetched, after: Copy, *, now: datetime) -> NewCopy:
    return NewCopy(
        digest=fetched.digest,
        body=fetched.body,
        fields={
            "content_type": fetched.content_type[:200],
            "status": fetched.status,
            "url": fetched.url,
            "final_url": fetched.final_url[:2000],
            "headers": [list(pair) for pair in fetched.headers],
            "exchanges": [_as_row(exchanged) for exchanged in fetched.exchanges],
            "fetched_at": now,
            "extractor_version": EXTRACTOR_VERSION,
            "text_digest": after.text_digest if after.is_read else "",
        },
        extract=after.extract if after.is_read else None,
    )


def _as_row(exchanged: Exchanged) -> dict[str, object]:
    # `dataclasses.asdict` would copy every header, which adds to what a new copy costs.
    return {field.name: getattr(exchanged, field.name) for field in fields(exchanged)}


def _moved_to(fetched: Fetched) -> str:
    return _kept(fetched.final_url, ADDRESS_LENGTH) if fetched.is_permanently_moved else ""


def _kept(validator: str, longest: int) -> str:
    """A validator that does not fit into its column is not sent back; a shortened one would be a lie."""
    return validator if len(validator) <= longest else ""


def _storable(text: str) -> str:
    """JSON can spell what no database takes: half characters, and U+0000."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
