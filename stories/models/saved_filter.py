"""A list as somebody wants to see it again: what it is narrowed to, searched for and ordered by, under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.as_seen import LineField


class SavedFilter(models.Model):
    """A person's own; shared, it stands at the top of the list for everybody of the desk who may see the list."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    noun = models.CharField(max_length=20)
    name = LineField(max_length=80)
    query = models.TextField(blank=True, help_text=_("As the list’s address has it."))
    is_shared = models.BooleanField(_("shared with the desk"), default=False)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "pk"]
        permissions = [("share_savedfilter", "Can share saved filters with the desk")]
        constraints = [
            models.UniqueConstraint(fields=["person", "noun", "name"], name="saved_filter_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
