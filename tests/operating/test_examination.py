"""The doctor: each thing that can be wrong is named, with what to do."""

import errno
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from stories.models import AuditEntry, Pulse
from stories.models.acts import Act
from stories.models.pulse import TIDYING
from stories.models.words import DeliveryState
from stories.operating.examination import examine
from stories.operating.examining.database import compare_clocks
from stories.operating.examining.installation import examine_installation
from stories.operating.finding import Level
from stories.publishing.checkpoints import sign_checkpoint
from stories.publishing.proof.flaw import Flaw
from stories.publishing.publish import publish_article
from stories.publishing.verifying import keep_verification
from tests.alerting.mail_server import mail_server
from tests.factories import (
    ArticleFactory,
    CheckFactory,
    DeliveryFactory,
    VerdictFactory,
    WatchFactory,
    make_chief,
    make_editor,
)
from tests.locks import locked
from tests.signing_in.people import give_app
from tests.triggers import triggers_lifted

pytestmark = pytest.mark.django_db

#: The tests' own PostgreSQL would not survive a power cut, and is told so, as is what other tests leave at the broker.
OF_THE_TESTS_SERVERS = {"database", "queues"} if connection.vendor == "postgresql" else set()


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    tmp_path.chmod(0o700)
    settings.DATA_DIR = tmp_path
    settings.RECORD_EXPORT_DIR.mkdir(exist_ok=True)
    return tmp_path


@pytest.fixture
def public(settings):
    settings.SITE_URL = "https://newsroom.example"


def bad(findings) -> dict[str, tuple[str, str]]:
    return {each.what: (each.said, each.remedy) for each in findings if each.level > Level.WELL}


def examined(now=None) -> dict[str, tuple[str, str]]:
    return bad(examine(now=now or timezone.now()))


def test_of_a_newsroom_that_is_well_nothing_is_wrong(ticking, chief):
    findings = list(examine(now=timezone.now()))

    said = {each.what for each in findings}
    assert set(bad(findings)) <= OF_THE_TESTS_SERVERS
    assert {
        "settings",
        "disk",
        "database",
        "schema",
        "broker",
        "schedule",
        "checks",
        "record",
        "guard",
    } <= said


def test_whatever_is_wrong_comes_with_what_to_do(broker_away, public, settings, folder):
    settings.DEBUG = True
    (folder / "example-logins.txt").touch(mode=0o644)

    found = examined()

    assert {"settings", "permissions", "mail", "broker", "schedule", "people"} <= set(found)
    assert all(said and remedy for said, remedy in found.values())


def test_a_site_that_would_refuse_its_own_name_is_told(public, settings):
    settings.ALLOWED_HOSTS = ["news.example"]

    assert "newsroom.example" in bad(examine_installation())["settings"][0]


def test_a_secret_that_others_can_read_is_wrong(folder):
    (folder / "secret-key").touch(mode=0o644)

    assert "chmod 600" in bad(examine_installation())["permissions"][1]


def test_a_folder_that_is_gone_is_wrong(settings, tmp_path):
    settings.RECORD_EXPORT_DIR = tmp_path / "unmounted"

    assert "is not there" in bad(examine_installation())["disk"][0]


def test_static_files_that_were_not_collected_are_missed(settings, tmp_path):
    settings.WHITENOISE_USE_FINDERS, settings.STATIC_ROOT = False, tmp_path

    assert "collectstatic" in bad(examine_installation())["static files"][1]


def test_a_machine_that_takes_no_temporary_file_is_told(folder, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(folder / "nowhere"))

    assert "TMPDIR" in bad(examine_installation())["disk"][1]


