"""Whatever editors do, in whatever order, the record is sound after each step; and one changed letter is found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories.models import Article, Leaf, Publication, Update, Version
from stories.publishing.errors import PublishRefused
from stories.publishing.publication import (
    approve_publication,
    ask_for_approval,
    ask_to_publish,
    cancel_publication,
    due_publications,
    publish_scheduled,
    refuse_publication,
)
from stories.publishing.record import verify_record
from stories.publishing.revert import take_up_again
from stories.publishing.takedown import TakedownRefused, take_down
from stories.publishing.wish import Wish
from tests.factories import ArticleFactory, make_chief, make_editor
from tests.fuzzing import EXAMPLES
from tests.triggers import triggers_lifted

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
KINDS = ("update", "correction", "clarification", "editors_note", "retraction", "minor")


class Newsroom:
    """Two stories, an editor and a chief, and a clock that goes on with each step."""

    def __init__(self) -> None:
        self.stories = [ArticleFactory(slug="bridge"), ArticleFactory(slug="tunnel")]
        self.editor, self.chief = make_editor(), make_chief()
        self.now = START

    def step(self, act: Callable[[Newsroom, Article, int], None], number: int) -> None:
        """Done, or refused as people would be."""
        self.now += timedelta(minutes=37)
        story = Article.objects.get(pk=self.stories[number % 2].pk)
        with suppress(PublishRefused, TakedownRefused):
            act(self, story, number)

    def wish(self, number: int, *, publish_at: datetime | None = None) -> Wish:
        kind = KINDS[number % len(KINDS)]
        note = "" if kind == "minor" else f"What changed, {number}."
        return Wish(kind=kind, note=note, publish_at=publish_at, stated_zone="UTC" if publish_at else "")

    def on_the_way(self, story: Article) -> list[Publication]:
        return list(story.publications.on_the_way())

    def version(self, story: Article, number: int) -> list[Version]:
        found = list(story.versions.order_by("number"))
        return found[number % len(found) :][:1] if found else []


def edit(room: Newsroom, story: Article, number: int) -> None:
    story.body = f"{story.body}\n\nA line more: {number}."
    story.headline = f"The harbour, {number}" if number % 3 == 0 else story.headline
    story.save()


def publish(room: Newsroom, story: Article, number: int) -> None:
    ask_to_publish(story, wish=room.wish(number), by=room.editor, now=room.now)


def schedule(room: Newsroom, story: Article, number: int) -> None:
    at = room.now + timedelta(hours=number + 1)
    ask_to_publish(story, wish=room.wish(number, publish_at=at), by=room.editor, now=room.now)


def tick(room: Newsroom, story: Article, number: int) -> None:
    room.now += timedelta(hours=number)
    for publication in due_publications(now=room.now, limit=10):
        publish_scheduled(publication, now=room.now)


def propose(room: Newsroom, story: Article, number: int) -> None:
    ask_for_approval(story, wish=room.wish(number), by=room.editor, now=room.now)


def approve(room: Newsroom, story: Article, number: int) -> None:
    for publication in room.on_the_way(story):
        approve_publication(publication, by=room.chief, now=room.now)


def refuse(room: Newsroom, story: Article, number: int) -> None:
    for publication in room.on_the_way(story):
        refuse_publication(publication, by=room.chief, reason="No.", now=room.now)


def cancel(room: Newsroom, story: Article, number: int) -> None:
    for publication in room.on_the_way(story):
        cancel_publication(publication, by=room.editor, now=room.now)


def restore(room: Newsroom, story: Article, number: int) -> None:
    for version in room.version(story, number):
        take_up_again(version, by=room.editor)


def erase(room: Newsroom, story: Article, number: int) -> None:
    said = {"authority": "A court", "in_the_name_of": "A person", "reason": "An order"}
    if chosen := room.version(story, number):
        take_down(chosen, **said, by=room.chief, now=room.now)


#: What is done often stands twice.
ACTS = [
    edit,
    edit,
    publish,
    publish,
    schedule,
    tick,
    propose,
    approve,
    approve,
    refuse,
    cancel,
    restore,
    erase,
]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 11)), min_size=6, max_size=12)
#: Texts of the record that are proven: of a row that is left whole.
TEXTS = [
    (Version, "content"),
    (Version, "digest"),
    (Leaf, "data"),
    (Leaf, "hash"),
    (Leaf, "salt"),
    (Update, "note"),
]


@settings(
    max_examples=EXAMPLES // 12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, place=st.integers(0, 10**6))
def test_the_record_is_sound_after_each_step_and_one_changed_letter_is_found(
    steps: list[tuple[Callable, int]], place: int
) -> None:
    with transaction.atomic():
        room = Newsroom()
        for act, number in [(publish, 0), *steps]:
            room.step(act, number)
            assert verify_record() == [], act.__name__

        assert Version.objects.exists()
        assert change_one_letter(place)
        transaction.set_rollback(True)


def change_one_letter(place: int) -> bool:
    """By whoever owns the database; whether it is found, or the database itself refuses it."""
    model, column = TEXTS[place % len(TEXTS)]
    rows = model.objects.exclude(**{column: ""}).order_by("pk")
    rows = rows.filter(version__isnull=False) if model is Update else rows
    if not rows:
        return True
    row = rows[place % len(rows)]
    text = getattr(row, column)
    at = place % len(text)
    changed = f"{text[:at]}{chr(ord(text[at]) ^ 1)}{text[at + 1 :]}"
    try:
        with transaction.atomic(), triggers_lifted(), connection.cursor() as cursor:
            sql = f'UPDATE {row._meta.db_table} SET "{column}" = %s WHERE "{row._meta.pk.column}" = %s'
            cursor.execute(sql, [changed, row.pk])
    except IntegrityError:
        return True
    return bool(verify_record())
