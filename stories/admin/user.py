"""The people of the newsroom and their roles."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from stories.admin.site import site
from stories.models import User


@admin.register(User, site=site)
class UserAdmin(BaseUserAdmin, ModelAdmin):
    """Chiefs make accounts and give roles; what a superuser is and may do is for superusers."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "name", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "groups")
    list_filter_submit = True
    date_hierarchy = "date_joined"
    fieldsets_of_chiefs = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Role", {"fields": ("is_active", "is_staff", "groups")}),
        ("Record", {"fields": ("last_login", "date_joined")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """A field that is not shown is not taken from a form either."""
        if obj is None or _is_superuser(request):
            return super().get_fieldsets(request, obj)
        return self.fieldsets_of_chiefs

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever may do more than the one who asks is not theirs to change, nor is a way into their account."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or _may_as_much(request, obj))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A group that may do more than its giver is not theirs to give."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "groups" and not _is_superuser(request):
            theirs = Permission.objects.filter(group__user=request.user.pk)
            more = Permission.objects.exclude(pk__in=theirs.values("pk"))
            field.queryset = Group.objects.exclude(permissions__in=more)
        return field


if site.is_registered(Group):
    # Django's own, which came with the import above.
    site.unregister(Group)


@admin.register(Group, site=site)
class GroupAdmin(BaseGroupAdmin, ModelAdmin):
    pass


def _may_as_much(request: HttpRequest, other: User) -> bool:
    if _is_superuser(request):
        return True
    return not other.is_superuser and other.get_all_permissions() <= request.user.get_all_permissions()


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
