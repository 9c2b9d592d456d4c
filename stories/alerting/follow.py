"""To follow a story, a source or the whole desk, and to stop."""

from __future__ import annotations

from typing import Any

from stories.models import Article, Following, Source, User

#: What is followed: a story, a source, or with None the desk.
Followed = Article | Source | None


def follow(person: User, followed: Followed) -> bool:
    """True where the person did not follow it before; whoever asks twice follows once."""
    _following, is_new = Following.objects.get_or_create(person=person, **_fields(followed))
    return is_new


def unfollow(person: User, followed: Followed) -> bool:
    """True where the person followed it. What they were told already stays theirs."""
    count, _ = Following.objects.filter(person=person, **_fields(followed)).delete()
    return bool(count)


def _fields(followed: Followed) -> dict[str, Any]:
    return {
        "article": followed if isinstance(followed, Article) else None,
        "source": followed if isinstance(followed, Source) else None,
    }
