"""The choice of a claim for a passage: those of its own story, and a new one goes to that story too."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from unfold.widgets import UnfoldAdminRelatedFieldWrapperWidget

from stories.models import Claim


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
    """For each passage that is attached to a source and to no claim yet: the claim that its row brings along."""
    for form in formset.forms:
        said = getattr(form, "cleaned_data", {})
        text, citation = said.get("new_claim", ""), form.instance
        if not text or citation.source is None or citation.claim is not None or said.get("DELETE"):
            continue
        claim = Claim.objects.filter(article=citation.article, text=text).first()
        if claim is None:
            claim = Claim(article=citation.article, text=text)
            vars(claim).update(_change_reason=reason or "the sentence of an attached passage")
            claim.save()
        citation.claim = claim
