"""Work for each process of a deployment, written there by `manage.py shell`: due for nobody before it is asked for."""

import json
import sys
from datetime import timedelta

from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils import timezone

from stories.models import Article
from stories.models.words import Channel
from stories.publishing.publication import ask_to_publish
from stories.publishing.wish import Wish
from tests.deploy.deployment import THROUGH_THE_PROXY
from tests.factories import (
    AlertFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    DeliveryFactory,
    EndpointFactory,
    SourceFactory,
    VerdictFactory,
    WatchFactory,
    make_editor,
    make_reporter,
)

#: The longest that the rows lie there before somebody asks for them.
LATER = timedelta(days=1)


def prepare(page: str, hook: str) -> None:
    """Print the keys of the rows, and how a browser would send the two forms."""
    now = timezone.now()
    editor, reporter = make_editor(), make_reporter()
    citation = CitationFactory(source=SourceFactory(url=None))
    citation.article.reporters.add(reporter)
    alert = AlertFactory(source=citation.source, recipient=reporter)
    alert.verdicts.add(VerdictFactory(citation=citation))
    endpoint = EndpointFactory(person=reporter, address=hook)
    delivery = DeliveryFactory(
        alert=alert,
        change=alert.verdicts.get().found_by,
        endpoint=endpoint,
        channel=Channel.WEBHOOK,
        next_try_at=now + LATER,
    )
    watched = WatchFactory(source=SourceFactory(url=page), due_at=now + LATER)
    CitationFactory(source=watched.source)
    wish = Wish(kind="first", publish_at=now + LATER)
    publication = ask_to_publish(story(), wish=wish, by=editor, now=now)
    told = {
        "publication": publication.pk,
        "delivery": delivery.pk,
        "source": watched.source_id,
        "forms": forms([story(), story()], editor),
    }
    sys.stdout.write(json.dumps(told))


def story() -> Article:
    """With a claim, so that whoever publishes it reads one."""
    return ClaimFactory(article=ArticleFactory()).article


def forms(articles: list[Article], editor: object) -> list[dict[str, object]]:
    """For each of them what a browser sends that publishes it."""
    setup_test_environment()
    client = Client(headers=THROUGH_THE_PROXY)
    client.force_login(editor)
    return [form(client, reverse("admin:stories_article_publish", args=[article.pk])) for article in articles]


def form(client: Client, path: str) -> dict[str, object]:
    context = client.get(path).context
    fields = {name: context["form"][name].value() or "" for name in ("kind", "note", "when", "at", "zone")}
    token = str(context["csrf_token"])
    return {
        "path": path,
        "fields": {**fields, "seen": context["proposal"].seen, "_publish": "1", "csrfmiddlewaretoken": token},
        "cookies": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
    }
