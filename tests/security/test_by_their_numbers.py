"""Whatever has a number is asked for by that number, as everybody whose it is not, in every way there is to ask.

The addresses of what is somebody's, and forms that name it in their body: nobody is shown it, nothing of it changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.alerting.feed_tokens import make_token
from stories.changing.deeds import DEEDS
from stories.changing.work import begin, foresee, work_on
from stories.models import Alert, Article, Bulk, Citation, Claim, Delivery, SavedFilter, Source, User
from stories.models.bulk import BulkState
from tests.alerting.scenes import altered_alert
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    PreferencesFactory,
    UserFactory,
    make_chief,
    make_editor,
    make_reporter,
)
from tests.security.answers import body_of
from tests.security.planting import extend_newsroom
from tests.security.rows import changed, whole_state
from tests.signing_in.passkey import Passkey
from tests.test_roles import keys as story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

__all__ = ["story"]

REPORTERS = ("anonymous", "reader", "other")
EVERYBODY_ELSE = (*REPORTERS, "editor", "chief", "superuser")
BUT_EDITORS = ("anonymous", "reader", "own", "other")
BUT_CHIEFS = (*BUT_EDITORS, "editor")
BUT_SUPERUSERS = (*BUT_CHIEFS, "chief")

_ENDPOINT = {"name": "Theirs", "address": "https://hooks.example/theirs"}
#: Of a route, whose number it is asked with, what is sent, and whom it is closed to.
BY_ADDRESS: list[tuple[str, str, dict[str, Any], tuple[str, ...]]] = [
    ("desk_alert", "alert", {}, REPORTERS),
    ("desk_answer", "alert", {"state": "still_holds"}, REPORTERS),
    ("desk_undo_answer", "alert", {}, REPORTERS),
    ("desk_assign", "alert", {"to": ""}, REPORTERS),
    ("desk_note", "alert", {"note": "Theirs."}, REPORTERS),
    ("desk_resend", "delivery", {}, (*REPORTERS, "own")),
    ("desk_source", "source", {}, REPORTERS),
    ("desk_check_now", "source", {}, REPORTERS),
    ("desk_look", "source", {}, REPORTERS),
    ("desk_confirm_move", "source", {}, REPORTERS),
    ("desk_copies", "source", {}, REPORTERS),
    ("desk_copy", "source copy", {}, REPORTERS),
    ("desk_inert_copy", "source copy", {}, REPORTERS),
    ("desk_copy_file", "source copy", {}, REPORTERS),
    ("desk_compare_copies", "source copy copy", {}, REPORTERS),
    # A copy of a source that is closed, asked for as one of a source that is open.
    ("desk_copy", "open copy", {}, EVERYBODY_ELSE),
    ("desk_inert_copy", "open copy", {}, EVERYBODY_ELSE),
    ("desk_copy_file", "open copy", {}, EVERYBODY_ELSE),
    ("desk_compare_copies", "open copy copy", {}, EVERYBODY_ELSE),
    ("desk_source", "confidential", {}, REPORTERS),
    ("desk_endpoint", "endpoint", {}, EVERYBODY_ELSE),
    ("desk_endpoint_change", "endpoint", _ENDPOINT, EVERYBODY_ELSE),
    ("desk_endpoint_test", "endpoint", {}, EVERYBODY_ELSE),
    ("desk_endpoint_pause", "endpoint", {}, EVERYBODY_ELSE),
    ("desk_endpoint_resume", "endpoint", {}, EVERYBODY_ELSE),
    ("desk_endpoint_secret", "endpoint", {}, EVERYBODY_ELSE),
    ("desk_endpoint_remove", "endpoint", {}, EVERYBODY_ELSE),
    ("mfa_edit_webauthn", "passkey", {"name": "Theirs"}, EVERYBODY_ELSE),
    ("mfa_remove_webauthn", "passkey", {}, EVERYBODY_ELSE),
    ("preview_story", "draft", {"headline": "Theirs", "body": "Theirs."}, BUT_EDITORS),
    ("admin:saved_filter", "filter", {"delete": "1"}, (*BUT_EDITORS, "chief", "superuser")),
    ("admin:saved_filter_open", "filter", {}, (*BUT_EDITORS, "chief", "superuser")),
    ("admin:stories_article_change", "draft", {"headline": "Theirs"}, BUT_EDITORS),
    ("admin:stories_article_history", "draft", {}, BUT_EDITORS),
    ("admin:stories_article_preview", "draft", {}, BUT_EDITORS),
    ("admin:stories_article_publish", "draft", {"kind": "update", "note": "Theirs."}, BUT_EDITORS),
    ("admin:stories_article_presence", "draft", {}, BUT_EDITORS),
    ("admin:stories_article_delete", "draft", {"post": "yes"}, BUT_EDITORS),
    ("admin:stories_article_take_down", "article", {"reason": "Theirs."}, BUT_CHIEFS),
    ("admin:stories_article_export_evidence", "article", {}, BUT_EDITORS),
    ("admin:stories_source_export_evidence", "source", {}, BUT_EDITORS),
    ("admin:stories_citation_export_evidence", "citation", {}, BUT_EDITORS),
    ("admin:stories_bulk_change", "bulk", {"undo": "1"}, BUT_EDITORS),
    ("admin:stories_publication_change", "publication", {"cancel": "1", "approve": "1"}, BUT_EDITORS),
    ("admin:stories_user_change", "person", {"username": "theirs"}, BUT_CHIEFS),
    ("admin:stories_user_invite", "person", {}, BUT_CHIEFS),
    ("admin:stories_user_remove_second_factors", "person", {}, BUT_CHIEFS),
    ("admin:auth_user_password_change", "person", {"password1": "x", "password2": "x"}, BUT_CHIEFS),
    # Whoever may do more is not theirs to change who may do less, nor is a way into their account.
    ("admin:stories_user_invite", "root", {}, BUT_SUPERUSERS),
    ("admin:stories_user_remove_second_factors", "root", {}, BUT_SUPERUSERS),
    ("admin:auth_user_password_change", "root", {"password1": "x", "password2": "x"}, BUT_SUPERUSERS),
    ("admin:stories_user_delete", "root", {"post": "yes"}, BUT_SUPERUSERS),
]
#: Of those, what chiefs look at and may not change.
LOOKED_AT_BY_CHIEFS = [
    ("admin:stories_user_change", "root", {"is_superuser": "", "email": "x@theirs.example"})
]
#: Of a form, what it says whose it is, and who may not say so.
IN_A_BODY: list[tuple[str, dict[str, str], tuple[str, ...]]] = [
    ("desk_answers", {"alert": "{alert}@{developed}", "answer": "still_holds"}, REPORTERS),
    ("desk_undo", {"alert": "{answered}"}, REPORTERS),
    ("desk_follow", {"what": "story-{draft}", "do": "follow"}, REPORTERS),
    ("desk_follow", {"what": "source-{confidential}", "do": "follow"}, REPORTERS),
    ("desk_follow", {"what": "desk", "do": "follow", "person": "{own}"}, EVERYBODY_ELSE),
    (
        "desk_cite",
        {
            "do": "cite",
            "article": "{draft}",
            "claim": "{claim}",
            "exact": "It closes.",
            "address": "http://127.0.0.1/",
        },
        REPORTERS,
    ),
    (
        "desk_hearing",
        {"person": "{own}", "user": "{own}", "zone": "Asia/Tokyo", "pk": "{own}"},
        EVERYBODY_ELSE,
    ),
    ("desk_feed_settings", {"revoke": "1", "person": "{own}"}, EVERYBODY_ELSE),
    ("desk_resume_email", {"person": "{own}", "email": "own@newsroom.example"}, EVERYBODY_ELSE),
    ("mfa_generate_recovery_codes", {"user": "{own}", "person": "{own}"}, EVERYBODY_ELSE),
    ("account_change_password", {"user": "{own}", "password1": "x", "password2": "x"}, EVERYBODY_ELSE),
]
#: Words that stand in what is closed, and nowhere else.
SECRETS = ("Never.", "hooks.example", "whsec_", "Not named", "Key of own", "Filter of one", "person.example")
METHODS = ("GET", "HEAD", "POST")
#: Of these each address is asked with another.
ODD_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")


@pytest.fixture
def keys(story: dict[str, Any]) -> dict[str, Any]:
    """What is somebody's, by its number: of the reporter `own`, of an editor, of the newsroom."""
    scene = extend_newsroom(story)
    own, editor = User.objects.get(username="own"), User.objects.get(username="editor")
    other = make_reporter(username="other")
    PreferencesFactory(person=own)
    make_token(own, now=timezone.now())
    passkey = Passkey(own).keep()
    passkey.data["name"] = "Key of own"
    passkey.save()
    answered = Alert.objects.exclude(pk=scene["alert"]).filter(recipient=own).first() or altered_alert(own)
    return {
        **scene,
        "copy": scene["copy_pk"],
        "open": altered_alert(other, headline="Tolls to rise").source_id,
        "developed": Alert.objects.get(pk=scene["alert"]).developed_at.isoformat(),
        "answered": answered.pk,
        "confidential": Source.objects.get(is_confidential=True).pk,
        "citation": Citation.objects.filter(source=scene["source"]).first().pk,
        "claim": Claim.objects.filter(article=scene["draft"]).first().pk,
        "publication": Article.objects.get(pk=scene["article"]).publications.first().pk,
        "passkey": passkey.pk,
        "filter": SavedFilter.objects.create(
            person=editor, noun="article", name="Filter of one", query=""
        ).pk,
        "bulk": a_bulk_of(editor).pk,
        "own": own.pk,
        "person": own.pk,
        "root": UserFactory(username="root", is_superuser=True, is_staff=True).pk,
    }


