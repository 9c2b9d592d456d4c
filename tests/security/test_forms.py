"""Every field in which somebody can write, filled through its form with what tries to become markup or a formula.

The forms are found by walking the pages as an editor's, a reporter's and a reader's browser would, so that no new
field is forgotten; those that a walk does not come to are filled by their steps, and an address that takes what is
sent is one or the other, or says why nothing is written there. What is saved is published too, and each page, feed,
table, card, letter and message that shows it is asked for.
"""

from __future__ import annotations

import csv
import io
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.forms import BaseForm, EmailInput, Textarea, TextInput, URLInput
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.alerting.feed_tokens import make_token
from stories.alerting.send import send_delivery
from stories.alerting.tell import tell_news
from stories.models import (
    Article,
    Claim,
    Delivery,
    Endpoint,
    ErrorReport,
    Intake,
    Publication,
    SavedFilter,
    Source,
    Update,
    User,
)
from stories.models.words import Channel, VerdictWord
from stories.publishing.publish import publish_article
from tests.alerting.receiver import receiver
from tests.alerting.scenes import find
from tests.security import by_steps
from tests.security.answers import body_of
from tests.security.faults import faults_of
from tests.security.forms import forms_of
from tests.security.inert import faults_of_html, faults_of_json
from tests.security.payloads import BREAKOUTS
from tests.security.walking import MARK, Walker, kept
from tests.test_roles import NOUNS, ROUTES, address_of, client_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlogged")]

#: What ends the walk, or whose words nobody else sees.
_NOT_WALKED = re.compile(r"logout|delete|login|password|take_down|retract|mfa_|account_|simple_history")
#: What no form keeps, by its address and name, and why.
NOT_KEPT = {
    r"/desk/cite/ (address|exact|prefix|suffix|title|story)": "no page is there to be looked at, the first time",
    r"/desk/answers/ ": "of no alert, the first time",
    r"/publish/(\?\S+)? ": "another change is on its way already, or it is of a kind that has none",
    r"intake/add/ \w+-(story|address)": "of a story or a page that is there",
    r"article/\d+/change/ slug": "it is as it was",
    r"user/\d+/change/ username": "a name to sign in by has letters and digits",
    r"report/ website": "it is there for machines, who are not believed",
    r"(endpoints/add/\w+|keys/add|filters/article/save)/ (name|stream|room)": "the next form gives it another",
    r"login/ login": "people type passwords there",
    r"forgotten/ email": "whether there is an account is told to the mailbox alone",
    r"two-steps/(code|confirm)/ code": "it is none",
}
#: Addresses that only take what is sent, and at which nobody writes: what is sent there instead.
NOTHING_WRITTEN = {
    **dict.fromkeys(("account_logout", "admin:logout"), "that one leaves"),
    **dict.fromkeys(("desk_follow", "desk_assign", "desk_confirm_move"), "what was chosen, of what is there"),
    **dict.fromkeys(
        ("desk_undo", "desk_undo_answer", "desk_check_now", "desk_resend"), "which alert or source"
    ),
    **dict.fromkeys(
        (f"desk_endpoint_{what}" for what in ("test", "pause", "resume", "secret", "remove")), "which"
    ),
    "desk_resume_email": "that one wants it",
}
#: Forms that are sent in no body, and how their words come instead.
NOT_SENT = {"MomentForm": "with the address", "CorrectionsForm": "with the address"}
_WORDS = (TextInput, Textarea, URLInput, EmailInput)
WHO_WALKS = {"own": "/desk/", "superuser": "/admin/", "anonymous": "/"}
#: What nobody writes in, and what shows nothing that was written.
_NO_FORM = re.compile(
    "_changelist$|_history$|changelog|corrections|sitemap|record|preview|^admin:(?!stories|auth)"
)
_SHOWS_NOTHING = re.compile("_add$|sitemap|record|(?<!article)_history$")
#: Names that somebody answers to, each of them the public address of a chat server or a webhook.
_KNOWN_NAMES = ("hooks.planted.example", "ntfy.sh", "matrix.org", "chat.example.org")


