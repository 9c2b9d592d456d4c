"""What an editor says when publishing: kind and note, when readers saw it, which new wordings to take over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from stories.admin.source_change import SourceChange
from stories.models.words import UpdateKind

MINOR, FIRST = "minor", "first"
_WITHOUT_NOTE = frozenset({MINOR, FIRST})


class WallTimeField(forms.Field):
    """A date and time as a clock on the wall shows it; its zone is a field of its own."""

    widget = UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            return datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError as error:
            raise forms.ValidationError("Write it like 2026-03-02T14:30.") from error


class PublishForm(forms.Form):
    kind = forms.ChoiceField(label="What kind of change", widget=UnfoldAdminRadioSelectWidget)
    note = forms.CharField(
        label="Note to readers",
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text="What changed, and why, in a sentence or two.",
    )
    stated_at = WallTimeField(
        label="When readers saw it",
        required=False,
        help_text="Empty: the moment of publication. An earlier time is shown as back-dated.",
    )
    stated_zone = forms.ChoiceField(label="Zone", widget=UnfoldAdminSelectWidget)
    stated_because = forms.CharField(
        label="Why an earlier time",
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Readers are told, beside the time it was recorded here.",
    )
    take = forms.MultipleChoiceField(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool, changes: Sequence[SourceChange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = (FIRST, "First publication, without a note") if is_first else (MINOR, "Minor, without a note")
        self.fields["kind"].choices = [*UpdateKind.choices, none]  # type: ignore[attr-defined]
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        self.fields["stated_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]
        keys = [(str(change.citation.pk), str(change.citation)) for change in changes if change.is_takeable]
        self.fields["take"].choices = keys  # type: ignore[attr-defined]
        self.initial.setdefault("stated_zone", settings.TIME_ZONE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wall, zone = cleaned.get("stated_at"), cleaned.get("stated_zone")
        if wall and zone:
            moment = wall.replace(tzinfo=ZoneInfo(zone))
            # Clocks that are put forward leave an hour out; it comes back changed from a round trip.
            if moment.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
                self.add_error("stated_at", "The clocks were put forward then: there was no such time.")
            cleaned["stated_at"] = moment
        return cleaned

    @property
    def is_without_note(self) -> bool:
        return self._now("kind") in _WITHOUT_NOTE

    def _now(self, name: str) -> Any:
        """The value as it stands in the form, whether it was sent or only offered."""
        return self[name].value()

    @property
    def taken(self) -> set[int]:
        return {int(key) for key in self._now("take") or [] if str(key).isdecimal()}
