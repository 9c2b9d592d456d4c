"""Citing opens a confidential source to nobody, and shows nobody what another typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories import tasks
from stories.models import Citation, User
from tests.alerting.scenes import quote
from tests.factories import ArticleFactory, SourceFactory, make_reporter
from tests.watching.looking import PASSAGE, page
from tests.watching.source_site import SourceSite

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.check_sources, "delay", lambda _keys: None)


def cite(client: Client, person: User, address: str) -> Any:
    story = ArticleFactory()
    story.reporters.add(person)
    client.force_login(person)
    wish = {"do": "cite", "exact": PASSAGE, "address": address, "article": story.pk, "claim": "later"}
    return client.post(reverse("desk_cite"), wish)


def test_whoever_does_not_have_it_is_sent_to_an_editor(
    client: Client, reporter: User, site: SourceSite
) -> None:
    source = SourceFactory(
        title="The mole at the port", url=site.put("/leak", page(PASSAGE)), is_confidential=True
    )
    quote(source, make_reporter())

    answer = cite(client, reporter, source.url)

    assert answer.status_code == 200
    assert "An editor has to cite this page for you." in answer.content.decode()
    assert "The mole" not in answer.content.decode()
    assert not Citation.objects.filter(article__reporters=reporter).exists()
    assert client.get(reverse("desk_source", args=[source.pk])).status_code == 404


def test_whoever_has_it_cites_it_again(client: Client, reporter: User, site: SourceSite) -> None:
    source = SourceFactory(url=site.put("/leak", page(PASSAGE)), is_confidential=True)
    quote(source, reporter)

    answer = cite(client, reporter, source.url)

    assert answer.status_code == 302
    assert Citation.objects.filter(source=source, exact=PASSAGE).exists()


def test_an_editor_cites_it(client: Client, editor: User, site: SourceSite) -> None:
    source = SourceFactory(url=site.put("/leak", page(PASSAGE)), is_confidential=True)

    assert cite(client, editor, source.url).status_code == 302


@pytest.mark.parametrize("is_the_same", [True, False])
def test_what_was_typed_before_the_session_ended_waits_for_the_same_person_only(
    client: Client, reporter: User, is_the_same: bool
) -> None:
    ArticleFactory().reporters.add(reporter, other := make_reporter())
    address = reverse("desk_cite")
    client.post(address, {"do": "cite", "new_claim": "The mayor knew", "person": reporter.pk})
    signing_in = {"login": (reporter if is_the_same else other).username, "password": PASSWORD}
    client.post(reverse("account_login"), signing_in)

    assert ("The mayor knew" in client.get(address).content.decode()) == is_the_same
