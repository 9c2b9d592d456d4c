"""Stories as their editors have them and as readers saw them, with a log that verifies, written by COPY.

Contents, digests and leaves are made by the product's own functions; only the paragraphs are from a stock of such as
are rendered already.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection

from stories.models import Article, Citation, Claim, Leaf, Source, Update, Version
from stories.models.frozen import SCHEMA
from stories.models.source import digest_of_address
from stories.publishing.content import iso_utc
from stories.publishing.proof.leaf import commit, hash_of, new_salt, update_leaf, version_leaf
from stories.text.markdown import RENDERER_VERSION, render_markdown
from tests.benchmarks.scale.sizes import CLAIMS_EACH, PASSAGES_EACH, Sizes, host_of, person_of

#: In every story, in one of twenty, and in twenty stories however many there are.
EVERYWHERE, OFTEN, RARE = "Monday", "harbour", "ferryman"
#: The last version of a story comes so long before today.
_QUIET_DAYS = 100
_YEARS = 5
_PARAGRAPHS_EACH = 7
_KINDS = ("update", "update", "update", "correction", "editors_note")
_SYLLABLES = [consonant + vowel for consonant in "bcdfghlmnprstvwz" for vowel in "aeiou"]
_COMMON = """the of and to in a that for on is was with as by it at from be has have had are were not this""".split()  # noqa: SIM905


@dataclass
class Stock:
    """Paragraphs with their HTML, and words for all else."""

    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @classmethod
    @cache
    def filled(cls, *, paragraphs: int = 1_000) -> Stock:
        chance = random.Random(7)
        rare = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(40_000)]
        # Zipf's law, roughly: the more words are known, the rarer the next.
        weights = [1 / (3 + place) for place in range(len(rare))]
        texts = [_paragraph(chance, rare, weights) for _ in range(paragraphs)]
        return cls([(text, render_markdown(text)) for text in texts], rare)

    def sentence(self, chance: random.Random, length: int) -> str:
        return " ".join(chance.choices(self.words, k=length)).capitalize()


def _paragraph(chance: random.Random, rare: list[str], weights: list[float]) -> str:
    drawn = chance.choices(rare, weights, k=60)
    return (
        " ".join(chance.choice(_COMMON) if chance.random() < 0.4 else word for word in drawn).capitalize()
        + "."
    )


class Writer:
    """Rows of several tables, copied in stretches."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[tuple[Any, ...]]] = {}

    def add(self, model: Any, **values: Any) -> None:
        columns = _columns(model)
        self._rows.setdefault(model, []).append(tuple(values.get(name, _EMPTY.get(name)) for name in columns))

    def write(self) -> None:
        for model, rows in self._rows.items():
            names = ", ".join(f'"{name}"' for name in _columns(model))
            with (
                connection.cursor() as cursor,
                cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        self._rows.clear()


_COLUMNS: dict[Any, list[str]] = {}
_EMPTY: Mapping[str, Any] = {
    "note": "",
    "is_confidential": False,
    "is_watched": True,
    "ignores_robots": False,
    "stated_zone": "",
    "stated_precision": "minute",
    "actor": "bench",
    "is_minor": False,
    "headline_changed": False,
    "is_text_before_recorded": True,
    "save_count": 1,
}


def _columns(model: Any) -> list[str]:
    if model not in _COLUMNS:
        _COLUMNS[model] = [each.column for each in model._meta.concrete_fields]
    return _COLUMNS[model]


def write_sources(stretch: range, sizes: Sizes, *, now: datetime) -> None:
    writer = Writer()
    for number in stretch:
        url = source_url(number, sizes)
        writer.add(
            Source,
            id=number,
            kind="page",
            title=source_title(number, sizes),
            url=url,
            address_digest=digest_of_address(url),
            note="Asked for by the desk." if number % 50 == 0 else "",
            is_confidential=number % 200 == 0,
            is_watched=number % 100 != 99,
            created_at=_begun_at(number / sizes.sources, now=now),
        )
    writer.write()


def _begun_at(part: float, *, now: datetime) -> datetime:
    """When such a part of the stories was written; a source is as old as the story that quotes it first."""
    return now - timedelta(days=_YEARS * 365) + timedelta(days=_YEARS * 365 - _QUIET_DAYS) * part


def source_title(number: int, sizes: Sizes) -> str:
    return f"{_SYLLABLES[number % 80].capitalize()}{_SYLLABLES[number % 77]} office, notice {number}"


def source_url(number: int, sizes: Sizes) -> str:
    return f"https://site{host_of(number, sizes.hosts)}.example/notices/{number}"


def write_stories(stretch: range, sizes: Sizes, *, now: datetime) -> None:
    """Articles, their reporters, claims and passages, versions, updates, and the log of these."""
    stock, writer, log = Stock.filled(), Writer(), Log.before(stretch[0], sizes)
    for story in stretch:
        _Story(story, sizes, stock=stock, now=now).write(writer, log)
    writer.write()


@dataclass
class Log:
    versions: int = 0
    updates: int = 0
    size: int = 0

    @classmethod
    def before(cls, story: int, sizes: Sizes) -> Log:
        """What the stories before have left: every version but the first of a story comes with an update."""
        counts = [sizes.versions_of(number) for number in range(1, story)]
        versions, updates = sum(counts), sum(count - 1 for count in counts if count)
        return cls(versions, updates, versions + updates)


class _Story:
    def __init__(self, number: int, sizes: Sizes, *, stock: Stock, now: datetime) -> None:
        self.number, self.sizes, self.stock = number, sizes, stock
        self.chance = random.Random(number)
        self.began_at = _begun_at(number / sizes.stories, now=now)
        self.slug = f"story-{number}"
        self.headline = stock.sentence(self.chance, 8)
        words = [EVERYWHERE, *([OFTEN] if number % 20 == 1 else [])]
        words += [RARE] if number % max(1, sizes.stories // 20) == 1 else []
        self.dek = f"{stock.sentence(self.chance, 12)} on {' '.join(words)}."
        self.parts = [self.chance.choice(stock.paragraphs) for _ in range(_PARAGRAPHS_EACH)]

    def write(self, writer: Writer, log: Log) -> None:
        self._write_claims(writer)
        leaf, before = "", ""
        for number in range(1, self.sizes.versions_of(self.number) + 1):
            if number > 1:
                self.parts[number % _PARAGRAPHS_EACH] = self.chance.choice(self.stock.paragraphs)
            before, leaf = self._write_version(writer, log, number, before=before, leaf=leaf)
        number, people = self.number, self.sizes.people
        writer.add(
            Article,
            id=number,
            slug=self.slug,
            headline=self.headline,
            dek=self.dek,
            body=self.body,
            byline="By Ana Duarte",
            created_at=self.began_at,
            saved_at=self.began_at + timedelta(days=_QUIET_DAYS if number % 7 == 0 else 0),
        )
        for person in {person_of(number, people), person_of(number * 3 + 1, people)}:
            writer.add(
                Article.reporters.through,
                id=2 * number + (person == person_of(number, people)),
                article_id=number,
                user_id=person,
            )

    @property
    def body(self) -> str:
        return "\n\n".join(text for text, _ in self.parts)

    def _write_claims(self, writer: Writer) -> None:
        self.claims, self.citations = [], []
        first = (self.number - 1) * CLAIMS_EACH + 1
        for key in range(first, first + CLAIMS_EACH):
            text = f"{self.stock.sentence(self.chance, 9)}."
            self.claims.append({"id": key, "text": text, "standing": "stands"})
            writer.add(Claim, article_id=self.number, **self.claims[-1])
        for place in range(PASSAGES_EACH):
            self._write_passage(
                writer, (self.number - 1) * PASSAGES_EACH + 1 + place, first + place % CLAIMS_EACH
            )

    def _write_passage(self, writer: Writer, key: int, claim: int) -> None:
        source = self.sizes.source_of(key)
        exact = self.stock.sentence(self.chance, 14)
        quoted = {"id": key, "exact": exact, "prefix": "", "suffix": ""}
        is_secret = source % 200 == 0
        said = {
            "id": source,
            "kind": "page",
            "title": "A source known to the newsroom" if is_secret else source_title(source, self.sizes),
            "url": None if is_secret else source_url(source, self.sizes),
        }
        verified = {"verdict": "verbatim", "verified_at": iso_utc(self.began_at)}
        self.citations.append({**quoted, "claim": claim, "source": said, **verified})
        writer.add(
            Citation,
            **quoted,
            article_id=self.number,
            claim_id=claim,
            source_id=source,
            created_at=self.began_at,
        )

    def _write_version(
        self, writer: Writer, log: Log, number: int, *, before: str, leaf: str
    ) -> tuple[str, str]:
        at = self.began_at + timedelta(hours=7 * (number - 1))
        log.versions += 1
        updates = [self._update(log, number, at)] if number > 1 else []
        content = self._content(number, at, before=before, updates=updates)
        written, salt = write_canonical(content), new_salt()
        digest = commit(written, salt=salt)
        writer.add(
            Version,
            id=log.versions,
            article_id=self.number,
            number=number,
            content=written,
            digest=digest,
            previous_digest=before,
            stated_at=at,
            recorded_at=at,
        )
        data = version_leaf(
            content, index=log.size, previous_leaf=leaf, commitment=digest, is_backfilled=False
        )
        leaf = self._write_leaf(writer, log, data, kind="version", salt=salt)
        for update in updates:
            leaf = self._write_update(writer, log, update, number, at, leaf=leaf)
        return digest, leaf

    def _update(self, log: Log, number: int, at: datetime) -> dict[str, Any]:
        log.updates += 1
        return {
            "id": log.updates,
            "kind": _KINDS[(self.number + number) % len(_KINDS)],
            "note": f"{self.stock.sentence(self.chance, 16)}.",
            "stated_at": iso_utc(at),
            "stated_zone": "America/New_York",
            "stated_precision": "minute",
            "recorded_at": iso_utc(at),
            "headline_changed": False,
            "text_before_recorded": True,
            "caused_by": None,
        }

    def _content(self, number: int, at: datetime, *, before: str, updates: list[Any]) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "article": self.slug,
            "number": number,
            "previous_digest": before,
            "recorded_at": iso_utc(at),
            "stated_at": iso_utc(at),
            "stated_zone": "America/New_York",
            "stated_because": "",
            "minor": False,
            "retracted": False,
            "headline": self.headline,
            "dek": self.dek,
            "byline": "By Ana Duarte",
            "body": self.body,
            "html": "\n".join(html for _, html in self.parts),
            "renderer": RENDERER_VERSION,
            "claims": self.claims,
            "citations": self.citations,
            "updates": updates,
        }

    def _write_update(
        self, writer: Writer, log: Log, update: dict[str, Any], number: int, at: datetime, *, leaf: str
    ) -> str:
        writer.add(
            Update,
            id=update["id"],
            article_id=self.number,
            version_id=log.versions,
            kind=update["kind"],
            note=update["note"],
            stated_at=at,
            stated_zone=update["stated_zone"],
            recorded_at=at,
        )
        salt = new_salt()
        data = update_leaf(
            update,
            index=log.size,
            previous_leaf=leaf,
            commitment=commit(write_canonical(update), salt=salt),
            story=self.slug,
            version=number,
            is_backfilled=False,
        )
        return self._write_leaf(writer, log, data, kind="update", salt=salt, update_id=update["id"])

    def _write_leaf(self, writer: Writer, log: Log, data: str, **values: Any) -> str:
        hashed = hash_of(data)
        writer.add(
            Leaf,
            index=log.size,
            article_id=self.number,
            version_id=log.versions,
            data=data,
            hash=hashed,
            **values,
        )
        log.size += 1
        return hashed


def write_canonical(data: Any) -> str:
    """As `canonical_json`, for keys that are ASCII: five times as quick. The record is verified at the end."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def is_rendered_so(stock: Stock) -> bool:
    """Whether paragraphs rendered one by one are what their whole is rendered as."""
    few = stock.paragraphs[:_PARAGRAPHS_EACH]
    return render_markdown("\n\n".join(text for text, _ in few)) == "\n".join(html for _, html in few)
