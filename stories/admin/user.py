"""The people of the newsroom and their roles."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.forms import AdminPasswordChangeForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from stories.accounts.factors import remove_factors
from stories.accounts.letters import password_link
from stories.admin.audited import AuditedMixin
from stories.admin.invitation import (
    InvitationForm,
    facts_before,
    facts_in_form,
    write_changes,
)
from stories.admin.password_field import PersonForm
from stories.admin.saved_filters import SavedFilters
from stories.admin.site import site
from stories.auditing.entries import changed, write_entry
from stories.models import Act, User
from stories.models.user import role_name
from stories.tasks import ask_for_invitation


class RoleFilter(RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return [
            (key, role_name(str(name))) for key, name in super().field_choices(field, request, model_admin)
        ]


class RolesField(ModelMultipleChoiceField):
    def label_from_instance(self, role: Any) -> str:
        return role_name(role.name)


@admin.register(User, site=site)
class UserAdmin(AuditedMixin, SavedFilters, BaseUserAdmin, ModelAdmin):
    """Chiefs make accounts and give roles; what a superuser is and may do is for superusers."""

    form = PersonForm
    add_form = InvitationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "name", "roles", "mail", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", ("groups", RoleFilter))
    list_filter_submit = True
    readonly_fields = ("last_login", "date_joined")
    add_form_template = None
    #: Nobody deletes many accounts at once: it could not be undone. One that is not active opens nothing.
    actions = None
    actions_detail = ("invite", "remove_second_factors")
    add_fieldsets = ((None, {"fields": ("username", "email", "first_name", "last_name", "groups")}),)
    fieldsets_of_chiefs = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Role"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Record"), {"fields": ("last_login", "date_joined")}),
    )

    @display(description=pgettext_lazy("name", "name"))
    def name(self, user: User) -> str:
        return user.name

    @display(description=_("e-mail"), ordering="email")
    def mail(self, user: User) -> str:
        return user.email or "–"

    @display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(sorted(role_name(group.name) for group in user.groups.all())) or "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

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
        """A group that may do more than its giver is not theirs to give; there are few, all in sight."""
        if db_field.name == "groups":
            kwargs |= {"widget": UnfoldAdminCheckboxSelectMultipleWidget, "form_class": RolesField}
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "groups" and not _is_superuser(request):
            theirs = Permission.objects.filter(group__user=request.user.pk)
            more = Permission.objects.exclude(pk__in=theirs.values("pk"))
            field.queryset = Group.objects.exclude(permissions__in=more)
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The roles are there now: what was before is told beside what is."""
        person: User = form.instance
        before = facts_before(person) if change else None
        super().save_related(request, form, formsets, change)
        write_changes(person, before=before, told=form.told)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        form.told = facts_in_form(form) if change else {}
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> Any:
        self._invite(request, obj)
        return redirect("admin:stories_user_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        response: HttpResponse = super().response_change(request, obj)
        if obj == request.user and not obj.is_active:
            # It has ended with the account, and what has ended is not to be kept.
            request.session.flush()
        return response

    @action(description=_("Send an invitation…"), icon="mail", permissions=["invite"])
    def invite(self, request: HttpRequest, object_id: str) -> HttpResponse:
        person = self.get_object(request, object_id)
        if person and request.method == "POST":
            self._invite(request, person)
            return redirect("admin:stories_user_change", object_id)
        return self._ask(request, person, "admin/stories/invite.html", _("Send an invitation"))

    def has_invite_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        person = self.get_object(request, object_id) if object_id else None
        return self.has_change_permission(request, person)

    @action(description=_("Remove second factors…"), icon="phonelink_erase", permissions=["invite"])
    def remove_second_factors(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For who lost telephone, key and codes; asked first, and told to the person by mail."""
        person = self.get_object(request, object_id)
        if person and request.method == "POST":
            with transaction.atomic():
                count = remove_factors(person)
            self.message_user(request, _("Removed: %(count)s.") % {"count": count})
            return redirect("admin:stories_user_change", object_id)
        page = "admin/stories/remove_second_factors.html"
        return self._ask(request, person, page, _("Remove second factors"))

    def _ask(self, request: HttpRequest, person: User | None, page: str, title: Any) -> HttpResponse:
        if person is None:
            return redirect("admin:stories_user_changelist")
        context = {**self.admin_site.each_context(request), "person": person, "title": title}
        return TemplateResponse(request, page, context)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - as Django calls it
        form_url: str = "",
    ) -> HttpResponse:
        person = self.get_object(request, id)
        before = person.password if person else ""
        with transaction.atomic():
            response: HttpResponse = super().user_change_password(request, id, form_url)
            if person and User.objects.get(pk=person.pk).password != before:
                write_entry(Act.PASSWORD_CHANGED, on=person)
        return response

    def _invite(self, request: HttpRequest, person: User) -> None:
        """By mail; where the account has no address, the link is shown once, to be handed over."""
        with transaction.atomic():
            write_entry(Act.PERSON_INVITED, on=person)
            if person.email:
                ask_for_invitation(person)
                words = _("An invitation is on its way to %(email)s.") % {"email": person.email}
            else:
                words = _(
                    "The account has no e-mail address. Hand this link over, which works once: %(link)s"
                ) % {"link": password_link(person)}
        self.message_user(request, words, messages.SUCCESS)


if site.is_registered(Group):
    # Django's own, which came with the import above.
    site.unregister(Group)


@admin.register(Group, site=site)
class GroupAdmin(AuditedMixin, BaseGroupAdmin, ModelAdmin):
    actions = None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        before = set(form.instance.permissions.values_list("codename", flat=True))
        super().save_related(request, form, formsets, change)
        after = set(form.instance.permissions.values_list("codename", flat=True))
        if before != after:
            told = {"given": changed("", after - before), "taken": changed(before - after, "")}
            write_entry(Act.PERMISSIONS_CHANGED, on=form.instance, details=told)


def _may_as_much(request: HttpRequest, other: User) -> bool:
    """Of a closed account it counts what it may do once it is open again: while it is closed, that is nothing."""
    if _is_superuser(request):
        return True
    opened = User(pk=other.pk)
    return not other.is_superuser and opened.get_all_permissions() <= request.user.get_all_permissions()


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
