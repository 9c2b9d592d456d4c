"""While a passage is typed, the editor learns whether its page says so (a real page, a real look)."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from stories import tasks
from stories.models import Citation, Source, Watch
from stories.models.words import VerdictWord
from tests.admin.forms import form_of
from tests.factories import ArticleFactory, CitationFactory, SourceFactory, WatchFactory, make_reporter
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, page
from tests.watching.source_site import SourceSite

ASK = reverse("admin:stories_citation_quote_check")


@pytest.fixture
def source(site: SourceSite, db: None) -> Source:
    return SourceFactory(url=site.put("/notice", page(PASSAGE, OTHER_PASSAGE)))


def ask(client: Client, source: Source | None, passage: str, **more: str) -> dict[str, Any]:
    typed = {"source": str(source.pk) if source else "", "exact": passage, **more}
    return client.post(ASK, typed).json()


def test_the_page_is_read_at_once_and_says_that_the_passage_is_there(desk_of_ruth, source, site, worker):
    answer = ask(desk_of_ruth, source, PASSAGE)

    assert (answer["state"], answer["is_reading"]) == ("verbatim", False)
    assert answer["sentence"] == "The page says this, word for word."
    assert len(site.asked_for("/notice")) == 1


def test_a_passage_that_reads_otherwise_comes_with_the_pages_own_words(desk_of_ruth, source, worker):
    answer = ask(desk_of_ruth, source, REWORDED)

    assert (answer["state"], answer["wording"]) == ("altered", PASSAGE)
    assert ["insert", "not "] in answer["changes"]
    assert not Citation.objects.exists()


def test_a_passage_that_is_not_there_is_said_to_be_missing(desk_of_ruth, source, worker):
    answer = ask(desk_of_ruth, source, "The mayor has resigned over the fares.")

    assert (answer["state"], answer["wording"]) == ("missing", "")


def test_typing_on_does_not_ask_the_server_again(desk_of_ruth, source, site, worker):
    for length in range(20, 60, 10):
        ask(desk_of_ruth, source, PASSAGE[:length])

    assert len(site.asked_for("/notice")) == 1


def test_until_a_worker_has_read_the_page_the_answer_says_so_and_can_be_asked_for_again(
    desk_of_ruth, source, monkeypatch
):
    asked: list[list[int]] = []
    monkeypatch.setattr(tasks.check_sources, "delay", asked.append)

    first = ask(desk_of_ruth, source, PASSAGE)
    tasks.check_sources(asked[0])
    second = ask(desk_of_ruth, source, PASSAGE, since=first["since"])

    assert (first["state"], first["is_reading"]) == ("reading", True)
    assert (second["state"], second["is_reading"]) == ("verbatim", False)
    assert asked == [[source.pk]]


def test_without_a_broker_the_next_tick_reads_the_page(desk_of_ruth, source, monkeypatch):
    def refuse(*_args: object) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.check_sources, "delay", refuse)

    answer = ask(desk_of_ruth, source, PASSAGE)

    assert answer["is_reading"]
    assert Watch.objects.get(source=source).due_at <= timezone.now()


def test_a_page_that_cannot_be_read_says_why(desk_of_ruth, source, site, worker):
    site.put("/notice", "Busy.", status=503)

    answer = ask(desk_of_ruth, source, PASSAGE)

    assert answer["state"] == "unreadable"
    assert "out of service" in answer["sentence"]


def test_nothing_is_asked_about_half_a_question(desk_of_ruth, source, site, worker):
    assert ask(desk_of_ruth, source, "  ")["sentence"] == ""
    assert ask(desk_of_ruth, None, PASSAGE)["sentence"] == ""
    assert site.asked == []


@pytest.mark.parametrize(
    "junk",
    [{"source": "x"}, {"source": "9" * 40}, {"source": "٣"}, {"since": "yesterday"}, {"since": "2026-13-45"}],
)
def test_nonsense_is_no_error(junk, desk_of_ruth, source, worker):
    answer = desk_of_ruth.post(ASK, {"source": str(source.pk), "exact": PASSAGE, **junk})

    assert answer.status_code == 200


def test_a_source_that_is_not_watched_is_to_be_compared_by_eye(desk_of_ruth, site):
    person = SourceFactory(url="", kind="person")

    assert "by eye" in ask(desk_of_ruth, person, PASSAGE)["sentence"]


def test_only_who_may_cite_may_ask(client, source, site, worker):
    """Invariant 5."""
    client.force_login(make_reporter(is_staff=True))

    assert client.post(ASK, {"source": source.pk, "exact": PASSAGE}).status_code == 403
    assert site.asked == []


def test_nobody_is_asked_for_by_another_site(source, site, editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(ASK, {"source": source.pk, "exact": PASSAGE}).status_code == 403
    assert client.get(ASK).status_code == 405
    assert site.asked == []


def test_the_form_tells_the_script_where_to_ask(desk_of_ruth):
    html = desk_of_ruth.get(reverse("admin:stories_citation_add")).content.decode()
    article = desk_of_ruth.get(
        reverse("admin:stories_article_change", args=[ArticleFactory().pk])
    ).content.decode()

    for form in (html, article):
        assert f'data-quote-check="{ASK}"' in form
        assert "stories/quote_check.js" in form


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        (PASSAGE, "word for word"),
        (REWORDED, f"differently: “{PASSAGE}”"),
        ("The mayor has left.", "does not say this"),
    ],
)
def test_without_a_script_the_verdict_comes_with_the_save(passage, told, desk_of_ruth, source, worker):
    ask(desk_of_ruth, source, passage)
    url = reverse("admin:stories_citation_add")
    typed = form_of(desk_of_ruth, url, article=ArticleFactory().pk, exact=passage, source=source.pk)

    answer = desk_of_ruth.post(url, typed)

    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any(told in sentence for sentence in said)


def test_the_copy_as_cited_is_kept_with_the_first_verdict(
    desk_of_ruth, source, site, worker, django_capture_on_commit_callbacks
):
    """Invariant 8."""
    ask(desk_of_ruth, source, PASSAGE)
    citation = CitationFactory(exact=PASSAGE, source=None)
    url = reverse("admin:stories_citation_change", args=[citation.pk])
    with django_capture_on_commit_callbacks(execute=True):
        desk_of_ruth.post(url, form_of(desk_of_ruth, url, source=source.pk))

    verdict = citation.verdicts.get()
    assert verdict.verdict == VerdictWord.VERBATIM
    assert PASSAGE.encode() in verdict.found_by.snapshot.body


def test_what_a_worker_has_in_hand_is_waited_for_and_not_read_twice(desk_of_ruth, source, worker, site):
    watch = WatchFactory(source=source)
    Watch.objects.filter(pk=watch.pk).take_leases(
        now=timezone.now(), until=timezone.now() + timedelta(minutes=1)
    )

    answers = [ask(desk_of_ruth, source, PASSAGE[:length]) for length in (20, 30, 40)]

    watch.refresh_from_db()
    assert all(answer["is_reading"] for answer in answers)
    assert site.asked == []
    assert watch.pace == ""
