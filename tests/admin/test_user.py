"""Chiefs give accounts and roles, up to their own."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from stories.models import User
from tests.factories import UserFactory, find_role, make_chief, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_of_noor(client):
    client.force_login(make_chief(username="noor"))
    return client


def change(user):
    return reverse("admin:stories_user_change", args=[user.pk])


def form_of(user, **fields):
    return {
        "username": user.username,
        "first_name": user.first_name,
        "email": user.email,
        "is_active": "on",
        **fields,
    }


def test_every_role_is_in_sight_and_ticked(desk_of_noor):
    page = desk_of_noor.get(reverse("admin:stories_user_add")).content.decode()

    assert page.count('type="checkbox" name="groups"') == Group.objects.count()


def test_the_roles_of_a_new_person_are_told_in_words(desk_of_noor):
    form = desk_of_noor.get(reverse("admin:stories_user_add")).context["adminform"].form

    assert form.fields["groups"].label == "Roles"
    assert form.fields["groups"].help_text.startswith("Reporters have the desk")


def test_roles_are_named_in_the_language_of_whoever_reads(desk_of_noor):
    maya = make_reporter(username="maya")
    in_spanish = {"accept-language": "es"}

    pages = [desk_of_noor.get(url, headers=in_spanish).text for url in (change(maya), "/admin/stories/user/")]

    assert all("Reporteros" in page for page in pages)


def test_a_chief_gives_a_role(desk_of_noor):
    newcomer = UserFactory()
    role = find_role("Reporters")

    response = desk_of_noor.post(change(newcomer), form_of(newcomer, groups=[role.pk]))

    assert response.status_code == 302, response.context["errors"]
    assert User.objects.get(pk=newcomer.pk).can_use_desk


def test_who_becomes_an_editor_later_is_let_into_the_admin(desk_of_noor):
    maya = make_reporter(username="maya")

    desk_of_noor.post(change(maya), form_of(maya, groups=[find_role("Editors").pk]))

    maya.refresh_from_db()
    assert maya.is_staff


@pytest.mark.parametrize(
    ("password", "said"), [("a bridge, a port", "There is one."), (None, "There is none.")]
)
def test_of_a_password_a_chief_sees_whether_there_is_one(password, said, desk_of_noor):
    reporter = make_reporter()
    reporter.set_password(password)
    reporter.save()

    page = desk_of_noor.get(change(reporter)).content.decode()

    assert said in page
    assert "algorithm" not in page


def test_a_chief_makes_nobody_a_superuser(desk_of_noor):
    reporter = make_reporter()

    desk_of_noor.post(change(reporter), form_of(reporter, is_superuser="on", user_permissions=[1]))

    reporter.refresh_from_db()
    assert not reporter.is_superuser
    assert not reporter.user_permissions.exists()


def test_a_group_that_may_more_than_a_chief_is_not_theirs_to_give(desk_of_noor):
    mighty = Group.objects.create(name="Mighty")
    mighty.permissions.add(Permission.objects.get(codename="delete_user"))
    reporter = make_reporter()

    response = desk_of_noor.post(change(reporter), form_of(reporter, groups=[mighty.pk]))

    assert response.status_code == 200
    assert "Mighty" not in [group.name for group in reporter.groups.all()]


@pytest.mark.parametrize("route", ["admin:stories_user_change", "admin:auth_user_password_change"])
def test_the_account_of_who_may_more_is_closed_to_a_chief(route, desk_of_noor):
    root = UserFactory(is_superuser=True)
    address = reverse(route, args=[root.pk])

    answered = desk_of_noor.post(address, form_of(root, password1="secret-1234", password2="secret-1234"))

    assert answered.status_code == 403
    assert User.objects.get(pk=root.pk).password == root.password


@pytest.mark.parametrize("route", ["admin:stories_user_change", "admin:auth_user_password_change"])
def test_an_account_that_may_more_is_closed_to_a_chief_while_it_is_closed_too(route, desk_of_noor):
    """Opened again with a password of the chief’s, it would give them what it may do."""
    kit = UserFactory(is_active=False, password="theirs")
    kit.user_permissions.add(Permission.objects.get(codename="change_group"))
    address = reverse(route, args=[kit.pk])

    answered = desk_of_noor.post(address, form_of(kit, password1="secret-1234", password2="secret-1234"))

    assert answered.status_code == 403
    kept = User.objects.get(pk=kit.pk)
    assert (kept.is_active, kept.password) == (False, kit.password)


def test_whoever_was_signed_in_is_so_no_more_when_a_closed_account_is_opened_again(desk_of_noor):
    kit, there, other = make_reporter(username="kit"), Client(), Client()
    role = kit.groups.get()
    there.force_login(kit)
    other.force_login(make_reporter(username="lee"))

    desk_of_noor.post(change(kit), form_of(kit, groups=[role.pk], is_active=""))
    is_closed = not User.objects.get(pk=kit.pk).is_active
    desk_of_noor.post(change(kit), form_of(kit, groups=[role.pk]))

    assert is_closed
    assert User.objects.get(pk=kit.pk).is_active
    assert there.get(reverse("desk_inbox")).status_code == 302
    assert other.get(reverse("desk_inbox")).status_code == 200
    assert desk_of_noor.get(change(kit)).status_code == 200


def test_who_closes_their_own_account_is_out(desk_of_noor):
    noor = User.objects.get(username="noor")

    response = desk_of_noor.post(change(noor), form_of(noor, is_staff="on", is_active=""))

    assert response.status_code == 302
    assert not User.objects.get(pk=noor.pk).is_active
    assert desk_of_noor.get(change(noor)).status_code == 302
