#!/usr/bin/env python
"""Django's command line for the newsroom."""

import os
import sys


def main() -> None:
    """A Ctrl-C ends a command quietly, with the shell's status for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
