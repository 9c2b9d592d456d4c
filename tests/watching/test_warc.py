"""Invariant 8: anybody can re-verify a quote from a file that any web archive reads."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from stories.models import Blob, Snapshot
from stories.models.blob import DamagedCopyError
from stories.watching.evidence import (
    Evidence,
    evidence_for_article,
    evidence_for_citation,
    evidence_for_source,
)
from stories.watching.warc import write_warc
from tests.factories import CitationFactory, SnapshotFactory, SourceFactory
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, CitedPage, page

pytestmark = pytest.mark.django_db


def exported(evidence: Evidence) -> bytes:
    out = BytesIO()
    write_warc(out, evidence, now=timezone.now(), publisher="The Harbour\r\nGazette")
    return out.getvalue()


class Record:
    """One record as warcio reads it, its digests checked on the way."""

    def __init__(self, record: Any) -> None:
        self.kind = record.rec_type
        self.http = record.http_headers
        self.body = record.content_stream().read()
        self.fields = record.rec_headers
        assert record.digest_checker.passed is not False, record.digest_checker.problems

    def __getitem__(self, name: str) -> str | None:
        return self.fields.get_header(name)

    def http_header(self, name: str) -> str | None:
        return self.http.get_header(name)


def records(data: bytes) -> Iterator[Record]:
    for record in ArchiveIterator(BytesIO(data), check_digests=True):
        yield Record(record)


def kinds(evidence: Evidence) -> list[str]:
    return [record.kind for record in records(exported(evidence))]


@pytest.fixture
def reworded(read_once: CitedPage) -> CitedPage:
    """Read as quoted, met once more, reworded, and confirmed so."""
    read_once.look()
    read_once.put(REWORDED, OTHER_PASSAGE)
    read_once.looks(2)
    return read_once


def test_a_source_is_told_from_its_first_copy_to_its_last(reworded: CitedPage) -> None:
    # Each copy with its request; the first met again, the second confirmed; the verdicts on both.
    assert kinds(evidence_for_source(reworded.source)) == [
        *["warcinfo", "response", "request", "metadata", "revisit"],
        *["response", "request", "metadata", "revisit", "metadata"],
    ]


def test_the_copies_are_those_that_were_fetched(reworded: CitedPage) -> None:
    found = [it for it in records(exported(evidence_for_source(reworded.source))) if it.kind == "response"]

    assert [it.body.decode() for it in found] == [
        page(PASSAGE, OTHER_PASSAGE),
        page(REWORDED, OTHER_PASSAGE),
    ]
    for it in found:
        assert it["WARC-Target-URI"] == reworded.source.url
        assert it["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(it.body).hexdigest()}"
        assert it.http.statusline == "200 OK"
        assert it.http_header("Content-Length") == str(len(it.body))


def test_the_request_stands_beside_its_answer(read_once: CitedPage) -> None:
    _, response, request, *_ = records(exported(evidence_for_source(read_once.source)))

    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert request.http.protocol == "GET"
    assert request.http.statusline == f"{read_once.path} HTTP/1.1"
    assert request.http_header("Host") == read_once.site.host_and_port
    assert "NewsroomStoryUpdates" in (request.http_header("User-Agent") or "")


def test_the_verdict_says_what_was_found_where(reworded: CitedPage) -> None:
    *_, second, _, suspicion, met_again, confirmed = records(exported(evidence_for_source(reworded.source)))

    told = json.loads(confirmed.body)

    assert confirmed["Content-Type"] == "application/json"
    assert confirmed["WARC-Refers-To"] == suspicion["WARC-Refers-To"] == second["WARC-Record-ID"]
    assert suspicion["WARC-Concurrent-To"] == second["WARC-Record-ID"]
    assert confirmed["WARC-Concurrent-To"] == met_again["WARC-Record-ID"]
    assert told["copy"]["sha256"] == hashlib.sha256(second.body).hexdigest()
    [verdict] = told["verdicts"]
    assert verdict["target"]["selector"]["exact"] == PASSAGE
    assert (verdict["verdict"], verdict["wording"], verdict["is_confirmed"]) == ("altered", REWORDED, True)
    assert not json.loads(suspicion.body)["verdicts"][0]["is_confirmed"]


def test_a_copy_that_is_met_again_is_not_written_twice(reworded: CitedPage) -> None:
    found = list(records(exported(evidence_for_source(reworded.source))))
    first = next(it for it in found if it.kind == "response")
    revisit = next(it for it in found if it.kind == "revisit")

    assert revisit["WARC-Refers-To-Target-URI"] == first["WARC-Target-URI"]
    assert revisit["WARC-Refers-To-Date"] == first["WARC-Date"]
    assert revisit["WARC-Payload-Digest"] == first["WARC-Payload-Digest"]
    assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit.body == b""


def test_the_servers_word_that_nothing_changed_is_told_as_that(cited: CitedPage) -> None:
    cited.cite()
    cited.site.put(cited.path, page(PASSAGE), headers={"ETag": '"one"'})
    cited.looks(2)

    revisit = next(it for it in records(exported(evidence_for_source(cited.source))) if it.kind == "revisit")

    assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


def test_a_redirect_is_part_of_the_proof(cited: CitedPage) -> None:
    there = cited.site.put("/there", page(PASSAGE))
    cited.site.put(cited.path, status=302, headers={"Location": "/there"})
    cited.cite()
    cited.look()

    _, redirect, _, answer, *_ = records(exported(evidence_for_source(cited.source)))

    assert redirect["WARC-Target-URI"] == cited.source.url
    assert redirect.http.statusline.startswith("302")
    assert redirect.http_header("Location") == "/there"
    assert redirect["WARC-Truncated"] == "unspecified"
    assert (answer["WARC-Target-URI"], answer.http.statusline) == (there, "200 OK")


def test_what_was_true_on_the_wire_only_is_kept_under_another_name(cited: CitedPage) -> None:
    body = gzip.compress(page(PASSAGE).encode())
    cited.site.put(cited.path, body, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
    cited.look()

    response = next(
        it for it in records(exported(evidence_for_source(cited.source))) if it.kind == "response"
    )

    assert response.body == page(PASSAGE).encode()
    assert response.http_header("Content-Encoding") is None
    assert response.http_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert response.http_header("X-Archive-Orig-Content-Length") == str(len(body))


def test_a_citation_brings_its_own_copies_and_verdicts_alone(reworded: CitedPage) -> None:
    later = CitationFactory(source=reworded.source, exact=OTHER_PASSAGE)
    reworded.look()

    told = [
        json.loads(it.body) for it in records(exported(evidence_for_citation(later))) if it.kind == "metadata"
    ]

    assert [verdict["target"]["selector"]["exact"] for it in told for verdict in it["verdicts"]] == [
        OTHER_PASSAGE
    ]
    assert kinds(evidence_for_citation(later)).count("response") == 1


def test_a_story_brings_all_that_its_passages_rest_on(reworded: CitedPage) -> None:
    citation = reworded.source.citations.get()
    elsewhere = CitationFactory(claim=citation.claim, source=SourceFactory())
    SnapshotFactory(source=SourceFactory())

    assert elsewhere.article == citation.article
    assert kinds(evidence_for_article(citation.article)) == kinds(evidence_for_source(reworded.source))


def test_the_same_bytes_at_two_addresses_are_written_once() -> None:
    source = SourceFactory()
    for number in range(2):
        address = f"https://port.example/{number}"
        SnapshotFactory(source=source, url=address, final_url=address, body=b"<p>The same.</p>")

    _, first, second = records(exported(evidence_for_source(source)))

    assert (first.kind, second.kind) == ("response", "revisit")
    assert second["WARC-Target-URI"] == "https://port.example/1"
    assert second["WARC-Refers-To-Target-URI"] == "https://port.example/0"
    assert second.http.statusline == "200 OK"


def test_a_copy_from_before_requests_were_kept_comes_without_one() -> None:
    snapshot = SnapshotFactory(status=404, headers=[["content-type", "text/html"], ["x-name", "Çelik"]])

    _, response = records(exported(evidence_for_source(snapshot.source)))

    assert response.http.statusline == "404 Not Found"
    assert response.body == snapshot.body


def test_what_a_server_says_makes_no_record_of_its_own() -> None:
    """Neither by a body that is made like the end of one and the beginning of the next, nor by its headers."""
    forged = b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\nContent-Length: 4\r\n\r\nfake\r\n\r\n" * 9
    odd = [["content-type", "text/html"], ["content-length", "4"], ["warc-type", "response"]]
    odd += [
        ["x-line", f"a{end}WARC/1.1{end}WARC-Type: metadata{end}{end}"] for end in "\x0b\x0c\x1c\x85\u2028"
    ]
    snapshot = SnapshotFactory(body=forged, headers=odd)

    found = list(records(exported(evidence_for_source(snapshot.source))))

    assert [record.kind for record in found] == ["warcinfo", "response"]
    assert found[1].body == forged


def test_a_damaged_copy_ends_the_export() -> None:
    snapshot = SnapshotFactory()
    QuerySet(Blob).update(packed=b"damaged")

    with pytest.raises(DamagedCopyError, match=snapshot.digest):
        exported(evidence_for_source(snapshot.source))


def test_warcio_finds_nothing_wrong_with_it(reworded: CitedPage, tmp_path: Path) -> None:
    path = tmp_path / "evidence.warc.gz"
    path.write_bytes(exported(evidence_for_source(reworded.source)))
    command = type("Command", (), {"inputs": [str(path)], "verbose": True})()
    checker = Checker(command)

    checker.process_all()

    assert checker.exit_value == 0


def test_the_file_tells_who_wrote_it_and_what_it_is(reworded: CitedPage) -> None:
    info = next(records(exported(evidence_for_source(reworded.source))))

    assert info["WARC-Filename"] == f"source-{reworded.source.pk}.warc.gz"
    assert b"publisher: The Harbour Gazette\r\n" in info.body
    assert reworded.source.title.encode() in info.body
    assert info.fields.protocol == "WARC/1.1"


def test_a_long_history_asks_no_more_of_memory_than_one_copy(django_assert_num_queries: Any) -> None:
    source = SourceFactory()
    for _ in range(5):
        SnapshotFactory(source=source)

    # The copies; for each its bytes and its looks: the fetches, the last, the verdicts.
    with django_assert_num_queries(1 + 5 * 4):
        exported(evidence_for_source(source))

    assert Snapshot.objects.count() == 5
