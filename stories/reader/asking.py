"""What readers ask for in forms: a moment, a search. What cannot be used is told beside what they typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stories.models.words import UpdateKind
from stories.publishing.corrections import KINDS
from stories.text.zones import zone_info

#: Offered beside the story's own zone and the newsroom's; any other name may be typed into the address.
_ZONES = (
    "UTC",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Kyiv",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
)
#: As browsers want a day, whatever the language.
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
#: Days that every zone can tell as a moment.
_USABLE = [MinValueValidator(date(1000, 1, 1)), MaxValueValidator(date(9998, 12, 31))]
_KIND_CHOICES = [("", _("Every kind")), *((kind.value, UpdateKind(kind).label) for kind in KINDS)]


class MomentForm(forms.Form):
    """A date, a time and a zone; or `at` alone, in the form of ISO 8601, for whoever makes addresses by hand."""

    at = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"type": "datetime-local"}))
    zone = forms.CharField(max_length=60, required=False)

    def __init__(self, data: QueryDict | None = None, *, zones: tuple[str, ...] = ()) -> None:
        super().__init__(data)
        asked = str(self.data.get("zone") or "")
        names = dict.fromkeys(name for name in (asked, *zones, settings.TIME_ZONE, *_ZONES) if name)
        choices = [(name, name.replace("_", " ")) for name in names]
        self.fields["zone"].widget = forms.Select(choices=choices)

    def clean_at(self) -> datetime:
        text = self.cleaned_data["at"].strip()
        try:
            # A plus sign that nobody encoded arrives as a space.
            at = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        except ValueError as error:
            raise forms.ValidationError(_("Give a date and a time, such as 2026-05-18T15:24.")) from error
        if not 1000 <= at.year <= 9998:
            raise forms.ValidationError(_("Give a year from 1000 on, with four digits."))
        return at

    def clean_zone(self) -> str:
        zone = self.cleaned_data["zone"] or settings.TIME_ZONE
        try:
            zone_info(zone)
        except ZoneInfoNotFoundError as error:
            raise forms.ValidationError(_("There is no such time zone.")) from error
        return zone

    @property
    def moment(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        local = at if at.tzinfo else at.replace(tzinfo=zone_info(self.cleaned_data["zone"]))
        return local.astimezone(UTC)


class CorrectionsForm(forms.Form):
    q = forms.CharField(
        max_length=200,
        required=False,
        label=_("Words"),
        strip=True,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(choices=_KIND_CHOICES, required=False, label=_("Kind"))
    since = forms.DateField(
        required=False, label=pgettext_lazy("of a period", "From"), widget=_DAY, validators=_USABLE
    )
    until = forms.DateField(
        required=False, label=pgettext_lazy("of a period", "To"), widget=_DAY, validators=_USABLE
    )

    @property
    def is_asked(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def wanted(self) -> dict[str, Any]:
        """What can be used of what was asked; days begin and end in the newsroom's zone."""
        self.is_valid()
        asked, zone = self.cleaned_data, ZoneInfo(settings.TIME_ZONE)
        since, until = asked.get("since"), asked.get("until")
        return {
            "words": asked.get("q", ""),
            "kind": asked.get("kind", ""),
            "since": datetime.combine(since, time.min, zone) if since else None,
            "until": datetime.combine(until, time.max, zone) if until else None,
        }