@pytest.fixture(autouse=True)
def _no_name_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed as an address leads nowhere: the operating system knows loopback, and names for endpoints."""
    ask = socket.getaddrinfo

    def knows_little(host: Any, *args: Any, **more: Any) -> Any:
        if host not in (None, "localhost", "127.0.0.1", "::1", *_KNOWN_NAMES):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return ask("8.8.8.8" if host in _KNOWN_NAMES else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", knows_little)


def walked(keys: dict[str, Any], prefix: str, *, but: re.Pattern[str]) -> list[str]:
    found = [
        address_of(name, pattern, keys)
        for name, pattern in sorted(routes(), key=lambda route: route[0])
        if not _NOT_WALKED.search(name) and not but.search(name)
    ]
    return [address for address in found if address.startswith(prefix)]


def fill_every_form(keys: dict[str, Any], settings: Any) -> list[Walker]:
    """As each who walks, and then by steps; the last of them is somebody with a second factor."""
    known = {name: str(keys[name]) for name in ("article", "source")}
    known["claim"] = str(Claim.objects.filter(article=keys["article"]).first().pk)
    own, root, anybody = walkers = [
        Walker(client_of(role), first=number * 1_000, known=known)
        for number, role in enumerate(WHO_WALKS, start=1)
    ]
    keyed = by_steps.with_a_second_step(first=9_000)
    for walker, prefix in zip(walkers, WHO_WALKS.values(), strict=True):
        walker.walk(walked(keys, prefix, but=_NO_FORM), but=_NOT_WALKED)
    by_steps.at_the_desk(own)
    by_steps.cite(own, keys, settings)
    by_steps.at_the_door(anybody)
    by_steps.in_the_admin(root, keys)
    by_steps.invite(root)
    by_steps.publish_and_withdraw(root, keys)
    return [*walkers, keyed]


def formulas_in(table: str) -> list[str]:
    rows = csv.reader(io.StringIO(table.removeprefix("\ufeff")))
    return [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "@", "|"))]


def faults_of_letters(keys: dict[str, Any]) -> set[str]:
    """Of those that tell the reporter of what has happened to a passage."""
    passages = list(Article.objects.get(pk=keys["article"]).citations.filter(source=keys["source"]))
    find(passages, VerdictWord.MISSING, minutes=9)
    tell_news(now=timezone.now())
    for delivery in Delivery.objects.filter(alert__recipient__username="own", channel=Channel.EMAIL):
        send_delivery(delivery, now=timezone.now)
    pages = [html for letter in mail.outbox for html, kind in letter.alternatives if kind == "text/html"]
    heads = [str(letter.message()).partition("\n\n")[0] for letter in mail.outbox]
    assert any(MARK.search(page) for page in pages)
    wrong = {fault for page in pages for fault in faults_of_html(page, is_mail=True)}
    return wrong | {head for head in heads if "\nBcc:" in head}


@pytest.mark.long
def test_what_is_typed_into_any_form_stays_text_wherever_it_is_shown(
    keys: dict[str, Any], settings: Any, bound: set[type[Any]]
) -> None:
    walkers = fill_every_form(keys, settings)
    article = Article.objects.get(pk=keys["article"])
    notes = [
        *Update.objects.filter(article=article, version=None),
        Update(article=article, note="It was so."),
    ]
    publish_article(article, updates=notes, by=None, now=timezone.now())
    in_rows = kept()
    by_steps.take_down(walkers[1], keys)
    in_rows |= kept()
    faults = {where: wrong for walker in walkers for where, wrong in walker.faults.items()}
    shown, filled = set[str](), set().union(*(walker.filled for walker in walkers))

    for walker, addresses in zip(walkers, where_it_is_shown(keys), strict=True):
        for address in addresses:
            body, wrong = look_at(walker.client, address)
            shown |= set(MARK.findall(body))
            fields = set().union(*(form.fields for form in forms_of(body, address)))
            wrong |= {f"nobody wrote in {name} of {kind}" for kind, name in fields - filled}
            if wrong:
                faults[address] = wrong

    assert faults == {}, [*faults.items()]
    assert faults_of_letters(keys) == set()
    assert faults_of_messages(keys, settings) == set()
    lost = {where for walker in walkers for mark, where in walker.planted.items() if mark not in in_rows}
    assert {where for where in lost if not any(re.search(said, where) for said in NOT_KEPT)} == set()
    assert len(shown) > 90
    reached = {name for walker in walkers for name in walker.reached}
    sent_to = {name.removeprefix("POST ") for name in ROUTES if name.startswith("POST ")}
    assert sent_to - reached - NOTHING_WRITTEN.keys() == set()
    assert forms_that_can_be_written_in() - {form.__name__ for form in bound} - NOT_SENT.keys() == set()


def forms_that_can_be_written_in() -> set[str]:
    """The product's own, of which there is a field for words."""
    return {
        form.__name__
        for form in _below(BaseForm)
        if form.__module__.startswith("stories.")
        and any(isinstance(field.widget, _WORDS) for field in form.base_fields.values())
    }


