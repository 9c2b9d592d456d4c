"""The legal takedown: what was published gives way to a tombstone, and the record still verifies.

TakedownRefused
├── NothingNamed     no version, or versions of several stories
├── AlreadyTakenDown one of the versions is a tombstone
└── ReasonWanting    no authority, nobody in whose name, or no reason

Content and salts are deleted, here and in what is derived from them; what the newsroom keeps to itself, the private
trail, loses its copies of what was published too. Exports are renewed by whoever calls (`publishing.exports`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from stories.auditing.entries import write_entry
from stories.models import Article, Leaf, Publication, Takedown, Update, User, Version
from stories.models.acts import Act
from stories.models.takedown import NOTE_TAKEN_DOWN
from stories.models.words import LeafKind, PublicationState
from stories.publishing.canonical import canonical_json
from stories.publishing.content import iso_utc
from stories.publishing.kept import forget_entries
from stories.publishing.log import add_leaf
from stories.publishing.proof.leaf import takedown_leaf
from stories.publishing.proof.tombstone import tombstone_of
from stories.text.unseen import line_as_seen, lines_as_seen

#: Stands for the words that a reader quoted from what was taken down.
PASSAGE_TAKEN_DOWN = "These words were taken down for legal reasons."
#: Fields of the working copy's trail, by what a version calls them.
_OF_ARTICLE = ("headline", "dek", "byline", "body")


class TakedownRefused(Exception):
    """Nothing was taken down, and nothing was written; the message is for the person who asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NothingNamed(TakedownRefused):
    pass


class AlreadyTakenDown(TakedownRefused):
    pass


class ReasonWanting(TakedownRefused):
    pass


def take_down(
    versions: Sequence[Version],
    *,
    authority: str,
    in_the_name_of: str,
    reason: str,
    by: User,
    now: datetime,
) -> list[Takedown]:
    """Replace the content of versions of one story by tombstones; all of them or none. It cannot be undone.

    Readers are told `authority` and `in_the_name_of`; `reason` and who did it stay with the newsroom. Raises
    TakedownRefused.
    """
    said = {
        # As the row keeps them: the leaf and the tombstone say the same, for ever.
        "authority": line_as_seen(authority).strip(),
        "in_the_name_of": line_as_seen(in_the_name_of).strip(),
        "reason": lines_as_seen(reason).strip(),
    }
    if not all(said.values()):
        raise ReasonWanting(_("Say by what authority, in whose name and for what reason."))
    if len({version.article_id for version in versions}) != 1:
        raise NothingNamed(_("Choose at least one version, all of the same story."))
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=versions[0].article_id)
        keys = [version.pk for version in versions]
        chosen = list(article.versions.filter(pk__in=keys).order_by("number"))
        if any(version.tombstone for version in chosen):
            raise AlreadyTakenDown(_("One of these versions is taken down already."))
        erased = [version.frozen for version in chosen]
        takedowns = [_take_down(version, article, said, by=by, now=now) for version in chosen]
        _erase_trail(article, erased)
        _stop_what_is_on_its_way(article, by=by, now=now)
        _erase_what_was_asked(article, erased)
        _erase_what_readers_quoted(article, erased)
    return takedowns


def _take_down(
    version: Version, article: Article, said: Mapping[str, str], *, by: User, now: datetime
) -> Takedown:
    public = {
        "taken_down_at": iso_utc(now) or "",
        "authority": said["authority"],
        "in_the_name_of": said["in_the_name_of"],
    }
    tombstone = canonical_json(tombstone_of(json.loads(version.content), **public))
    leaf = add_leaf(
        lambda index, previous: takedown_leaf(
            index=index,
            previous_leaf=previous,
            story=article.slug,
            version=version.number,
            tombstone=tombstone,
            **public,
        ),
        kind=LeafKind.TAKEDOWN,
        article=article,
        version=version,
    )
    takedown = Takedown.objects.create(
        version=version,
        leaf=leaf,
        tombstone=tombstone,
        taken_down_at=now,
        taken_down_by=by,
        actor=by.name,
        **said,
    )
    _replace(version, tombstone)
    write_entry(Act.TAKEN_DOWN, by=by, on=version, details={"authority": public["authority"]}, now=now)
    return takedown


