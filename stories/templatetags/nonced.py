"""The scripts that a form asks for carry the page's nonce."""

from typing import Any

from django import template
from django.forms.widgets import Media, Script

register = template.Library()


@register.filter
def with_nonce(media: Any, nonce: Any) -> Any:
    """Nothing where a page has no form."""
    if not media:
        return media
    scripts: Any = [path if hasattr(path, "__html__") else Script(path, nonce=nonce) for path in media._js]
    return Media(css=media._css, js=scripts)
