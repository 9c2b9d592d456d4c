"""How often somebody was wrong of late, by name, address, device and all together; and which codes were spent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Guesses(models.Model):
    """`key` is a keyed digest: the table tells nobody which names were tried. No record, so without history."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    free_at = models.DateTimeField(help_text=_("When the next guess is taken."))

    class Meta:
        verbose_name_plural = _("guesses")

    def __str__(self) -> str:
        return f"{self.count} until {self.last_at}"
