"""A newsroom in all its states, with a mark and hostile markup in every text that somebody could have written.

The mark says where a text was planted: `zqarticlebodyqz` in the body of an article. What is published before the
planting is innocent, so that a mark on a page for readers is a leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from stories.alerting.tell import tell_news
from stories.models import Article, ErrorReport, User
from stories.models.append_only import AppendOnlyError
from stories.models.words import VerdictWord
from stories.publishing.publication import ask_to_publish
from stories.publishing.wish import Wish
from tests.alerting.scenes import find
from tests.factories import (
    AlertEventFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    DigestFactory,
    SourceFactory,
    UpdateFactory,
    WatchFactory,
)
from tests.security.payloads import payload_for

#: By the name of a model: a form's token of chance has `zq` and `qz` in it in one of some thousand pages.
MARK = re.compile(
    f"zq((?:{'|'.join(model.__name__ for model in apps.get_app_config('stories').get_models())})[a-z]+)qz",
    re.IGNORECASE,
)
#: Fields that code reads, and nobody writes a sentence into: names of zones, digests, keys, addresses of endpoints.
_READ_BY_CODE = re.compile(
    r"zone|digest|key|secret|token|slug|password|username|version|mark|etag|modified|content_type|number|entry|"
    r"language|charset|status|robots|cursor|extractor|host_name"
)
#: Frozen texts, and what is derived from them.
_OF_CODE = {"endpoint.address", "host.name", "blob", "leaf", "checkpoint", "keptentry", "publication.content"}


def mark_of(model: type[models.Model], field: str) -> str:
    return f"zq{model._meta.model_name}{field.replace('_', '')}qz"


def extend_newsroom(scene: dict[str, Any]) -> dict[str, Any]:
    """Beside the published story of tests.test_roles one that never was, a scheduled change, what readers say.

    Returns the keys that addresses need, with those of the second story.
    """
    article, now = Article.objects.get(pk=scene["article"]), timezone.now()
    own, editor = User.objects.get(username="own"), User.objects.get(username="editor")
    hidden = SourceFactory(title="A person", url="https://person.example/", is_confidential=True)
    CitationFactory(claim=ClaimFactory(article=article), source=hidden, exact="Not named.")
    draft = ArticleFactory(slug="never-published", headline="Never", body="Never.")
    draft.reporters.set([own])
    drafted = CitationFactory(claim=ClaimFactory(article=draft), source=SourceFactory(), exact="Never.")
    WatchFactory(source=drafted.source)
    find([drafted], VerdictWord.MISSING)
    tell_news(now=now)
    UpdateFactory(article=article)
    AlertEventFactory(alert_id=scene["alert"])
    DigestFactory(person=own)
    article.headline = f"{mark_of(Article, 'headline')} reopens"
    article.save()
    wish = Wish(kind="update", note="Soon.", publish_at=now + timedelta(days=1))
    ask_to_publish(article, wish=wish, by=editor, now=now)
    ErrorReport.objects.create(article=article, version_number=1, message="Wrong.", received_at=now)
    return {**scene, "draft": draft.pk, "draft_slug": draft.slug}


def plant() -> set[str]:
    """Write mark and markup into every text of every row that the database lets anybody change; returns the marks."""
    planted = set()
    for model in apps.get_app_config("stories").get_models():
        if model.__name__.startswith("Historical") or model._meta.model_name in _OF_CODE:
            continue
        for row in model._default_manager.all():
            values = dict(_texts_for(model))
            if isinstance(row, User) and row.username != "own":
                continue
            if values and _write(row, values):
                planted |= {mark_of(model, name) for name in values}
    return planted


def _texts_for(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    for number, field in enumerate(model._meta.concrete_fields):
        name = f"{model._meta.model_name}.{field.name}"
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if field.primary_key or field.unique or name in _OF_CODE or _READ_BY_CODE.search(field.name):
            continue
        mark, room = mark_of(model, field.name), field.max_length
        if isinstance(field, models.EmailField):
            yield field.name, f"{mark}@planted.example"
        elif isinstance(field, models.URLField) or "url" in field.name or "address" in field.name:
            yield (
                field.name,
                f"https://planted.example/{mark}?\"onmouseover='planted()'data-planted=<b data-planted>",
            )
        elif room is None or room >= len(mark) + 40:
            yield field.name, f"{mark} {payload_for(room and room - len(mark) - 1, number)}"


def _write(row: models.Model, values: dict[str, str]) -> bool:
    for name, value in values.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except (DatabaseError, AppendOnlyError):
        return False
    return True
