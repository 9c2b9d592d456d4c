"""Forms that a walk does not come to: one that follows another, and one that wants a code, a file or a choice first.

Each is filled as the walk fills the others.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from typing import Any

import time_machine
from django.contrib.admin import ModelAdmin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from stories.accounts.letters import INVITATION, write_link
from stories.admin.site import site
from stories.changing.deeds import DEEDS
from stories.importing.work import work_on
from stories.models import Alert, Article, Bulk, Endpoint, Intake, Publication, SavedFilter, User, WatchedFeed
from stories.models.words import AlertState, Channel
from stories.publishing.publication import ask_for_approval
from stories.publishing.wish import Wish
from tests.alerting.channels.test_chat import FILLED_IN
from tests.factories import make_reporter
from tests.security.payloads import BREAKOUTS
from tests.security.walking import Walker
from tests.signing_in.passkey import Passkey, challenge_in
from tests.signing_in.people import code_of, confirm, factors_of, sign_in, with_password
from tests.test_roles import client_of
from tests.web.misbehaving_server import MisbehavingServer, respond

#: As much markup as a name has room for.
_NAME = "'><img data-planted src=x onerror=planted()>"
#: What of a chat service somebody may name as they like.
_NAMED = {"zulip": {"stream": "'><b data-planted>{mark}"}, "matrix": {"room": "!'><b{mark}"}}
_CITED = "The gate opens on Monday."
_STORY = (
    "{mark} <b data-planted>Bridge\n\n“<script data-planted>planted()</script>,” says {mark}.\n\nIt opens."
)


def at_the_desk(own: Walker) -> None:
    person = User.objects.get(username="own")
    for service, values in FILLED_IN.items():
        said = {**values, **_NAMED.get(service, {})}
        own.fill_page(reverse("desk_endpoint_add", args=[service]), said)
        endpoint = Endpoint.objects.filter(person=person, channel=Channel.CHAT).latest("pk")
        own.fill_page(reverse("desk_endpoint_change", args=[endpoint.pk]), said)
    _choose_what_there_is_not(own)
    alert = Alert.objects.filter(recipient=person, state=AlertState.OPEN).first()
    own.fill_page(reverse("desk_inbox"), alert=[f"{alert.pk}@{alert.developed_at.isoformat()}"])


def _choose_what_there_is_not(own: Walker) -> None:
    """In every field of how one hears, where a browser has choices."""
    fields = (
        "time_zone",
        "language",
        "digest_at",
        "digest_weekday",
        "quiet_from",
        "quiet_until",
        "paused_until",
    )
    typed = {name: f"{BREAKOUTS[2]}{BREAKOUTS[10]}zf{number}x" for number, name in enumerate(fields)}
    answer, _body = own.send(reverse("desk_hearing"), typed)
    assert answer.status_code == 200


def cite(own: Walker, keys: dict[str, Any], settings: Any) -> None:
    """What a page was looked at for, in a claim of one's own words."""
    with MisbehavingServer() as server:
        server.serve_bytes("/gate", respond("200 OK", f"<title>Gate</title><p>{_CITED}</p>".encode()))
        settings.WATCH_ALLOWED_PRIVATE = [f"{host}:{port}" for host, port in server.allowed]
        said = {"exact": _CITED, "address": server.url("/gate")}
        placed = {"article": str(keys["article"]), "claim": "new"}
        _answer, body = own.send(reverse("desk_cite"), {"do": "look", **said, **placed})
        own.fill_answer(body, reverse("desk_cite"), said, by="do=cite", **{k: [v] for k, v in placed.items()})


def with_a_second_step(first: int) -> Walker:
    """By somebody who sets it up, and is asked for it: of an app's code the half minute is over at once."""
    with time_machine.travel(timezone.now(), tick=False):
        return _set_up_and_come_back(first)


