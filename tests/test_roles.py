"""Every address of the product, and what it answers to each role. A new route needs a line here.

A role is who one is to the story of the scene: nobody who has signed in (anonymous), an account without a role
(reader), the story's reporter (own), a reporter of others (other), and the three who see all stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from stories.models import Article, Update, User
from stories.publishing.publish import publish_article
from tests.alerting.scenes import altered_alert
from tests.factories import (
    CheckFactory,
    EndpointFactory,
    SnapshotFactory,
    UserFactory,
    WatchFactory,
    make_chief,
    make_editor,
    make_reporter,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

ROLES = ("anonymous", "reader", "own", "other", "editor", "chief", "superuser")
STAFF = ("editor", "chief", "superuser")

# What is answered: to a GET, unless a line says POST.
EVERYBODY = (200,) * 7
#: To sign in; whoever has is led on.
SIGNED_OUT = (200, *(302,) * 6)
#: Of the account that asks, whatever its role.
EVERYBODYS_OWN = (302, *(200,) * 6)
NEWSROOM = (302, 403, 200, 200, 200, 200, 200)
#: Of a story: to another reporter it does not exist.
STORY = (302, 403, 200, 404, 200, 200, 200)
#: A person's own, which is nobody else's, whatever their role.
MINE = (302, 403, 200, 404, 404, 404, 404)
MINE_DONE = (302, 403, 302, 404, 404, 404, 404)
#: Something done with a POST, which ends with sending on.
DONE = (302, 403, 302, 302, 302, 302, 302)
STORY_DONE = (302, 403, 302, 404, 302, 302, 302)
#: Reporters are sent from the admin to their desk.
EDITORS = (302, 302, 302, 302, 200, 200, 200)
CHIEFS = (302, 302, 302, 302, 403, 200, 200)

PUBLIC_ROUTES = (
    "front_page",
    "article",
    "changelog",
    "timemap",
    "version",
    "compare",
    "as_of",
    "card",
    "report",
    "report_thanks",
    "corrections",
    "policy",
    "record",
    "record_verifier",
    "story_record",
    "changelog_atom",
    "changelog_json",
    "corrections_atom",
    "corrections_json",
    "sitemap",
    "sitemap_stories",
    "sitemap_news",
    "robots",
    "healthz",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    # A link that nobody was mailed.
    "account_reset_password_from_key",
    "socialaccount_login_cancelled",
)

ROUTES: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(PUBLIC_ROUTES, EVERYBODY),
    "timegate": (302,) * 7,
    "favicon": (302,) * 7,
    # No worker has ticked in the scene.
    "readyz": (503,) * 7,
    # Whoever has the token, whatever their role.
    "metrics": (404,) * 7,
    # Nothing is signed in the scene.
    "record_checkpoint": (404,) * 7,
    "record_leaves": (200,) * 7,
    "record_inclusion": (400,) * 7,
    "record_consistency": (400,) * 7,
    "record_export": (404,) * 7,
    # Old addresses of the door.
    "desk_login": (302,) * 7,
    "account_login": SIGNED_OUT,
    "mfa_login_webauthn": (302,) * 7,
    # Nobody is between two steps.
    "mfa_authenticate": (302,) * 7,
    "POST account_logout": (302,) * 7,
    "account_set_password": (302,) * 7,
    "account_change_password": EVERYBODYS_OWN,
    "account_reauthenticate": EVERYBODYS_OWN,
    "account_signed_in": EVERYBODYS_OWN,
    "mfa_index": EVERYBODYS_OWN,
    "mfa_list_webauthn": EVERYBODYS_OWN,
    # Before anything is changed, one shows once more that it is oneself.
    **dict.fromkeys(
        (
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_remove_webauthn",
            "mfa_edit_webauthn",
        ),
        (302,) * 7,
    ),
    # Who has no second factor shows it by the password.
    "mfa_reauthenticate": (302,) * 7,
    "mfa_reauthenticate_webauthn": (302,) * 7,
    # Nobody has these in the scene.
    "mfa_deactivate_totp": (302,) + (404,) * 6,
    "mfa_view_recovery_codes": (302,) + (404,) * 6,
    "mfa_generate_recovery_codes": (302,) * 7,
    # There is no provider.
    "openid_connect_login": (404,) * 7,
    "openid_connect_callback": (404,) * 7,
    "desk_inbox": NEWSROOM,
    "desk_sources": NEWSROOM,
    "desk_following": NEWSROOM,
    "desk_hearing": NEWSROOM,
    "desk_cite": NEWSROOM,
    "POST desk_follow": DONE,
    "desk_source": STORY,
    "desk_look": STORY,
    "POST desk_check_now": STORY_DONE,
    "POST desk_confirm_move": (302, 403, 403, 404, 302, 302, 302),
    "desk_copies": STORY,
    "desk_copy": STORY,
    "desk_inert_copy": STORY,
    "desk_copy_file": STORY,
    "desk_compare_copies": STORY,
    "desk_alert": STORY,
    "POST desk_answer": STORY_DONE,
    "POST desk_undo_answer": STORY_DONE,
    "POST desk_assign": STORY_DONE,
    "POST desk_note": STORY_DONE,
    "POST desk_answers": DONE,
    "POST desk_undo": DONE,
    "desk_news": NEWSROOM,
    "desk_endpoints": NEWSROOM,
    "desk_endpoint_add": NEWSROOM,
    "desk_endpoint": MINE,
    "desk_endpoint_change": MINE,
    "POST desk_endpoint_test": MINE_DONE,
    "POST desk_endpoint_pause": MINE_DONE,
    "POST desk_endpoint_resume": MINE_DONE,
    "POST desk_endpoint_secret": MINE_DONE,
    "POST desk_endpoint_remove": MINE_DONE,
    "POST desk_resume_email": DONE,
    "desk_feed_settings": NEWSROOM,
    "POST desk_resend": (302, 403, 403, 404, 302, 302, 302),
    # Whoever has the secret address; here nobody has.
    "desk_unsubscribe": (404,) * 7,
    "desk_feed": (404,) * 7,
    "POST preview_story": (403, 403, 403, 403, 200, 200, 200),
    "admin:index": EDITORS,
    "admin:glance": EDITORS,
    "admin:glance_file": EDITORS,
    "admin:app_list": EDITORS,
    "admin:search": EDITORS,
    "admin:find": EDITORS,
    # Nobody has saved a filter in the scene.
    "admin:saved_filter": (302, 302, 302, 302, 404, 404, 404),
    "admin:saved_filter_open": (302, 302, 302, 302, 404, 404, 404),
    "POST admin:saved_filter_save": (302, 302, 302, 302, 404, 404, 404),
    # Of a deed that there is not.
    "POST admin:bulk_do": (302, 302, 302, 302, 404, 404, 404),
    "admin:jsi18n": EDITORS,
    "admin:password_change": (302,) * 7,
    "admin:password_change_done": EDITORS,
    # Without saying of what.
    "admin:autocomplete": (302, 302, 302, 302, 403, 403, 403),
    "admin:view_on_site": (302,) * 7,
    # Without texts to compare.
    "POST admin:text_differences": (302, 302, 302, 302, 403, 403, 403),
    "POST admin:stories_citation_quote_check": EDITORS,
    "POST admin:stories_article_presence": EDITORS,
    "POST admin:stories_article_beside": EDITORS,
    "admin:stories_article_preview": EDITORS,
    "admin:stories_article_publish": EDITORS,
    # A story that nobody has asked to withdraw leads back to where that is done.
    "admin:stories_article_retract": (302,) * 7,
    "admin:stories_article_take_down": CHIEFS,
    "admin:stories_version_revert": EDITORS,
    "admin:stories_source_same_pages": EDITORS,
    # Nothing was found in the copy of the scene: one is led back.
    "admin:stories_citation_export_evidence": (302,) * 7,
    "admin:stories_article_export_evidence": (302,) * 7,
    "admin:stories_source_export_evidence": EDITORS,
    # A feed is added where stories are brought in.
    "admin:stories_watchedfeed_add": (302,) * 7,
    # The source of the scene has not moved.
    "admin:stories_source_confirm_move": (302, 302, 302, 302, 403, 403, 403),
    "admin:auth_user_password_change": CHIEFS,
    "admin:stories_user_invite": CHIEFS,
    "admin:stories_user_remove_second_factors": CHIEFS,
    "admin:stories_auditentry_as_csv": CHIEFS,
    "admin:login": (302,) * 7,
    "POST admin:logout": (302, 302, 302, 302, 307, 307, 307),
}

#: What may be done with each noun in the admin: list, add, change (or look at), history, delete.
_EDITED, _READ = "LACHD", "LCH"
NOUNS: dict[str, tuple[str, str, str]] = {
    **dict.fromkeys(("article", "claim", "citation", "source", "update"), (_EDITED,) * 3),
    **dict.fromkeys(
        ("alert", "delivery", "check", "verdict", "snapshot", "version", "watch", "host", "publication"),
        (_READ,) * 3,
    ),
    "errorreport": (_READ,) * 3,
    "watchedfeed": ("LACH",) * 3,
    "bulk": (_READ,) * 3,
    "takedown": ("", _READ, _READ),
    "auditentry": ("", _READ, _READ),
    "digest": (_READ,) * 3,
    # As a list and to add to; one that is not there is not found.
    "intake": ("LA", "LA", "LA"),
    "user": ("", "LACH", _EDITED),
    "group": ("", "LCH", _EDITED),
}

#: With which a line that says POST is sent.
SENT: dict[str, dict[str, Any]] = {
    "desk_answer": {"state": "still_holds"},
    "desk_follow": {"what": "desk", "do": "unfollow"},
    "desk_answers": {"answer": "still_holds"},
    "desk_note": {"note": "Asked the port."},
}
OF_ALERT = {"desk_alert", "desk_answer", "desk_undo_answer", "desk_assign", "desk_note"}
NOUN_ROUTE = re.compile(
    r"admin:(stories|auth)_([a-z]+)_(changelist|add|change|history|delete|simple_history)"
)


@pytest.fixture
def keys() -> dict[str, Any]:
    """One story in all its states; what addresses need of it."""
    alert = altered_alert(make_reporter(username="own"), headline="Bridge to close", body="A bridge closes.")
    source = alert.source
    WatchFactory(source=source)
    copy = SnapshotFactory(source=source)
    CheckFactory(source=source, snapshot=copy)
    article = Article.objects.get()
    before = timezone.now() - timedelta(hours=1)
    note = Update(article=article, note="The bridge closes a day later.")
    publish_article(article, updates=[note], by=make_editor(username="editor"), now=before)
    return {
        "slug": article.slug,
        "number": 1,
        "page": 1,
        "name": "x",
        "noun": "x",
        "figure": "updates",
        "token": "x",
        "service": "webhook",
        "provider_id": "oidc",
        "uidb36": "1",
        "key": "x",
        "app_label": "stories",
        "content_type_id": ContentType.objects.get_for_model(Article).pk,
        "article": article.pk,
        "alert": alert.pk,
        "delivery": alert.deliveries.get().pk,
        "source": source.pk,
        "copy_pk": copy.pk,
        "endpoint": EndpointFactory(person=alert.recipient).pk,
    }


def client_of(role: str) -> Client:
    make = {
        "reader": lambda: UserFactory(username="reader"),
        "own": lambda: User.objects.get(username="own"),
        "other": lambda: make_reporter(username="other"),
        "editor": lambda: User.objects.get(username="editor"),
        "chief": lambda: make_chief(username="chief"),
        "superuser": lambda: UserFactory(username="root", is_superuser=True, is_staff=True),
    }
    client = Client(raise_request_exception=False)
    if role in make:
        client.force_login(make[role]())
    return client


def routes() -> Iterator[tuple[str, URLPattern]]:
    """All that have a name; those of the admin with `admin:` before it."""
    return _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[Any], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            yield from _walk(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace
            )
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern


def address_of(name: str, pattern: URLPattern, keys: dict[str, Any]) -> str:
    """With the keys of the scene where the route has arguments."""
    verb = NOUN_ROUTE.fullmatch(name)
    noun = re.match(r"admin:(?:stories|auth)_([a-z]+)_", name)
    key = first_key(noun[1]) if noun else keys[_of(name)]
    if name.endswith("_simple_history"):
        past = apps.get_model("stories", verb[2]).history.filter(id=key)
        return reverse(name, args=[key, past.first().pk])
    found = {
        "pk": key,
        "object_id": key,
        "id": key,
        "before": keys["copy_pk"],
        "after": keys["copy_pk"],
        **keys,
    }
    if name == "compare":
        found |= {"before": 1, "after": 1}
    wanted = {
        **pattern.pattern.converters,
        **getattr(getattr(pattern.pattern, "regex", None), "groupindex", {}),
    }
    return reverse(name, kwargs={argument: found[argument] for argument in wanted})


def _of(name: str) -> str:
    if name.startswith("desk_endpoint"):
        return "endpoint"
    if name == "desk_resend":
        return "delivery"
    if name in {"preview_story", "admin:view_on_site"}:
        return "article"
    return "alert" if name in OF_ALERT else "source"


def first_key(noun: str) -> int:
    """Of the scene's own; 0 where it has none, which is as good for those who may not see any."""
    model = apps.get_model("auth" if noun == "group" else "stories", noun)
    if noun == "user":
        return User.objects.get(username="own").pk
    first = model._default_manager.order_by("pk").first()
    return first.pk if first else 0


