"""The files of a deployment agree with each other and with the settings that they name."""

import itertools
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings as settings_of_the_project
from django.urls import reverse
from dotenv import dotenv_values

from tests.running import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
OURS = ("migrations", "web", "publishing", "delivering", "posting", "checking", "upkeep", "beat")
#: Of the servers beside us, and of the files themselves.
NOT_SETTINGS = {
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
    "POSTGRES_USER",
    "POSTGRES_DB",
    "WORKER",
    "NEWSROOM_IMAGE",
}


def procfile() -> dict[str, list[str]]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: shlex.split(command) for name, command in (line.split(": ", 1) for line in lines)}


def settings() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/SETTINGS.md").read_text(), re.MULTILINE))


def arguments(command: list[str]) -> list[str]:
    """Without what differs from place to place: paths, addresses and numbers of processes."""
    return [word for word in command if not re.search(r"^/|^\d|\$\{|^granian$|^celery$|^%|@", word)]


def test_every_setting_that_the_files_name_exists():
    named = set(COMPOSE["services"]["web"]["environment"])
    named |= set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))
    named |= set(re.findall(r"\b([A-Z_]{4,})=(?!1\b|/opt)", (DEPLOY / "Dockerfile").read_text()))

    assert named - NOT_SETTINGS <= settings()


def test_compose_hands_on_every_setting_that_an_operator_may_give():
    of_the_image = {"DATA_DIR", "STATIC_ROOT", "PRODUCTION", "DEBUG"}

    assert settings() - of_the_image <= set(COMPOSE["services"]["web"]["environment"])


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "RECORD_SIGNING_KEY", "SITE_URL", "EMAIL_URL", "POSTGRES_PASSWORD"]
)
def test_compose_refuses_to_start_without(name):
    text = (DEPLOY / "compose.yaml").read_text()

    assert f"${{{name}:?" in text
    assert not re.search(rf"\$\{{{name}:-", text)


@pytest.mark.parametrize("name", OURS)
def test_each_of_our_containers_may_do_little(name):
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_what_outsiders_could_reach_listens_on_loopback():
    ports = {name: service.get("ports", []) for name, service in COMPOSE["services"].items()}

    assert {name: given for name, given in ports.items() if given} == {"web": ["127.0.0.1:8000:8000"]}


