"""The article's page: the working copy, its claims and passages, its updates, and what readers see of it."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelect2MultipleWidget, UnfoldAdminTextareaWidget

from stories.admin.article_inlines import CitationInline, ClaimInline, UpdateInline
from stories.admin.at_a_glance import FactsChangeList, tell_of_articles
from stories.admin.attention import look_again
from stories.admin.beside import look_beside
from stories.admin.beside_views import beside
from stories.admin.citation import WATCHED_FIELDS
from stories.admin.claim_picker import make_claims
from stories.admin.columns import ago
from stories.admin.evidence import EvidenceMixin
from stories.admin.long_lists import MOST_FOUND, is_by_itself
from stories.admin.person_filter import PersonFilter
from stories.admin.presence import arrive, presence
from stories.admin.public_state import public_state
from stories.admin.publish_views import preview_page, publish_page
from stories.admin.quote_check import tell_of_quotes
from stories.admin.saved_filters import ME
from stories.admin.site import site
from stories.admin.takedown_views import takedown_page
from stories.admin.timeline_view import timeline_page
from stories.admin.tracked import TrackedAdmin, TrackedForm
from stories.models import Alert, Article, Citation, User, Version
from stories.models.citation import hold_sources
from stories.models.user import told_apart
from stories.models.words import AlertState, UpdateKind
from stories.text.told import is_key
from stories.watching.evidence import evidence_for_article


class ArticleForm(TrackedForm):
    class Meta:
        widgets = {
            # A box of text grows with a long headline; of a line break in it a space is kept.
            "headline": UnfoldAdminTextareaWidget(attrs={"rows": 1}),
            "body": UnfoldAdminTextareaWidget(attrs={"rows": 26, "spellcheck": "true"}),
            "dek": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reporters" in self.fields:
            field = self.fields["reporters"]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = User.objects.filter(is_active=True).order_by("first_name", "username")
            # unfold gives a plain list box to whatever selects several.
            field.widget = UnfoldAdminSelect2MultipleWidget()
            field.widget.choices = told_apart(field.queryset)
            field.help_text = _(
                "Who hears when a source of this story changes. Where nobody is named, the editors hear."
            )


def _typed_body(context: dict[str, Any], article: Article) -> str:
    """As it stands in the form, whether it was saved or sent back."""
    form = context["adminform"].form
    return str(form["body"].value() or "") if "body" in form.fields else article.body


def _beside_the_text(context: dict[str, Any], article: Article) -> dict[str, Any]:
    return {
        "beside": look_beside(article, _typed_body(context, article)),
        "beside_url": reverse("admin:stories_article_beside", args=[article.pk]),
        "preview_url": reverse("preview_story", args=[article.pk]),
    }


class PublishedFilter(admin.SimpleListFilter):
    title = _("readers see")
    parameter_name = "published"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("live", gettext("published")),
            ("edited", gettext("published, edited since")),
            ("draft", gettext("not published")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "live":
                return queryset.filter(live_number__isnull=False)
            case "edited":
                return queryset.filter(saved_at__gt=F("live_at"))
            case "draft":
                return queryset.filter(live_number__isnull=True)
        return queryset


#: Of a story there may be several.
_MOST_ALERTS = 4 * MOST_FOUND


class AlertsFilter(admin.SimpleListFilter):
    title = _("alerts")
    parameter_name = "alerts"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("open ones"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "open":
            return queryset
        told = Alert.verdicts.through._default_manager.filter(alert__state=AlertState.OPEN)
        stories = told.values_list("verdict__citation__article", flat=True)
        few = _first_of(stories) if is_by_itself(request, self.parameter_name) else []
        return queryset.filter(pk__in=few or stories)


def _first_of(stories: QuerySet[Any, int]) -> list[int]:
    """Those with the gravest alerts, and of these the newest, as far as a list counts; none where that takes too long.

    To tell all of them, a database looks up what each alert is about, however few a page shows.
    """
    gravest = stories.order_by("-alert__gravity", "-alert__developed_at", "-alert")
    found = [*gravest[:_MOST_ALERTS]]
    keys = [*dict.fromkeys(found)][:MOST_FOUND]
    return keys if len(keys) == MOST_FOUND or len(found) < _MOST_ALERTS else []


@admin.register(Article, site=site)
class ArticleAdmin(EvidenceMixin, TrackedAdmin):
    evidence_for = staticmethod(evidence_for_article)
    form = ArticleForm
    compressed_fields = False
    quick_filters = (
        (_("Mine"), {"reporters__id__exact": ME}),
        (_("Edited since readers saw it"), {"published": "edited"}),
        (_("Not published"), {"published": "draft"}),
        (_("With open alerts"), {"alerts": "open"}),
    )
    list_display = ("headline", "live", "live_since", "told", "alerts", "owners", "saved")
    list_filter = (
        PublishedFilter,
        AlertsFilter,
        ("reporters", PersonFilter),
        ("created_at", RangeDateTimeFilter),
    )
    search_fields = ("headline", "slug", "dek", "body", "byline")
    inlines = (ClaimInline, CitationInline, UpdateInline)
    actions_submit_line = ("save_and_publish",)
    actions_detail = (
        "preview",
        "publish",
        {"title": _("More"), "icon": "more_horiz", "items": ["retract", "export_evidence", "take_down"]},
    )
    change_form_outer_before_template = "admin/stories/_public_state.html"
    fieldsets = (
        (None, {"fields": ("headline", "dek", "byline", "body")}),
        (_("About this story"), {"fields": ("slug", "reporters")}),
        (_("Why this save"), {"fields": ("change_reason", "seen")}),
    )

    class Media:
        js = ("stories/presence.js", "stories/beside.js")

    def get_urls(self) -> list[Any]:
        views = {"presence": presence, "beside": beside}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"stories_article_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        latest = Version.objects.filter(article=OuterRef("pk")).order_by("-number")
        return (
            super()
            .get_queryset(request)
            .annotate(
                live_number=Subquery(latest.values("number")[:1]),
                live_at=Subquery(latest.values("recorded_at")[:1]),
                read_since=Subquery(latest.values(read_at=Coalesce("stated_at", "recorded_at"))[:1]),
            )
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        if search_term.strip() and is_by_itself(request, SEARCH_VAR):
            # Asked once: to count what a word of every story finds takes a database as long as to find it.
            first = found.order_by("-saved_at", "-pk").values_list("pk", flat=True)
            found = queryset.filter(pk__in=[*first[:MOST_FOUND]])
        return found, has_duplicates

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        # Readers and other sites hold links to it.
        return ("slug",) if obj and obj.live_version else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict[str, tuple]:
        return {} if obj else {"slug": ("headline",)}

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.live_version else None

    def why_not_deletable(self, obj: Article) -> str:
        if obj.live_version:
            return gettext(
                "Readers have seen it, and every version that they saw stays. Publish a retraction instead."
            )
        if obj.publications.on_the_way().exists():
            return gettext("A version of it is on its way: cancel that first.")
        if obj.updates.exists():
            return gettext("It has drafts of updates: delete them first.")
        return ""

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        live = obj.live_version if change else None
        if live:
            # A row taken from history may remember another address.
            obj.slug = live.frozen["article"]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        quoting = [each for formset in formsets if formset.model is Citation for each in formset.forms]
        hold_sources(each.instance.source_id for each in quoting if each.has_changed())
        super().save_related(request, form, formsets, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Citation:
            make_claims(formset, reason=form.cleaned_data.get("change_reason", ""))
        super().save_formset(request, form, formset, change)
        if formset.model is Citation:
            changed = [citation for citation, names in formset.changed_objects if WATCHED_FIELDS & set(names)]
            tell_of_quotes(request, [*formset.new_objects, *changed])
            look_again(citation.source for citation in [*formset.new_objects, *changed])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        # One story at a time.
        context["show_save_and_add_another"] = False
        if article:
            # What is typed and refused is not yet the working copy.
            context["public_state"] = public_state(Article.objects.get(pk=article.pk))
        if article and self.has_change_permission(request, article):
            context["presence_url"] = reverse("admin:stories_article_presence", args=[article.pk])
            context |= _beside_the_text(context, article)
            context["others_here"] = arrive(article, cast(User, request.user), now=timezone.now())
        if article is None and self.has_add_permission(request):
            context |= _beside_the_text(context, Article.unsaved())
        return super().render_change_form(request, context, **kwargs)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        answer = super().response_change(request, obj)
        if "stories_article_save_and_publish" in request.POST and isinstance(answer, HttpResponseRedirect):
            answer["Location"] = _panel(request, obj.pk)
        return answer

    @action(description=_("Save and publish…"), permissions=["publish"])
    def save_and_publish(self, request: HttpRequest, obj: Article) -> None:
        """The panel follows the save; nothing is published yet."""

    def has_publish_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Who may edit but not publish proposes there."""
        return request.user.has_perm("stories.publish_article") or self.has_change_permission(request)

    def has_retract_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Nothing to take back where readers have seen nothing."""
        return request.user.has_perm("stories.publish_article") and _may_be_live(object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        if not is_key(object_id):
            raise Http404
        if article is None:
            # Of a story that is deleted the library shows what its own trail still has.
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return timeline_page(request, article, site=self.admin_site)

    @action(description=_("Preview changes"), icon="difference")
    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._with_article(request, object_id, preview_page)

    @action(description=_("Publish…"), icon="publish", permissions=["publish"], variant="primary")
    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._with_article(request, object_id, publish_page)

    @action(description=_("Retract…"), icon="undo", permissions=["retract"])
    def retract(self, request: HttpRequest, object_id: str) -> HttpResponse:
        panel = reverse("admin:stories_article_publish", args=[object_id])
        return redirect(f"{panel}?kind={UpdateKind.RETRACTION}")

    def has_take_down_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("stories.takedown_version") and _may_be_live(object_id)

    @action(description=_("Take down…"), icon="gavel", permissions=["take_down"])
    def take_down(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._with_article(request, object_id, takedown_page)

    def _with_article(self, request: HttpRequest, object_id: str, page: Any) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None or not self.has_view_permission(request, article):
            self.message_user(request, gettext("There is no such story."), messages.ERROR)
            return redirect("admin:stories_article_changelist")
        return page(request, article, site=self.admin_site)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return FactsChangeList

    def tell_facts(self, articles: list[Article]) -> None:
        prefetch_related_objects(articles, "reporters")
        tell_of_articles(articles)

    @display(description=_("last update"))
    def told(self, article: Any) -> Any:
        update = article.last_update
        if update is None:
            return "–"
        return format_html(
            "<span>{}, {}</span>",
            update.get_kind_display(),
            ago(update.stated_at or update.recorded_at, now=timezone.now()),
        )

    @display(description=_("open alerts"), label="danger")
    def alerts(self, article: Any) -> str:
        return str(article.open_alerts or "")

    @display(description=_("reporters"))
    def owners(self, article: Article) -> str:
        return ", ".join(person.name for person in article.reporters.all()) or "–"

    @display(description=_("readers see"), ordering="live_number", label={"draft": "warning", "live": None})
    def live(self, article: Any) -> tuple[str, str]:
        if article.live_number:
            return "live", gettext("version %(number)s") % {"number": article.live_number}
        return "draft", gettext("not published")

    @display(description=_("since"), ordering="read_since")
    def live_since(self, article: Any) -> Any:
        return ago(article.read_since, now=timezone.now())

    @display(description=_("last saved"), ordering="saved_at")
    def saved(self, article: Article) -> Any:
        return ago(article.saved_at, now=timezone.now())


def _panel(request: HttpRequest, key: int) -> str:
    """The panel for publishing, filled in from the alert that led to the story, if one did."""
    panel = reverse("admin:stories_article_publish", args=[key])
    alert = request.GET.get("alert", "")
    return f"{panel}?alert={alert}" if is_key(alert) else panel


def _may_be_live(object_id: str | None) -> bool:
    """Of no story in particular, yes; of an address that names none, no."""
    if object_id is None:
        return True
    return is_key(object_id) and Article.objects.published().filter(pk=object_id).exists()
