"""What hangs on an article, on the article's own page: claims, quoted passages, updates."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from stories.admin.claim_picker import ClaimPicker
from stories.admin.quote_field import checked_while_typed
from stories.admin.tracked import FreshForm
from stories.models import Citation, Claim, Update

_MOST_NEW_ROWS = 100
_SHORT_TEXT = {models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 2})}}


class CitationForm(FreshForm):
    """A passage that is attached beside the text brings its sentence along, to be the claim that rests on it."""

    new_claim = forms.CharField(required=False, widget=forms.HiddenInput)


class FewNewRows(forms.BaseInlineFormSet):
    """Rows are checked, saved and drawn one by one: a thousand would keep the page busy for half a minute."""

    default_error_messages = {
        "too_many_forms": _("This page takes %(num)d rows. Save these first, and then add the others.")
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page's own script offers no more either.
        self.max_num = self.absolute_max = len(self.get_queryset()) + _MOST_NEW_ROWS


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
    verbose_name = _("quoted passage")
    verbose_name_plural = _("quoted passages")
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
