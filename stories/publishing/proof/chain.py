"""The leaves of one story, each held against those before it: numbers, digests, updates and what was taken down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from stories.publishing.canonical import canonical_json
from stories.publishing.proof import leaf as leaves
from stories.publishing.proof.entry import (
    Entry,
    Fields,
    Say,
    hash_data,
    read_fields,
    updates_in,
)
from stories.publishing.proof.flaw import Flaw


@dataclass(slots=True)
class Story:
    """How far one story's chain has come."""

    last_leaf: str = ""
    last_number: int = 0
    #: What the next version must name as the digest before it; None where nobody can tell any more.
    last_digest: str | None = ""
    #: The updates that versions hold and whose leaves are still to come, by version and id.
    expected: dict[tuple[int, Any], str] = field(default_factory=dict)
    #: The versions whose content is there, and those whose salt is gone, with what stands in its place.
    opened: set[int] = field(default_factory=set)
    closed: dict[int, Any] = field(default_factory=dict)
    closed_updates: set[int] = field(default_factory=set)
    taken_down: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)


def flaws_left(slug: str, story: Story) -> Iterator[Flaw]:
    """What is missing of a story once all of its leaves were read."""
    for version, update in story.expected:
        yield Flaw(slug, version, f"update {update}, which it published, has no leaf", "missing")
    for version in sorted((story.closed.keys() | story.closed_updates) - story.taken_down):
        yield Flaw(slug, version, "content and salt are gone, and it was never taken down", "missing")


def flaws_in_story(entry: Entry, fields: Fields, story: Story, say: Say) -> Iterator[Flaw]:
    """Hold a leaf against those before it, of which `story` knows what matters; from then on it knows this one too."""
    if fields.get("previous_leaf") != story.last_leaf:
        yield say(
            "previous_leaf is not the hash of the story’s leaf before: one was dropped, put in or moved"
        )
    story.last_leaf = hash_data(entry.data).hex()
    match fields.get("kind"):
        case leaves.VERSION:
            yield from _flaws_of_version(entry, fields, story, say)
        case leaves.UPDATE:
            yield from _flaws_of_update(entry, fields, story, say)
        case leaves.TAKEDOWN:
            yield from _flaws_of_takedown(fields, story, say)
        case kind:
            yield say(f"kind “{kind}” is none of a leaf")


def _flaws_of_version(entry: Entry, fields: Fields, story: Story, say: Say) -> Iterator[Flaw]:
    number = fields.get("version")
    yield from _flaws_of_number(number, story, say)
    before = story.last_digest
    # One that is older than the log has a digest that can be told from its content alone.
    story.last_digest = None if fields.get("backfilled") else fields.get("commitment")
    if entry.salt == "":
        if isinstance(number, int):
            story.closed[number] = entry.content
        return
    yield from _flaws_of_content(entry, fields, say)
    if entry.content is None:
        if isinstance(number, int):
            story.lost.add(number)
        return
    content = read_fields(entry.content)
    if content is None:
        yield say("content is not canonical JSON")
        return
    if fields.get("backfilled"):
        story.last_digest = leaves.plain_digest(entry.content)
    yield from _flaws_of_metadata(fields, content, say)
    if before is not None and content.get("previous_digest") != before:
        yield say("previous_digest is not the digest of the version before")
    if isinstance(number, int):
        story.opened.add(number)
        story.expected |= {(number, each["id"]): canonical_json(each) for each in updates_in(content)}


def _flaws_of_number(number: Any, story: Story, say: Say) -> Iterator[Flaw]:
    due = story.last_number + 1
    if not isinstance(number, int) or number < due:
        yield say("version is not the number that follows")
        return
    if number > due:
        yield say(f"version {due}, which comes before it, is gone", "missing")
    story.last_number = number


def _flaws_of_metadata(fields: Fields, content: Fields, say: Say) -> Iterator[Flaw]:
    names = {"story": "article", "version": "number"} | {name: name for name in leaves.SHARED_WITH_CONTENT}
    for name, in_content in names.items():
        if name not in fields or fields[name] != content.get(in_content):
            yield say(f"{name} of the leaf and the content disagree")


def _flaws_of_update(entry: Entry, fields: Fields, story: Story, say: Say) -> Iterator[Flaw]:
    number, update = fields.get("version"), fields.get("update")
    if entry.salt == "":
        if isinstance(number, int):
            story.closed_updates.add(number)
        if entry.content is not None:
            yield say(f"salt of update {update} is gone, and its content is not")
        return
    yield from _flaws_of_content(entry, fields, say)
    if entry.content is None or number in story.lost:
        return
    content = read_fields(entry.content) or {}
    for name, in_content in (("update", "id"), ("update_kind", "kind"), ("recorded_at", "recorded_at")):
        if fields.get(name) != content.get(in_content):
            yield say(f"{name} of the leaf and the content of update {update} disagree")
    if not isinstance(number, int):
        return
    expected = story.expected.pop((number, update), None)
    if number in story.closed:
        yield say(f"it was taken down, and the content and salt of update {update} are still there")
    elif expected is None:
        yield say(f"update {update} has a leaf, and no version published it")
    elif expected != entry.content:
        yield say(f"content of update {update} and the content of the version disagree")


def _flaws_of_takedown(fields: Fields, story: Story, say: Say) -> Iterator[Flaw]:
    number = fields.get("version")
    if not isinstance(number, int) or number in story.taken_down:
        yield say("it was taken down twice")
        return
    story.taken_down.add(number)
    story.expected = {key: text for key, text in story.expected.items() if key[0] != number}
    if number in story.opened:
        yield say("it was taken down, and its content and salt are still there")
    elif number not in story.closed and number not in story.lost:
        yield say("it was taken down, and was never published")
    elif number in story.closed:
        content = story.closed[number]
        # Read first: of half a character there is no digest.
        if read_fields(content) is None or leaves.plain_digest(content) != fields.get("tombstone"):
            yield say("content is not the tombstone that the takedown names")


def _flaws_of_content(entry: Entry, fields: Fields, say: Say) -> Iterator[Flaw]:
    """Whether content and salt open the commitment."""
    which = f" of update {fields.get('update')}" if fields.get("kind") == leaves.UPDATE else ""
    if entry.content is None:
        yield say(f"the content{which} is gone, and it was not taken down", "missing")
        return
    try:
        is_open = leaves.commit(entry.content, salt=entry.salt) == fields.get("commitment")
        is_open = is_open and len(entry.salt) == 2 * leaves.SALT_BYTES and entry.salt == entry.salt.lower()
    except (AttributeError, TypeError, ValueError):
        is_open = False
    if not is_open:
        yield say(f"content, salt and commitment{which} do not belong together")
