"""The choice of a claim for a passage: those of its own story, and a new one goes to that story too."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from unfold.widgets import UnfoldAdminRelatedFieldWrapperWidget


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
