"""What the script beside the text asks for while an editor types."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from stories.admin.beside import look_beside
from stories.models import Article

#: As much as a story may have; the rest of what is typed is not looked at.
LONGEST_BODY = 500_000


@require_POST
def beside(request: HttpRequest, pk: int) -> JsonResponse:
    """The list of quoted passages for the text as it is typed, as HTML, and how many of them are open."""
    if not request.user.has_perm("stories.change_article"):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=pk)
    looked = look_beside(article, request.POST.get("body", "")[:LONGEST_BODY])
    html = render_to_string("admin/stories/_quotes.html", {"beside": looked}, request)
    return JsonResponse({"html": html})
