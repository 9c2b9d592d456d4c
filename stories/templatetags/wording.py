"""Differences and kinds of update as markup; what is invisible in a changed text is spelled out."""

from collections.abc import Iterable, Iterator, Sequence

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.models.history_words import told_actor, told_reason
from stories.models.words import Standing
from stories.publishing.notes import KIND_LABELS
from stories.publishing.summary import tell_words
from stories.text.changes import WordChange
from stories.text.highlight import Piece
from stories.text.invisible import show_invisible
from stories.text.look_alike import show_look_alikes
from stories.text.sentence_fold import LeftOut, fold_sentences
from stories.watching.explain import say

register = template.Library()

register.filter(show_invisible)
register.filter("said", say)
register.filter(told_actor)
register.filter(told_reason)
register.filter(tell_words)

_CITED = {
    ("claim", "added"): gettext_lazy("Claim added"),
    ("claim", "removed"): gettext_lazy("Claim removed"),
    ("claim", "changed"): gettext_lazy("Claim changed"),
    ("passage", "added"): gettext_lazy("Quoted passage added"),
    ("passage", "removed"): gettext_lazy("Quoted passage removed"),
    ("passage", "changed"): gettext_lazy("Quoted passage changed"),
    ("source", "added"): gettext_lazy("Source added"),
    ("source", "removed"): gettext_lazy("Source removed"),
    ("source", "changed"): gettext_lazy("Source changed"),
    ("link", "added"): gettext_lazy("Link added"),
    ("link", "removed"): gettext_lazy("Link removed"),
    ("link", "changed"): gettext_lazy("Link changed"),
}
_TAGS = {"insert": "ins", "delete": "del"}
_LEFT_OUT = (
    '<span class="left-out"><span aria-hidden="true">…</span><span class="visually-hidden">{}</span></span> '
)


@register.filter
def marked(changes: Iterable[WordChange]) -> SafeString:
    """Both wordings in one: `<del>` and `<ins>` amid what stayed."""
    return _written(_spelled(changes), omitted="")


@register.filter
def marked_before(changes: Iterable[WordChange]) -> SafeString:
    """The text before, with `<del>` around what went."""
    return _written(_spelled(changes), omitted="insert")


@register.filter
def marked_after(changes: Iterable[WordChange]) -> SafeString:
    """The text after, with `<ins>` around what came."""
    return _written(_spelled(changes), omitted="delete")


@register.filter
def marked_briefly(changes: Sequence[WordChange]) -> SafeString:
    """The sentences that changed, marked; what was left out between them is a sign."""
    spelled = fold_sentences(list(_spelled(changes)))
    return format_html_join("", "{}", ((_piece(each),) for each in spelled))


@register.filter
def marked_pieces(pieces: Iterable[Piece]) -> SafeString:
    """As `marked`, with `<mark>` around what belongs to a quoted passage."""
    return format_html_join("", "{}", ((_marked_piece(piece),) for piece in pieces))


@register.filter
def standing(word: str) -> str:
    """How a claim stands, in the reader's language and with a capital."""
    return capfirst(str(Standing(word).label))


@register.simple_tag
def cited_change(thing: str, kind: str) -> str:
    """What became of a claim, a passage, a source or a link: “Claim added”."""
    return str(_CITED[thing, kind])


@register.simple_tag
def kind_mark(kind: str) -> SafeString:
    return format_html('<span class="kind kind--{}">{}</span>', kind, KIND_LABELS[kind])


def _spelled(changes: Iterable[WordChange]) -> Iterator[WordChange]:
    """What came or went, with each character in it spelled out that cannot be seen or told apart."""
    before: WordChange | None = None
    for change in changes:
        if change.operation == "equal":
            yield change
        else:
            went = before.text if before and before.operation == "delete" else ""
            text = show_look_alikes(show_invisible(change.text), instead_of=show_invisible(went))
            yield WordChange(change.operation, text)
        before = change


def _written(changes: Iterable[WordChange], *, omitted: str) -> SafeString:
    parts = (change for change in changes if change.operation != omitted)
    return format_html_join("", "{}", ((_piece(change),) for change in parts))


def _marked_piece(piece: Piece) -> SafeString:
    markup = _piece(WordChange(piece.operation, piece.text))
    return format_html("<mark>{}</mark>", markup) if piece.is_marked else markup


def _piece(change: WordChange | LeftOut) -> SafeString:
    if isinstance(change, LeftOut):
        return format_html(_LEFT_OUT, _("unchanged sentences left out"))
    tag = _TAGS.get(change.operation)
    return format_html("<{}>{}</{}>", tag, change.text, tag) if tag else escape(change.text)
