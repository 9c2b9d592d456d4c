"""Every way to change something is in the audit log, or it is said here why not: each new one needs a line."""

from __future__ import annotations

import re

from stories.models import Act
from tests.test_house import ROOT
from tests.test_roles import NOUN_ROUTE, NOUNS, PUBLIC_ROUTES, ROUTES

_HISTORY = "the history of the row says who and when, and what it was before"
_TRAIL = "the alert’s own trail says who and when"
_OWN = "how somebody is told of things is their own, and opens nothing"
_COMES_IN = "a step on the way in: what comes of it is told"

#: What is done at an address, or why it is not told.
ADDRESSES: dict[str, set[Act] | str] = {
    "account_login": {Act.SIGNED_IN, Act.SIGN_IN_FAILED, Act.SIGN_IN_DELAYED},
    "account_logout": {Act.SIGNED_OUT},
    "account_signed_in": {Act.SIGNED_OUT},
    "account_reset_password": {Act.LINK_ASKED},
    "account_reset_password_from_key": {Act.PASSWORD_CHANGED},
    "account_change_password": {Act.PASSWORD_CHANGED, Act.SIGN_IN_FAILED},
    "account_reauthenticate": {Act.SIGN_IN_FAILED, Act.SIGN_IN_DELAYED},
    "mfa_authenticate": {Act.SIGNED_IN, Act.SIGN_IN_FAILED, Act.SIGN_IN_DELAYED},
    "mfa_login_webauthn": {Act.SIGNED_IN},
    "mfa_reauthenticate": {Act.SIGN_IN_FAILED, Act.SIGN_IN_DELAYED},
    "mfa_reauthenticate_webauthn": _COMES_IN,
    "mfa_activate_totp": {Act.FACTOR_ADDED, Act.CODES_MADE},
    "mfa_add_webauthn": {Act.FACTOR_ADDED, Act.CODES_MADE},
    "mfa_deactivate_totp": {Act.FACTOR_REMOVED},
    "mfa_remove_webauthn": {Act.FACTOR_REMOVED},
    "mfa_edit_webauthn": "a key’s name tells its owner which one it is",
    "mfa_generate_recovery_codes": {Act.CODES_MADE},
    "openid_connect_login": _COMES_IN,
    "openid_connect_callback": {Act.SIGNED_IN, Act.PERSON_MADE, Act.ROLES_CHANGED},
    "report": "readers have no account; the report itself is kept",
    "preview_story": "shows what is typed, and keeps nothing",
    "desk_answer": _TRAIL,
    "desk_answers": _TRAIL,
    "desk_undo_answer": _TRAIL,
    "desk_undo": _TRAIL,
    "desk_assign": _TRAIL,
    "desk_note": _TRAIL,
    "desk_check_now": "the check itself is kept",
    "desk_confirm_move": _HISTORY,
    "desk_cite": _HISTORY,
    "desk_follow": _OWN,
    "desk_hearing": _OWN,
    "desk_feed_settings": {Act.TOKEN_MADE, Act.TOKEN_REVOKED},
    "desk_endpoint_add": {Act.ENDPOINT_MADE},
    "desk_endpoint_change": {Act.ENDPOINT_CHANGED},
    "desk_endpoint_secret": {Act.ENDPOINT_CHANGED},
    "desk_endpoint_remove": {Act.ENDPOINT_REMOVED},
    "desk_endpoint_test": _OWN,
    "desk_endpoint_pause": _OWN,
    "desk_endpoint_resume": _OWN,
    "desk_resume_email": _OWN,
    "desk_unsubscribe": _OWN,
    "desk_resend": "the delivery itself says when it was tried",
    "admin:logout": {Act.SIGNED_OUT},
    "admin:saved_filter": "a view of a list is its owner’s own",
    "admin:saved_filter_save": "a view of a list is its owner’s own",
    "admin:bulk_do": {Act.BULK},
    "admin:glance_file": "figures without names or texts",
    "admin:stories_article_presence": "who has a story open now is forgotten in a minute",
    "admin:stories_article_publish": {Act.PUBLISHED, Act.SCHEDULED, Act.PROPOSED},
    "admin:stories_article_retract": {Act.PROPOSED},
    "admin:stories_article_take_down": {Act.TAKEN_DOWN},
    "admin:stories_version_revert": {Act.REVERTED},
    "admin:stories_source_same_pages": {Act.MERGED},
    "admin:stories_source_confirm_move": _HISTORY,
    "admin:stories_citation_export_evidence": {Act.EXPORTED},
    "admin:stories_article_export_evidence": {Act.EXPORTED},
    "admin:stories_source_export_evidence": {Act.EXPORTED},
    "admin:auth_user_password_change": {Act.PASSWORD_CHANGED},
    "admin:stories_user_invite": {Act.PERSON_INVITED},
    "admin:stories_user_remove_second_factors": {Act.FACTOR_REMOVED},
    "admin:stories_auditentry_as_csv": {Act.EXPORTED},
}
#: Pages that are looked at.
LOOKED_AT = {
    *(set(PUBLIC_ROUTES) - {"report", "account_reset_password", "account_reset_password_from_key"}),
    *("timegate", "favicon", "readyz", "metrics", "record_checkpoint", "record_leaves", "record_inclusion"),
    *("record_consistency", "record_export", "desk_login", "account_set_password", "mfa_index"),
    *("mfa_list_webauthn", "mfa_view_recovery_codes", "desk_inbox", "desk_sources", "desk_following"),
    *("desk_source", "desk_look", "desk_copies", "desk_copy", "desk_inert_copy", "desk_copy_file"),
    *("desk_compare_copies", "desk_alert", "desk_news", "desk_endpoints", "desk_endpoint", "desk_feed"),
    *("admin:index", "admin:glance", "admin:app_list", "admin:search", "admin:find", "admin:login"),
    *("admin:saved_filter_open", "admin:jsi18n", "admin:password_change", "admin:password_change_done"),
    *("admin:autocomplete", "admin:view_on_site", "admin:text_differences"),
    *("admin:stories_citation_quote_check", "admin:stories_article_beside", "admin:stories_article_preview"),
}
#: What may be added, changed or deleted in the admin.
ROWS: dict[str, set[Act] | str] = {
    "article": _HISTORY,
    "claim": _HISTORY,
    "citation": _HISTORY,
    "source": _HISTORY,
    "update": _HISTORY,
    "publication": {Act.APPROVED, Act.REFUSED, Act.CANCELLED},
    "intake": {Act.BROUGHT_IN, Act.TAKEN_BACK},
    "watchedfeed": "what a feed brings is told as it is brought in",
    "user": {Act.PERSON_MADE, Act.PERSON_CHANGED, Act.PERSON_DEACTIVATED, Act.PERSON_REACTIVATED},
    "group": {Act.PERMISSIONS_CHANGED},
    "errorreport": "it says itself who answered it",
}
COMMANDS: dict[str, set[Act] | str] = {
    "acknowledge_record": "a leaf of the public log, with its reason, for ever",
    "bring_in": {Act.BROUGHT_IN, Act.TAKEN_BACK},
    "check_sources": "the checks themselves are kept",
    "import_story": {Act.PUBLISHED},
    "load_example": {Act.PUBLISHED},
    "tidy": "what had its time by the settings, as every night",
    "thin_snapshots": "copies that nothing cites, as the settings say",
    "loaddata": "writes rows past every act: whoever runs it has the machine",
    "migrate": "changes the form of the tables: whoever runs it has the machine",
    "move_to": "takes the audit log along, and changes nothing here",
    **dict.fromkeys(
        (
            *("doctor", "export_evidence", "export_record", "migration_order", "run_newsroom", "run_worker"),
            *("search_index", "serve_example", "verify_record", "verify_snapshots"),
        ),
        "changes nothing: whoever runs it has the machine",
    ),
}


