"""A person of the newsroom, and the roles they may have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from stories.models.as_seen import LineField
from stories.models.history import hold_rows
from stories.models.ways_in import close_ways_in

CHIEFS = gettext_noop("Chiefs")
EDITORS = gettext_noop("Editors")
REPORTERS = gettext_noop("Reporters")


def role_name(role: str) -> str:
    """In the language of whoever reads it; a role that the house made is called as the house calls it."""
    return gettext(role) if role in {CHIEFS, EDITORS, REPORTERS} else role


class PeopleQuerySet(models.QuerySet["User"]):
    def update(self, **values: Any) -> int:
        """As `User.save`: nothing of what let somebody in outlasts the closing of the account, whoever closes it."""
        if "is_active" not in values:
            return super().update(**values)
        with transaction.atomic():
            before = dict(self.values_list("pk", "is_active"))
            count = super().update(**values)
            after = User.objects.filter(pk__in=before).values_list("pk", "is_active")
            if turned := [key for key, is_active in after if is_active != before[key]]:
                close_ways_in(turned)
        return count

    def delete(self) -> tuple[int, dict[str, int]]:
        """One by one, so that the history of their stories sees each."""
        with transaction.atomic():
            counts = [person.delete()[1] for person in self]
        total = sum(map(Counter, counts), Counter())
        return total.total(), dict(total)


class People(UserManager["User"]):
    use_in_migrations = False

    def get_queryset(self) -> PeopleQuerySet:
        return PeopleQuerySet(self.model, using=self._db)


class User(AbstractUser):
    """An account. Groups say what it may do: reporters use the desk, editors the admin too, chiefs approve.

    An account without any of these roles is a reader's.
    """

    first_name = LineField(_("first name"), max_length=150, blank=True)
    last_name = LineField(_("last name"), max_length=150, blank=True)

    objects: ClassVar[People] = People()

    class Meta(AbstractUser.Meta):
        permissions = [("use_desk", "Can use the reporters’ desk")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An account that is closed has no way in left, and none comes back when it is opened again."""
        with transaction.atomic():
            is_turned = self._is_turned(kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            if is_turned:
                close_ways_in([self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Their stories lose a reporter, and their history says so: of what cascades it would see nothing."""
        with transaction.atomic():
            # Held: of one that is saved meanwhile, history would tell what it was before.
            for article in self.articles.select_for_update(of=("self",), no_key=True).order_by("pk"):
                article._change_reason = "person deleted"
                article.reporters.remove(self)
            # Else one that is answered meanwhile would be gone from under what its answer leaves behind.
            hold_rows(self.alerts.all())
            return super().delete(*args, **kwargs)

    def __str__(self) -> str:
        """As people call each other; records, which outlive a name, say `get_username()`."""
        return self.name

    @property
    def name(self) -> str:
        return self.get_full_name() or self.get_username()

    @property
    def can_use_desk(self) -> bool:
        return self.has_perm("stories.use_desk")

    @property
    def can_publish(self) -> bool:
        return self.has_perm("stories.publish_article")

    @property
    def can_approve(self) -> bool:
        return self.has_perm("stories.approve_publication")

    def _is_turned(self, written: Any) -> bool:
        """Whether saving closes the account, or opens it."""
        if self._state.adding or (written is not None and "is_active" not in written):
            return False
        before = User.objects.filter(pk=self.pk).values_list("is_active", flat=True).first()
        return before is not None and before != self.is_active


def told_apart(people: Iterable[User]) -> list[tuple[int, str]]:
    """Whom to choose from, as key and name; where two have one name, each has the account beside it."""
    everybody = list(people)
    counts = Counter(person.name for person in everybody)
    return [
        (person.pk, f"{person.name} ({person.get_username()})" if counts[person.name] > 1 else person.name)
        for person in everybody
    ]
