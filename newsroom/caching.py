"""Whatever does not say that it may be kept is for the person who asked, and kept by nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PrivateUnlessPublished:
    """The desk, the admin, forms and errors: never in a cache that somebody else is served from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "public" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-store"
        else:
            # To a broken cookie Django answers with a new one, which a cache would hand out to everybody.
            response.cookies.clear()
        return response
