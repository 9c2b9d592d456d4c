"""A passage that an article quotes (a W3C TextQuoteSelector), the claim that rests on it, and its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.article import Article
from stories.models.claim import Claim
from stories.models.history import HistoryTrail, Tracked, empty_in_history
from stories.models.source import Source


class CitationQuerySet(models.QuerySet["Citation"]):
    def attached(self) -> CitationQuerySet:
        return self.filter(source__isnull=False, claim__isnull=False)

    def proposed(self) -> CitationQuerySet:
        return self.filter(models.Q(source__isnull=True) | models.Q(claim__isnull=True))


class Citation(Tracked):
    """Proposed until an editor attaches it to a source and a claim."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="citations")
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=empty_in_history, related_name="citations"
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    exact = models.TextField(
        _("passage"), help_text=_("The words as the article quotes them, without quotation marks.")
    )
    prefix = models.CharField(_("words before"), max_length=200, blank=True)
    suffix = models.CharField(_("words after"), max_length=200, blank=True)
    is_watched = models.BooleanField(
        _("watched"),
        default=True,
        help_text=_("If off, nobody is told when the source rewords or drops this passage."),
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    objects = CitationQuerySet.as_manager()
    history = HistoryTrail(untracked=("created_at",))

    class Meta:
        ordering = ["article", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(exact=""), name="citation_has_a_passage")]

    def __str__(self) -> str:
        return f"“{self.exact}”" if len(self.exact) <= 80 else f"“{self.exact[:79]}…”"

    def clean(self) -> None:
        try:
            claim = self.claim
        except ObjectDoesNotExist:
            # A row taken from history may rest on one that is deleted; a form says so at its choice.
            return
        if claim and claim.article_id != self.article_id:
            raise ValidationError({"claim": gettext("This claim is another article’s.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        with transaction.atomic(using=kwargs.get("using")):
            if self.source_id and (written is None or "source" in written):
                self._rest_on_the_source_kept()
            super().save(*args, **kwargs)

    @property
    def is_proposed(self) -> bool:
        return self.source_id is None or self.claim_id is None

    def _rest_on_the_source_kept(self) -> None:
        """Newly cited from a source that was merged into another, it is cited from that one.

        A merge that comes now finds the passage, for its source is held (`hold_sources`). A passage that names the
        source already is held itself: a merge that moves it now has moved it by then.
        """
        names_it = Citation.objects.filter(pk=self.pk, source=self.source_id).order_by("pk")
        if self.pk and names_it.select_for_update(no_key=True).values_list("pk").first():
            return
        self.source_id = hold_sources([self.source_id]).get(self.source_id) or self.source_id


def hold_sources(keys: Iterable[int | None]) -> dict[int | None, int | None]:
    """Hold sources, and those that they are merged into, until we commit, and tell which is merged into which.

    As the database itself holds what a new passage names, but only when we commit. By their keys alone: a look that is
    written down holds its source too, and waits for passages. A merge takes both of its sources in the order of their
    keys, and then their passages: who saves several passages holds the sources of all of them first, or each would
    wait for the other.
    """
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    named = Source.objects.filter(pk__in=wanted).order_by()
    either = named.values("pk").union(named.values("merged_into"))
    sources = Source.objects.filter(pk__in=either).order_by("pk").values_list("pk", "merged_into")
    asked, values = sources.query.sql_with_params()
    held = " FOR KEY SHARE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(asked + held, values)
        return dict(cursor.fetchall())
