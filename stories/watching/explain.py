"""What an editor is told about the end of a look, by the reason that the machine knows it under."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from stories.watching.explain_web import WITH_VALUES, said_with_values

_MOVED = _("The page has moved for good to %(address)s.")
_SENTENCES = {
    # Read.
    "first_copy": _("The page was read for the first time."),
    "same_bytes": _("The page is the very same."),
    "same_text": _("The page says the same."),
    "not_modified": _("The server says that the page has not changed."),
    "same_words": _("The page says the same in another order or typography."),
    "layout": _("Only the layout changed."),
    "frame": _("Only what surrounds the content changed."),
    "content": _("What the page says has changed."),
    "retracted": _("The page now says that it was retracted."),
    "returned": _("The page says again what it said before it changed."),
    "alternates": _("The page alternates: it shows now one text and now another."),
    # Gone.
    "not_found": _("The server says that there is no such page (404)."),
    "gone_for_good": _("The server says that the page was removed for good (410)."),
    "soft_404": _("The address now leads to a page that says there is nothing here."),
    "home_page": _("The address now leads to the site’s home page."),
    "section_page": _("The address now leads to a section of the site, and what the page said is not there."),
    "another_page": _(
        "Something else stands at the address: neither its headline nor its words are those of the page."
    ),
    # Kept from us.
    "unauthorised": _("The server wants us to log in (401)."),
    "payment_required": _("The server wants to be paid (402)."),
    "forbidden": _("The server refuses to show us the page (403)."),
    "proxy": _("A proxy wants us to log in (407)."),
    "legal_reasons": _("The page is withheld for legal reasons (451)."),
    "challenge": _("The site wants proof that a human is reading, so the page itself could not be seen."),
    "consent": _("The site asks for consent before it shows the page."),
    "sign_in": _("The site wants us to log in before it shows the page."),
    # Not readable.
    "too_many_requests": _("The server says that we ask too often (429)."),
    "unavailable": _("The server is out of service for now (503)."),
    "server_error": _("The server failed to make the page."),
    "refused": _("The server did not accept our request."),
    "redirect": _("The server sends us on without saying where."),
    "empty": _("The page came without any text."),
    "truncated": _("The page broke off before its end."),
    "error_page": _("The site shows an error in place of the page."),
    "script_needed": _("The page shows nothing without scripts, which are not run here."),
    "sent_on": _("The page does nothing but send its readers on to another address."),
    "shell": _("The frame of the page came, but not its content."),
    "unknown_kind": _("This is a kind of file that holds no text we can read."),
    "broken_pdf": _("The PDF is damaged."),
    "locked_pdf": _("The PDF is locked with a password."),
    "broken_json": _("The JSON document is damaged."),
    "broken_feed": _("The feed is damaged."),
    "dtd": _("The document defines markup of its own, which is not read for safety."),
    "too_many_bytes": _("The page is larger than we are ready to read."),
    "too_many_pages": _("The document has more pages than we are ready to read."),
    "too_much_text": _("The document has more text than we are ready to read."),
    "too_heavy": _("The page takes more work to read than we are ready to spend on one page."),
    "damaged_copy": _(
        "The copy that we keep of this page is damaged, so nothing can be held against it; the log tells "
        "which one is to be restored."
    ),
    "internal_error": _(
        "Something went wrong on our side while this page was being judged; the log tells what."
    ),
}


def explain(reason: str) -> str:
    """A sentence for every reason; a plain one for a reason that is new here."""
    return _SENTENCES.get(reason, _("The page could not be judged."))


def explain_move(address: str) -> str:
    return _MOVED % {"address": address}


def say(explanation: str) -> str:
    """A sentence of the above or of `web`, kept with a check in English, in the language that is spoken."""
    return said_with_values(explanation, (_MOVED, *WITH_VALUES)) or (
        gettext(explanation) if explanation else ""
    )
