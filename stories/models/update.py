"""A timestamped note to readers. Free to edit until a version publishes it; then frozen."""

from typing import Any, NoReturn

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.append_only import AppendOnlyError
from stories.models.article import Article
from stories.models.as_seen import LinesField
from stories.models.history import HistoryTrail, Tracked, empty_in_history
from stories.models.verdict import Verdict
from stories.models.version import Version
from stories.models.words import Precision, UpdateKind


class UpdateQuerySet(models.QuerySet["Update"]):
    def published(self) -> "UpdateQuerySet":
        return self.filter(version__isnull=False)

    def drafts(self) -> "UpdateQuerySet":
        return self.filter(version__isnull=True)

    def waiting(self, *, after: Version | None) -> "UpdateQuerySet":
        """Drafts, the oldest first; without those that say readers read them before they had this version."""
        drafts = self.drafts().order_by("pk")
        return drafts.exclude(stated_at__lte=after.shown_at) if after else drafts

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(gettext("updates are saved and deleted one by one, so that history sees it"))

    update = delete = bulk_update = bulk_create = _refuse


class Update(Tracked):
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="updates")
    version = models.ForeignKey(
        Version,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="updates",
        help_text=_("The version that published it; empty for a draft."),
    )
    kind = models.CharField(max_length=16, choices=UpdateKind, default=UpdateKind.UPDATE)
    note = LinesField(help_text=_("What readers are told."))
    stated_at = models.DateTimeField(
        _("stated time"), null=True, blank=True, help_text=_("As readers saw it.")
    )
    stated_zone = models.CharField(
        _("zone"), max_length=60, blank=True, help_text=_("Such as America/New_York.")
    )
    stated_precision = models.CharField(
        _("precision"), max_length=8, choices=Precision, default=Precision.MINUTE
    )
    recorded_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When it was published here.")
    )
    headline_changed = models.BooleanField(default=False)
    is_text_before_recorded = models.BooleanField(
        _("text before it is recorded"),
        default=True,
        help_text=_("False where nobody has the text as it was before this update."),
    )
    caused_by = models.ForeignKey(
        Verdict,
        null=True,
        blank=True,
        on_delete=empty_in_history,
        related_name="updates",
        help_text=_("The change of a source that was the reason."),
    )

    objects = UpdateQuerySet.as_manager()
    history = HistoryTrail()

    class Meta:
        ordering = ["article", "-stated_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(note=""), name="update_has_a_note"),
            models.CheckConstraint(
                condition=models.Q(kind__in=UpdateKind.values), name="update_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(stated_precision__in=Precision.values), name="update_precision_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["recorded_at"], condition=models.Q(version__isnull=False), name="update_by_record"
            ),
            models.Index(
                Coalesce("stated_at", "recorded_at").desc(),
                models.F("id").desc(),
                condition=models.Q(version__isnull=False),
                name="update_by_time_shown",
            ),
            # As the list of all has them: PostgreSQL puts what has no time, the drafts, before the newest.
            models.Index(fields=["-recorded_at", "-id"], name="update_newest_first"),
            # Corrections are few among the updates: whoever asks for them reads no others.
            models.Index(
                "kind",
                Coalesce("stated_at", "recorded_at").desc(),
                models.F("id").desc(),
                condition=models.Q(version__isnull=False),
                name="update_by_kind_and_time",
            ),
        ]

    def __str__(self) -> str:
        note = self.note if len(self.note) <= 60 else f"{self.note[:59]}…"
        return f"{self.get_kind_display()}: {note}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(using=kwargs.get("using")):
            self._refuse_if_published()
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=kwargs.get("using")):
            self._refuse_if_published()
            return super().delete(*args, **kwargs)

    def _refuse_if_published(self) -> None:
        """Ask the row itself, and lock it: a publication may have taken this draft since it was read."""
        if self.pk is None:
            return
        held = Update.objects.select_for_update(of=("self",)).filter(pk=self.pk)
        version = held.values_list("version", flat=True).first()
        if version is not None:
            raise AppendOnlyError(gettext("this update is published: publish another that corrects it"))
