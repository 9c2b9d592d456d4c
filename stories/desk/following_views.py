"""What I follow: fetch, call, render."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stories.alerting.follow import follow, unfollow
from stories.desk.doors import person_of
from stories.desk.following import followed_by, followings_of, search
from stories.models import Article

OWN_SHOWN = 12


@login_required
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    words = request.GET.get("q", "").strip()[:200]
    own = Article.objects.of_reporter(person).order_by("-saved_at", "-pk").defer("body")
    context = {
        "followed": followings_of(person),
        "words": words,
        "found": search(person, words),
        "own": own[:OWN_SHOWN],
        "own_count": Article.objects.count_of_reporter(person),
    }
    return render(request, "desk/following.html", context)


@login_required
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Follow or stop, and back to where the button was."""
    person = person_of(request)
    followed = followed_by(person, request.POST.get("what", ""))
    if request.POST.get("do") == "unfollow":
        unfollow(person, followed)
        messages.success(request, _("You no longer follow it."))
    else:
        follow(person, followed)
        messages.success(request, _("You follow it now, and hear of it the way you chose."))
    back = request.POST.get("next", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if is_ours else "desk_following")
