"""A figure of the whole newsroom that takes too long to count while somebody waits for it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models


class KeptFigure(models.Model):
    """One row a figure, overwritten at each count: it can be counted again at any time, so it has no history."""

    name = models.CharField(max_length=40, primary_key=True)
    #: As text, because a database that reads JSON gives the parts of a figure another order.
    written = models.TextField()
    as_of = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.as_of:%Y-%m-%d %H:%M:%S}"

    @property
    def value(self) -> Any:
        return json.loads(self.written)

    @staticmethod
    def keep(name: str, value: Any, *, now: datetime) -> None:
        KeptFigure.objects.update_or_create(
            name=name, defaults={"written": json.dumps(value, separators=(",", ":")), "as_of": now}
        )
