"""A version on its way: what it would hold, what readers would see change, and its publication."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from stories.admin.attention import look_again
from stories.admin.publish_form import MINOR, PublishForm
from stories.admin.source_change import SourceChange, body_with
from stories.alerting.answer import AnswerRefusedError, answer_alert
from stories.models import Alert, Article, Update, User, Version
from stories.models.words import AlertState, Precision
from stories.publishing.canonical import canonical_json, digest
from stories.publishing.changelog import Comparison, compare_contents
from stories.publishing.content import prepare_content
from stories.publishing.errors import PublishRefused, WorkingCopyStale
from stories.publishing.publish import publish_article

_TAKEN = "took the source’s new wording"


@dataclass(frozen=True)
class Proposal:
    """What publishing this form would do, computed without writing anything."""

    article: Article
    now: datetime
    form: PublishForm | None = None
    changes: Sequence[SourceChange] = ()
    by: User | None = None

    @cached_property
    def live(self) -> Version | None:
        return self.article.live_version

    @property
    def number(self) -> int:
        return self.live.number + 1 if self.live else 1

    @cached_property
    def content(self) -> dict[str, Any] | None:
        """As it would be frozen; None where it cannot be, and then `problem` says why."""
        return self._content_or_problem[0]

    @property
    def problem(self) -> str:
        return self._content_or_problem[1]

    @cached_property
    def comparison(self) -> Comparison | None:
        return (
            compare_contents(self.live.frozen if self.live else None, self.content) if self.content else None
        )

    @property
    def is_headline_changed(self) -> bool:
        return self.live is not None and self.live.headline != self.article.headline

    @cached_property
    def seen(self) -> str:
        """A mark of the working copy and the live version, so that another save since is noticed."""
        return _mark(self.article, self.live)

    @cached_property
    def note(self) -> str:
        return (
            ""
            if self.form is None or self.form.is_without_note
            else str(self.form["note"].value() or "").strip()
        )

    @cached_property
    def kind_label(self) -> str:
        field = self.form.fields["kind"] if self.form else None
        return str(dict(field.choices).get(self.form["kind"].value(), "")) if field and self.form else ""  # type: ignore[attr-defined]

    @property
    def stated_at(self) -> datetime | None:
        cleaned = getattr(self.form, "cleaned_data", {})
        return cleaned.get("stated_at")

    @property
    def stated_zone(self) -> str:
        return str(self.form["stated_zone"].value()) if self.form else ""

    @property
    def is_back_dated(self) -> bool:
        return self.stated_at is not None and (self.now - self.stated_at).total_seconds() > 60

    @cached_property
    def _content_or_problem(self) -> tuple[dict[str, Any] | None, str]:
        taken = [change for change in self.changes if self.form and change.citation.pk in self.form.taken]
        article = _copy_with(self.article, taken)
        try:
            content = prepare_content(
                article,
                updates=(),
                number=self.number,
                previous_digest=self.live.digest if self.live else "",
                now=self.now,
            )
        except PublishRefused as refusal:
            return None, refusal.message
        wordings = {change.citation.pk: change.verdict.wording for change in taken}
        for citation in content["citations"]:
            citation["exact"] = wordings.get(citation["id"], citation["exact"])
        return content, ""


def publish_proposal(
    article: Article, *, form: PublishForm, changes: Sequence[SourceChange], alert: Alert | None, by: User
) -> Version:
    """Take the chosen wordings over and publish, in one transaction; PublishRefused leaves everything as it was."""
    said = form.cleaned_data
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        if said["seen"] != _mark(locked, locked.live_version):
            raise WorkingCopyStale(
                "The story was changed while you were here. What readers would see now is shown below: "
                "look at it, then publish."
            )
        _take_over(locked, [change for change in changes if change.citation.pk in form.taken], by=by)
        now = timezone.now()
        stated_at = said["stated_at"] or now
        version = publish_article(
            locked,
            updates=_updates(locked, said, changes, stated_at=stated_at, form=form),
            by=by,
            now=now,
            is_minor=said["kind"] == MINOR,
            stated_at=stated_at,
            stated_zone=said["stated_zone"],
            stated_because=said["stated_because"],
        )
        if alert and alert.is_open:
            # A colleague may have answered meanwhile: their answer stands, and so does the publication.
            with suppress(AnswerRefusedError):
                answer_alert(alert, state=AlertState.NEEDS_UPDATE, by=by, now=now)
    return version


def _updates(
    article: Article,
    said: Mapping[str, Any],
    changes: Sequence[SourceChange],
    *,
    stated_at: datetime,
    form: PublishForm,
) -> list[Update]:
    if form.is_without_note:
        return []
    # A draft that was waiting is the one that the panel was filled in from: it is published, not written again.
    draft = None if changes else article.updates.drafts().select_for_update().order_by("pk").first()
    update = draft or Update(article=article)
    update.kind, update.note = said["kind"], said["note"].strip()
    update.stated_at, update.stated_zone = stated_at, said["stated_zone"]
    update.stated_precision = Precision.MINUTE
    if changes:
        update.caused_by = changes[0].verdict
    return [update]


def _take_over(article: Article, taken: Sequence[SourceChange], *, by: User) -> None:
    if not taken:
        return
    article.body = body_with(article.body, taken)
    vars(article).update(_history_user=by, _change_reason=_TAKEN)
    article.save()
    for change in taken:
        citation = change.citation
        citation.exact = change.verdict.wording
        vars(citation).update(_history_user=by, _change_reason=_TAKEN)
        citation.save()
    look_again(change.citation.source for change in taken)


def _copy_with(article: Article, taken: Sequence[SourceChange]) -> Article:
    """The article with the wordings taken over, in memory alone."""
    copy = Article.objects.get(pk=article.pk)
    copy.body = body_with(copy.body, taken)
    return copy


def _mark(article: Article, live: Version | None) -> str:
    citations = [
        [citation.pk, citation.claim_id, citation.source_id, citation.exact]
        for citation in article.citations.attached().order_by("pk")
    ]
    claims = [[claim.pk, claim.text, claim.standing] for claim in article.claims.order_by("pk")]
    texts = [article.headline, article.dek, article.byline, article.body]
    return digest(canonical_json([live.digest if live else "", texts, claims, citations]))
