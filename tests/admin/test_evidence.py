"""The button on a citation, a source and a story hands an editor the proof as one file."""

from io import BytesIO

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator

from stories.models import Blob, Citation
from tests.factories import CheckFactory, CitationFactory, SnapshotFactory, VerdictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def citation() -> Citation:
    found = CitationFactory(claim__article__slug="bridge")
    snapshot = SnapshotFactory(source=found.source)
    VerdictFactory(citation=found, found_by=CheckFactory(source=found.source, snapshot=snapshot))
    return found


@pytest.fixture
def admin(client: Client, editor) -> Client:
    client.force_login(editor)
    return client


def button(noun: str, key: int) -> str:
    return reverse(f"admin:stories_{noun}_export_evidence", args=[key])


@pytest.mark.parametrize(
    ("noun", "name"),
    [("citation", "citation-{0.pk}"), ("source", "source-{0.source_id}"), ("article", "story-bridge")],
)
def test_an_editor_gets_the_evidence_as_a_file(noun, name, admin, citation):
    key = {"citation": citation.pk, "source": citation.source_id, "article": citation.article_id}[noun]
    page = reverse(f"admin:stories_{noun}_change", args=[key])
    assert button(noun, key) in admin.get(page).content.decode()

    response = admin.get(button(noun, key))

    file = BytesIO(b"".join(response.streaming_content))
    response.close()
    assert [it.rec_type for it in ArchiveIterator(file)] == ["warcinfo", "response", "metadata"]
    assert f'filename="{name.format(citation)}-2' in response["Content-Disposition"]
    assert int(response["Content-Length"]) == len(file.getvalue())


def test_a_reporter_gets_none(client, reporter, citation):
    client.force_login(reporter)

    assert client.get(button("source", citation.source_id)).status_code == 302


def test_staff_who_may_not_see_copies_get_none(client, reporter, citation):
    reporter.is_staff = True
    reporter.save()
    client.force_login(reporter)

    assert client.get(button("source", citation.source_id)).status_code == 403


def test_where_no_copy_is_kept_an_editor_is_told(admin):
    citation = CitationFactory()

    response = admin.get(button("citation", citation.pk), follow=True)

    assert "No copy of it is kept" in response.content.decode()


def test_a_damaged_copy_is_told_and_no_half_a_file_sent(admin, citation):
    QuerySet(Blob).update(packed=b"damaged")

    response = admin.get(button("citation", citation.pk), follow=True)

    assert "is damaged" in response.content.decode()


def test_a_damaged_copy_is_told_in_the_persons_language(admin, citation):
    QuerySet(Blob).update(packed=b"damaged")

    response = admin.get(button("citation", citation.pk), follow=True, headers={"accept-language": "es"})

    assert "está dañada" in response.content.decode()


def test_what_is_not_there_leads_back_to_the_list(admin):
    assert admin.get(button("source", 4711)).status_code == 302
