"""What the script beside the text asks for while an editor types."""

from typing import cast

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from stories.admin.beside import look_beside
from stories.models import User
from stories.publishing.being_written import story_being_written

#: As much as a story may have; the rest of what is typed is not looked at.
LONGEST_BODY = 500_000


@require_POST
def beside(request: HttpRequest, pk: int) -> JsonResponse:
    """The list of quoted passages for the text as it is typed, as HTML, and how many of them are open."""
    article = story_being_written(pk, by=cast(User, request.user))
    looked = look_beside(article, request.POST.get("body", "")[:LONGEST_BODY])
    html = render_to_string("admin/stories/_quotes.html", {"beside": looked}, request)
    return JsonResponse({"html": html})
