"""Compose itself reads what we give it; where it is not installed, nothing can be said."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.running import ROOT

DEPLOY = ROOT / "deploy"


def compose() -> list[str]:
    """The command that is here: Docker's own, or the older one that Debian has."""
    docker = shutil.which("docker")
    if docker and subprocess.run([docker, "compose", "version"], capture_output=True).returncode == 0:
        return [docker, "compose"]
    older = shutil.which("docker-compose")
    if older is None:
        pytest.skip("there is no docker compose")
    return [older]


@pytest.fixture
def filled(tmp_path):
    """The example of the environment, with the keys and passwords that it leaves to the operator."""
    example = (DEPLOY / "env.example").read_text()
    path = tmp_path / "env"
    path.write_text(
        re.sub(r"^((?:SECRET_KEY|\w+_KEY|\w+_PASSWORD)=)$", rf"\1{'a1' * 25}", example, flags=re.M)
    )
    return path


def config(environment: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    # The older one does not know this line, which the specification has by now.
    text = re.sub(r"^name: .*\n", "", (DEPLOY / "compose.yaml").read_text(), flags=re.MULTILINE)
    path = folder / "compose.yaml"
    path.write_text(text)
    command = [*compose(), "-f", str(path), "--env-file", str(environment), "config"]
    only = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=only, capture_output=True, text=True)


def test_compose_takes_the_file_with_the_example_filled_in(filled, tmp_path):
    ended = config(filled, tmp_path)

    assert ended.returncode == 0, ended.stderr
    services = yaml.safe_load(ended.stdout)["services"]
    assert services["web"]["environment"]["DATABASE_URL"].startswith("postgres://newsroom:a1a1")
    assert services["web"]["environment"]["NEWSROOM_NAME"] == "The Newsroom"
    assert set(services) == set(yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"])


def test_compose_hands_on_what_is_set_and_leaves_the_rest_to_its_default(filled, tmp_path):
    filled.write_text(f"{filled.read_text()}\nOIDC_ISSUER=https://login.newsroom.example\n")

    given = yaml.safe_load(config(filled, tmp_path).stdout)["services"]["checking"]["environment"]

    assert given["OIDC_ISSUER"] == "https://login.newsroom.example"
    assert given["LOG_LEVEL"] == "INFO"
    assert given.get("CORRECTIONS_POLICY") is None


def test_compose_says_which_setting_is_missing(filled, tmp_path):
    filled.write_text(filled.read_text().replace("SITE_URL=https://newsroom.example\n", ""))

    ended = config(filled, tmp_path)

    assert ended.returncode != 0
    assert "is where readers reach it" in ended.stderr
