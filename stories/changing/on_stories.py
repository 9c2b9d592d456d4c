"""What is done to many stories: whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from stories.changing.deed import Change, Deed, RowRefused, changed_meanwhile, hold, so_already
from stories.models import Article, User


@dataclass(frozen=True, kw_only=True)
class Report(Deed):
    """Give a story to a reporter, or take it from one; to oneself where no person is asked for."""

    is_added: bool
    reason: str

    def foresee(self, row: Article, *, by: User, person: User | None) -> Change:
        who = person or by
        before = {each.pk: each.name for each in sorted(row.reporters.all(), key=lambda each: each.pk)}
        after = {**before, who.pk: who.name}
        if not self.is_added:
            after = {key: name for key, name in before.items() if key != who.pk}
        if after == before:
            raise so_already()
        return Change({_("reporters"): _names(before)}, {_("reporters"): _names(after)})

    def do(self, row: Article, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        who = person or by
        held = hold(Article, row.pk)
        if held.reporters.filter(pk=who.pk).exists() is self.is_added:
            raise so_already()
        _report(held, who.pk, self.is_added, by=by, reason=self.reason)
        return Change({**change.before, "person": who.pk}, change.after)

    def undo(self, key: int, change: Change, *, by: User, now: datetime) -> None:
        held, who = hold(Article, key), change.before["person"]
        if held.reporters.filter(pk=who).exists() is not self.is_added:
            raise changed_meanwhile()
        if not User.objects.filter(pk=who).exists():
            raise RowRefused(_("The account is gone."))
        _report(held, who, not self.is_added, by=by, reason=f"Undone: {self.reason}")


def _names(people: dict[int, str]) -> str:
    return ", ".join(people.values()) or _("nobody")


def _report(article: Article, person_id: int, is_added: bool, *, by: User, reason: str) -> None:
    vars(article).update(_history_user=by, _change_reason=reason)
    if is_added:
        article.reporters.add(person_id)
    else:
        article.reporters.remove(person_id)
