"""A version on its way: what it would hold, what readers would see change, and its publication."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.admin.attention import look_again
from stories.admin.beside import unattached_passages
from stories.admin.publish_form import EARLIER, LATER, PublishForm
from stories.admin.source_change import SourceChange, body_with
from stories.alerting.answer import AnswerRefusedError, answer_alert
from stories.models import Alert, Article, Publication, User, Version
from stories.models.words import WITHOUT_NOTE, AlertState, UpdateKind, VerdictWord
from stories.publishing.changelog import Comparison, compare_contents
from stories.publishing.content import prepare_content, withdraw_text
from stories.publishing.errors import PublishRefused, WorkingCopyStale
from stories.publishing.minor import why_not_minor
from stories.publishing.wish import Wish, mark_of

_DOUBTFUL = (VerdictWord.ALTERED, VerdictWord.MISSING)
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
        return mark_of(self.article, self.live)

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

    @cached_property
    def reasons_not_minor(self) -> tuple[str, ...]:
        """What of the change is more than minor, for an editor to know before they choose."""
        return why_not_minor(self.comparison) if self.live and self.comparison else ()

    @cached_property
    def doubtful(self) -> list[dict[str, Any]]:
        """The passages that the version would quote and that their pages, as read last, do not have so."""
        taken = {change.citation.pk for change in _chosen(self.changes, self.form)} if self.form else set()
        citations = self.content["citations"] if self.content else []
        return [each for each in citations if each["verdict"] in _DOUBTFUL and each["id"] not in taken]

    @cached_property
    def unattached(self) -> list[str]:
        """What stands between quotation marks and is attached to no source, so that readers get no mark."""
        return unattached_passages(self.article, str(self.content["body"])) if self.content else []

    @property
    def is_on_top(self) -> bool:
        """Whether readers meet the note before the text, for its gravity."""
        kind = self.form["kind"].value() if self.form else ""
        claims = self.comparison.claims if self.comparison else ()
        is_claim_changed = any(claim.kind != "added" for claim in claims)
        is_correction = kind == UpdateKind.CORRECTION and (self.is_headline_changed or is_claim_changed)
        return kind == UpdateKind.RETRACTION or (
            self.live is not None and (is_correction or self.live.is_retracted)
        )

    @property
    def at(self) -> datetime | None:
        """The time that is given, whether readers saw it then or shall."""
        return self.form.moment if self.form else None

    @property
    def zone(self) -> str:
        return str(self.form["zone"].value()) if self.form else ""

    @property
    def is_back_dated(self) -> bool:
        return self.at is not None and (self.now - self.at).total_seconds() > 60

    @cached_property
    def on_its_way(self) -> Publication | None:
        return self.article.publications.on_the_way().first()

    @property
    def needs_approval(self) -> bool:
        """Whatever kind is chosen: a story that is withdrawn is not put back by one person alone."""
        return self.live is not None and self.live.is_retracted

    @cached_property
    def _content_or_problem(self) -> tuple[dict[str, Any] | None, str]:
        taken = _chosen(self.changes, self.form) if self.form else []
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
        is_retraction = self.form is not None and self.form.is_retraction
        return withdraw_text(content) if is_retraction else content, ""


class Ask(Protocol):
    """One of the two ways to get a version on its way: to publish it, or to have it approved."""

    def __call__(self, article: Article, *, wish: Wish, by: User, now: datetime) -> Publication: ...


def send_proposal(
    article: Article,
    *,
    form: PublishForm,
    changes: Sequence[SourceChange],
    alert: Alert | None,
    by: User,
    ask: Ask,
) -> Publication:
    """Take the chosen wordings over and ask, in one transaction; PublishRefused leaves everything as it was.

    A button that is pressed twice asks once: the second press gets what the first asked for.
    """
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        if form.cleaned_data["seen"] != mark_of(locked, locked.live_version):
            if sent := _sent_already(locked, form, by=by):
                return sent
            raise WorkingCopyStale(
                _(
                    "The story was changed while you were here. What readers would see now is shown below: "
                    "look at it, then publish."
                )
            )
        _take_over(locked, _chosen(changes, form), by=by)
        now = timezone.now()
        publication = ask(locked, wish=_wish(locked, form, changes), by=by, now=now)
        if alert and alert.is_open:
            # A colleague may have answered meanwhile: their answer stands, and so does the publication.
            with suppress(AnswerRefusedError):
                answer_alert(alert, state=AlertState.NEEDS_UPDATE, by=by, now=now)
    return publication


def _chosen(changes: Sequence[SourceChange], form: PublishForm) -> list[SourceChange]:
    return [change for change in changes if change.is_takeable and change.citation.pk in form.taken]


def _sent_already(article: Article, form: PublishForm, *, by: User) -> Publication | None:
    """What this very form asked for before, where nothing has been asked since."""
    said = form.cleaned_data
    last = article.publications.order_by("-pk").first()
    if last is None or (last.asked_by_id, last.kind) != (by.pk, said["kind"]):
        return None
    note = "" if said["kind"] in WITHOUT_NOTE else said["note"]
    # Wordings that were taken over moved the mark on.
    is_of_this_form = bool(form.taken) or last.mark == said["seen"]
    return last if is_of_this_form and last.note == note else None


def _wish(article: Article, form: PublishForm, changes: Sequence[SourceChange]) -> Wish:
    said = form.cleaned_data
    # A draft that was waiting is the one that the panel was filled in from.
    waiting = article.updates.waiting(after=article.live_version).select_for_update()
    draft = None if changes else waiting.first()
    return Wish(
        kind=said["kind"],
        note=said["note"],
        stated_at=said["at"] if said["when"] == EARLIER else None,
        stated_zone=said["zone"],
        stated_because=said["because"] if said["when"] == EARLIER else "",
        publish_at=said["at"] if said["when"] == LATER else None,
        caused_by=changes[0].verdict if changes else None,
        draft=draft,
    )


def _take_over(article: Article, taken: Sequence[SourceChange], *, by: User) -> None:
    if not taken:
        return
    article.body = body_with(article.body, taken)
    vars(article).update(_history_user=by, _change_reason=_TAKEN)
    article.save()
    # In the order in which a look that is written down waits for them.
    for change in sorted(taken, key=lambda change: change.citation.pk):
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
