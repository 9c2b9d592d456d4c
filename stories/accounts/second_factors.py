"""Of whom a second factor is asked, by role."""

from django.conf import settings

from stories.models import User

#: As SECOND_FACTOR_ROLES calls those who may do everything.
SUPERUSERS = "Superusers"


def must_have_second_factor(person: User) -> bool:
    """True for whoever has one of the roles of SECOND_FACTOR_ROLES."""
    roles = settings.SECOND_FACTOR_ROLES
    if not roles:
        return False
    if person.is_superuser and SUPERUSERS in roles:
        return True
    return person.groups.filter(name__in=roles).exists()
