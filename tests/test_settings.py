"""Settings: secrets are made, kept and private; a bad value stops the start with its name."""

import json
import os
import socketserver
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import certifi
import pytest

from newsroom.secret import read_or_make_secret
from stories.management.embedded import only_one
from tests.ports import find_free_port

ROOT = Path(__file__).resolve().parent.parent
#: Only what hangs takes so long.
LONGEST_SECONDS = 600
AUTHORITIES = certifi.where()
UNUSABLE = [
    ("TICK_SECONDS", "0"),
    ("TICK_SECONDS", "often"),
    ("WATCH_TOTAL_SECONDS", "100000"),
    ("WATCH_ALLOWED_PRIVATE", "127.0.0.1"),
    ("WATCH_ALLOWED_PRIVATE", "http://127.0.0.1:80"),
    ("WATCH_ALLOWED_PRIVATE", "127.0.0.1:70000"),
    ("SITE_URL", "newsroom.example"),
    ("SITE_URL", "http://newsroom.example:99999"),
    ("SITE_URL", "http://:8000"),
    ("SITE_URL", "https://zeitüng.example"),
    ("SITE_URL", "https://newsroom.example#top"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "submission://user:password@:587"),
    ("DEFAULT_FROM_EMAIL", ""),
    ("DEFAULT_FROM_EMAIL", "The Desk"),
    ("WATCH_SHORTEST_SECONDS", "90000"),
    ("TIME_ZONE", "Mars/Olympus"),
    ("WATCH_CONTACT", "the desk\nX-Mine: 1"),
    ("WATCH_USER_AGENT", "Über/1"),
    ("DEBUG", "perhaps"),
    ("LOG_LEVEL", "loud"),
    ("LOG_FORMAT", "xml"),
    ("PROBE_TOKEN", "short"),
    ("PROBE_NETWORKS", "the office"),
    ("READY_OVERDUE_SECONDS", "1"),
    ("EMAIL_URL", "smtp+tls://user:password@mail:587"),
    ("CELERY_BROKER_URL", "redis//broker/0"),
    # Of Sentinel the name of the broker would have to be known, too.
    ("CELERY_BROKER_URL", "sentinel://broker:26379"),
    ("CELERY_BROKER_URL", "redis://:a#b@broker/0"),
    ("CELERY_BROKER_URL", "amqp://newsroom:a/b@broker/newsroom"),
    ("CELERY_BROKER_URL", "redis://broker/newsroom"),
    ("CELERY_BROKER_URL", "redis://fd00::7/0"),
    ("CELERY_BROKER_URL", "redis://broker:abc/0"),
    ("CELERY_BROKER_URL", "redis://:a;b@broker/0"),
    ("CELERY_BROKER_URL", "redis://:1;b@broker/0"),
    ("CELERY_BROKER_URL", "redis://a/0;amqp://b/v"),
    # The certificate of each would be asked for the name of the first.
    ("CELERY_BROKER_URL", "amqps://a/v;amqps://b/v"),
    # Neither is what RabbitMQ's library takes, and the name would not be verified.
    ("CELERY_BROKER_URL", "amqps://broker/v?ssl_ca_certs=/etc/ssl/own.pem"),
    ("CELERY_BROKER_URL", "amqps://broker/v?ssl=1"),
    ("CELERY_BROKER_URL", "rediss://broker/0?ssl_cert_reqs=bogus"),
    ("CELERY_BROKER_URL", "rediss://broker/0?ssl_ca_certs=/nowhere/own.pem"),
    ("CELERY_BROKER_URL", f"rediss://broker/0?ssl_ca_certs={__file__}"),
    ("CELERY_BROKER_URL", f"rediss://broker/0?ssl_certfile={AUTHORITIES}&ssl_keyfile=/nowhere/own.key"),
    ("CELERY_BROKER_URL", f"redis://broker/0?ssl_ca_certs={AUTHORITIES}"),
    ("CELERY_BROKER_URL", f"rediss://broker/0?ssl_cacerts={AUTHORITIES}"),
    ("CELERY_BROKER_URL", "redis://broker/0?foo=1"),
    ("CELERY_BROKER_URL", "amqp://broker/v?heartbeat=often"),
    ("CELERY_BROKER_URL", "redis://broker/0?password=s3cret"),
    # kombu would hand both on as words.
    ("CELERY_BROKER_URL", "rediss://broker/0?ssl_min_version=771"),
    ("CELERY_BROKER_URL", "rediss://broker/0?ssl_include_verify_flags=VERIFY_X509_STRICT"),
    ("CACHE_URL", "redis://cache/1?foo=s3cret"),
    ("CACHE_URL", "redis://u:123?b=s3cret@cache/1"),
    ("CACHE_URL", "redis://cache/1?timeout=20"),
    ("CACHE_URL", "redis://cache/1?protocol=4"),
    ("CACHE_URL", "rediss://cache/1?ssl_keyfile=/nowhere/own.key"),
    ("CACHE_URL", "rediss://cache/1?ssl_password=s3cret"),
    ("CACHE_URL", "rediss://cache/1?ssl_ca_certs=/nowhere%00/own.pem"),
    ("CACHE_URL", "rediss://cache/1?ssl_ciphers=s3cret"),
    ("CACHE_URL", "rediss://cache/1?ssl_include_verify_flags=VERIFY_NOTHING"),
    ("CACHE_URL", "redis://cache/1?socket_timeout=long"),
    ("CACHE_URL", "rediss://cache/1?ssl_ca_certs=/nowhere/own.pem"),
    ("CACHE_URL", "redis://:a?b@cache/1"),
    ("CACHE_URL", "redis://:a,b@cache/1"),
    ("CACHE_URL", "redis://:1;b@cache/1"),
    ("CACHE_URL", "rediss://cache/1?ssl_cert_reqs=CERT_REQUIRED"),
    ("DATA_DIR", "/dev/null/var"),
    ("DATABASE_URL", "mysql://newsroom:password@db/newsroom"),
    ("DATABASE_URL", "postgres://newsroom:password@db"),
    # libpq calls it connect_timeout, and would refuse each connection.
    ("DATABASE_URL", "postgres://newsroom:password@db/newsroom?timeout=3"),
    ("ALLOWED_HOSTS", "https://newsroom.example"),
    ("CSRF_TRUSTED_ORIGINS", "newsroom.example"),
]
USABLE = [
    ("DATABASE_URL", "postgres://newsroom:password@db/newsroom?sslmode=require&prepare_threshold=5"),
    ("CELERY_BROKER_URL", "amqp://u:p@a/v;amqp://u:p@b/v"),
    ("CELERY_BROKER_URL", "redis://a/0;redis://b/0"),
    ("CELERY_BROKER_URL", "rediss://a/0;rediss://b/0"),
    ("CELERY_BROKER_URL", "amqp://u:p@broker?heartbeat=5"),
    ("CELERY_BROKER_URL", "amqp://u:p@broker?heartbeat=10.5"),
    ("CELERY_BROKER_URL", "amqps://u:p@broker//"),
    ("CELERY_BROKER_URL", "redis://u:a,%3B@[fd00::7]:6379/0"),
    (
        "CELERY_BROKER_URL",
        f"rediss://:p@broker/0?ssl_ca_certs={AUTHORITIES}&ssl_ciphers=HIGH:@STRENGTH&ssl_cert_reqs=CERT_REQUIRED",
    ),
    ("CACHE_URL", ""),
    ("CACHE_URL", "redis://a/1,redis://b/1"),
    ("CACHE_URL", "redis://:a%2Cb@cache/1?health_check_interval=30"),
    ("CACHE_URL", "redis://cache/1?username=newsroom&password=a@b&socket_timeout=.5&protocol=3"),
    ("CACHE_URL", "redis://cache/1?socket_read_size=4096&legacy_responses=no"),
    ("CACHE_URL", "rediss://cache/1?ssl_min_version=771&ssl_ciphers=ECDHE%2BAESGCM"),
    ("CACHE_URL", "rediss://cache/1?ssl_include_verify_flags=VERIFY_X509_PARTIAL_CHAIN"),
]
#: What every start has in common is imported once; for each setting a child goes on from there.
START_WITH_EACH = """
import json, os, sys
import environs, newsroom

for number, (name, value) in enumerate(json.loads(sys.argv[2])):
    if not os.fork():
        os.environ[name] = value
        os.dup2(os.open(f"{sys.argv[1]}/{number}", os.O_CREAT | os.O_WRONLY), 2)
        import newsroom.settings
        sys.exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


def start(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *(words or ("-c", "import newsroom.settings"))],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", **environment},
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
    )


def test_a_secret_is_made_once_and_kept(tmp_path):
    path = tmp_path / "new" / "secret-key"

    first = read_or_make_secret(path)

    assert len(first) > 50
    assert read_or_make_secret(path) == first
    assert path.stat().st_mode & 0o077 == 0
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_a_setting_that_cannot_be_used_stops_the_start_and_is_named(tmp_path):
    (tmp_path / "data").mkdir()

    ended = start("-c", START_WITH_EACH, str(tmp_path), json.dumps(UNUSABLE), DATA_DIR=str(tmp_path / "data"))

    said = [(tmp_path / str(number)).read_text() for number in range(len(UNUSABLE))]
    assert dict(zip(UNUSABLE, ended.stdout.split(), strict=True)) == dict.fromkeys(UNUSABLE, "1")
    last = [error.splitlines()[-1] for error in said]
    assert [case for case, line in zip(UNUSABLE, last, strict=True) if case[0] not in line] == []
    assert [error for error in said if "s3cret" in error] == []


def test_every_form_of_an_address_that_works_is_taken(tmp_path):
    (tmp_path / "data").mkdir()

    ended = start("-c", START_WITH_EACH, str(tmp_path), json.dumps(USABLE), DATA_DIR=str(tmp_path / "data"))

    assert dict(zip(USABLE, ended.stdout.split(), strict=True)) == dict.fromkeys(USABLE, "0")


@pytest.mark.parametrize(("name", "value"), [("TICK_SECONDS", "0"), ("CORRECTIONS_POLICY", "/nowhere")])
def test_a_command_tells_of_such_a_setting_in_a_sentence(name, value, tmp_path):
    ended = start("manage.py", "check", **{"DATA_DIR": str(tmp_path), name: value})

    assert ended.returncode == 1
    assert name in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_of_another_account_is_told_in_a_sentence(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "running.pid").touch()
    folder.chmod(0o000)
    # Root reads what nobody may, unless that is taken from it.
    bound = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.getuid() == 0 else []

    ended = subprocess.run(
        [*bound, sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
    )

    assert ended.returncode == 1
    assert str(folder) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_zone_that_is_none_is_told_in_a_line_not_with_all_that_there_are(tmp_path):
    ended = start("manage.py", "check", DATA_DIR=str(tmp_path), TIME_ZONE="Mars/Olympus")

    assert "TIME_ZONE is like America/New_York" in ended.stderr
    assert len(ended.stderr) < 300


def test_a_database_that_is_out_of_reach_is_told_in_a_sentence(tmp_path):
    url = f"postgres://newsroom:password@127.0.0.1:{find_free_port()}/newsroom"

    ended = start("manage.py", "migrate", DATA_DIR=str(tmp_path), DATABASE_URL=url, DATABASE_POOL_SIZE="16")

    assert ended.returncode == 1
    # Beside it, the pool of connections may tell of its attempts, before and behind.
    lines = ended.stderr.splitlines()
    [told] = [line for line in lines if line.startswith("The database of DATABASE_URL cannot be reached: ")]
    assert "Connection refused" in told


def test_the_doctor_tells_why_a_database_lets_nobody_in(tmp_path):
    """The pool by itself would tell that it waited."""
    url = f"postgres://newsroom:password@127.0.0.1:{find_free_port()}/newsroom"

    ended = start("manage.py", "doctor", DATA_DIR=str(tmp_path), DATABASE_URL=url, DATABASE_POOL_SIZE="16")

    assert ended.returncode == 2
    [told] = [line for line in ended.stdout.splitlines() if "The database does not answer: " in line]
    assert "Connection refused" in told
    assert "→ Start it" in ended.stdout
    assert "password" not in ended.stdout
    assert "Traceback" not in ended.stderr
    assert "password" not in ended.stderr


@pytest.mark.parametrize(
    ("sqlstate", "advised"),
    [("53300", "pg_stat_activity tells who holds them"), ("57P03", "It is starting, stopping or recovering")],
)
def test_of_a_database_that_turns_us_away_the_doctor_says_not_to_start_it(tmp_path, sqlstate, advised):
    """In whatever language it does so."""
    with a_postgresql_that_refuses(sqlstate, "tut mir leid") as port:
        url = f"postgres://newsroom:password@127.0.0.1:{port}/newsroom"
        ended = start("manage.py", "doctor", DATA_DIR=str(tmp_path), DATABASE_URL=url)

    assert "tut mir leid" in ended.stdout
    assert advised in ended.stdout
    assert "Start it" not in ended.stdout


def test_of_a_broken_file_the_doctor_does_not_ask_a_postgresql_that_happens_to_be_there(tmp_path):
    (tmp_path / "newsroom.sqlite3").write_text("no database")

    with a_postgresql_that_refuses("53300", "tut mir leid") as port:
        ended = start("manage.py", "doctor", DATA_DIR=str(tmp_path), PGHOST="127.0.0.1", PGPORT=str(port))

    assert "The database does not answer: file is not a database." in ended.stdout
    assert "put a backup in its place" in ended.stdout
    assert "pg_stat_activity" not in ended.stdout


@contextmanager
def a_postgresql_that_refuses(sqlstate: str, said: str) -> Iterator[int]:
    """On the port that it yields; whoever asks for encryption is told to go on without."""
    refusal = (
        b"".join(f"{field}\0".encode() for field in ("SFATAL", "VFATAL", f"C{sqlstate}", f"M{said}")) + b"\0"
    )

    class Refusing(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            while len(asked := self.request.recv(1024)) == len(b"8 bytes."):
                self.request.sendall(b"N")
            if asked:
                self.request.sendall(b"E" + struct.pack("!i", 4 + len(refusal)) + refusal)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.mark.parametrize("url", ["submission://user:password@mail:587", "smtp://mail:465/?ssl=true"])
def test_the_documented_ways_to_a_mail_server_start(url, tmp_path):
    assert url in (ROOT / "docs/SETTINGS.md").read_text()
    assert start(DATA_DIR=str(tmp_path), EMAIL_URL=url).returncode == 0


def test_the_plain_settings_start(tmp_path):
    assert start(DATA_DIR=str(tmp_path)).returncode == 0


def test_what_a_running_newsroom_chose_holds_for_commands_beside_it_and_no_longer(tmp_path):
    (tmp_path / "running.env").write_text("SITE_URL=http://127.0.0.1:8300\nTICK_SECONDS=often\n")

    with only_one(tmp_path / "running.pid"):
        beside = start(DATA_DIR=str(tmp_path))
        with_its_own = start(DATA_DIR=str(tmp_path), TICK_SECONDS="3")
    afterwards = start(DATA_DIR=str(tmp_path))

    assert "TICK_SECONDS" in beside.stderr
    assert with_its_own.returncode == 0
    assert afterwards.returncode == 0


def test_cookies_and_pages_are_held_to_tls_where_the_site_has_it(tmp_path):
    told = (
        "import newsroom.settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    )

    ended = start("-c", told, DATA_DIR=str(tmp_path), SITE_URL="https://newsroom.example")

    assert ended.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "True", "True", "31536000"]


def test_a_site_without_tls_sends_nobody_to_where_nothing_answers(tmp_path):
    told = "import newsroom.settings as s; print(s.SECURE_HSTS_SECONDS, hasattr(s, 'SESSION_COOKIE_NAME'))"

    ended = start("-c", told, DATA_DIR=str(tmp_path), SITE_URL="http://127.0.0.1:8000")

    assert ended.stdout.split() == ["0", "False"]


def test_redis_has_five_seconds_to_answer(tmp_path):
    told = (
        "import newsroom.settings as s; options = s.CELERY_BROKER_TRANSPORT_OPTIONS; "
        "print(options['socket_connect_timeout'], options['socket_timeout'])"
    )

    ended = start("-c", told, DATA_DIR=str(tmp_path), CELERY_BROKER_URL="redis://127.0.0.1/0")

    assert ended.stdout.split() == ["5", "5"]
