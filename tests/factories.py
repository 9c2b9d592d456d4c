"""The smallest valid objects. A test states only what it is about."""

from importlib import import_module
from typing import Any

import factory
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from factory.django import DjangoModelFactory

from stories.models import (
    Alert,
    AlertEvent,
    Article,
    Check,
    Citation,
    Claim,
    Delivery,
    Digest,
    Endpoint,
    Following,
    HearingChoice,
    Preferences,
    Snapshot,
    Source,
    Update,
    User,
    Verdict,
    Watch,
)
from stories.models.blob import digest_of
from stories.models.user import CHIEFS, EDITORS, REPORTERS
from stories.models.words import AlertEventKind, Channel, Gravity, Outcome, Timing, VerdictWord
from stories.watching.archive import keep_copies, pack_copies
from stories.watching.reading import NewCopy


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@newsroom.example")
    password = factory.django.Password("correct horse battery staple")


def make_editor(**fields: Any) -> User:
    user = UserFactory(is_staff=True, **fields)
    user.groups.add(find_role(EDITORS))
    return user


def make_reporter(**fields: Any) -> User:
    user = UserFactory(**fields)
    user.groups.add(find_role(REPORTERS))
    return user


def make_chief(**fields: Any) -> User:
    user = UserFactory(is_staff=True, **fields)
    user.groups.add(find_role(CHIEFS))
    return user


def find_role(name: str) -> Group:
    """The group that the migration made."""
    return Group.objects.get(name=name)


def make_roles() -> None:
    """Once more, as the migration did: a test with real transactions empties all tables at its end."""
    import_module("stories.migrations.0008_roles").make_roles(apps, connection.schema_editor(atomic=False))


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = Article

    slug = factory.Sequence(lambda n: f"story-{n}")
    headline = factory.Sequence(lambda n: f"The harbour bridge closes, part {n}")
    body = "The bridge closes on Monday."


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = Claim

    article = factory.SubFactory(ArticleFactory)
    text = "The bridge closes on Monday."


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    title = factory.Sequence(lambda n: f"Port authority page {n}")
    url = factory.Sequence(lambda n: f"https://port.example/notices/{n}")


class WatchFactory(DjangoModelFactory):
    class Meta:
        model = Watch

    source = factory.SubFactory(SourceFactory)
    due_at = factory.LazyFunction(timezone.now)


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    claim = factory.SubFactory(ClaimFactory)
    article = factory.SelfAttribute("claim.article")
    source = factory.SubFactory(SourceFactory)
    exact = "The bridge will be closed from Monday."


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = Snapshot

    source = factory.SubFactory(SourceFactory)
    url = final_url = factory.SelfAttribute("source.url")
    status = 200
    content_type = "text/html; charset=utf-8"
    fetched_at = factory.LazyFunction(timezone.now)
    extractor_version = "test"

    body = factory.Sequence(lambda n: b"<p>Hello, number %d.</p>" % n)

    @classmethod
    def _create(
        cls, model_class: type[Snapshot], *args: Any, body: bytes, source: Source, **fields: Any
    ) -> Snapshot:
        copy = NewCopy(digest_of(body), body, fields)
        blobs = pack_copies([(copy, source.snapshots.first())])
        (kept,) = keep_copies([(source, copy)], blobs).values()
        return kept


class CheckFactory(DjangoModelFactory):
    class Meta:
        model = Check

    source = factory.SubFactory(SourceFactory)
    started_at = factory.LazyFunction(timezone.now)
    duration_ms = 10
    outcome = Outcome.CHANGED


class VerdictFactory(DjangoModelFactory):
    class Meta:
        model = Verdict

    citation = factory.SubFactory(CitationFactory)
    found_by = factory.SubFactory(CheckFactory, source=factory.SelfAttribute("..citation.source"))
    verdict = VerdictWord.ALTERED
    passage = factory.SelfAttribute("citation.exact")
    wording = "The bridge may be closed from Monday."
    is_confirmed = True
    is_news = True


class AlertFactory(DjangoModelFactory):
    class Meta:
        model = Alert

    source = factory.SubFactory(SourceFactory)
    recipient = factory.LazyFunction(make_reporter)
    gravity = Gravity.HIGH
    opened_at = developed_at = factory.LazyFunction(timezone.now)


class AlertEventFactory(DjangoModelFactory):
    class Meta:
        model = AlertEvent

    alert = factory.SubFactory(AlertFactory)
    kind = AlertEventKind.OPENED


class FollowingFactory(DjangoModelFactory):
    """Of the desk, where neither an article nor a source is given."""

    class Meta:
        model = Following

    person = factory.LazyFunction(make_reporter)


class PreferencesFactory(DjangoModelFactory):
    class Meta:
        model = Preferences

    person = factory.SubFactory(UserFactory)


class EndpointFactory(DjangoModelFactory):
    class Meta:
        model = Endpoint

    person = factory.SubFactory(UserFactory)
    channel = Channel.WEBHOOK
    name = factory.Sequence(lambda n: f"Endpoint {n}")
    address = factory.Sequence(lambda n: f"https://hooks.example/{n}")
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class HearingChoiceFactory(DjangoModelFactory):
    class Meta:
        model = HearingChoice

    person = factory.SubFactory(UserFactory)
    gravity = Gravity.HIGH
    timing = Timing.AT_ONCE


class DigestFactory(DjangoModelFactory):
    class Meta:
        model = Digest

    person = factory.SubFactory(UserFactory)
    channel = Channel.EMAIL
    gathered_at = next_try_at = factory.LazyFunction(timezone.now)


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = Delivery

    alert = factory.SubFactory(AlertFactory)
    change = factory.SubFactory(CheckFactory, source=factory.SelfAttribute("..alert.source"))
    channel = Channel.EMAIL
    gravity = factory.SelfAttribute("alert.gravity")
    next_try_at = factory.LazyFunction(timezone.now)


class UpdateFactory(DjangoModelFactory):
    class Meta:
        model = Update

    article = factory.SubFactory(ArticleFactory)
    note = "This story now says when the bridge opens again."
