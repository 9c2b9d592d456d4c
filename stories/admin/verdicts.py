"""What stands about each passage, for the lists."""

from django.db.models import OuterRef, Subquery

from stories.models import Verdict


def standing_word(citation: str = "pk") -> Subquery:
    """The latest confirmed verdict of each citation, as an annotation."""
    latest = Verdict.objects.filter(citation=OuterRef(citation), is_confirmed=True).order_by("-pk")
    return Subquery(latest.values("verdict")[:1])
