"""Evidence as a WARC 1.1 (ISO 28500:2017), which web archives replay; docs/EVIDENCE.md says what is in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from stories.models import Snapshot, Verdict
from stories.watching.evidence import Evidence, Look

SCHEMA_VERSION = 1
_SPECIFICATION = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# True of the bytes on the wire; those in the file are decoded.
_ABOUT_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding", "trailer"})

Headers = Iterable[tuple[str, str]]


def write_warc(
    out: BinaryIO,
    evidence: Evidence,
    *,
    now: datetime,
    publisher: str,
    on_progress: Callable[[], object] = lambda: None,
) -> None:
    """Write all of it, compressed record by record; only one copy is in memory at a time.

    Raises DamagedCopyError where the bytes of a copy are not those that were fetched.
    """
    file = _File(out, evidence, now=now, publisher=publisher)
    for snapshot in evidence.in_order():
        file.add_copy(snapshot, evidence.looks_at(snapshot))
        on_progress()


class _File:
    def __init__(self, out: BinaryIO, evidence: Evidence, *, now: datetime, publisher: str) -> None:
        self._writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
        #: The first record of each content: by its digest, the address and the date.
        self._seen: dict[str, tuple[str, str]] = {}
        info = {
            "software": "newsroom-story-updates (warcio)",
            "format": "WARC File Format 1.1",
            "conformsTo": _SPECIFICATION,
            "publisher": _one_line(publisher),
            "description": _one_line(evidence.title),
        }
        record = self._writer.create_warcinfo_record(f"{evidence.name}.warc.gz", info)
        record.rec_headers.replace_header("WARC-Date", _date(now))
        self._writer.write_record(record)

    def add_copy(self, snapshot: Snapshot, looks: Iterable[Look]) -> None:
        date = _date(snapshot.fetched_at)
        *redirects, answer = snapshot.exchanges or [_remembered(snapshot)]
        for exchanged in redirects:
            # Nobody reads the body of a redirect.
            self._write_exchange(exchanged, b"", date, {"WARC-Truncated": "unspecified"})
        response_id = self._write_exchange(answer, snapshot.body, date, {}, digest=snapshot.digest)
        for look in looks:
            event_id = response_id
            if look.met_the_same_bytes:
                event_id = self._write_meeting(snapshot, look)
            if look.verdicts:
                self._write_verdicts(snapshot, look, response_id=response_id, event_id=event_id)

    def _write_exchange(
        self, exchanged: Mapping[str, Any], body: bytes, date: str, fields: dict[str, str], digest: str = ""
    ) -> str:
        response_id = self._write_response(exchanged, body, date, fields, digest)
        if exchanged["request_line"]:
            # warcio takes the method for the protocol of the line.
            method, line = exchanged["request_line"].split(" ", 1)
            head = StatusAndHeaders(line, _pairs(exchanged["request_headers"]), protocol=method)
            given = {"WARC-Date": date, "WARC-Concurrent-To": response_id}
            self._write("request", exchanged["url"], given, http_headers=head)
        return response_id

    def _write_response(
        self, exchanged: Mapping[str, Any], body: bytes, date: str, fields: dict[str, str], digest: str
    ) -> str:
        uri = exchanged["url"]
        protocol, status = exchanged["status_line"].split(" ", 1)
        headers = [*_headers_of_the_bytes(exchanged["headers"]), ("Content-Length", str(len(body)))]
        head = StatusAndHeaders(status, headers, protocol=protocol)
        if digest in self._seen:
            return self._write_revisit(uri, digest, {"WARC-Date": date}, http_headers=head)
        given = {"WARC-Date": date, **fields}
        if digest:
            given["WARC-Payload-Digest"] = f"sha256:{digest}"
            self._seen[digest] = (uri, date)
        return self._write("response", uri, given, http_headers=head, payload=BytesIO(body), length=len(body))

    def _write_revisit(self, uri: str, digest: str, fields: dict[str, str], **given: Any) -> str:
        record = self._writer.create_revisit_record(
            uri, f"sha256:{digest}", *self._seen[digest], warc_headers_dict=fields, **given
        )
        self._writer.write_record(record)
        return record.rec_headers.get_header("WARC-Record-ID")

    def _write_meeting(self, snapshot: Snapshot, look: Look) -> str:
        """A later look that found the very same bytes."""
        record = self._writer.create_revisit_record(
            snapshot.final_url,
            f"sha256:{snapshot.digest}",
            *self._seen[snapshot.digest],
            warc_headers_dict={"WARC-Date": _date(look.check.last_started_at)},
        )
        if look.is_not_modified:
            record.rec_headers.replace_header("WARC-Profile", _SERVER_NOT_MODIFIED)
        self._writer.write_record(record)
        return record.rec_headers.get_header("WARC-Record-ID")

    def _write_verdicts(self, snapshot: Snapshot, look: Look, *, response_id: str, event_id: str) -> None:
        told = json.dumps(account_of(snapshot, look), ensure_ascii=False, indent=1).encode()
        given = {
            "WARC-Date": _date(look.check.started_at),
            "WARC-Refers-To": response_id,
            "WARC-Concurrent-To": event_id,
        }
        # An address of its own: a replay must not take the verdicts for the page.
        uri = f"urn:story-updates:check:{look.check.pk}"
        payload, length = BytesIO(told), len(told)
        self._write(
            "metadata", uri, given, warc_content_type="application/json", payload=payload, length=length
        )

    def _write(self, kind: str, uri: str, fields: dict[str, str], **given: Any) -> str:
        record = self._writer.create_warc_record(uri, kind, warc_headers_dict=fields, **given)
        self._writer.write_record(record)
        return record.rec_headers.get_header("WARC-Record-ID")


def account_of(snapshot: Snapshot, look: Look) -> dict[str, Any]:
    """What a check found of the passages, for a machine: the form is that of docs/EVIDENCE.md."""
    check = look.check
    return {
        "schema": SCHEMA_VERSION,
        "source": {"title": snapshot.source.title, "address": snapshot.url},
        "copy": {
            "sha256": snapshot.digest,
            "fetched_at": _date(snapshot.fetched_at),
            "extractor": snapshot.extractor_version,
        },
        "check": {
            "started_at": _date(check.started_at),
            "outcome": check.outcome,
            "reason": check.reason,
            "explanation": check.explanation,
            "is_confirmed": check.is_confirmed,
        },
        "verdicts": [_verdict(verdict, snapshot) for verdict in look.verdicts],
    }


def _verdict(verdict: Verdict, snapshot: Snapshot) -> dict[str, Any]:
    citation = verdict.citation
    return {
        "story": citation.article.headline,
        "claim": citation.claim.text if citation.claim else None,
        # W3C Web Annotation, sections 4 and 4.2.4.
        "target": {
            "type": "SpecificResource",
            "source": snapshot.final_url,
            "selector": {
                "type": "TextQuoteSelector",
                "exact": verdict.passage,
                "prefix": citation.prefix,
                "suffix": citation.suffix,
            },
        },
        "verdict": verdict.verdict,
        "wording": verdict.wording or None,
        "similarity": verdict.similarity,
        "is_confirmed": verdict.is_confirmed,
    }


def _remembered(snapshot: Snapshot) -> dict[str, Any]:
    """The exchange of a copy from the time before exchanges were kept: without its request."""
    phrase = HTTPStatus(snapshot.status).phrase if snapshot.status in set(HTTPStatus) else ""
    return {
        "url": snapshot.final_url,
        "request_line": "",
        "request_headers": [],
        "status_line": f"HTTP/1.1 {snapshot.status} {phrase}".rstrip(),
        "headers": snapshot.headers,
    }


def _headers_of_the_bytes(headers: Headers) -> Headers:
    """As received, but for what was true on the wire only: that is kept under another name, as pywb does."""
    for name, value in headers:
        yield (f"X-Archive-Orig-{name}" if name.lower() in _ABOUT_THE_WIRE else name, value)


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers]


def _date(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _one_line(text: str) -> str:
    return " ".join(text.split())