def test_each_address_is_told_of_or_has_a_reason() -> None:
    named = {name.removeprefix("POST ") for name in ROUTES if not NOUN_ROUTE.fullmatch(name)}

    assert named - set(ADDRESSES) - LOOKED_AT == set(), "These need a line above"
    assert (set(ADDRESSES) | LOOKED_AT) - named == set(), "These lines have no address any more"
    assert set(ADDRESSES) & LOOKED_AT == set()


def test_each_row_that_can_be_changed_is_told_of_or_has_a_reason() -> None:
    changed = {noun for noun, letters in NOUNS.items() if any(set("AD") & set(each) for each in letters)}

    assert changed - set(ROWS) == set()


def test_each_command_is_told_of_or_has_a_reason() -> None:
    commands = {path.stem for path in (ROOT / "stories/management/commands").glob("[a-z]*.py")}

    assert commands == set(COMMANDS)


def test_every_act_is_of_some_way() -> None:
    told = [
        acts for table in (ADDRESSES, ROWS, COMMANDS) for acts in table.values() if not isinstance(acts, str)
    ]
    of_its_own = {Act.SPLIT, Act.RETRACTED, Act.DELETED}

    assert set(Act) - set().union(*told) == of_its_own


def test_what_is_done_to_many_goes_through_the_one_place_that_tells() -> None:
    """`begin` and `begin_undoing`, and each writes its entry."""
    work = (ROOT / "stories/changing/work.py").read_text(encoding="utf-8")

    beginnings = re.findall(r"^def begin\w*\(", work, re.MULTILINE)
    assert len(beginnings) == len(re.findall(r"^ +_audit\(", work, re.MULTILINE)) == 2
