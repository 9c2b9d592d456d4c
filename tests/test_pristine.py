"""What is copied in place of migrating is what migrating would make."""

import inspect
from pathlib import Path

from django.apps import apps
from django.db.models.signals import post_migrate

from tests.pristine import MADE_OF, ROOT, version_of


def test_it_is_made_anew_when_what_is_laid_behind_the_migrations_changes():
    laying, _awaited = post_migrate._live_receivers(apps.get_app_config("stories"))

    files = {Path(inspect.getfile(lay)) for lay in laying}
    ours = {file for file in files if file.is_relative_to(ROOT / "stories")}
    assert {path.name for path in ours} == {"triggers.py", "index.py"}
    assert ours <= set(MADE_OF)


def test_a_dump_is_known_by_the_version_that_wrote_it_wherever_that_is_installed(tmp_path):
    (tmp_path / "initdb").write_text("#!/bin/sh\necho 'initdb (PostgreSQL) 17.5 (Debian 17.5-1)'\n")
    (tmp_path / "initdb").chmod(0o755)

    assert version_of(tmp_path) == "17"