def expected_of(name: str, role: str, key: int) -> tuple[int, ...]:
    """What a page of the admin may answer about a noun, of which there is none where `key` is 0."""
    verb = NOUN_ROUTE.fullmatch(name)
    if role not in STAFF:
        return (302,)
    letter = {"changelist": "L", "simple_history": "H"}.get(verb[3], verb[3][0].upper())
    if letter not in NOUNS[verb[2]][STAFF.index(role)]:
        # Of what does not exist, the history leads back before anybody asks who may see it.
        return (403,) if key else (302, 403, 404)
    # What stories rest on is not deleted: one is led back, and told why.
    return (200, 302) if letter == "D" else (200,) if key or letter in "LA" else (302,)


@pytest.mark.parametrize("role", ROLES)
def test_each_address_that_takes_a_post_answers_each_role_as_it_should(
    role: str, keys: dict[str, Any]
) -> None:
    """What the others answer to a GET is asked for in `tests/test_every_address.py`."""
    client, answers = client_of(role), {}
    for name, pattern in sorted(routes(), key=lambda route: route[0].endswith("logout")):
        if f"POST {name}" in ROUTES:
            response = client.post(address_of(name, pattern, keys), SENT.get(name, {}))
            answers[name] = response.status_code, *wanted_of(name, role)
    wrong = {name: answer for name, (answer, *wanted) in answers.items() if answer not in wanted}

    assert len(answers) > 20
    assert wrong == {}


