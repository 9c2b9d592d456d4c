"""Cite a passage: whatever was typed stays, whether something is missing or somebody has to sign in first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stories.desk.bookmarklet import bookmarklet
from stories.desk.cite_form import LATER, NEW, PassageForm, PlaceForm
from stories.desk.doors import articles_of, person_of, sources_of
from stories.desk.lost_session import WHOSE, keep
from stories.models import Article, Source, User
from stories.models.article import ArticleQuerySet
from stories.tasks import ask_to_check
from stories.text.told import is_key
from stories.watching.cite import CiteRefusedError, Wish, cite_passage
from stories.watching.trial import Trial, try_passage

#: More are found by their words.
STORIES_OFFERED = 30
FIELDS = ("exact", "address", "title", "prefix", "suffix", "article", "claim", "new_claim", "story")
_DRAFT = "passage to cite"
_MOST_KEPT = 40_000
_LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """What the person has typed so far, and what a look at the page found."""

    fields: Mapping[str, str]
    trial: Trial | None = None
    mark: str = ""
    passage: PassageForm | None = None
    place: PlaceForm | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def cite(request: HttpRequest) -> HttpResponse:
    """The form; `do` says which of its buttons was pressed."""
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    if request.method != "POST":
        return _show(request, Typed(_brought(request)))
    fields = {name: request.POST.get(name, "") for name in FIELDS}
    match request.POST.get("do"):
        case "cite":
            return _cite(request, fields)
        case "take":
            return _look(request, {**fields, "exact": request.POST.get("wording", "") or fields["exact"]})
        case "choose":
            return _show(request, Typed(fields))
    return _look(request, fields)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """What was typed before the session ended waits in the next one; a fragment waits in the browser."""
    typed = {name: request.POST[name] for name in FIELDS if request.POST.get(name)}
    if typed and sum(map(len, typed.values())) <= _MOST_KEPT:
        keep(request, _DRAFT, typed)
    return redirect_to_login(request.get_full_path())


def _brought(request: HttpRequest) -> Mapping[str, str]:
    """From before signing in, where it is the same person who signs in, or with the address."""
    kept: dict[str, str] = request.session.pop(_DRAFT, {})
    if kept.pop(WHOSE, "") not in ("", str(person_of(request).pk)):
        kept = {}
    return kept or {name: request.GET.get(name, "") for name in FIELDS}


def _look(request: HttpRequest, fields: Mapping[str, str]) -> HttpResponse:
    form = PassageForm(fields)
    if not form.is_valid():
        return _show(request, Typed(fields, passage=form))
    trial = try_passage(form.cleaned_data["address"], form.passage, now=timezone.now())
    named = {**fields, "title": fields["title"] or trial.title[:300]}
    return _show(request, Typed(named, trial=trial, mark=form.mark))


def _cite(request: HttpRequest, fields: Mapping[str, str]) -> HttpResponse:
    """Cite what was looked at; what was not is looked at first, and cited where the page says just that."""
    form, place = PassageForm(fields), PlaceForm(fields, articles=articles_of(person_of(request)))
    if not (form.is_valid() & place.is_valid()):
        return _show(request, _typed_so_far(form, place, fields))
    title = form.cleaned_data["title"]
    if request.POST.get("looked_at") != form.mark:
        trial = try_passage(form.cleaned_data["address"], form.passage, now=timezone.now())
        if not trial.is_verbatim:
            return _show(request, Typed(fields, trial=trial, mark=form.mark))
        title = title or trial.title
    wish = Wish(
        form.passage,
        form.cleaned_data["address"],
        title=title[:300],
        claim=place.cleaned_data["claim"],
        new_claim=place.cleaned_data["new_claim"],
    )
    try:
        return _cited(request, place.cleaned_data["article"], wish)
    except CiteRefusedError as refusal:
        messages.error(request, str(refusal))
        return _show(request, Typed(fields, passage=form, place=place))


def _typed_so_far(form: PassageForm, place: PlaceForm, fields: Mapping[str, str]) -> Typed:
    """Where only the place is missing, what the page says still stands beside it."""
    if not form.is_valid():
        return Typed(fields, passage=form, place=place)
    trial = try_passage(form.cleaned_data["address"], form.passage, now=timezone.now())
    return Typed(fields, trial=trial, mark=form.mark, place=place)


def _cited(request: HttpRequest, article: Article, wish: Wish) -> HttpResponse:
    cited = cite_passage(article, wish=wish, by=person_of(request), now=timezone.now())
    source = cast(Source, cited.citation.source)
    if cited.is_new:
        transaction.on_commit(partial(ask_to_check, [source.pk]))
        has_claim = cited.citation.claim_id is not None
        said = (
            _("Cited in “%(headline)s”.")
            if has_claim
            else _("Cited in “%(headline)s”. An editor says which claim rests on it.")
        )
        messages.success(request, said % {"headline": article.headline})
    else:
        messages.info(
            request, _("“%(headline)s” cites this passage already.") % {"headline": article.headline}
        )
    return redirect("desk_source", pk=source.pk)


def _show(request: HttpRequest, typed: Typed) -> HttpResponse:
    person = person_of(request)
    articles = articles_of(person)
    chosen = _chosen(articles, typed.fields.get("article", ""))
    offered = _offered(articles, typed.fields.get("story", ""), chosen)
    if len(offered) == 1 and not typed.fields.get("story"):
        chosen = offered[0]
    context: dict[str, Any] = {
        "typed": typed,
        "passage": typed.passage or PassageForm(initial=dict(typed.fields)),
        "place": typed.place or PlaceForm(initial=dict(typed.fields), articles=articles),
        "articles": offered,
        "are_many": len(offered) >= STORIES_OFFERED,
        "chosen": chosen,
        "claims": chosen.claims.order_by("pk") if chosen else (),
        "new": NEW,
        "later": LATER,
        "trial": typed.trial,
        "known": _known(person, typed),
        "bookmarklet": bookmarklet(request.build_absolute_uri(reverse("desk_cite"))),
    }
    return render(request, "desk/cite.html", context)


def _chosen(articles: ArticleQuerySet, key: str) -> Article | None:
    return articles.filter(pk=int(key)).first() if is_key(key) else None


def _offered(articles: ArticleQuerySet, words: str, chosen: Article | None) -> list[Article]:
    """Those last saved, of those that the words are in; the one that was chosen is always among them."""
    found = articles.order_by("-saved_at", "pk").defer("body")
    for word in words[:_LONGEST_SEARCH].split()[:10]:
        found = found.filter(headline__icontains=word)
    offered = list(found[:STORIES_OFFERED])
    return offered if chosen is None or chosen in offered else [chosen, *offered]


def _known(person: User, typed: Typed) -> Source | None:
    """The source that would be cited, if it is one that the person may see."""
    if typed.trial is None:
        return None
    return sources_of(person).at_address(typed.fields["address"]).order_by("pk").first()
