"""What the admin of every noun with history shares: why it was saved, stale forms, honest history, deletion."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from stories.admin.audited import AuditedMixin
from stories.admin.bulk_actions import BulkActions
from stories.admin.conflict import merge_with_saved, trail_mark
from stories.admin.deltas import changes_between
from stories.admin.kept_text import tell_saved
from stories.admin.long_lists import LongList
from stories.admin.saved_filters import SavedFilters
from stories.models.append_only import AppendOnlyError
from stories.models.history import hold_rows
from stories.searching.search import found_keys

_NOT_TO_BE_CHOSEN = _(
    "What was chosen here cannot be chosen any more: somebody has deleted or closed it meanwhile. Choose again."
)


class FreshForm(forms.ModelForm):
    """What a browser remembers of an earlier look at the page is not filled in again.

    It would put old text under a new mark, and so over a colleague's save; what was typed is kept by a script.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
            if isinstance(field, forms.ModelChoiceField):
                field.error_messages["invalid_choice"] = _NOT_TO_BE_CHOSEN


class TrackedForm(FreshForm):
    """Asks why, and remembers how the row stood when the form was opened (invariant 10)."""

    change_reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=100,
        help_text=_("For the history that the newsroom keeps; readers never see it."),
        widget=UnfoldAdminTextInputWidget,
    )
    seen = forms.CharField(label=_("Seen"), required=False, widget=forms.HiddenInput)
    overwrite = forms.CharField(required=False, widget=forms.HiddenInput)

    is_stale = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", trail_mark(self.instance) if self.instance.pk else "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk and not self.instance._state.adding:
            self._refuse_if_stale(cleaned)
        return cleaned

    def _refuse_if_stale(self, cleaned: dict[str, Any]) -> None:
        with transaction.atomic():
            # Held until the admin's own transaction ends, so nobody can save between this look and our save.
            model = type(self.instance)
            hold_rows(model._default_manager.filter(pk=self.instance.pk))
            mark = trail_mark(self.instance)
        if mark in (cleaned.get("seen"), cleaned.get("overwrite")):
            return
        self.is_stale = True
        self.mark = mark
        self.add_error(
            None,
            gettext(
                "Somebody saved this while you were writing, so it is not saved yet. Nothing of either is lost: look "
                "at the two, then save again."
            ),
        )


class TrackedAdmin(LongList, AuditedMixin, BulkActions, SavedFilters, SimpleHistoryAdmin, ModelAdmin):
    form = TrackedForm
    object_history_list_template = "admin/stories/_history.html"
    change_form_before_template = "admin/stories/_form_head.html"
    warn_unsaved_form = True
    list_filter_submit = True
    list_per_page = 50

    class Media:
        js = ("stories/shortcuts.js",)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """As the page of search finds them, and by what they belong to: their story, their source."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=found_keys(search_term, kind=str(self.opts.model_name))), False

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return tell_saved(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return tell_saved(request, super().response_change(request, obj))

    def why_not_deletable(self, obj: Any) -> str:
        """The sentence that says why this row stays; empty where it may go."""
        return ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._change_reason = form.cleaned_data.get("change_reason", "")
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for obj in formset.save(commit=False):
            obj._change_reason = form.cleaned_data.get("change_reason", "")
            obj.save()
        for obj in formset.deleted_objects:
            obj._change_reason = form.cleaned_data.get("change_reason", "")
            obj.delete()
        formset.save_m2m()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "is_stale", False):
            context["conflict"] = merge_with_saved(form, context.get("inline_admin_formsets", []))
        return super().render_change_form(request, context, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and self.why_not_deletable(obj))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        # The reason names the row: whoever may delete none is not told.
        if obj and self.has_delete_permission(request) and (reason := self.why_not_deletable(obj)):
            return self._stay(request, obj, reason)
        try:
            return super().delete_view(request, object_id, extra_context)
        except (models.ProtectedError, AppendOnlyError):
            # Somebody published or cited it between the look above and the deletion, which was undone whole.
            return self._stay(request, obj, gettext("It has been put to use meanwhile."))

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        response = super().render_delete_form(request, context)
        # There is no form, and so nothing for the scripts of one.
        context["media"] = forms.Media()
        return response

    def _stay(self, request: HttpRequest, obj: Any, reason: str) -> HttpResponse:
        self.message_user(
            request,
            gettext("“%(obj)s” cannot be deleted. %(reason)s") % {"obj": obj, "reason": reason},
            messages.ERROR,
        )
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        kept = [f"“{obj}”. {reason}" for obj in objs if (reason := self.why_not_deletable(obj))]
        return shown, counts, lacking, [*protected, *kept]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        obj._change_reason = "Deleted."
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        # One by one, so that history sees each.
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        current = self.get_object(request, object_id)
        # The library lets whoever may look at an old row also post it.
        if request.method == "POST" and not self.has_change_permission(request, current):
            raise PermissionDenied
        if IS_POPUP_VAR in request.POST:
            raise BadRequest("A row of history is opened in no window beside a form.")
        with transaction.atomic():
            return super().history_form_view(request, object_id, version_id, extra_context)

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        records = list(historical_records)
        for record, before in zip(records, [*records[1:], None], strict=True):
            before = before or record.prev_record
            if before:
                record.history_delta_changes = changes_between(record, before)
