#!/usr/bin/env python
"""Django's command line for the newsroom."""

import os
import sys
from importlib import import_module


def main() -> None:
    """A Ctrl-C ends a command quietly, with the shell's status for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.management import execute_from_command_line

        read_settings()
        execute_from_command_line(sys.argv)
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


if __name__ == "__main__":
    main()
