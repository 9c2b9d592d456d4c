"""What stands about each passage, for the lists."""

from django.db.models import Case, CharField, OuterRef, Subquery, Value, When

from stories.models import Verdict
from stories.models.words import VerdictWord


def standing_word(citation: str = "pk") -> Subquery:
    """The words of the latest confirmed verdict of each citation, as an annotation."""
    words = Case(
        *(When(verdict=word.value, then=Value(str(word.label))) for word in VerdictWord),
        output_field=CharField(),
    )
    latest = Verdict.objects.filter(citation=OuterRef(citation), is_confirmed=True).order_by("-pk")
    return Subquery(latest.annotate(words=words).values("words")[:1])
