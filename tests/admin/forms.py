"""What a browser would send back of an admin page, with some fields typed anew."""

import re
from typing import Any

from django.forms import BoundField
from django.test import Client


def form_of(client: Client, url: str, /, **typed: Any) -> dict[str, Any]:
    """The fields of the form at `url` as they stand, and inlines with them, overlaid with what is typed."""
    return {**sent_by(client.get(url)), **typed}


def sent_by(answer: Any) -> dict[str, Any]:
    """What a browser would send of the form that was answered."""
    page = answer.context["adminform"]
    shown = {
        bound.field.name
        for fieldset in page
        for line in fieldset
        for bound in line
        if hasattr(bound.field, "name")
    }
    forms = [[bound for bound in page.form if bound.name in shown]]
    for inline in answer.context.get("inline_admin_formsets", []):
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {bound.html_name: _sent(bound.value()) for form in forms for bound in form if _is_sent(bound)}


def confirm(client: Client, asked: Any, **more: Any) -> Any:
    """Say yes on the page that shows what would be done to many rows, with `more` chosen there."""
    html = asked.content.decode()
    (keys,) = re.findall(r'name="keys" value="([^"]*)"', html)
    mark = re.findall(r'name="mark" value="([^"]*)"', html)
    action = re.search(r'<form class="nr-panel[^>]* action="([^"]+)"', html)[1]
    return client.post(action, {"keys": keys, "mark": mark[0] if mark else "", **more}, follow=True)


def _is_sent(bound: BoundField) -> bool:
    """A browser is silent about a box without a tick and a list with nothing chosen."""
    is_list = getattr(bound.field.widget, "allow_multiple_selected", False)
    return bound.value() is not False and not (is_list and not bound.value())


def _sent(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return [getattr(item, "pk", item) for item in value]
    return value
