"""The choice of a claim for a passage: those of its own story, and a new one goes to that story too."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from unfold.widgets import UnfoldAdminRelatedFieldWrapperWidget

from stories.models import Claim
from stories.text.attachment import match_passages
from stories.text.language.boundaries import sentence_around
from stories.text.passages import QuotedPassage, find_passages


class ClaimPicker(UnfoldAdminRelatedFieldWrapperWidget):
    """The wrapper with the buttons beside a choice; "add" opens a form that has the story filled in."""

    def __init__(self, wrapper: RelatedFieldWidgetWrapper, *, article_id: int | str) -> None:
        super().__init__(
            wrapper.widget,
            wrapper.rel,
            wrapper.admin_site,
            can_add_related=wrapper.can_add_related,
            can_change_related=wrapper.can_change_related,
            can_delete_related=wrapper.can_delete_related,
            can_view_related=wrapper.can_view_related,
        )
        self.article_id = article_id

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["url_params"] += f"&article={self.article_id}"
        return context


def make_claims(formset: Any, *, reason: str) -> None:
    """For each passage that is attached to a source and to no claim yet: the claim that its row brings along.

    Where a source is chosen and none comes with it, it is the sentence of the story in which the passage stands.
    """
    for form in formset.forms:
        said = getattr(form, "cleaned_data", {})
        if not said.get("DELETE"):
            bring_claim(form, text=said.get("new_claim", ""), reason=reason)


def bring_claim(form: Any, *, text: str = "", reason: str) -> None:
    """Attach the passage of this form to this claim, or to the sentence around it; not where it has a claim."""
    citation = form.instance
    if citation.source is None or citation.claim is not None:
        return
    if not text and "source" in form.changed_data:
        text = sentence_with(citation.exact, body=citation.article.body)
    if not text:
        return
    claim = Claim.objects.filter(article=citation.article, text=text).first()
    if claim is None:
        claim = Claim(article=citation.article, text=text)
        vars(claim).update(_change_reason=reason or "the sentence of an attached passage")
        claim.save()
    citation.claim = claim


def sentence_with(exact: str, *, body: str) -> str:
    """The sentence in which the story quotes this passage; empty where it does not."""
    quoted = find_passages(body)
    matched = match_passages([passage.exact for passage in quoted], [exact])
    found = next((passage for passage, index in zip(quoted, matched, strict=True) if index is not None), None)
    return sentence_of(body, found) if found else ""


def sentence_of(body: str, passage: QuotedPassage) -> str:
    return " ".join(body[slice(*sentence_around(body, passage.start, passage.end))].split())