def _replace(version: Version, tombstone: str) -> None:
    """The one place where rows that are written once change; the database lets nothing else through.

    The salts go last: as long as they are there, the triggers know that the takedown is not complete.
    """
    _rows(Version).filter(pk=version.pk).update(content=tombstone)
    _rows(Update).filter(version=version).update(note=NOTE_TAKEN_DOWN, caused_by=None)
    _rows(Leaf).filter(version=version).update(salt="")
    Publication.objects.filter(version=version).update(
        note=NOTE_TAKEN_DOWN, content="", remark="", stated_because="", caused_by=None
    )
    Update.history.filter(version=version.pk).update(note=NOTE_TAKEN_DOWN, caused_by=None)
    forget_entries(version)


def _rows(model: type[models.Model]) -> models.QuerySet[Any]:
    """The rows of a model whose own queries refuse to change them."""
    return models.QuerySet(model)


def _erase_trail(article: Article, erased: Sequence[Mapping[str, Any]]) -> None:
    """Empty the copies of these texts in the private trail, but for what other versions still show."""
    shown = [version.frozen for version in article.versions.all() if not version.tombstone]
    for name in _OF_ARTICLE:
        for text in _only_in([each[name] for each in erased], [each[name] for each in shown]):
            article.history.filter(**{name: text}).update(
                **{name: NOTE_TAKEN_DOWN if name == "headline" else ""}
            )
    claims = _only_in(_texts(erased, "claims", "text"), _texts(shown, "claims", "text"))
    _history("claims", article).filter(text__in=claims).update(text=NOTE_TAKEN_DOWN)
    passages = _only_in(_texts(erased, "citations", "exact"), _texts(shown, "citations", "exact"))
    _history("citations", article).filter(exact__in=passages).update(
        exact=NOTE_TAKEN_DOWN, prefix="", suffix=""
    )
    published = {each["id"] for content in erased for each in content["updates"]}
    Update.history.filter(id__in=published).update(note=NOTE_TAKEN_DOWN, caused_by=None)


def _stop_what_is_on_its_way(article: Article, *, by: User, now: datetime) -> None:
    """What was asked for before may hold the same text, and nobody who agreed to it knew."""
    Publication.objects.on_the_way().filter(article=article).update(
        state=PublicationState.CANCELLED,
        ended_by=by.name,
        ended_at=now,
        remark="Versions of the story were taken down.",
    )


def _erase_what_was_asked(article: Article, erased: Sequence[Mapping[str, Any]]) -> None:
    """What was refused, or cancelled by now, may hold the same text as what was published in its place."""
    ended = Publication.objects.filter(article=article, version=None)
    ended.update(content="")
    ended.filter(note__in=_spellings(_texts(erased, "updates", "note"))).update(note=NOTE_TAKEN_DOWN)


def _erase_what_readers_quoted(article: Article, erased: Sequence[Mapping[str, Any]]) -> None:
    """The words that a report of an error is about; what the reader says of them is the reader's own."""
    numbers = [content["number"] for content in erased]
    quoting = article.error_reports.filter(version_number__in=numbers).exclude(passage="")
    quoting.update(passage=PASSAGE_TAKEN_DOWN)


def _history(nouns: str, article: Article) -> models.QuerySet[Any]:
    return getattr(article, nouns).model.history.filter(article=article.pk)


def _texts(contents: Iterable[Mapping[str, Any]], nouns: str, name: str) -> list[str]:
    return [each[name] for content in contents for each in content[nouns]]


def _only_in(texts: Iterable[str], others: Iterable[str]) -> set[str]:
    return _spellings(texts) - _spellings(others)


def _spellings(texts: Iterable[str]) -> set[str]:
    """As they were published, and as they are kept once they are saved again."""
    return {said for text in texts for said in (text, line_as_seen(text), lines_as_seen(text)) if said}
