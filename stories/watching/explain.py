"""What an editor is told about the end of a look, by the reason that the machine knows it under."""

_SENTENCES = {
    # Read.
    "first_copy": "The page was read for the first time.",
    "same_bytes": "The page is the very same.",
    "same_text": "The page says the same.",
    "not_modified": "The server says that the page has not changed.",
    "same_words": "The page says the same in another order or typography.",
    "layout": "Only the layout changed.",
    "frame": "Only what surrounds the content changed.",
    "content": "What the page says has changed.",
    "retracted": "The page now says that it was retracted.",
    "returned": "The page says again what it said before it changed.",
    "alternates": "The page alternates: it shows now one text and now another.",
    # Gone.
    "not_found": "The server says that there is no such page (404).",
    "gone_for_good": "The server says that the page was removed for good (410).",
    "soft_404": "The address now leads to a page that says there is nothing here.",
    "home_page": "The address now leads to the site’s home page.",
    # Kept from us.
    "unauthorised": "The server wants us to log in (401).",
    "payment_required": "The server wants to be paid (402).",
    "forbidden": "The server refuses to show us the page (403).",
    "proxy": "A proxy wants us to log in (407).",
    "legal_reasons": "The page is withheld for legal reasons (451).",
    "challenge": "The site wants proof that a human is reading, so the page itself could not be seen.",
    "consent": "The site asks for consent before it shows the page.",
    "sign_in": "The site wants us to log in before it shows the page.",
    # Not readable.
    "too_many_requests": "The server says that we ask too often (429).",
    "unavailable": "The server is out of service for now (503).",
    "server_error": "The server failed to make the page.",
    "refused": "The server did not accept our request.",
    "redirect": "The server sends us on without saying where.",
    "empty": "The page came without any text.",
    "truncated": "The page broke off before its end.",
    "error_page": "The site shows an error in place of the page.",
    "script_needed": "The page shows nothing without scripts, which are not run here.",
    "shell": "The frame of the page came, but not its content.",
    "unknown_kind": "This is a kind of file that holds no text we can read.",
    "broken_pdf": "The PDF is damaged.",
    "locked_pdf": "The PDF is locked with a password.",
    "broken_json": "The JSON document is damaged.",
    "broken_feed": "The feed is damaged.",
    "dtd": "The document defines markup of its own, which is not read for safety.",
    "too_many_bytes": "The page is larger than we are ready to read.",
    "too_many_pages": "The document has more pages than we are ready to read.",
    "too_much_text": "The document has more text than we are ready to read.",
    "too_heavy": "The page takes more work to read than we are ready to spend on one page.",
    "damaged_copy": "The copy that we keep of this page is damaged, so nothing can be held against it; the log tells "
    "which one is to be restored.",
    "internal_error": "Something went wrong on our side while this page was being judged; the log tells what.",
}


def explain(reason: str) -> str:
    """A sentence for every reason; a plain one for a reason that is new here."""
    return _SENTENCES.get(reason, "The page could not be judged.")


def explain_move(address: str) -> str:
    return f"The page has moved for good to {address}."
