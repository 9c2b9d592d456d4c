"""Differences and kinds of update as markup; what is invisible in a changed text is spelled out."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from stories.publishing.notes import KIND_LABELS
from stories.text.changes import WordChange
from stories.text.invisible import show_invisible

register = template.Library()

register.filter(show_invisible)

_TAGS = {"insert": "ins", "delete": "del"}


@register.filter
def marked(changes: Iterable[WordChange]) -> SafeString:
    """Both wordings in one: `<del>` and `<ins>` amid what stayed."""
    return _written(changes, omitted="")


@register.filter
def marked_before(changes: Iterable[WordChange]) -> SafeString:
    """The text before, with `<del>` around what went."""
    return _written(changes, omitted="insert")


@register.filter
def marked_after(changes: Iterable[WordChange]) -> SafeString:
    """The text after, with `<ins>` around what came."""
    return _written(changes, omitted="delete")


@register.simple_tag
def kind_mark(kind: str) -> SafeString:
    return format_html('<span class="kind kind--{}">{}</span>', kind, KIND_LABELS[kind])


def _written(changes: Iterable[WordChange], *, omitted: str) -> SafeString:
    parts = (change for change in changes if change.operation != omitted)
    return format_html_join("", "{}", ((_piece(change),) for change in parts))


def _piece(change: WordChange) -> SafeString:
    tag = _TAGS.get(change.operation)
    if tag is None:
        return escape(change.text)
    return format_html("<{}>{}</{}>", tag, show_invisible(change.text), tag)
