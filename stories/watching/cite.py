"""A passage is cited: its source found or made, its claim chosen or written, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stories.models import Article, Citation, Claim, Source, User
from stories.text.judge import Passage
from stories.text.same_address import normalise_address
from stories.text.unseen import line_as_seen
from stories.watching.due import look_soon

_REASON = "cited at the desk"


class CiteRefusedError(Exception):
    """Nothing was cited; the message says why in a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be cited. Without a claim, the passage stays proposed until an editor says what rests on it."""

    passage: Passage
    address: str
    title: str = ""
    claim: Claim | None = None
    new_claim: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """`is_new` is false where the story cited the passage from this source already, and nothing was written."""

    citation: Citation
    is_new: bool


def cite_passage(article: Article, *, wish: Wish, by: User, now: datetime) -> Cited:
    """Cite it in the article's working copy, once however often this is asked; the source is due at once."""
    try:
        cited = _cite(article, wish, by)
    except IntegrityError:
        # Somebody made a source of that very address at this moment: now there is one to be found.
        cited = _cite(article, wish, by)
    if cited.citation.source:
        look_soon([cited.citation.source], now=now)
    return cited


@transaction.atomic
def _cite(article: Article, wish: Wish, by: User) -> Cited:
    # Whoever presses twice waits here, and finds what the first press has written.
    # `no_key`: who holds the source and writes a row that names this story would wait for it, and it for the source.
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    source = _find_source(wish, by) or _make_source(wish, by)
    known = Citation.objects.filter(article=article, source=source, exact=wish.passage.exact).first()
    if known:
        return Cited(known, is_new=False)
    # A passage that an import or an editor has noted waits for just this.
    noted = Citation.objects.filter(article=article, source=None, exact=wish.passage.exact).first()
    citation = noted or Citation(article=article, exact=wish.passage.exact)
    citation.source, citation.claim = source, _claim(article, wish, by) or citation.claim
    citation.prefix = wish.passage.prefix or citation.prefix
    citation.suffix = wish.passage.suffix or citation.suffix
    _sign(citation, by)
    citation.save()
    return Cited(citation, is_new=True)


def _find_source(wish: Wish, by: User) -> Source | None:
    """A confidential one only for whoever has it already: citing it would open it to them, name and copies and all."""
    source = Source.objects.at_address(wish.address).order_by("pk").first()
    is_kept_from_them = source and source.is_confidential and not by.can_publish
    if is_kept_from_them and not Citation.objects.filter(source=source, article__reporters=by).exists():
        raise CiteRefusedError(_("An editor has to cite this page for you."))
    return source


def _make_source(wish: Wish, by: User) -> Source:
    address = normalise_address(wish.address)
    source = Source(title=line_as_seen(wish.title) or address[:300], url=address, created_by=by)
    _sign(source, by)
    source.save()
    return source


def _claim(article: Article, wish: Wish, by: User) -> Claim | None:
    if not wish.new_claim:
        return wish.claim
    claim = Claim(article=article, text=wish.new_claim)
    _sign(claim, by)
    claim.save()
    return claim


def _sign(row: Source | Claim | Citation, by: User) -> None:
    row._history_user, row._change_reason = by, _REASON
