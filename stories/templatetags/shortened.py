"""`truncatechars` of every template, in time in proportion to what it shows.

Django's own puts the whole text in canonical order before it cuts, in the square of the marks that a page heaps on a
letter: a message that quotes the page would keep its worker busy for minutes.
"""

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def truncatechars(text: str, most: int) -> str:
    """So many characters at most, the last of them an ellipsis where there are more."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