def _set_up_and_come_back(first: int) -> Walker:
    keyed, client = with_password(make_reporter(username="keyed", email="keyed@newsroom.example")), Client()
    sign_in(client, "keyed")
    confirm(client)
    walker, key = Walker(client, first=first, known={}), Passkey(keyed)
    walker.fill_page(reverse("mfa_activate_totp"), lambda page: {"code": code_of(_secret_in(page))})
    assert "totp" in factors_of(keyed)
    walker.fill_page(reverse("mfa_reauthenticate"))
    walker.fill_page(
        reverse("mfa_add_webauthn"),
        lambda page: {"credential": key.registration(challenge_in(unescape(page)))},
    )
    walker.fill_page(reverse("mfa_edit_webauthn", args=[keyed.authenticator_set.get(type="webauthn").pk]))
    walker.send(reverse("mfa_generate_recovery_codes"), {})
    client.post(reverse("account_logout"))
    walker.fill_page(reverse("account_login"), {"login": "keyed"}, password=["not this one"])
    sign_in(client, "keyed")
    walker.fill_page(reverse("mfa_authenticate"))
    client.force_login(keyed)
    return walker


def _secret_in(page: str) -> str:
    found = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)
    assert found
    return found[1]


def at_the_door(anybody: Walker) -> None:
    anybody.fill_page(reverse("account_login"), password=["not this one"])
    anybody.fill_page(reverse("account_reset_password"))


def in_the_admin(root: Walker, keys: dict[str, Any]) -> None:
    _save_filters(root)
    _bring_in(root)
    _change_what_came(root)
    _ask_for_many(root)
    for script, sent in _of_scripts(root, keys):
        root.send(script, *sent)


def _save_filters(root: Walker) -> None:
    narrowed = urlencode({"q": "".join(BREAKOUTS[:3])})
    root.fill_page(f"{reverse('admin:stories_article_changelist')}?{narrowed}", shared=["on"])
    saved = SavedFilter.objects.latest("pk")
    root.fill_page(reverse("admin:saved_filter", args=[saved.pk]), shared=["on"])


def _bring_in(root: Walker) -> None:
    """A text, a file, and a ZIP of many; each is looked at, and taken in."""
    add = reverse("admin:stories_intake_add")
    text = _STORY.format(mark=root.mark("a pasted text"))
    root.send(add, {"way": "paste", "paste-text": text, "paste-zone": "UTC"})
    _take_in(root)
    name, text = (root.mark(f"an uploaded file's {part}") for part in ("name", "text"))
    file = SimpleUploadedFile(f"{_NAME}{name}.txt", _STORY.format(mark=text).encode())
    root.send(add, {"way": "upload", "upload-file": file, "upload-zone": "UTC"})
    _take_in(root)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for part in ("first", "second"):
            name, text = (root.mark(f"a ZIP's {part} {what}") for what in ("name", "text"))
            made.writestr(f"{_NAME}{name}.md", _STORY.format(mark=text))
        made.writestr(f"{_NAME}.exe", b"\0\1\2")
    file = SimpleUploadedFile(f"{_NAME}{root.mark('a ZIP')}.zip", packed.getvalue())
    root.send(add, {"way": "upload", "upload-file": file, "upload-zone": "UTC"})
    work_on(Intake.objects.latest("pk"), now=timezone.now)
    _take_in(root)


def _change_what_came(root: Walker) -> None:
    """A draft that was taken in, and a feed that may be watched: of neither is there one before."""
    root.fill_page(reverse("admin:stories_article_change", args=[Article.objects.latest("pk").pk]))
    root.fill_page(reverse("admin:stories_watchedfeed_change", args=[WatchedFeed.objects.latest("pk").pk]))


def _take_in(root: Walker) -> None:
    intake = Intake.objects.latest("pk")
    root.fill_page(reverse("admin:stories_intake_change", args=[intake.pk]))