def test_everything_waits_for_the_database_and_its_migrations():
    for name in ("web", "publishing", "delivering", "posting", "checking", "upkeep", "beat"):
        needed = COMPOSE["services"][name]["depends_on"]
        assert needed["migrations"]["condition"] == "service_completed_successfully"
        assert needed["database"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", ["web", "publishing", "delivering", "posting", "checking", "upkeep", "beat"])
def test_the_same_command_stands_in_every_file(name):
    unit = (DEPLOY / f"systemd/newsroom-{name}.service").read_text()
    started = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert started
    image = re.search(r"^CMD (\[.*\])$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert image
    in_compose = COMPOSE["services"][name].get("command") or yaml.safe_load(image[1])

    wanted = arguments(procfile()[name])
    assert arguments(shlex.split(started[1])) == wanted
    assert arguments(in_compose) == wanted


def test_every_queue_has_a_worker():
    queues = {
        queue
        for command in procfile().values()
        for flag, value in itertools.pairwise(command)
        if flag == "-Q"
        for queue in value.split(",")
    }

    assert queues == {"publishing", "delivering", "posting", "checking", "upkeep"}


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").glob("*.service")), ids=lambda unit: unit.stem)
def test_each_unit_is_hardened_and_systemd_understands_it(unit):
    text = unit.read_text()

    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "User=newsroom"} <= set(text.splitlines())
    if analyze := shutil.which("systemd-analyze"):
        ended = subprocess.run([analyze, "verify", unit], capture_output=True, text=True)
        complaints = [
            line
            for line in ended.stderr.splitlines()
            if unit.name in line and "is not executable" not in line and "not found" not in line
        ]
        assert complaints == []


def test_nothing_gets_into_the_image_but_what_is_named():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    copied = re.findall(r"^COPY (?!--)(\S+) ", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)

    assert "*" in lines
    assert {line[1:] for line in lines if line.startswith("!")} == set(copied)
    assert all((ROOT / path).exists() for path in copied)


def test_the_image_is_run_by_nobody_in_particular_and_installs_what_is_pinned():
    text = (DEPLOY / "Dockerfile").read_text()

    assert text.index("USER newsroom") < text.index("\nCMD")
    assert "--require-hashes --no-deps" in text
    assert "pip check" in text
    assert "HEALTHCHECK" in text


def test_both_stages_of_the_image_have_the_python_of_the_pins_at_one_path():
    """An environment that is copied finds its Python and its Debian where it was made."""
    image = (DEPLOY / "Dockerfile").read_text()
    pinned_for = re.search(r"--python-version (\S+)", (ROOT / "Makefile").read_text())[1]

    assert set(re.findall(r"^FROM (\S+)", image, re.MULTILINE)) == {f"python:{pinned_for}-slim-bookworm"}
    made_at = re.search(r"python -m venv (\S+)", image)[1]
    assert f"COPY --from=environment {made_at} {made_at}\n" in image
    assert f"PATH={made_at}/bin:$PATH" in image


def test_the_image_needs_no_package_of_debian_and_no_program_that_a_slim_one_lacks():
    image = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    steps = re.findall(r"^RUN (.*)$", image, re.MULTILINE)
    programs = {
        re.sub(r"^((\w+=\S+|do) +)*", "", part.strip()).split()[0].rpartition("/")[2]
        for step in steps
        for part in re.split("&&|;|[|][|]", step)
    }

    assert programs - {"for", "exit", "done"} == {"python", "groupadd", "useradd", "install", "rm"}


def test_the_account_of_the_image_is_made_before_it_is_used_and_owns_the_folder_of_its_data():
    image = (DEPLOY / "Dockerfile").read_text()
    account = re.search(r"^USER (\S+)$", image, re.MULTILINE)[1]
    folder = re.search(r"^VOLUME (\S+)$", image, re.MULTILINE)[1]

    assert image.index(f"useradd --uid 10001 --gid {account} ") < image.index(f"\nUSER {account}\n")
    assert f"install -d -o {account} -g {account} -m 0700 {folder}\n" in image
    assert f"DATA_DIR={folder} " in image
    assert COMPOSE["services"]["web"]["volumes"] == [f"data:{folder}"]


def test_the_proxy_shows_nobody_what_is_for_the_operator():
    text = (DEPLOY / "nginx.conf").read_text()

    assert "location ~ ^/(readyz|metrics)$" in text
    assert "X-Forwarded-Proto $scheme" in text


def test_the_proxy_counts_what_is_made_for_whoever_asks_and_nothing_else():
    text = (DEPLOY / "nginx.conf").read_text()
    dear = re.compile(re.search(r'"~(\^/stories.*)" \$binary_remote_addr;', text)[1])
    story = {"slug": "bridge"}
    counted = [
        reverse("compare", kwargs={**story, "before": 1, "after": 2}),
        reverse("as_of", kwargs=story),
        reverse("story_record", kwargs=story),
    ]
    others = [reverse(name, kwargs=story) for name in ("article", "changelog", "card", "changelog_atom")]

    assert [address for address in (*counted, *others) if dear.search(address)] == counted
    assert "limit_req zone=asks_for_much" in text


def test_the_example_has_no_secret_to_keep():
    lines = Path(DEPLOY / "env.example").read_text().splitlines()

    assert {
        "SECRET_KEY=",
        "RECORD_SIGNING_KEY=",
        "POSTGRES_PASSWORD=",
        "REDIS_PASSWORD=",
        "PROBE_TOKEN=",
    } <= set(lines)


def test_a_shell_reads_the_example_as_settings_do():
    printed = ["bash", "-euc", 'set -a; . "$0"; env -0', DEPLOY / "env.example"]
    shell = subprocess.run(
        printed, env={"PATH": os.environ["PATH"]}, check=True, capture_output=True, text=True
    )
    of_settings = dotenv_values(DEPLOY / "env.example")

    assert (
        of_settings.items() <= dict(line.split("=", 1) for line in shell.stdout.split("\0") if line).items()
    )


def test_the_shell_of_the_page_keeps_its_files_where_the_units_do():
    page = (ROOT / "docs/production.md").read_text()
    shell = re.search(r"\bDATA_DIR=(\S+).* runuser -u newsroom", page)
    units = "".join(unit.read_text() for unit in (DEPLOY / "systemd").glob("*.service"))

    assert {shell and shell[1]} == set(re.findall(r"^Environment=.*\bDATA_DIR=(\S+)", units, re.MULTILINE))


def test_what_compose_refers_to_is_there():
    services, named = COMPOSE["services"], set(COMPOSE["volumes"])

    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        mounted = [volume.partition(":")[0] for volume in service.get("volumes", [])]
        assert {name for name in mounted if not name.startswith(("/", "."))} <= named


def test_each_worker_of_compose_is_asked_by_its_own_name_whether_it_lives():
    workers = {name: it for name, it in COMPOSE["services"].items() if "-Q" in it.get("command", [])}

    assert len(workers) == 5
    for name, service in workers.items():
        given = service["command"][service["command"].index("-n") + 1]
        assert given == f"{service['environment']['WORKER']}@%h" == f"{name}@%h"
        kind, command = service["healthcheck"]["test"]
        # Not every engine of containers names the machine in the environment of what it runs in them.
        asked = shell(f"celery() {{ echo $*; }}; {command.replace('$$', '$')}", env={"WORKER": name})
        assert (kind, f"-d {name}@{socket.gethostname()} ") == ("CMD-SHELL", re.search("-d .*? ", asked)[0])


def shell(command: str, *, env: dict[str, str]) -> str:
    with_path = {"PATH": os.environ["PATH"], **env}
    return subprocess.run(
        ["sh", "-c", command], env=with_path, capture_output=True, text=True, check=True
    ).stdout


def test_every_place_names_the_port_that_the_image_listens_on():
    image = (DEPLOY / "Dockerfile").read_text()
    command = yaml.safe_load(re.search(r"^CMD (\[.*\])$", image, re.MULTILINE)[1])
    port = command[command.index("--port") + 1]

    assert f"EXPOSE {port}" in image
    assert COMPOSE["services"]["web"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f'"PORT", "{port}"' in (DEPLOY / "healthcheck.py").read_text()
    assert f"127.0.0.1:{port};" in (DEPLOY / "nginx.conf").read_text()


def test_whatever_compose_asks_of_the_environment_is_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    example = set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))

    assert asked - example == {"NEWSROOM_IMAGE"}


