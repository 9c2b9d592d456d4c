"""A button to follow a story or a source, or to stop, for whoever has signed in."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from stories.models import Article, Following, Source

register = template.Library()


@register.inclusion_tag("desk/_follow_button.html", takes_context=True)
def follow_button(context: RequestContext, thing: Article | Source) -> dict[str, Any]:
    """All buttons of a page ask once what the person follows."""
    request = context["request"]
    kind = "story" if isinstance(thing, Article) else "source"
    key = f"{kind}-{thing.pk}"
    return {
        "key": key,
        "title": "" if kind == "source" else thing,
        "is_followed": key in _followed(request),
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


def _followed(request: Any) -> frozenset[str]:
    if not hasattr(request, "followed"):
        pairs = Following.objects.filter(person=request.user.pk).values_list("article", "source")
        request.followed = frozenset(f"story-{a}" if a else f"source-{s}" for a, s in pairs if a or s)
    found: frozenset[str] = request.followed
    return found
