"""Configuration of the application: its triggers are away while migrations run, and there otherwise."""

from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stories.models.triggers import lay_triggers, lift_triggers
        from stories.models.write_queue import stand_in_line
        from stories.publishing.checks import check_record
        from stories.searching.index import follow_after_migrating, lift_search_triggers

        connection_created.connect(stand_in_line, dispatch_uid="stand_in_line")
        pre_migrate.connect(lift_triggers, sender=self, dispatch_uid="lift_triggers")
        post_migrate.connect(lay_triggers, sender=self, dispatch_uid="lay_triggers")
        pre_migrate.connect(lift_search_triggers, sender=self, dispatch_uid="lift_search_triggers")
        post_migrate.connect(follow_after_migrating, sender=self, dispatch_uid="follow_after_migrating")
        checks.register(check_record, checks.Tags.database)