def test_a_proxy_behind_which_all_are_one_is_told(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    told = bad(examine_installation())["proxies"]

    settings.TRUSTED_PROXIES = ["127.0.0.1"]

    assert "TRUSTED_PROXIES" in told[1]
    assert "proxies" not in bad(examine_installation())


@pytest.mark.parametrize(("addresses", "is_told"), [(["10.0.0.7"], True), (["10.0.0.7", "10.0.0.8"], False)])
def test_a_proxy_that_is_not_trusted_is_told_by_where_all_come_from(
    addresses, is_told, ticking, chief, settings
):
    settings.TRUSTED_PROXIES, people = ["127.0.0.1"], [chief, make_editor()]
    for number in range(20):
        AuditEntry.objects.create(
            at=timezone.now(),
            act=Act.SIGNED_IN,
            person=people[number // 10],
            actor="somebody",
            address=addresses[number % len(addresses)],
        )

    assert ("10.0.0.7" in examined().get("proxies", ("", ""))[0]) is is_told
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.0/8"]
    assert ("TRUSTED_PROXIES" in examined().get("proxies", ("", ""))[1]) is False


def test_a_mail_server_that_answers_is_well(settings):
    with mail_server(settings):
        assert "mail" not in bad(examine_installation())


def test_one_that_is_away_is_wrong(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = held.getsockname()

        assert "refuses us" in bad(examine_installation())["mail"][0]


def test_a_cache_that_is_away_is_told(settings):
    assert "cache" not in bad(examine_installation())

    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        away = {
            "BACKEND": "newsroom.forgiving_cache.ForgivingRedisCache",
            "LOCATION": f"redis://127.0.0.1:{held.getsockname()[1]}/0",
        }
        settings.CACHES = {**settings.CACHES, "default": away}

        assert "counts as empty" in bad(examine_installation())["cache"][0]


def test_two_doctors_do_not_take_each_others_word_from_the_cache():
    cache.set("doctor", "the word of another")

    list(examine_installation())

    assert cache.get("doctor") == "the word of another"


@pytest.mark.parametrize(("gap", "is_told"), [(0, False), (1, False), (30, True), (-30, True)])
def test_clocks_that_differ_are_told(gap, is_told):
    now = timezone.now()

    found = compare_clocks(now + timedelta(seconds=gap), now, now)

    assert bool(bad(found)) is is_told


def test_a_migration_that_is_missing_is_named_and_nothing_else_is_asked(ticking):
    last = MigrationRecorder.Migration.objects.filter(app="socialaccount").latest("name")
    last.delete()

    found = examined()

    assert last.name in found["schema"][0]
    assert "guard" not in found


@contextmanager
def pragma(name: str, value: object) -> Iterator[None]:
    """All tests of a process share the connection: whatever becomes of this one, the next finds it as it was."""
    with connection.cursor() as cursor:
        before = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {name} = {before}")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is asked whether it takes writes")
def test_a_file_that_is_only_read_is_told(ticking, chief):
    with pragma("query_only", "on"):
        said, remedy = examined()["database"]

    assert said == "It takes no writes."
    assert "chown" in remedy
    assert "database" not in examined()


def fill_free_pages() -> None:
    """What was deleted leaves pages in the file, which are written to while it may not grow."""
    with connection.cursor() as cursor:
        free = cursor.execute("PRAGMA freelist_count").fetchone()[0]
        page = cursor.execute("PRAGMA page_size").fetchone()[0]
        cursor.execute("CREATE TABLE filling (bytes)")
        cursor.execute("INSERT INTO filling VALUES (zeroblob(%s))", [free * page])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a log, and a disk of its own")
def test_a_file_that_may_not_grow_is_told(ticking, chief):
    fill_free_pages()

    with pragma("max_page_count", 1):
        said, remedy = examined()["database"]

    assert said == "It does not take what is written: database or disk is full"
    assert "PostgreSQL" not in remedy
    assert "database" not in examined()


def test_a_database_that_is_newer_than_the_code_is_noticed(ticking, chief):
    MigrationRecorder(connection).record_applied("stories", "9999_of_tomorrow")

    assert "9999_of_tomorrow" in examined()["schema"][0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite whoever reads waits for nobody")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("watch", "checks"),
        ("pulse", "tidying"),
        ("delivery", "deliveries"),
        ("check", "news"),
        ("user", "people"),
    ],
)
def test_a_table_that_is_locked_is_told_and_all_else_looked_at(table, what, ticking, chief, monkeypatch):
    monkeypatch.setattr("stories.operating.impatience.LONGEST_AT_A_LOCK_SECONDS", 1)

    with locked(f"stories_{table}"):
        found = examined()

    assert "locked" in found[what][0]
    assert "pg_stat_activity" in found[what][1]
    assert {"schema", "broker"}.isdisjoint(found)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's triggers are looked past, not dropped"
)
def test_a_record_that_is_not_guarded_is_wrong(ticking, chief):
    with triggers_lifted():
        assert "does not guard" in examined()["guard"][0]


def test_without_a_tick_it_is_said_what_is_to_be_started(chief):
    assert "celery -A newsroom" in examined()["schedule"][1]


@pytest.mark.parametrize(
    ("written_ago", "advised"), [(60, "more workers for"), (7200, "More workers do not")]
)
def test_more_workers_are_advised_only_where_looks_are_written_down(written_ago, advised, ticking, chief):
    now = timezone.now()
    WatchFactory(due_at=now - timedelta(hours=1))
    CheckFactory(started_at=now - timedelta(seconds=written_ago))

    assert advised in examined(now)["checks"][1]