def test_a_source_that_has_not_moved_is_moved_by_nobody(keys: dict[str, Any]) -> None:
    address = reverse("admin:stories_source_confirm_move", args=[keys["source"]])

    answers = tuple(client_of(role).get(address).status_code for role in ROLES)

    assert answers == ROUTES["admin:stories_source_confirm_move"]


def wanted_of(name: str, role: str) -> tuple[int, ...]:
    row = ROUTES.get(name) or ROUTES.get(f"POST {name}")
    if row:
        return (row[ROLES.index(role)],)
    verb = NOUN_ROUTE.fullmatch(name)
    if verb and verb[2] in NOUNS:
        return expected_of(name, role, first_key(verb[2]))
    return ()


def test_an_account_without_a_role_is_told_whom_to_ask() -> None:
    html = client_of("reader").get(reverse("desk_inbox")).content.decode()

    assert "A chief can give you one" in html


def test_every_route_has_a_line() -> None:
    names = {name for name, _ in routes()}

    lined = {name.removeprefix("POST ") for name in ROUTES}
    nouns = {name for name in names if (verb := NOUN_ROUTE.fullmatch(name)) and verb[2] in NOUNS}
    assert names - lined - nouns == set(), "These routes need a line above"
    assert lined - names == set(), "These lines have no route any more"
