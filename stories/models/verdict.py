"""How a check ended for one citation. A row is written when that differs from what stood before."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.check import Check
from stories.models.citation import Citation
from stories.models.words import VerdictWord

#: What speaks against a quote.
AGAINST = (VerdictWord.ALTERED.value, VerdictWord.MISSING.value)


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def standing(self) -> "VerdictQuerySet":
        """The latest confirmed verdict of each citation."""
        latest = (
            Verdict.objects.filter(citation=models.OuterRef("citation"), is_confirmed=True)
            .order_by("-pk")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(latest))

    def against(self) -> "VerdictQuerySet":
        """Of the latest confirmed verdicts, those that speak against a quote: found from what does, which is rare.

        What is marked as superseded need not be looked at; what is not is asked about, for the mark may be missing.
        """
        later = Verdict.objects.filter(
            citation=models.OuterRef("citation"), is_confirmed=True, pk__gt=models.OuterRef("pk")
        )
        against = self.filter(verdict__in=AGAINST, is_confirmed=True, is_superseded=False)
        return against.filter(~models.Exists(later.order_by())).order_by()

    def supersede(self, citation_ids: Collection[int]) -> None:
        """Mark all that is confirmed about these passages so far: another verdict on each is about to be written."""
        standing = self.filter(citation__in=citation_ids, is_confirmed=True, is_superseded=False)
        # In order, as whoever tells of them takes them.
        locked = standing.select_for_update(no_key=True).order_by("pk")
        Verdict.objects.filter(pk__in=locked.values("pk")).update(is_superseded=True)

    def untold(self) -> "VerdictQuerySet":
        """What people should hear about and nobody has been told of: the outbox that alerting claims from."""
        return self.filter(is_news=True, told_at__isnull=True)


class Verdict(models.Model):
    found_by = models.ForeignKey(
        Check, on_delete=models.PROTECT, related_name="verdicts", verbose_name=_("check")
    )
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="verdicts")
    verdict = models.CharField(max_length=12, choices=VerdictWord)
    passage = models.TextField(help_text=_("The passage that was looked for."))
    # What stood before and after it where it was cited. Null: of old rows nobody knows, and they are believed.
    prefix = models.TextField(null=True, blank=True, editable=False)  # noqa: DJ001
    suffix = models.TextField(null=True, blank=True, editable=False)  # noqa: DJ001
    wording = models.TextField(blank=True, help_text=_("How the source words it now, where it was found."))
    similarity = models.FloatField(null=True, blank=True, help_text=_("Share of words kept, 0 to 1."))
    is_confirmed = models.BooleanField(help_text=_("False where a second check must agree first."))
    is_news = models.BooleanField(default=False, help_text=_("Something to tell people."))
    is_alternating = models.BooleanField(
        default=False, help_text=_("The source shows this at one check and something else at another.")
    )
    # A later verdict on the passage is confirmed. Where it does not say so there may be one all the same, by code that
    # knew of no mark.
    is_superseded = models.BooleanField(default=False, db_default=False, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, help_text=_("When alerts of it were written."))

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["found_by", "citation"], name="verdict_once_per_check_and_citation"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=VerdictWord.values), name="verdict_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(is_news=False) | models.Q(is_confirmed=True),
                name="verdict_news_is_confirmed",
            ),
        ]
        indexes = [
            # How a passage stands is read from here alone.
            models.Index(fields=["citation", "-id", "is_confirmed", "verdict"], name="verdict_of_citation"),
            models.Index(
                fields=["id"], condition=models.Q(is_news=True, told_at__isnull=True), name="verdict_untold"
            ),
            # What still speaks against a quote is rare: whoever counts it reads little else. SQLite takes no index
            # whose condition lists words, because it plans before it knows with which words it is asked.
            models.Index(
                fields=["verdict", "citation", "id"],
                condition=models.Q(is_confirmed=True, is_superseded=False),
                name="verdict_not_superseded",
            ),
            models.Index(fields=["told_at"], condition=models.Q(is_news=True), name="verdict_told"),
        ]

    def __str__(self) -> str:
        return f"{self.citation}: {self.get_verdict_display()}"

    def is_in_context(self, citation: Citation) -> bool:
        """Was it judged by what stands before and after the passage as it is quoted today?"""
        return self.prefix is None or (self.prefix, self.suffix) == (citation.prefix, citation.suffix)

    @property
    def how_it_stands(self) -> str:
        """How it stands, in words for people."""
        return "alternating" if self.is_alternating else self.get_verdict_display()
