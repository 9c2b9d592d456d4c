"""What hangs on an article, on the article's own page: claims, quoted passages, updates."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms.formsets import TOTAL_FORM_COUNT
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from stories.admin.claim_picker import ClaimPicker
from stories.admin.quote_field import checked_while_typed
from stories.admin.tracked import FreshForm
from stories.models import Citation, Claim, Update
from stories.models.as_seen import LinesFormField

_MOST_NEW_ROWS = 100
_SHORT_TEXT = {models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 2})}}


class CitationForm(FreshForm):
    """A passage that is attached beside the text brings its sentence along, to be the claim that rests on it."""

    new_claim = LinesFormField(required=False, widget=forms.HiddenInput)


class FewNewRows(forms.BaseInlineFormSet):
    """Rows are checked, saved and drawn one by one: a thousand would keep the page busy for half a minute.

    The page's own script offers a hundred, and twice as many are taken: a colleague may have taken rows away
    meanwhile. What no such page sends is left out, and the answer has what was looked at alone.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = len(self.get_queryset())
        # It is none for who may not add any.
        if self.max_num:
            self.max_num = known + _MOST_NEW_ROWS
        self.absolute_max = most = known + 2 * _MOST_NEW_ROWS
        sent = self.management_form.cleaned_data[TOTAL_FORM_COUNT] if self.is_bound else 0
        self.are_left_out = (sent or 0) > most
        if self.are_left_out:
            self.data = dict(self.data.items()) | {self.management_form.add_prefix(TOTAL_FORM_COUNT): most}
            del self.management_form

    def clean(self) -> None:
        if self.are_left_out:
            said = _(
                "This page takes %(num)d rows at once. Those after them are not kept: save these first, and then add "
                "the others again."
            )
            raise forms.ValidationError(said, code="too_many_forms", params={"num": self.absolute_max})
        super().clean()


class ClaimInline(TabularInline):
    model = Claim
    form = FreshForm
    formset = FewNewRows
    fields = ("text", "standing")
    extra = 0
    tab = True
    show_change_link = True
    formfield_overrides = _SHORT_TEXT


class CitationInline(StackedInline):
    model = Citation
    form = CitationForm
    formset = FewNewRows
    fields = ("exact", "source", "claim", ("prefix", "suffix", "new_claim"))
    autocomplete_fields = ("source",)
    extra = 0
    tab = True
    show_change_link = True
    formfield_overrides = _SHORT_TEXT

    class Media:
        js = ("stories/quote_check.js",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Citation]:
        return super().get_queryset(request).select_related("source", "claim", "article")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "claim":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        article = _article_of(request)
        own = Claim.objects.filter(article=article) if article else Claim.objects.none()
        field = super().formfield_for_foreignkey(db_field, request, **{**kwargs, "queryset": own})
        # Read once: otherwise each passage on the page would ask the database for the same claims.
        field.widget.choices = list(field.choices)
        field.choices = field.widget.choices
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        article = _article_of(request)
        if db_field.name == "exact":
            return checked_while_typed(field)
        if db_field.name == "claim" and article and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = ClaimPicker(field.widget, article_id=article)
        return field


class UpdateInline(TabularInline):
    model = Update
    fields = ("kind", "note", "stated_at", "version", "headline_changed")
    readonly_fields = fields
    extra = 0
    tab = True
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Update]:
        return super().get_queryset(request).select_related("version", "article")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _article_of(request: HttpRequest) -> Any:
    """The number of the story whose page this is; None where a new one is being written."""
    return request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