@pytest.mark.parametrize("name", ["web", "publishing", "delivering", "posting", "checking", "upkeep", "beat"])
def test_whoever_stops_a_process_waits_for_longer_than_its_work_may_take(name):
    unit = (DEPLOY / f"systemd/newsroom-{name}.service").read_text()
    waits = int(re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[1])
    work = {"web": 30, "beat": 0}.get(name, settings_of_the_project.CELERY_TASK_TIME_LIMIT)

    assert waits > work
    assert COMPOSE["services"][name]["stop_grace_period"] == "330s"


def test_images_are_of_a_named_version():
    named = re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    named += [it["image"] for it in COMPOSE["services"].values() if it["image"][0] != "$"]

    assert all(re.search(r":\d", image) for image in named)


def test_what_is_copied_into_the_image_is_enough_to_collect_its_static_files(tmp_path):
    """The image's own steps, in a folder with nothing but what is copied."""
    image = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    app = tmp_path / "app"
    for source in re.findall(r"^COPY (?!--|requirements)(\S+) ", image, re.MULTILINE):
        (app / source).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            # What another process is just compiling is gone a moment later.
            shutil.copytree(ROOT / source, app / source, ignore=shutil.ignore_patterns("*.pyc.*"))
        else:
            shutil.copy(ROOT / source, app / source)
    step = re.search(r"^RUN (DATA_DIR=.*)$", image, re.MULTILINE)[1].replace(
        "/tmp/build", f"{tmp_path}/build"
    )
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "STATIC_ROOT": str(app / "static")}

    ended = subprocess.run(["bash", "-euc", step], cwd=app, env=environment, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
    assert (app / "static/staticfiles.json").exists()
    assert not (tmp_path / "build").exists()