def test_a_clock_that_was_set_back_is_noticed(ticking, chief):
    assert "set back" in examined(timezone.now() - timedelta(hours=1))["clock"][0]


def test_what_was_given_up_and_what_nobody_can_be_told_of_are_named(ticking, chief):
    now = timezone.now()
    DeliveryFactory(state=DeliveryState.GIVEN_UP, next_try_at=now)
    seen = CheckFactory(is_news=True, started_at=now - timedelta(hours=1))
    VerdictFactory(is_news=True, found_by=seen)
    VerdictFactory(is_news=True, found_by=CheckFactory(started_at=now))

    found = examined(now)

    assert "1 alerts were given up" in found["deliveries"][0]
    assert "2 findings wait" in found["news"][0]


def test_a_newsroom_without_a_chief_is_told(ticking):
    assert "people" in examined()


def test_the_command_says_it_in_words_and_ends_with_the_gravest(ticking, chief, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")

    assert ended.value.code == (Level.WARNING if OF_THE_TESTS_SERVERS else Level.WELL)
    assert "ok       schema         Every migration is applied." in capsys.readouterr().out


def test_a_script_reads_json(broker_away, ticking, chief, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json")

    told = json.loads(capsys.readouterr().out)
    assert (ended.value.code, told["level"]) == (2, "wrong")
    assert [each["what"] for each in told["findings"] if each["level"] == "wrong"] == ["broker"]
    assert "its-password" not in str(told)


@pytest.fixture
def chief():
    chief = make_chief()
    give_app(chief)
    return chief


def test_that_nothing_is_let_go_is_said_after_two_nights(ticking, chief):
    assert "tidying" not in examined()
    CheckFactory(started_at=timezone.now() - timedelta(days=3))
    assert "manage.py tidy --delete" in examined()["tidying"][1]

    Pulse.beat(TIDYING, now=timezone.now())

    assert "tidying" not in examined()
    assert "tidying" in examined(timezone.now() + timedelta(days=3))


def test_what_the_settings_keep_quiet_about_is_not_said_by_the_doctor_either(public, settings):
    assert any("HSTS" in each.said for each in examine_installation())
    settings.SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W005", "security.W021"]

    assert not any("HSTS" in each.said for each in examine_installation())


def test_of_a_record_that_does_not_verify_it_is_said_what_to_do(ticking, chief):
    keep_verification([Flaw("bridge", 2, "it is gone", "missing")], now=timezone.now())

    said, remedy = examined()["verification"]

    assert "does not verify" in said
    assert "MISSING bridge, version 2: it is gone." in said
    assert "manage.py verify_record" in remedy
    assert "an older backup" in remedy


def test_that_nobody_verifies_the_record_is_said_after_two_nights(ticking, chief):
    now = timezone.now()
    publish_article(ArticleFactory(), by=None, now=now)
    sign_checkpoint(now=now)
    assert "verification" not in examined(now)
    assert "manage.py verify_record" in examined(now + timedelta(days=3))["verification"][1]

    keep_verification([], now=now + timedelta(days=3))

    assert "verification" not in examined(now + timedelta(days=3))
    assert "verification" in examined(now + timedelta(days=6))


def test_a_folder_in_which_nothing_can_be_written_is_named(settings):
    settings.RECORD_EXPORT_DIR = Path("/proc")

    assert any("Nothing can be written in /proc" in each.said for each in examine_installation())


def test_of_a_file_system_that_is_mounted_to_be_read_only_the_mount_is_named(monkeypatch):
    def refused(**_wanted):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.TemporaryFile", refused)

    said, remedy = bad(examine_installation())["permissions"]

    assert "Read-only file system" in said
    assert "remount,rw" in remedy


@pytest.mark.parametrize(("signed_by", "is_told"), [("theirs ours", False), ("ours theirs ours", True)])
def test_two_keys_that_are_at_work_at_once_are_told(signed_by, is_told, ticking, chief, settings):
    keys = {"ours": settings.SECRET_KEY, "theirs": "another"}
    for hours, whose in enumerate(signed_by.split(), start=1):
        settings.SECRET_KEY, session = keys[whose], SessionStore()
        session.set_expiry(3600 * hours)
        session.save()

    assert ("keys" in examined()) is is_told


def test_a_key_under_which_no_second_factor_opens_is_named_with_those_who_are_locked_out(
    ticking, chief, settings
):
    settings.SECRET_KEY, former = "another", settings.SECRET_KEY

    said, _remedy = examined()["second factor"]
    settings.SECRET_KEY_FALLBACKS = [former]

    assert chief.username in said
    assert "second factor" not in examined()
