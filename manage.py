#!/usr/bin/env python
"""Django's command line for the newsroom."""

import os
import sys
from importlib import import_module


def main() -> None:
    """A Ctrl-C ends a command quietly, with the shell's status for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        read_settings()
        execute()
    except KeyboardInterrupt:
        sys.exit(130)


def read_settings() -> None:
    """A setting that cannot be used is a sentence, and no traceback."""
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except (ImproperlyConfigured, EnvError) as error:
        sys.exit(f"{error}\ndocs/SETTINGS.md lists every setting.")
    except PermissionError as error:
        sys.exit(f"{error}\nEverything in DATA_DIR belongs to the account that the newsroom runs as.")


def execute() -> None:
    """So is a database that cannot be reached."""
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if (
            getattr(error.__cause__, "sqlstate", "") is not None
        ):  # The database itself has answered, or is a file.
            raise
        from stories.operating.why_away import why_away

        sys.exit(f"The database of DATABASE_URL cannot be reached: {why_away(error)}")


if __name__ == "__main__":
    main()