def _below(form: type[BaseForm]) -> Iterator[Any]:
    for each in form.__subclasses__():
        yield each
        yield from _below(each)


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> set[type[Any]]:
    """The classes of all forms that were given a mark."""
    found, clean = set[type[Any]](), BaseForm.full_clean

    def remember(form: BaseForm) -> None:
        if form.is_bound and MARK.search(str(form.data)):
            found.update(type(form).__mro__)
        clean(form)

    monkeypatch.setattr(BaseForm, "full_clean", remember)
    return found


def where_it_is_shown(keys: dict[str, Any]) -> list[list[str]]:
    """Of each who walks: what the address of a route leads to, and what was made on the way."""
    article, person = Article.objects.get(pk=keys["article"]), User.objects.get(username="own")
    last = article.versions.count()
    readers = [
        *(reverse("version", args=[article.slug, number]) for number in range(1, last)),
        reverse("compare", args=[article.slug, last - 1, last]),
        reverse("compare", args=[article.slug, 1, last]),
        reverse("article", args=[keys["draft_slug"]]),
    ]
    token = make_token(person, now=timezone.now())
    mine = [reverse("desk_feed", args=[token])]
    mine += [reverse("desk_endpoint", args=[each.pk]) for each in Endpoint.objects.filter(person=person)]
    mine += [reverse("desk_alert", args=[each.pk]) for each in person.alerts.all()]
    made = [reverse("admin:saved_filter", args=[each.pk]) for each in SavedFilter.objects.all()]
    for model in (Article, ErrorReport, Intake, Publication, Source):
        page = f"admin:stories_{model._meta.model_name}_change"
        made += [reverse(page, args=[key]) for key in model.objects.values_list("pk", flat=True)]
    found = [walked({**keys, "number": last}, prefix, but=_SHOWS_NOTHING) for prefix in WHO_WALKS.values()]
    account = [reverse(name) for name in ("mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes")]
    return [[*there, *more] for there, more in zip([*found, account], [mine, made, readers, []], strict=True)]


#: Of the admin's lists, whose search is the same, one is searched.
_NOT_SEARCHED = {
    reverse(f"admin:stories_{noun}_changelist") for noun in NOUNS if noun not in {"article", "group"}
}


def look_at(client: Client, address: str) -> tuple[str, set[str]]:
    """What it shows, and what is wrong with that; searched too, where one can."""
    answer: Any = client.get(address)
    body = body_of(answer)
    wrong = faults_of(answer, body)
    if address.startswith("/desk/feed/"):
        # Programs that read feeds get their styles as those that read mail do: within.
        wrong = {fault for fault in wrong if not fault.endswith(" style>")}
    if answer.get("Content-Type", "").startswith("text/csv"):
        wrong |= set(formulas_in(body))
    if 'name="q"' in body and address not in _NOT_SEARCHED:
        found: Any = client.get(address, {"q": f"{BREAKOUTS[0]} {BREAKOUTS[10]}"})
        wrong |= faults_of(found, body_of(found))
    return body, wrong


def faults_of_messages(keys: dict[str, Any], settings: Any) -> set[str]:
    """Of what a webhook is sent of the same."""
    with receiver(settings) as hook:
        Endpoint.objects.filter(pk=keys["endpoint"]).update(address=hook.url())
        for delivery in Delivery.objects.filter(endpoint=keys["endpoint"], channel=Channel.WEBHOOK):
            send_delivery(delivery, now=timezone.now)
    bodies = [received.body.decode() for received in hook.received]
    assert any(MARK.search(body) for body in bodies)
    return {fault for body in bodies for fault in faults_of_json(body)}
