"""How I hear, as a form: the hours and days, and for each place and gravity how soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.alerting.preferences import Hearing
from stories.models import Endpoint, Preferences
from stories.models.words import CHOSEN_TIMINGS, Channel, Gravity, Timing

_GRAVEST_FIRST = sorted(Gravity, reverse=True)
_TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class HoursForm(forms.ModelForm):
    """`today` is the person's: a pause that is over is none."""

    class Meta:
        model = Preferences
        fields = (
            "time_zone",
            "language",
            "digest_at",
            "digest_weekday",
            "quiet_from",
            "quiet_until",
            "grave_breaks_quiet",
            "paused_until",
            "is_on_duty",
        )
        labels = {
            "time_zone": _("Your time zone"),
            "language": _("Your language"),
            "digest_at": _("Digests come at"),
            "digest_weekday": _("The weekly one on"),
            "quiet_from": _("Quiet from"),
            "quiet_until": _("Quiet until"),
            "grave_breaks_quiet": _("What is grave may break it"),
            "paused_until": _("Send nothing before"),
            "is_on_duty": _("I am on duty"),
        }
        widgets = {
            "time_zone": forms.TextInput(
                attrs={"list": "zones", "autocomplete": "off", "placeholder": settings.TIME_ZONE}
            ),
            "language": forms.Select,
            "digest_at": _TIME,
            "quiet_from": _TIME,
            "quiet_until": _TIME,
            "paused_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.today = today
        self.fields["language"].widget.choices = [("", _("The newsroom’s")), *settings.LANGUAGES]
        if not self.instance.person.can_publish:
            del self.fields["is_on_duty"]

    def clean_language(self) -> str:
        language = str(self.cleaned_data["language"])
        if language and language not in dict(settings.LANGUAGES):
            raise forms.ValidationError(_("Choose one of the languages of the list."))
        return language

    def clean_paused_until(self) -> date | None:
        until: date | None = self.cleaned_data["paused_until"]
        return until if until and until > self.today else None

    @property
    def zones(self) -> list[str]:
        return sorted(available_timezones())


@dataclass(frozen=True, slots=True)
class PlaceFields:
    """A place in which a person hears, and one field for each gravity."""

    title: str
    detail: str
    paused_because: str
    fields: list[Any]


class TimingsForm(forms.Form):
    """One field a place and gravity, named `email-3` or, of the endpoint 7, `7-3`."""

    def __init__(self, *args: Any, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hearing = hearing
        self.label_suffix = ""
        for endpoint, gravity in self._keys():
            self.fields[_name(endpoint, gravity)] = forms.ChoiceField(
                choices=[(timing.value, timing.label) for timing in CHOSEN_TIMINGS],
                initial=hearing.timing_at(endpoint, gravity),
                label=GRAVITY_LABELS[gravity],
                help_text=GRAVITY_HELP[gravity],
            )

    def places(self) -> Iterator[PlaceFields]:
        hearing = self.hearing
        yield PlaceFields(
            capfirst(str(Channel.EMAIL.label)),
            hearing.person.email or gettext("Your account has no address: ask a chief to add one."),
            hearing.preferences.email_paused_because if hearing.preferences.is_email_paused else "",
            self._fields_of(None),
        )
        for endpoint in hearing.endpoints:
            yield PlaceFields(
                endpoint.name,
                endpoint.get_channel_display(),
                _why_paused(endpoint),
                self._fields_of(endpoint.pk),
            )

    @property
    def choices(self) -> dict[tuple[int | None, Gravity], Timing]:
        """What was chosen, of a form that is valid."""
        return {key: Timing(self.cleaned_data[_name(*key)]) for key in self._keys()}

    def _keys(self) -> list[tuple[int | None, Gravity]]:
        endpoints: list[int | None] = [None, *(endpoint.pk for endpoint in self.hearing.endpoints)]
        return [(endpoint, gravity) for endpoint in endpoints for gravity in _GRAVEST_FIRST]

    def _fields_of(self, endpoint: int | None) -> list[Any]:
        return [self[_name(endpoint, gravity)] for gravity in _GRAVEST_FIRST]


GRAVITY_LABELS = {
    Gravity.HIGH: _("Grave"),
    Gravity.NORMAL: _("Other changes"),
    Gravity.LOW: _("All clear"),
}
GRAVITY_HELP = {
    Gravity.HIGH: _("a quoted passage altered or missing, a source gone"),
    Gravity.NORMAL: _("elsewhere on the page, moved, not readable for days"),
    Gravity.LOW: _("a page says again what was quoted"),
}


def _name(endpoint: int | None, gravity: Gravity) -> str:
    return f"{endpoint or 'email'}-{gravity.value}"


def _why_paused(endpoint: Endpoint) -> str:
    return (endpoint.paused_because or gettext("You paused it.")) if endpoint.is_paused else ""
