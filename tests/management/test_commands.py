"""What every command of ours has in common."""

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

OURS = sorted(name for name, room in get_commands().items() if room == "stories")


@pytest.mark.parametrize("name", OURS)
def test_none_imports_every_page_for_checks_that_migrate_has_made(name):
    command = load_command_class("stories", name)

    is_ours = type(command).__base__ is BaseCommand
    assert not is_ours or command.requires_system_checks == []
