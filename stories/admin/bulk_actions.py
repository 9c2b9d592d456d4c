"""The actions that a list offers: each shows what it would do before it does it."""

from typing import Any

from django.http import HttpRequest

from stories.admin.bulk_views import action_of
from stories.changing.deeds import deeds_of


class BulkActions:
    """For the admin of a noun: its deeds in the place of other actions, which would neither show nor undo anything."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        model_admin: Any = self
        if "_popup" in request.GET:
            return {}
        offered = deeds_of(model_admin.opts.model_name)
        return {
            deed.name: (action_of(deed), deed.name, deed.label)
            for deed in offered
            if request.user.has_perm(deed.needs)
        }
