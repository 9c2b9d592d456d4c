"""The roles that the house's provider gives: changed where they differ, and told once."""

import pytest

from stories.accounts.roles import give_roles
from stories.models import Act, AuditEntry
from tests.factories import UserFactory, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def roles(settings):
    settings.OIDC_ROLES = {"desk": "Reporters", "newsroom": "Editors"}


def test_who_comes_again_with_the_same_roles_is_told_of_once():
    person = UserFactory()

    for _ in range(2):
        give_roles(person, {"Editors"})

    assert person.is_staff
    assert AuditEntry.objects.filter(act=Act.ROLES_CHANGED).count() == 1


def test_whoever_may_do_anything_still_works_in_the_admin_without_a_role():
    person = make_editor(is_superuser=True)

    give_roles(person, ())

    person.refresh_from_db()
    assert (person.is_staff, person.groups.count()) == (True, 0)


def test_of_who_stays_out_of_the_admin_nothing_else_is_told():
    person = UserFactory()

    give_roles(person, {"Reporters"})

    assert AuditEntry.objects.get(act=Act.ROLES_CHANGED).details == {"roles": "– → Reporters"}
