"""Copies: every pair can be compared, each can be looked at, and none can do anything."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from stories.models import Blob, Citation, Snapshot, Source, User
from stories.publishing.publish import publish_article
from tests.alerting.scenes import quote
from tests.factories import CheckFactory, SnapshotFactory, SourceFactory, VerdictFactory, make_reporter

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
PASSAGE = "The bridge will be closed from Monday."
FILLER = [f"Notice number {number} stays as it is." for number in range(9)]


def page(*paragraphs: str) -> bytes:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs).encode()


@pytest.fixture
def source(reporter: User) -> Source:
    found = SourceFactory(title="Port notices")
    quote(found, reporter, headline="Bridge to close")
    return found


@pytest.fixture
def copies(source: Source) -> list[Snapshot]:
    bodies = [
        page(PASSAGE, *FILLER, "Open daily."),
        page(PASSAGE, *FILLER, "Open weekly."),
        page("The bridge may be closed from Monday.", *FILLER, "Open weekly."),
    ]
    return [
        SnapshotFactory(source=source, body=body, fetched_at=AT + timedelta(hours=hours))
        for hours, body in enumerate(bodies)
    ]


def at(name: str, copy: Snapshot) -> str:
    return reverse(name, args=[copy.source_id, copy.pk])


def comparison(before: Snapshot, after: Snapshot) -> str:
    return reverse("desk_compare_copies", args=[before.source_id, before.pk, after.pk])


def html_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


class TestComparing:
    def test_any_two_can_be_chosen(self, desk: Client, source: Source, copies: list[Snapshot]) -> None:
        first, _, last = copies
        chooser = reverse("desk_copies", args=[source.pk])
        assert f'name="before" value="{first.pk}"' in html_of(desk, chooser)

        response = desk.get(chooser, {"before": first.pk, "after": last.pk})

        assert response["Location"] == comparison(first, last)

    def test_where_there_is_one_copy_nothing_is_offered_to_compare(
        self, desk: Client, source: Source
    ) -> None:
        SnapshotFactory(source=source, body=page(PASSAGE), fetched_at=AT)

        for place in ("desk_copies", "desk_source"):
            html = html_of(desk, reverse(place, args=[source.pk]))
            assert "Compare the two" not in html
            assert 'name="before"' not in html
            assert "All copies" not in html

    @pytest.mark.parametrize("key", ["", "one", "9" * 40, "-1", "²"])
    def test_what_is_no_copy_leads_back_to_the_list(self, desk: Client, source: Source, key: str) -> None:
        response = desk.get(reverse("desk_copies", args=[source.pk]), {"before": key, "after": key})

        assert response.status_code == 200

    def test_the_words_that_changed_are_shown_and_the_rest_is_folded(
        self, desk: Client, copies: list[Snapshot]
    ) -> None:
        html = html_of(desk, comparison(copies[0], copies[1]))

        assert "Open <del>daily</del><ins>weekly</ins>." in html
        assert "Seven unchanged paragraphs" in html

    def test_the_passage_is_marked_where_it_stands(self, desk: Client, copies: list[Snapshot]) -> None:
        html = html_of(desk, comparison(copies[0], copies[1]))

        assert f"<mark>{PASSAGE}</mark>" in html
        assert "As quoted in both" in html

    def test_a_reworded_passage_is_told_as_that(self, desk: Client, copies: list[Snapshot]) -> None:
        html = html_of(desk, comparison(copies[0], copies[2]))

        assert "As quoted → altered" in html
        assert "<mark><del>will</del></mark><mark><ins>may</ins></mark>" in html

    def test_a_passage_leads_to_its_story(self, desk: Client, copies: list[Snapshot], editor: User) -> None:
        article = copies[0].source.citations.get().article
        publish_article(article, by=editor, now=AT)

        html = html_of(desk, comparison(copies[0], copies[2]))

        assert f'<a href="{article.get_absolute_url()}">Bridge to close</a>' in html

    def test_the_changes_are_counted_and_one_leads_to_the_next(self, desk: Client, source: Source) -> None:
        kept = "".join(f"<p>Rule {number} stays.</p>" for number in range(9))
        before = SnapshotFactory(
            source=source, body=f"<p>A.</p><p>B.</p>{kept}<p>Free on Mondays.</p>".encode()
        )
        after = SnapshotFactory(source=source, body=f"<p>C.</p>{kept}<p>Free on Sundays.</p>".encode())

        html = html_of(desk, comparison(before, after))

        assert "2 changes" in html
        assert (
            '<p class="page-diff__step" id="change-1">Change 1 of 2 <a href="#change-2">Next</a></p>' in html
        )
        assert 'id="change-2">Change 2 of 2 <a href="#change-1">Previous</a></p>' in html

    def test_it_works_backwards_too(self, desk: Client, copies: list[Snapshot]) -> None:
        assert "Open <del>weekly</del><ins>daily</ins>." in html_of(desk, comparison(copies[1], copies[0]))

    def test_a_copy_says_the_same_as_itself(self, desk: Client, copies: list[Snapshot]) -> None:
        assert "say the same" in html_of(desk, comparison(copies[0], copies[0]))

    def test_one_goes_on_to_the_copies_on_either_side(self, desk: Client, copies: list[Snapshot]) -> None:
        first, second, last = copies

        assert f'href="{comparison(first, last)}"' in html_of(desk, comparison(first, second))
        assert f'href="{comparison(second, last)}"' in html_of(desk, comparison(first, last))

    def test_no_step_leads_to_a_copy_compared_with_itself(self, desk: Client, copies: list[Snapshot]) -> None:
        first, second, _ = copies

        html = html_of(desk, comparison(first, second))

        assert f'href="{comparison(second, second)}"' not in html
        assert f'href="{comparison(first, first)}"' not in html

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"body": b"\x89PNG\r\n", "content_type": "image/png"}, "of a kind whose text cannot be read"),
            ({"body": b"x" * 2_000_001, "content_type": "text/plain"}, "too large"),
        ],
    )
    def test_what_cannot_be_compared_says_why(
        self, fields: dict[str, Any], said: str, desk: Client, copies: list[Snapshot]
    ) -> None:
        odd = SnapshotFactory(source=copies[0].source, **fields)

        assert said in html_of(desk, comparison(copies[0], odd))

    def test_a_damaged_copy_says_so(self, desk: Client, copies: list[Snapshot]) -> None:
        QuerySet(Blob).filter(pk=copies[0].blob_id).update(packed=b"damaged")

        assert "is damaged" in html_of(desk, comparison(copies[0], copies[1]))

    def test_markup_in_a_copy_is_text_here(self, desk: Client, source: Source) -> None:
        before = SnapshotFactory(source=source, body=b"1 &lt;script&gt;alert(1)&lt;/script&gt;")
        after = SnapshotFactory(source=source, body=b"2 &lt;script&gt;alert(2)&lt;/script&gt;")

        assert "<script>alert" not in html_of(desk, comparison(before, after))


class TestLooking:
    def test_a_copy_tells_what_it_is_and_what_was_found_in_it(
        self, desk: Client, source: Source, copies: list[Snapshot]
    ) -> None:
        check = CheckFactory(source=source, snapshot=copies[0])
        VerdictFactory(citation=Citation.objects.get(), found_by=check, verdict="verbatim", wording="")

        html = html_of(desk, at("desk_copy", copies[0]))

        assert copies[0].digest in html
        assert "As quoted" in html
        assert 'sandbox=""' in html
        assert f'href="{comparison(copies[0], copies[1])}"' in html

    def test_the_page_may_frame_its_own_copy_and_nothing_else(
        self, desk: Client, copies: list[Snapshot]
    ) -> None:
        policy = desk.get(at("desk_copy", copies[0]))["Content-Security-Policy"]

        assert "frame-src 'self'" in policy

    def test_in_its_frame_a_copy_can_do_nothing(self, desk: Client, source: Source) -> None:
        hostile = SnapshotFactory(source=source, body=b"<script>alert(1)</script><p>Text.</p>")

        response = desk.get(at("desk_inert_copy", hostile))

        policy = set(response["Content-Security-Policy"].split("; "))
        assert policy == {
            "sandbox",
            "default-src 'none'",
            "img-src data:",
            "style-src 'unsafe-inline'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        }
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]

    @pytest.mark.parametrize("link", ["<link rel=preconnect href=//x>", "<LINK\nrel=dns-prefetch>"])
    def test_a_copy_opens_no_connection_ahead_of_need(self, link: str, desk: Client, source: Source) -> None:
        copy = SnapshotFactory(source=source, body=f"<html>{link}<p>Text.</p></html>".encode())

        assert "<link" not in html_of(desk, at("desk_inert_copy", copy)).lower()

    @pytest.mark.parametrize(
        ("body", "given", "shown"),
        [
            ("<p>Größe</p>".encode("latin-1"), "text/html; charset=iso-8859-1", "text/html; charset=utf-8"),
            (b'{"a": 1}', "application/json", "text/plain; charset=utf-8"),
            (b"<rss><channel/></rss>", "application/rss+xml", "text/plain; charset=utf-8"),
            (b"<svg onload=alert(1)>", "image/svg+xml", "text/html; charset=utf-8"),
            (b"%PDF-1.7 ...", "text/html", "application/octet-stream"),
            (b"\x89PNG", "image/png", "application/octet-stream"),
        ],
    )
    def test_the_type_is_ours_to_say(
        self, body: bytes, given: str, shown: str, desk: Client, source: Source
    ) -> None:
        copy = SnapshotFactory(source=source, body=body, content_type=given)

        response = desk.get(at("desk_inert_copy", copy))

        assert response["Content-Type"] == shown
        assert ("Content-Disposition" in response) == (shown == "application/octet-stream")

    def test_the_bytes_can_be_saved_as_they_were_fetched(self, desk: Client, copies: list[Snapshot]) -> None:
        response = desk.get(at("desk_copy_file", copies[0]))

        assert response.content == copies[0].body
        assert response["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in response["Content-Security-Policy"]

    @pytest.mark.parametrize("name", ["desk_copy", "desk_inert_copy", "desk_copy_file"])
    def test_a_damaged_copy_is_told(self, desk: Client, copies: list[Snapshot], name: str) -> None:
        QuerySet(Blob).filter(pk=copies[0].blob_id).update(packed=b"damaged")

        assert "is damaged" in desk.get(at(name, copies[0]), follow=True).content.decode()


class TestDoors:
    """Invariant 5."""

    def test_the_copies_of_a_colleagues_source_do_not_exist(self, desk: Client) -> None:
        theirs = SourceFactory()
        quote(theirs, make_reporter())
        copy = SnapshotFactory(source=theirs)
        names = ["desk_copy", "desk_inert_copy", "desk_copy_file"]
        paths = [reverse("desk_copies", args=[theirs.pk]), comparison(copy, copy)]
        paths += [at(name, copy) for name in names]

        assert {desk.get(path).status_code for path in paths} == {404}

    def test_a_copy_is_not_reached_through_another_source(
        self, desk: Client, source: Source, copies: list[Snapshot]
    ) -> None:
        foreign = SnapshotFactory()

        assert desk.get(reverse("desk_copy", args=[source.pk, foreign.pk])).status_code == 404
        pair = [source.pk, copies[0].pk, foreign.pk]
        assert desk.get(reverse("desk_compare_copies", args=pair)).status_code == 404

    def test_a_stranger_is_asked_to_sign_in(self, client: Client, copies: list[Snapshot]) -> None:
        paths = [at("desk_inert_copy", copies[0]), comparison(copies[0], copies[1])]

        assert [client.get(path).status_code for path in paths] == [302, 302]

    def test_a_copy_tells_nothing_of_a_colleagues_draft(
        self, desk: Client, source: Source, copies: list[Snapshot]
    ) -> None:
        draft = quote(source, make_reporter(), headline="Secret investigation")
        VerdictFactory(citation=draft, found_by=CheckFactory(source=source, snapshot=copies[0]))

        assert "Secret investigation" not in html_of(desk, at("desk_copy", copies[0]))
        assert "Secret investigation" not in html_of(desk, comparison(copies[0], copies[1]))


def test_a_source_shows_its_life_as_a_picture_and_as_a_table(
    desk: Client, source: Source, copies: list[Snapshot]
) -> None:
    CheckFactory(source=source, snapshot=copies[0], baseline=None, outcome="unchanged")

    html = html_of(desk, reverse("desk_source", args=[source.pk]))

    assert '<svg class="life__picture"' in html
    assert 'role="img" aria-labelledby="life-title life-summary"' in html
    assert "1 check, 3 copies kept." in html
    assert "Checks and copies by period, newest first" in html


@pytest.mark.parametrize("rows", [1, 40])
def test_a_source_asks_as_often_however_long_its_life(
    rows: int, desk: Client, source: Source, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        CheckFactory(source=source, outcome="unchanged", snapshot=SnapshotFactory(source=source))

    # Session, person, permissions (2), source, own stories, citations, verdicts, which stories readers see, checks,
    # copies, last change (1), followings, and the picture's four.
    with django_assert_num_queries(17):
        desk.get(reverse("desk_source", args=[source.pk]))
