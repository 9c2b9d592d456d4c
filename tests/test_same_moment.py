"""A form that is sent twice at once breaks no page: whoever comes second is told what is in the way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection
from django.db.models import Model
from django.db.models.signals import post_init, pre_save
from django.test import Client
from django.urls import reverse

from stories.models import Article, Endpoint, SavedFilter, Source, User
from stories.models.words import Channel
from tests.admin.forms import form_of
from tests.factories import make_chief

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "https://93.184.215.14/minutes"


@contextmanager
def before_each(signal: Any, model: type[Model], act: Callable[[], object]) -> Iterator[None]:
    def told(**_: Any) -> None:
        act()

    signal.connect(told, sender=model)
    try:
        yield
    finally:
        signal.disconnect(told, sender=model)


def save_elsewhere(row: Model) -> None:
    """As another web server does, by a connection of its own; once."""

    def save() -> None:
        try:
            type(row)._base_manager.bulk_create([row], ignore_conflicts=True)
        finally:
            connection.close()

    other = Thread(target=save)
    other.start()
    other.join()


def saved_filter(client: Client, person: User) -> tuple[Model, str, dict[str, str]]:
    mine = SavedFilter.objects.create(person=person, noun="claim", name="Old")
    quicker = SavedFilter(person=person, noun="claim", name="New")
    return quicker, reverse("admin:saved_filter", args=[mine.pk]), {"name": "New"}


def story(client: Client, person: User) -> tuple[Model, str, dict[str, str]]:
    address = reverse("admin:stories_article_add")
    quicker = Article(headline="Bridge shut", slug="bridge")
    return quicker, address, form_of(client, address, headline="Bridge closes", slug="bridge")


def source(client: Client, person: User) -> tuple[Model, str, dict[str, str]]:
    address = reverse("admin:stories_source_add")
    quicker = Source(title="The minutes", url=ADDRESS)
    return quicker, address, form_of(client, address, title="Minutes", url=ADDRESS)


def colleague(client: Client, person: User) -> tuple[Model, str, dict[str, str]]:
    typed = {"username": "kit", "email": "kit@newsroom.example"}
    return User(username="kit"), reverse("admin:stories_user_add"), typed


def group(client: Client, person: User) -> tuple[Model, str, dict[str, str]]:
    person.is_superuser = True
    person.save()
    return Group(name="Night desk"), reverse("admin:auth_group_add"), {"name": "Night desk"}


def endpoint(client: Client, person: User) -> tuple[Model, str, dict[str, str]]:
    quicker = Endpoint(person=person, channel=Channel.WEBHOOK, name="Mine", address=ADDRESS, secret="whsec_")
    typed = {"name": "Mine", "url": ADDRESS}
    return quicker, reverse("desk_endpoint_add", args=["webhook"]), typed


one_writes_at_a_time = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="There, whoever comes second looks when the first has saved"
)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        pytest.param(saved_filter, "Give it a name that no other of yours has."),
        pytest.param(story, "already exists", marks=one_writes_at_a_time),
        pytest.param(source, "already exists", marks=one_writes_at_a_time),
        pytest.param(colleague, "already exists", marks=one_writes_at_a_time),
        pytest.param(group, "already exists", marks=one_writes_at_a_time),
        pytest.param(endpoint, "You have one of this name already.", marks=one_writes_at_a_time),
    ],
)
def test_whoever_comes_second_is_told_what_is_in_the_way(
    form: Callable[..., Any], told: str, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    person = make_chief()
    client.force_login(person)
    quicker, address, typed = form(client, person)

    with (
        caplog.at_level(logging.WARNING, "newsroom.same_moment"),
        before_each(pre_save, type(quicker), lambda: save_elsewhere(quicker)),
    ):
        answer = client.post(address, typed, follow=True)

    assert told in answer.content.decode()
    noted = [record for record in caplog.records if record.name == "newsroom.same_moment"]
    assert [isinstance(record.exc_info and record.exc_info[1], IntegrityError) for record in noted] == [True]


def make_them_alike() -> None:
    SavedFilter.objects.update(noun="claim", name="Mine")


def leave_out_the_noun() -> None:
    SavedFilter.objects.update(noun=None)


@pytest.mark.parametrize(
    ("method", "view", "fault", "times"),
    [
        pytest.param("post", "admin:saved_filter", make_them_alike, 2, id="what fails again fails"),
        pytest.param("get", "admin:saved_filter", make_them_alike, 1, id="what only looks"),
        pytest.param("post", "admin:saved_filter", leave_out_the_noun, 1, id="what is refused by itself"),
        pytest.param("post", "admin:saved_filter_open", make_them_alike, 1, id="a view that is no such form"),
    ],
)
def test_nothing_else_is_asked_again(
    method: str, view: str, fault: Callable[[], None], times: int, client: Client
) -> None:
    person = make_chief()
    client.force_login(person)
    mine = SavedFilter.objects.create(person=person, noun="claim", name="Mine")
    SavedFilter.objects.create(person=person, noun="source", name="Another")
    faults: list[Callable[[], None]] = []

    def fail() -> None:
        faults.append(fault)
        fault()

    with before_each(post_init, SavedFilter, fail), pytest.raises(IntegrityError):
        getattr(client, method)(reverse(view, args=[mine.pk]), {"name": "New"})

    assert len(faults) == times
