"""The button that hands an editor the proof of a quote as one file."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from stories.auditing.entries import write_entry
from stories.models.acts import Act
from stories.models.blob import DamagedCopyError
from stories.watching.evidence import Evidence
from stories.watching.warc import write_warc


class EvidenceMixin:
    """For the admin of a noun that has evidence; `evidence_for` says which."""

    evidence_for: Callable[[Any], Evidence]

    def has_export_evidence_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("stories.view_snapshot")

    @action(description=_("Export evidence"), icon="inventory_2", permissions=["export_evidence"])
    def export_evidence(self, request: HttpRequest, object_id: str) -> HttpResponse | FileResponse:
        admin: Any = self
        obj = admin.get_object(request, object_id)
        if obj is None or not admin.has_view_permission(request, obj):
            admin.message_user(request, gettext("There is no such thing."), messages.ERROR)
            return redirect(reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_changelist"))
        evidence = type(self).evidence_for(obj)
        if evidence.snapshots.exists():
            try:
                file = _as_file(evidence)
                write_entry(Act.EXPORTED, on=obj, details={"what": "evidence"})
                return file
            except DamagedCopyError as error:
                admin.message_user(request, str(error), messages.ERROR)
        else:
            admin.message_user(
                request, gettext("No copy of it is kept, so there is nothing to show."), messages.WARNING
            )
        return redirect(
            reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", args=[obj.pk])
        )


def _as_file(evidence: Evidence) -> FileResponse:
    """Written whole before its first byte is sent: what breaks off would prove nothing, and nobody would know."""
    out = TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write_warc(out, evidence, now=timezone.now(), publisher=settings.NEWSROOM_NAME)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    name = f"{evidence.name}-{timezone.localdate():%Y-%m-%d}.warc.gz"
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/gzip")