def a_bulk_of(editor: User) -> Bulk:
    deed = DEEDS["leave_source"]
    plan = foresee(deed, [Source.objects.order_by("pk").first().pk], by=editor, person=None)
    bulk = begin(deed, plan, by=editor, person=None, now=timezone.now())
    work_on(bulk, now=timezone.now)
    return bulk


def person_of(role: str) -> User | None:
    """A reporter, an editor: another one of the same role."""
    make: dict[str, Callable[[], User]] = {
        "reader": lambda: UserFactory(username="reader"),
        "own": lambda: User.objects.get(username="own"),
        "other": lambda: User.objects.get(username="other"),
        "editor": lambda: make_editor(username="another-editor"),
        "chief": lambda: make_chief(username="chief"),
        "superuser": lambda: User.objects.get(username="root"),
    }
    return make[role]() if role in make else None


def client_of(person: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    return client


def is_closed(response: Any, body: str) -> bool:
    """Refused, not found, or led away; whatever is said tells nothing of what is closed."""
    return response.status_code in {302, 400, 403, 404, 405} and not any(word in body for word in SECRETS)


@pytest.mark.parametrize("role", (*EVERYBODY_ELSE, "own"))
def test_what_is_not_ones_own_is_closed_by_its_number(role: str, keys: dict[str, Any]) -> None:
    person = person_of(role)
    client, open_to = client_of(person), []
    before = whole_state(but_of=person)

    for number, (route, wanted, fields, closed_to) in enumerate(BY_ADDRESS):
        if role in closed_to:
            address = reverse(route, args=[keys[name] for name in wanted.split()])
            for method in (*METHODS, ODD_METHODS[number % len(ODD_METHODS)]):
                answer = send(client, method, address, fields)
                if not is_closed(answer, body_of(answer)):
                    open_to.append((method, route, wanted, answer.status_code))

    assert open_to == []
    assert changed(before, whole_state(but_of=person)) == set()


def send(client: Client, method: str, address: str, fields: dict[str, Any]) -> Any:
    return client.post(address, fields) if method == "POST" else client.generic(method, address)


@pytest.mark.parametrize("role", EVERYBODY_ELSE)
def test_what_is_not_ones_own_is_not_changed_by_naming_it_in_a_form(role: str, keys: dict[str, Any]) -> None:
    person = person_of(role)
    client = client_of(person)
    before = whole_state(but_of=person)

    for route, fields, closed_to in IN_A_BODY:
        if role in closed_to:
            said = {name: value.format(**keys) for name, value in fields.items()}
            answer = client.post(reverse(route), said)
            told = body_of(answer)
            assert answer.status_code < 500, route
            assert not any(word in told for word in SECRETS), route

    assert changed(before, whole_state(but_of=person)) == set()


def test_a_chief_looks_at_who_may_do_more_and_changes_nothing(keys: dict[str, Any]) -> None:
    chief = person_of("chief")
    client, before = client_of(chief), whole_state(but_of=chief)

    for route, wanted, fields in LOOKED_AT_BY_CHIEFS:
        assert client.post(reverse(route, args=[keys[wanted]]), fields).status_code == 403

    assert changed(before, whole_state(but_of=chief)) == set()


def test_what_an_editor_did_to_many_another_takes_back_and_is_told_of_by_name(keys: dict[str, Any]) -> None:
    """Row by row they may do it too: who was wrong may have gone home."""
    another = person_of("editor")

    client_of(another).post(reverse("admin:stories_bulk_change", args=[keys["bulk"]]), {"undo": "1"})

    bulk = Bulk.objects.get(pk=keys["bulk"])
    assert (bulk.state, bulk.undone_by) == (BulkState.UNDONE, another)
    assert bulk.asked_by != another


def test_an_answer_reaches_no_passage_of_somebody_elses_story(keys: dict[str, Any]) -> None:
    other = person_of("other")
    alert = Alert.objects.get(recipient=other)
    passage = CitationFactory(claim=ClaimFactory(article_id=keys["draft"]))

    answer = client_of(other).post(
        reverse("desk_answer", args=[alert.pk]),
        {"state": "unwatched", "citation": [keys["citation"], passage.pk], "sure": "1"},
    )

    assert answer.status_code == 403
    assert set(Citation.objects.values_list("is_watched", flat=True)) == {True}
    assert Delivery.objects.filter(alert=alert).exists()
