"""Beside the text while it is written: every passage that it quotes, and how each stands on its source's page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from stories.admin.claim_picker import sentence_of
from stories.admin.source_change import as_markdown
from stories.models import Article, Citation, Claim, Source
from stories.models.words import VerdictWord
from stories.text.attachment import match_passages
from stories.text.diff import WordChange
from stories.text.passages import QuotedPassage, find_passages
from stories.watching.glance import Glance, glance_at

#: An editor waits for the answer: what goes beyond these bounds is looked at when it is saved.
MOST_QUOTES = 80
MOST_GLANCES = 60
WORDS_A_MINUTE = 230
_LIKE_A_CLAIM = 70.0
_WORD = re.compile(r"\w[\w’'.-]*")


@dataclass(frozen=True, slots=True)
class Offer:
    """A source that the passage may be attached to, and whether its page says it."""

    source: Source
    says_so: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """One passage between quotation marks; `citation` is what it is attached by, if it is."""

    passage: QuotedPassage
    citation: Citation | None
    glance: Glance
    verified_at: datetime | None
    offers: tuple[Offer, ...]
    claim: Claim | None
    claim_text: str

    @property
    def source(self) -> Source | None:
        return self.citation.source if self.citation else None

    @property
    def state(self) -> str:
        """`proposed`: nothing to hold it against; `unwatched`: nothing that could be read here."""
        if self.source is None:
            return "proposed"
        if not self.source.is_watchable:
            return "unwatched"
        return self.glance.word or "unread"

    @property
    def is_without_claim(self) -> bool:
        return self.citation is not None and self.source is not None and self.citation.claim_id is None

    @property
    def is_reworded_here(self) -> bool:
        """The text quotes it otherwise than it is attached."""
        return self.citation is not None and match_passages([self.passage.exact], [self.citation.exact]) == [
            None
        ]

    @property
    def changes(self) -> tuple[WordChange, ...]:
        return self.glance.changes if self.state == VerdictWord.ALTERED else ()

    @property
    def wording_as_markdown(self) -> str:
        return as_markdown(self.glance.wording)


@dataclass(frozen=True, slots=True)
class Beside:
    quotes: list[Quote]
    #: Attached, but not between quotation marks in the text.
    unused: list[Citation]
    words: int

    @property
    def minutes(self) -> int:
        return max(1, round(self.words / WORDS_A_MINUTE))

    @property
    def open_count(self) -> int:
        good = (VerdictWord.VERBATIM, "unwatched")
        return sum(quote.state not in good or quote.is_without_claim for quote in self.quotes)


def look_beside(article: Article, body: str) -> Beside:
    """Hold each passage of `body`, as it is typed, against the pages as they were read last."""
    body = body.replace("\r\n", "\n")
    citations = list(article.citations.select_related("source__watch", "claim").order_by("pk"))
    passages = find_passages(body)[:MOST_QUOTES]
    matched = match_passages([passage.exact for passage in passages], [each.exact for each in citations])
    looking = _Looking(_sources(citations), list(article.claims.order_by("pk")))
    quotes = [
        looking.quote(body, passage, None if index is None else citations[index])
        for passage, index in zip(passages, matched, strict=True)
    ]
    unused = [each for index, each in enumerate(citations) if index not in matched and not each.is_proposed]
    return Beside(quotes, unused, len(_WORD.findall(body)))


def unattached_passages(article: Article, body: str) -> list[str]:
    """Those of the text that readers would get no mark for."""
    quoted = [passage.exact for passage in find_passages(body)[:MOST_QUOTES]]
    matched = match_passages(quoted, list(article.citations.attached().values_list("exact", flat=True)))
    return [exact for exact, index in zip(quoted, matched, strict=True) if index is None]


def _sources(citations: Iterable[Citation]) -> list[Source]:
    return list({each.source.pk: each.source for each in citations if each.source}.values())


class _Looking:
    """One look at all passages; it stops asking pages when it has asked often enough."""

    def __init__(self, sources: Sequence[Source], claims: Sequence[Claim]) -> None:
        self.sources, self.claims = sources, claims
        self.left = MOST_GLANCES

    def quote(self, body: str, passage: QuotedPassage, citation: Citation | None) -> Quote:
        source = citation.source if citation else None
        glance = self._glance(source, passage.exact, citation) if source else Glance()
        offers = () if source else tuple(self._offers(passage.exact))
        claim_text = sentence_of(body, passage)
        claim = self._claim(claim_text)
        return Quote(passage, citation, glance, _read_at(source, glance), offers, claim, claim_text)

    def _glance(self, source: Source, exact: str, citation: Citation | None = None) -> Glance:
        if not source.is_watchable or self.left <= 0:
            return Glance()
        self.left -= 1
        prefix, suffix = (citation.prefix, citation.suffix) if citation else ("", "")
        return glance_at(source, exact, prefix=prefix, suffix=suffix)

    def _offers(self, exact: str) -> Iterator[Offer]:
        offers = [
            Offer(source, self._glance(source, exact).word == VerdictWord.VERBATIM) for source in self.sources
        ]
        yield from sorted(offers, key=lambda offer: not offer.says_so)

    def _claim(self, sentence: str) -> Claim | None:
        """The claim of the story that says most nearly what the sentence does."""
        likest = max(self.claims, key=lambda each: _likeness(each, sentence), default=None)
        return likest if likest and _likeness(likest, sentence) >= _LIKE_A_CLAIM else None


def _likeness(claim: Claim, sentence: str) -> float:
    return fuzz.token_set_ratio(claim.text.casefold(), sentence.casefold())


def _read_at(source: Source | None, glance: Glance) -> datetime | None:
    """A copy that was believed since says the same, or there would be a newer one."""
    watch = getattr(source, "watch", None)
    times = [at for at in (glance.read_at, watch.read_at if watch else None) if at]
    return max(times, default=None) if glance.word else None
