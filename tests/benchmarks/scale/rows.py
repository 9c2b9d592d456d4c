"""What machines and people have done with the stories: made from them inside the database, table after table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from stories.models import Article, Citation, Claim, Source, Update
from tests.benchmarks.scale.sizes import LOOKS_DUE, Sizes

#: Saves of each row, beside what articles make up for: the trail of stories is the longest.
_SAVES = {Source: "2", Citation: "1 + it.id %% 2", Claim: "2", Update: "2"}
Statement = tuple[str, str]
_ALTERED = "it.id %% 2 = 1"


def statements(sizes: Sizes, blobs: int) -> tuple[list[Statement], list[Statement]]:
    """What is written, by name, and how; the second list is made from the first. `%(now)s` is the newsroom's time.

    Each source was read at first, changed once and was found unchanged two hundred times since. Every other passage
    was found altered then, by which alerts are numbered; of fifty such changes one is still open and altered.
    """
    of_passages = {"passages": sizes.passages, "sources": sizes.sources}
    told = {
        **of_passages,
        "alerts": sizes.alerts,
        "people": sizes.people,
        "altered": (sizes.passages + 1) // 2,
    }
    return [*_first(sizes, blobs, told)], [*_second(sizes, told)]


def _first(sizes: Sizes, blobs: int, told: dict[str, int]) -> Iterator[Statement]:
    # The longest first, so that no processor is left with it at the end.
    for model, saves in _SAVES.items():
        yield "history", _trail(model, saves, sizes.people)
    yield "audit entries", _AUDIT.format(**told)
    restored = f"{_ALTERED} AND (it.id + 1) / 2 %% 25 <> 0"
    yield "verdicts", _verdicts(0, "'verbatim'", "it.source_id", "TRUE", later=_ALTERED)
    second, third = "it.source_id + {sources}", "it.source_id + 2 * {sources}"
    yield "verdicts", _verdicts(1, "'altered'", second, _ALTERED, later=restored).format(**told)
    yield "verdicts", _verdicts(2, "'verbatim'", third, restored, later="FALSE").format(**told)
    yield "snapshots", _snapshots(blobs)
    yield "checks", _checks(1, "is_confirmed", "'changed'", "it.created_at", looks=1)
    yield "checks", _checks(2, "is_confirmed", "'changed'", "it.created_at + interval '9 days'", looks=1)
    yield "checks", _checks(3, "is_confirmed", _LAST_OUTCOME, "it.created_at + interval '10 days'", looks=200)
    yield "watches", _WATCHES.format(sources=sizes.sources, due=LOOKS_DUE, outcome=_LAST_OUTCOME)
    yield "hosts", _HOSTS
    yield "tallies", f"INSERT INTO stories_tally VALUES ('unchanged', {sizes.sources * 200})"
    name, alerts = _ALERTS[0]
    yield name, alerts.format(**told)
    yield "publications", _PUBLICATIONS.format(people=sizes.people)


def _second(sizes: Sizes, told: dict[str, int]) -> Iterator[Statement]:
    # A few stories are saved all day long, and the others make room for them.
    rest = f"GREATEST(1, ({sizes.trail} - {_others()}) / {sizes.stories})"
    yield "history", _trail(Article, f"CASE WHEN it.id %% 1000 = 1 THEN 400 ELSE {rest} END", sizes.people)
    for name, statement in _ALERTS[1:]:
        yield name, statement.format(**told)


def _snapshots(blobs: int) -> str:
    return f"""
        INSERT INTO stories_snapshot (id, source_id, blob_id, digest, size, content_type, status, url, final_url,
            headers, exchanges, fetched_at, extractor_version, text_digest)
        SELECT it.id, it.id, blob.id, blob.digest, blob.size, 'text/html', 200, it.url, it.url,
            '[["Content-Type", "text/html"]]', '[]', it.created_at, '1', ''
        FROM stories_source it JOIN stories_blob blob ON blob.id = 1 + it.id %% {blobs}"""


def _checks(number: int, confirmed: str, outcome: str, at: str, *, looks: int) -> str:
    last = "CAST(%(now)s AS timestamptz) - (it.id %% 86400) * interval '1 second'" if looks > 1 else "NULL"
    told = at if number == 2 else "NULL"
    return f"""
        INSERT INTO stories_check (id, source_id, started_at, duration_ms, looks, last_at, outcome, reason,
            explanation, status, snapshot_id, baseline_id, {confirmed}, ground, is_news, told_at)
        SELECT it.id + {number - 1} * (SELECT COUNT(*) FROM stories_source), it.id, {at}, 100 + it.id %% 900, {looks},
            {last}, {outcome}, '', '', 200, it.id, {"NULL" if number == 1 else "it.id"}, TRUE, '',
            {"TRUE" if number == 2 else "FALSE"}, {told}
        FROM stories_source it"""


#: Of two hundred sources one is gone, two are blocked and four cannot be read.
_LAST_OUTCOME = (
    "CASE WHEN it.id %% 200 = 7 THEN 'gone' WHEN it.id %% 100 = 8 THEN 'blocked' "
    "WHEN it.id %% 50 = 9 THEN 'failed' ELSE 'unchanged' END"
)
_WATCHES = """
    INSERT INTO stories_watch (id, source_id, due_at, pace, snapshot_id, return_count, is_alternating, sent_at,
        read_with, etag, last_modified, outcome, reason, counted_in_id, is_suspected, failure_count, moved_to,
        strike_count, checked_at, read_at, changed_at)
    SELECT it.id, it.id,
        CASE WHEN NOT it.is_watched THEN NULL WHEN it.id <= {due} THEN %(now)s - it.id * interval '1 second'
             ELSE %(now)s + (1 + it.id %% 1440) * interval '1 minute' END,
        'settled', it.id, 0, FALSE, it.created_at, '1', '', '', said.outcome, said.reason, it.id + 2 * {sources},
        FALSE, said.failures, '', CASE WHEN said.outcome = 'gone' THEN 3 ELSE 0 END,
        %(now)s - (it.id %% 1440) * interval '1 minute', %(now)s - (it.id %% 1440) * interval '1 minute',
        it.created_at + interval '9 days'
    FROM stories_source it CROSS JOIN LATERAL (SELECT
        {outcome} AS outcome,
        CASE WHEN it.id %% 50 = 9 THEN 'timeout' ELSE '' END AS reason,
        CASE WHEN it.id %% 50 = 9 THEN 4 ELSE 0 END AS failures) said"""

_HOSTS = """
    INSERT INTO stories_host (origin, robots, robots_expires_at)
    SELECT DISTINCT split_part(url, '/notices/', 1), '', CAST(%(now)s AS timestamptz) + interval '1 day'
    FROM stories_source"""


def _verdicts(number: int, verdict: str, check: str, condition: str, *, later: str) -> str:
    is_news = number == 1
    return f"""
        INSERT INTO stories_verdict (id, found_by_id, citation_id, verdict, passage, prefix, suffix, wording,
            similarity, is_confirmed, is_news, is_alternating, is_superseded, told_at)
        SELECT it.id + {number} * (SELECT COUNT(*) FROM stories_citation), {check}, it.id, {verdict}, it.exact, '', '',
            {"'Not ' || it.exact" if is_news else "''"}, {"0.9" if is_news else "1"}, TRUE, {is_news}, FALSE, {later},
            {"it.created_at + interval '9 days'" if is_news else "NULL"}
        FROM stories_citation it WHERE {condition}"""


_CHANCE = "(({0} * 2654435761) %% 4294967296) / 4294967296.0"
_PERSON = f"1 + FLOOR({{people}} * POWER({_CHANCE.format('n')}, 2))::bigint"
#: Alert n is about the altered passage 2n - 1; when all have one, they begin anew.
_ALERTS = (
    (
        "alerts",
        f"""
        INSERT INTO stories_alert (id, source_id, recipient_id, gravity, state, opened_at, developed_at, answered_at,
            answered_by_id, answer_note)
        SELECT n, it.source_id, {_PERSON}, 1 + n %% 3, said.state, it.created_at + interval '9 days',
            it.created_at + interval '9 days' + n * interval '1 millisecond',
            CASE WHEN said.state IN ('open', 'restored') THEN NULL ELSE it.created_at + interval '9 days 3 hours' END,
            CASE WHEN said.state IN ('open', 'restored') THEN NULL ELSE {_PERSON} END,
            CASE WHEN n %% 10 = 0 THEN 'Rang the office about it.' ELSE '' END
        FROM generate_series(1, {{alerts}}) n
        JOIN stories_citation it ON it.id = 2 * ((n - 1) %% {{altered}}) + 1
        CROSS JOIN LATERAL (SELECT CASE WHEN n <= {{altered}} AND n %% 25 = 0 THEN 'open'
            WHEN n %% 100 = 1 THEN 'needs_update' WHEN n %% 3 = 0 THEN 'ignored' WHEN n %% 3 = 1 THEN 'still_holds'
            ELSE 'restored' END AS state) said""",
    ),
    (
        "what alerts tell of",
        """INSERT INTO stories_alert_verdicts (alert_id, verdict_id)
        SELECT n, {passages} + 2 * ((n - 1) %% {altered}) + 1 FROM generate_series(1, {alerts}) n""",
    ),
    (
        "what alerts tell of",
        """INSERT INTO stories_alert_checks (alert_id, check_id)
        SELECT id, {sources} + source_id FROM stories_alert""",
    ),
    (
        "what became of alerts",
        """INSERT INTO stories_alertevent (alert_id, at, kind, actor_name, note, state_before, state_after, change_id,
            payload)
        SELECT id, opened_at, 'opened', '', '', '', 'open', {sources} + source_id, '{{}}' FROM stories_alert""",
    ),
    (
        "what became of alerts",
        """INSERT INTO stories_alertevent (alert_id, at, kind, actor_id, actor_name, note, state_before, state_after,
            payload)
        SELECT id, answered_at, 'answered', answered_by_id, 'Somebody', answer_note, 'open', state, '{{}}'
        FROM stories_alert WHERE answered_at IS NOT NULL""",
    ),
    (
        "deliveries",
        """INSERT INTO stories_delivery (key, state, next_try_at, try_count, sent_at, error, alert_id, change_id,
            gravity, channel, timing, written_at)
        SELECT gen_random_uuid(),
            CASE WHEN id <= 200 THEN 'waiting' WHEN id %% 1000 = 0 THEN 'given_up' ELSE 'sent' END,
            opened_at, 1, CASE WHEN id > 200 THEN opened_at END, '', id, {sources} + source_id, gravity, 'email',
            'at_once', opened_at FROM stories_alert""",
    ),
)

_AUDIT = f"""
    INSERT INTO stories_auditentry (at, act, person_id, actor, address, network, object_kind, object_key,
        object_words, details)
    SELECT CAST(%(now)s AS timestamptz) - n * interval '1 minute',
        (ARRAY['signed_in', 'published', 'signed_out', 'opened', 'changed'])[1 + n %% 5], {_PERSON},
        'Person ' || ({_PERSON}), '', '192.0.2.0', 'article', ({{alerts}} - n)::text, 'Story ' || n, '{{{{}}}}'
    FROM generate_series(1, {{alerts}}) n"""

_PUBLICATIONS = """
    INSERT INTO stories_publication (article_id, state, kind, note, stated_zone, stated_because, content, mark,
        needs_approval, asked_by_id, asker, asked_at, approver, ended_by, ended_at, remark, version_id)
    SELECT it.article_id, 'published', COALESCE(told.kind, 'first'), COALESCE(told.note, ''), '', '', '', '', FALSE,
        1 + it.article_id %% {people}, 'Somebody', it.recorded_at, '', '', it.recorded_at, '', it.id
    FROM stories_version it LEFT JOIN stories_update told ON told.version_id = it.id"""


def _others() -> str:
    """How many rows the trails of the other nouns have."""
    tables = [model.history.model._meta.db_table for model in _SAVES]  # type: ignore[attr-defined]
    return " - ".join(f"(SELECT COUNT(*) FROM {table})" for table in tables).join("()").replace(" - ", " + ")


def _trail(model: type[models.Model], saves: str, people: int) -> str:
    historical: Any = model.history.model  # type: ignore[attr-defined]
    own = {field.column for field in model._meta.concrete_fields}
    shared = [field.column for field in historical._meta.concrete_fields if field.column in own]
    columns = ", ".join(f'"{column}"' for column in shared)
    chosen = ", ".join(f'it."{column}"' for column in shared)
    age = "it.id::float / (SELECT MAX(id) FROM " + model._meta.db_table + ")"
    return f"""
        INSERT INTO {historical._meta.db_table} ({columns}, history_actor, history_date, history_type,
            history_change_reason, history_user_id)
        SELECT {chosen}, 'Somebody', CAST(%(now)s AS timestamptz) - interval '1820 days' * (1 - {age})
            - interval '1 hour' * (saves.number - n), CASE n WHEN 1 THEN '+' ELSE '~' END, '', 1 + it.id %% {people}
        FROM {model._meta.db_table} it CROSS JOIN LATERAL (SELECT ({saves})::int AS number) saves
        CROSS JOIN LATERAL generate_series(1, saves.number) n"""
