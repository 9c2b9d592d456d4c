"""The newsroom's corrections policy: its own text, or ours until it has one."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from stories.reader.caching import State, published_page
from stories.text.markdown import render_markdown

_OURS = Path(__file__).with_name("policy.md")


def policy_state() -> State:
    return State((_text(),), None)


@require_safe
@published_page(policy_state)
def policy(request: HttpRequest) -> HttpResponse:
    html = mark_safe(render_markdown(_text()))  # noqa: S308 - the sanitiser's output
    return render(request, "reader/policy.html", {"html": html})


def _text() -> str:
    path = Path(settings.CORRECTIONS_POLICY) if settings.CORRECTIONS_POLICY else _ours()
    return _read(path, path.stat().st_mtime_ns)


def _ours() -> Path:
    translated = _OURS.with_name(f"policy.{settings.HOUSE_LANGUAGE}.md")
    return translated if translated.exists() else _OURS


@lru_cache(maxsize=2)
def _read(path: Path, _changed_at: int) -> str:
    return path.read_text(encoding="utf-8")
