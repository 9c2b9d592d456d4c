"""The story that somebody is writing, saved or not."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from stories.models import Article, User
from stories.models.article import UNSAVED


def story_being_written(pk: int, *, by: User) -> Article:
    """By its key, or the one never saved; PermissionDenied for who may not write it, Http404 where there is none."""
    act = "add" if pk == UNSAVED else "change"
    if not by.has_perm(f"stories.{act}_article"):
        raise PermissionDenied
    return Article.unsaved() if pk == UNSAVED else get_object_or_404(Article, pk=pk)
