"""`manage.py loaddata`, Django's, which writes rows past `User.save`: an account that it turns has no way in left."""

from typing import Any

from django.core.management.commands import loaddata

from stories.models import User
from stories.models.ways_in import close_ways_in


class Command(loaddata.Command):
    def save_obj(self, obj: Any) -> bool:
        is_turned = _is_turned(obj.object)
        is_saved: bool = super().save_obj(obj)
        if is_saved and is_turned:
            close_ways_in([obj.object.pk])
        return is_saved


def _is_turned(row: Any) -> bool:
    """Whether it closes an account that is here, or opens it."""
    return isinstance(row, User) and User.objects.filter(pk=row.pk, is_active=not row.is_active).exists()
