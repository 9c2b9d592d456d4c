"""The admin's configuration: its screens are imported when something first asks for them; a worker never does."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_dependencies
from django.core import checks


class AdminConfig(SimpleAdminConfig):
    """Nothing is discovered: who imports the site has its screens."""

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_screens, checks.Tags.admin)


def check_screens(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[checks.CheckMessage]:
    """Django's checks of every screen; its own see those alone that were imported by chance."""
    from stories.admin.site import site

    return list(site.check(app_configs))