def _ask_for_many(root: Walker) -> None:
    """What would become of the rows of each list; one of them is done and taken back."""
    for deed in DEEDS.values():
        rows = [str(key) for key in _model_of(deed.noun)._default_manager.values_list("pk", flat=True)[:9]]
        chosen = {"action": deed.name, "_selected_action": rows}
        root.send(reverse(f"admin:stories_{deed.noun}_changelist"), chosen)
        who = str(User.objects.get(username="own").pk)
        asked = {"keys": ",".join(rows), "person": who}
        _answer, body = root.send(reverse("admin:bulk_do", args=[deed.name]), asked)
        mark = re.search(r'name="mark" value="([^"]+)"', body)
        if mark and deed.name == "leave_source":
            root.send(reverse("admin:bulk_do", args=[deed.name]), {**asked, "mark": mark[1]})
            root.send(Bulk.objects.latest("pk").get_absolute_url(), {})


def _model_of(noun: str) -> Any:
    admins: list[ModelAdmin] = list(site._registry.values())
    return next(admin.model for admin in admins if admin.opts.model_name == noun)


def _of_scripts(root: Walker, keys: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """What a script sends while somebody types: of it nothing is kept."""
    typed = dict.fromkeys(("headline", "dek", "byline", "body", "seen"), "".join(BREAKOUTS[:2]))
    passage = {
        "source": keys["source"],
        "exact": BREAKOUTS[0],
        "prefix": BREAKOUTS[1],
        "suffix": BREAKOUTS[2],
    }
    article = [keys["article"]]
    return [
        (reverse("admin:text_differences"), [json.dumps([list(BREAKOUTS[:2])]), "application/json"]),
        (reverse("admin:stories_citation_quote_check"), [passage]),
        (reverse("admin:stories_article_presence", args=article), [{**typed, "writing": "1"}]),
        (reverse("admin:stories_article_beside", args=article), [typed]),
        (reverse("preview_story", args=article), [typed]),
    ]


def invite(root: Walker) -> None:
    """By letter: the names are the form's, which the walk has filled."""
    for person in User.objects.exclude(email="").filter(email__contains="planted.example"):
        root.send(reverse("admin:stories_user_invite", args=[person.pk]), {})
        write_link(person, INVITATION).send()


def publish_and_withdraw(root: Walker, keys: dict[str, Any]) -> None:
    """A note, a back-dated first version with why, a retraction that another refuses, and one that is done."""
    article, draft = (Article.objects.get(pk=keys[name]) for name in ("article", "draft"))
    panel, panel_of_draft = (
        reverse("admin:stories_article_publish", args=[each.pk]) for each in (article, draft)
    )
    scheduled = Publication.objects.on_the_way().get()
    root.send(reverse("admin:stories_publication_change", args=[scheduled.pk]), {"_cancel": "1"})
    editor, wish = User.objects.get(username="editor"), Wish(kind="retraction", note="It was not so.")
    asked = ask_for_approval(article, wish=wish, by=editor, now=timezone.now())
    root.fill_page(reverse("admin:stories_publication_change", args=[asked.pk]))
    earlier = {"kind": ["first"], "when": ["earlier"], "at": ["2001-01-01T12:00"], "zone": ["UTC"]}
    root.fill_page(panel_of_draft, **earlier)
    root.fill_page(panel, kind=["correction"])
    root.fill_page(f"{panel}?kind=retraction", by="_ask", kind=["retraction"], confirm=["on"])
    retraction, chief = Publication.objects.on_the_way().get(), client_of("chief")
    chief.post(reverse("admin:stories_publication_change", args=[retraction.pk]), {"_approve": "1"})


def take_down(root: Walker, keys: dict[str, Any]) -> None:
    """The first version: it is looked at once more, and then gone."""
    article = Article.objects.get(pk=keys["article"])
    address = reverse("admin:stories_article_take_down", args=[article.pk])
    chosen = str(article.versions.get(number=1).pk)
    _answer, body = root.fill_page(address, versions=[chosen])
    root.fill_answer(body, address, {"typed": article.slug})
    assert article.versions.get(number=1).takedown
