"""The forms by which a person connects a webhook or a chat service: what is wrong is said beside the field."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.alerting.channels.chat_service import Field, Service
from stories.alerting.channels.chat_services import address_of, read_address
from stories.alerting.channels.posting import check_address
from stories.alerting.endpoints import MOST
from stories.models import Endpoint, User
from stories.models.as_seen import LineFormField
from stories.watching.explain import say
from stories.web.errors import AddressRefused

LONGEST_ADDRESS = 1_500


class EndpointForm(forms.Form):
    """What every endpoint has: a name that its person knows it by. `address` is what is to be kept."""

    name = LineFormField(
        label=_("What you call it"), max_length=80, help_text=_("To tell it from others: “Desk channel”.")
    )

    def __init__(self, *arguments: Any, person: User, endpoint: Endpoint | None, **named: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **named})
        self._person = person
        self._endpoint = endpoint
        if endpoint:
            self.fields["name"].initial = endpoint.name

    @property
    @abstractmethod
    def address(self) -> str:
        """What is to be kept of the form, once it is valid."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Endpoint.objects.filter(person=self._person)
        if self._endpoint:
            others = others.exclude(pk=self._endpoint.pk)
        elif others.count() >= MOST:
            raise forms.ValidationError(
                gettext("You have %(count)s already. Remove one that you do not need.") % {"count": MOST}
            )
        if others.filter(name=name).exists():
            raise forms.ValidationError(gettext("You have one of this name already."))
        return name


class WebhookForm(EndpointForm):
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("An https address on the public internet that takes a POST with JSON."),
        widget=forms.URLInput(attrs={"placeholder": "https://example.org/alerts", "autocomplete": "off"}),
    )

    @property
    def address(self) -> str:
        return str(self.cleaned_data["url"])

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        _refuse(url)
        return url


class ChatForm(EndpointForm):
    """The fields of one service. What is no secret is filled in where the endpoint is changed."""

    def __init__(self, *arguments: Any, service: Service, endpoint: Endpoint | None, **named: Any) -> None:
        super().__init__(*arguments, endpoint=endpoint, **named)
        self._service = service
        kept = read_address(endpoint.address)[1] if endpoint else {}
        for field in service.fields:
            self.fields[field.name] = _form_field(
                field, initial="" if field.is_secret else kept.get(field.name, "")
            )

    @property
    def address(self) -> str:
        return address_of(self._service, self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in self._service.fields:
            value = cleaned.get(field.name)
            if value and not field.pattern.fullmatch(value):
                self.add_error(field.name, gettext(field.complaint))
        if self._service.check and not self.errors:
            self._check_host(cleaned)
        return cleaned

    def _check_host(self, values: dict[str, Any]) -> None:
        """Refuses beside the first field, which names the host."""
        assert self._service.check is not None
        try:
            self._service.check(values)
        except AddressRefused as refusal:
            self.add_error(self._service.fields[0].name, say(refusal.message))


def _form_field(field: Field, *, initial: str) -> forms.CharField:
    attributes = {"placeholder": field.placeholder, "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=gettext(field.label),
        help_text=gettext(field.help),
        required=field.is_required,
        initial=initial,
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs=attributes),
    )


def _refuse(url: str) -> None:
    try:
        check_address(url)
    except AddressRefused as refusal:
        raise forms.ValidationError(say(refusal.message)) from refusal
