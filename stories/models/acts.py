"""What the audit log can say that somebody did: a fixed vocabulary, grouped by what it is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    # Coming in.
    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
    SIGN_IN_DELAYED = "sign_in_delayed", _("sign-in had to wait")
    SIGNED_OUT = "signed_out", _("signed out")
    LINK_ASKED = "link_asked", _("asked for a link to choose a password")
    PASSWORD_CHANGED = "password_changed", _("changed a password")
    FACTOR_ADDED = "factor_added", _("added a second factor")
    FACTOR_REMOVED = "factor_removed", _("removed a second factor")
    CODES_MADE = "codes_made", _("made recovery codes")
    # People.
    PERSON_MADE = "person_made", _("made an account")
    PERSON_INVITED = "person_invited", _("invited somebody")
    PERSON_CHANGED = "person_changed", _("changed an account")
    PERSON_DEACTIVATED = "person_deactivated", _("deactivated an account")
    PERSON_REACTIVATED = "person_reactivated", _("reactivated an account")
    ROLES_CHANGED = "roles_changed", _("changed a person’s roles")
    PERMISSIONS_CHANGED = "permissions_changed", _("changed what a role may do")
    # The record.
    PUBLISHED = "published", _("published")
    PROPOSED = "proposed", _("asked for approval")
    SCHEDULED = "scheduled", _("scheduled")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")
    REVERTED = "reverted", _("reverted")
    RETRACTED = "retracted", _("retracted")
    TAKEN_DOWN = "taken_down", _("took down")
    # What stories rest on.
    DELETED = "deleted", _("deleted")
    MERGED = "merged", _("merged sources")
    SPLIT = "split", _("split sources")
    BROUGHT_IN = "brought_in", _("brought stories in")
    TAKEN_BACK = "taken_back", _("took back what was brought in")
    # Ways out.
    ENDPOINT_MADE = "endpoint_made", _("made an endpoint")
    ENDPOINT_CHANGED = "endpoint_changed", _("changed an endpoint")
    ENDPOINT_REMOVED = "endpoint_removed", _("removed an endpoint")
    TOKEN_MADE = "token_made", _("made a token")
    TOKEN_REVOKED = "token_revoked", _("revoked a token")
    EXPORTED = "exported", _("exported")
    BULK = "bulk", _("did to many at once")
