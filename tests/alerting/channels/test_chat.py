"""Chat: the words as each service receives them, on a server of ours that stands in for theirs."""

import logging
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import pytest
import requests

from stories.alerting.channels.chat import LONGEST, send_chat
from stories.alerting.channels.chat_service import ChatText
from stories.alerting.channels.chat_services import SERVICES, address_of, read_address
from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.letter import Letter, letter_of_delivery, letter_of_digest
from stories.alerting.message import message_for
from stories.alerting.tell import tell_news
from stories.models import Delivery, Endpoint, User
from stories.models.words import Channel, Gravity, VerdictWord
from tests.alerting.receiver import Receiver
from tests.alerting.scenes import NOON, altered_alert, find, quote
from tests.factories import DigestFactory, EndpointFactory, SourceFactory

pytestmark = pytest.mark.django_db

FILLED_IN = {
    "slack": {"url": "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"},
    "teams": {
        "url": "https://prod-161.westeurope.logic.azure.com:443/workflows/643e69f8/triggers/manual/paths/invoke"
        "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=KODuebWbDGYFr0z0eu6Rj8aUKz7108W3"
    },
    "discord": {"url": "https://discord.com/api/webhooks/123456789/abcdefghijkl"},
    "telegram": {"token": "123456789:abcdefg_hijklmnop", "chat": "-1001234"},
    "google_chat": {"url": "https://chat.googleapis.com/v1/spaces/AAA/messages?key=kkkk&token=tttt"},
    "pushover": {"user_key": "u" * 30, "token": "a" * 30},
    "webex": {"url": f"https://webexapis.com/v1/webhooks/incoming/{'a' * 80}"},
    "zulip": {"bot": "alerts-bot@desk.zulipchat.com", "token": "a" * 32, "stream": "alerts"},
    "ntfy": {"server": "https://ntfy.sh", "topic": "desk", "token": "tk_abcdefgh"},
    "matrix": {"server": "https://matrix.org", "room": "!abc:matrix.org", "token": "syt_abcdefgh"},
    "mattermost": {"url": "https://chat.example.org/hooks/abcdef"},
}
#: Where Apprise keeps the fixed host of each service.
HOSTS = {
    "slack": ("slack.NotifySlack", "webhook_url", "/services"),
    "discord": ("discord.NotifyDiscord", "notify_url", "/discord"),
    "telegram": ("telegram.NotifyTelegram", "notify_url", "/bot"),
    "google_chat": ("google_chat.NotifyGoogleChat", "notify_url", "/spaces/{workspace}"),
    "pushover": ("pushover.NotifyPushover", "notify_url", "/pushover"),
    "webex": ("webexteams.NotifyWebexTeams", "notify_url", "/webex"),
    "zulip": ("zulip.NotifyZulip", "notify_url", "/zulip"),
}


@pytest.fixture
def stand_in(hook: Receiver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """The services' fixed hosts lead to our server."""
    for path, name, where in HOSTS.values():
        module, _, plugin = path.partition(".")
        service = getattr(import_module(f"apprise.plugins.{module}"), plugin)
        monkeypatch.setattr(service, name, hook.url(where))
    yield hook


def endpoint_of(person: User, service: str, **values: str) -> Endpoint:
    address = address_of(SERVICES[service], FILLED_IN[service] | values)
    return EndpointFactory(person=person, channel=Channel.CHAT, address=address, secret="")


def letter_to(endpoint: Endpoint, **article: Any) -> Letter:
    altered_alert(endpoint.person, **article)
    return latest_letter_to(endpoint)


def latest_letter_to(endpoint: Endpoint) -> Letter:
    delivery = Delivery.objects.filter(endpoint=endpoint).latest("pk")
    return letter_of_delivery(delivery, message_for(delivery))


def said(hook: Receiver) -> str:
    """All that the service was told, in whatever form."""
    [received] = hook.received
    if "json" in received.headers["content-type"]:
        return "\n".join(_texts(received.json))
    return "\n".join(value for _name, value in parse_qsl(received.body.decode()))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _texts(value)
    else:
        yield str(data)


@pytest.mark.parametrize("service", HOSTS)
def test_each_service_of_a_fixed_host_is_told_what_changed(
    service: str, stand_in: Receiver, reporter: User
) -> None:
    stand_in.answer = b"ok"

    send_chat(letter_to(endpoint_of(reporter, service), headline="Bridge to close"))

    text = said(stand_in)
    assert "Altered: a passage quoted in “Bridge to close”" in text
    assert "The bridge will be closed from Monday" in text
    assert "The bridge may be closed from Monday" in text
    assert "/desk/alerts/" in text


@pytest.fixture
def teams(hook: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Microsoft's host is in what a person fills in, and so is not to be set otherwise."""
    workflows, post = import_module("apprise.plugins.workflows"), requests.post
    monkeypatch.setattr(
        workflows.requests, "post", lambda _url, **arguments: post(hook.url("/teams"), **arguments)
    )


@pytest.mark.parametrize("service", ["teams", "webex"])
@pytest.mark.usefixtures("teams")
def test_where_all_is_markdown_the_way_to_the_desk_is_a_link_and_nothing_else_is_marked(
    service: str, stand_in: Receiver, reporter: User
) -> None:
    letter = letter_to(endpoint_of(reporter, service), headline="# The *old* bridge")

    send_chat(letter)

    text, address = said(stand_in), letter.messages[0].alert_url
    assert f"[{address}]({address})" in text
    assert r"\# The \*old\* bridge" in text


@pytest.mark.parametrize("service", ["teams", "webex"])
@pytest.mark.usefixtures("teams")
def test_so_are_the_ways_to_the_alerts_of_a_digest(service: str, stand_in: Receiver, reporter: User) -> None:
    endpoint = endpoint_of(reporter, service)
    for headline in ("Bridge to close", "Ferry to stop"):
        find([quote(SourceFactory(), reporter, headline=headline)], VerdictWord.ALTERED)
    tell_news(now=NOON)
    messages = [message_for(delivery) for delivery in Delivery.objects.filter(endpoint=endpoint)]
    digest = DigestFactory(person=reporter, channel=Channel.CHAT, endpoint=endpoint)

    send_chat(letter_of_digest(digest, messages, gravity=Gravity.HIGH))

    text, ways = said(stand_in), {message.alert_url for message in messages}
    assert len(ways) == 2
    assert {way for way in ways if f"[{way}]({way})" in text} == ways
    assert text.count("](") == 2


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("- The bridge", r"\- The bridge"),
        ("+ The bridge", r"\+ The bridge"),
        ("1. The bridge", r"1\. The bridge"),
        ("20) The bridge", r"20\) The bridge"),
        ("    The bridge", "The bridge"),
        ("&lt;b&gt; of HTML & more", r"\&lt;b\&gt; of HTML & more"),
        ("1.5 million - 3", "1.5 million - 3"),
    ],
)
def test_no_line_is_a_list_or_code_where_all_is_markdown(
    headline: str, told: str, stand_in: Receiver
) -> None:
    send = SERVICES["webex"].send

    send(
        FILLED_IN["webex"],
        ChatText(uuid4(), "Gone", f"Told today\n{headline}", "http://127.0.0.1:8000/desk/"),
    )

    assert said(stand_in).splitlines()[-1] == told


def test_ntfy_is_told_on_a_server_of_the_persons_own(hook: Receiver, reporter: User) -> None:
    endpoint = endpoint_of(reporter, "ntfy", server=hook.url("/ntfy/"))

    send_chat(letter_to(endpoint))

    [received] = hook.received
    assert (received.path, received.headers["authorization"]) == ("/ntfy/", "Bearer tk_abcdefgh")
    assert received.json["topic"] == "desk"
    assert "may be closed" in received.json["message"]
    assert "/desk/alerts/" in received.json["click"]


@pytest.mark.parametrize("key", ["", "1", "12"])
def test_a_long_message_to_ntfy_is_none_that_it_makes_a_file_of(key: str, hook: Receiver) -> None:
    """Of 4,096 bytes it makes one (its message-size-limit); a letter of Chinese is three of them."""
    values = {"server": hook.url(""), "topic": "desk"}
    desk = f"http://127.0.0.1:8000/desk/{key}"

    SERVICES["ntfy"].send(values, ChatText(uuid4(), "Gone", f"{'桥' * 1_700}\n{desk}", desk))

    message = hook.received[0].json["message"]
    assert 4_090 < len(message.encode()) < 4_096
    assert message.endswith(f"桥 …\n\n{desk}")


def test_a_matrix_room_shows_a_message_once_however_often_it_is_sent(hook: Receiver, reporter: User) -> None:
    """Invariant 3: the key is the transaction's."""
    endpoint = endpoint_of(reporter, "matrix", server=hook.url(""))
    letter = letter_to(endpoint)

    send_chat(letter)
    send_chat(letter)

    assert {(received.method, received.path) for received in hook.received} == {
        ("PUT", f"/_matrix/client/v3/rooms/%21abc%3Amatrix.org/send/m.room.message/{letter.key}")
    }


def test_mattermost_is_told_through_its_incoming_webhook(hook: Receiver, reporter: User) -> None:
    endpoint = endpoint_of(reporter, "mattermost", url=hook.url("/hooks/abcdef"))

    send_chat(letter_to(endpoint))

    assert "may be closed" in hook.received[0].json["text"]


@pytest.mark.parametrize(
    ("service", "values"),
    [
        ("ntfy", {"server": "https://10.0.0.1"}),
        ("matrix", {"server": "https://169.254.169.254"}),
        ("mattermost", {"url": "https://192.168.0.9/hooks/x"}),
        ("mattermost", {"url": "http://93.184.215.14/hooks/x"}),
    ],
)
def test_a_host_that_the_guard_refuses_is_never_written_to(
    service: str, values: dict[str, str], reporter: User
) -> None:
    with pytest.raises(DeliveryFailedError) as failed:
        send_chat(letter_to(endpoint_of(reporter, service, **values)))

    assert failed.value.permanent


@pytest.mark.parametrize(
    ("status", "permanent", "ends_channel"),
    [(403, True, False), (404, True, False), (429, False, False), (502, False, False), (410, True, True)],
)
def test_what_a_service_answers_says_whether_to_try_again(
    status: int, permanent: bool, ends_channel: bool, stand_in: Receiver, reporter: User
) -> None:
    stand_in.status, stand_in.answer = status, b"invalid_token"

    with pytest.raises(DeliveryFailedError) as failed:
        send_chat(letter_to(endpoint_of(reporter, "google_chat")))

    assert (failed.value.permanent, failed.value.ends_channel) == (permanent, ends_channel)
    assert str(failed.value) == f"Answered with status {status}: invalid_token"


def test_no_secret_is_told_or_logged(stand_in: Receiver, reporter: User, everything_logged: StringIO) -> None:
    stand_in.status = 403

    with pytest.raises(DeliveryFailedError) as failed:
        send_chat(letter_to(endpoint_of(reporter, "telegram")))

    assert "abcdefg_hijklmnop" not in str(failed.value) + everything_logged.getvalue()


@pytest.fixture
def everything_logged() -> Iterator[StringIO]:
    """What an installation's log holds that logs all it can."""
    root, written = logging.getLogger(), StringIO()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.parametrize("service", ["slack", "telegram", "zulip"])
def test_an_answer_that_no_parser_takes_is_no_answer(
    service: str, stand_in: Receiver, reporter: User
) -> None:
    stand_in.status, stand_in.answer = 500, b"[" * 100_000

    with pytest.raises(DeliveryFailedError) as failed:
        send_chat(letter_to(endpoint_of(reporter, service)))

    assert not failed.value.permanent


def test_a_redirect_of_a_service_is_not_followed(stand_in: Receiver, reporter: User) -> None:
    stand_in.status, stand_in.headers = 307, {"Location": "/elsewhere"}

    with pytest.raises(DeliveryFailedError):
        send_chat(letter_to(endpoint_of(reporter, "discord")))

    assert len(stand_in.received) == 1


@pytest.mark.parametrize("service", ["slack", "discord", "telegram", "google_chat", "webex", "zulip"])
def test_a_page_that_we_quote_calls_nobody(service: str, stand_in: Receiver, reporter: User) -> None:
    call = "@everyone @**all** @*desk* <!channel> <@U123> <@all> <users/all> <b>now</b>"

    send_chat(letter_to(endpoint_of(reporter, service), headline=call))

    text = said(stand_in)
    calls = ("@everyone", "@*", "<!channel", "<@U123", "<@all", "<users/all", "<b>now")
    assert not any(part in text for part in calls)


@pytest.mark.parametrize(
    "link",
    [
        "[Desk](https://x.example)",
        "![](https://x.example/p.png)",
        "[a][b] [b]: /",
        "<https://x.example|Desk>",
        "< https://x.example|Desk>",
    ],
)
def test_a_page_that_we_quote_hides_no_address_behind_words(
    link: str, hook: Receiver, reporter: User
) -> None:
    """As the Markdown of most services would."""
    send_chat(letter_to(endpoint_of(reporter, "mattermost", url=hook.url("/hooks/x")), headline=link))

    text = hook.received[0].json["text"]
    # Of “<address|words>” Mattermost makes “[words](address)”, and trims the address.
    assert not any(part in text for part in ("](", "][", "]:", "<h", "< "))
    assert link in text.replace("\u2060", "")


def test_a_page_that_we_quote_turns_none_of_our_words_round(hook: Receiver, reporter: User) -> None:
    """A line with an override in it (UAX #9) ends as somebody else wishes, an address too."""
    source = SourceFactory(title="Notice \u202e\u2067of the port")
    find([quote(source, reporter, headline="Bridge\u202d to close")], VerdictWord.MISSING)
    endpoint = endpoint_of(reporter, "ntfy", server=hook.url(""))
    tell_news(now=NOON)

    send_chat(latest_letter_to(endpoint))

    said = hook.received[0].json
    assert "Notice of the port" in said["message"]
    assert "Bridge to close" in said["title"]


def test_nobody_in_a_matrix_room_is_called_by_their_name(hook: Receiver, reporter: User) -> None:
    """A page that quotes it would, where a message does not say whom it means (Matrix 1.11, 11.36)."""
    send_chat(letter_to(endpoint_of(reporter, "matrix", server=hook.url(""))))

    assert hook.received[0].json["m.mentions"] == {}


def test_a_long_text_ends_with_the_way_to_the_desk(hook: Receiver, reporter: User) -> None:
    endpoint = endpoint_of(reporter, "mattermost", url=hook.url("/hooks/x"))

    source = SourceFactory()
    find([quote(source, reporter, headline=f"{'Ferry ' * 30} {n}") for n in range(20)], VerdictWord.MISSING)
    tell_news(now=NOON)

    send_chat(latest_letter_to(endpoint))

    text = hook.received[0].json["text"]
    assert len(text) < LONGEST + 300
    assert text.rstrip().endswith("/")


def test_a_digest_is_one_message_with_a_line_for_each(hook: Receiver, reporter: User) -> None:
    endpoint = endpoint_of(reporter, "mattermost", url=hook.url("/hooks/x"))
    for headline in ("Bridge to close", "Ferry to stop"):
        find([quote(SourceFactory(), reporter, headline=headline)], VerdictWord.ALTERED)
    tell_news(now=NOON)
    messages = [message_for(delivery) for delivery in Delivery.objects.filter(endpoint=endpoint)]
    digest = DigestFactory(person=reporter, channel=Channel.CHAT, endpoint=endpoint)

    send_chat(letter_of_digest(digest, messages, gravity=Gravity.HIGH))

    text = hook.received[0].json["text"]
    assert text.startswith("**2 alerts: Altered: ")
    assert "Bridge to close" in text
    assert "Ferry to stop" in text


@pytest.mark.parametrize("service", SERVICES)
def test_what_was_filled_in_is_read_again_from_the_address(service: str) -> None:
    address = address_of(SERVICES[service], FILLED_IN[service])

    assert read_address(address) == (SERVICES[service], FILLED_IN[service])


@pytest.mark.parametrize("service", FILLED_IN)
def test_each_answer_matches_its_field(service: str) -> None:
    for name in FILLED_IN[service]:
        assert SERVICES[service].match(name, FILLED_IN[service])


@pytest.mark.parametrize(
    ("service", "name", "value"),
    [
        ("slack", "url", "https://hooks.slack.com.evil.example/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazk"),
        (
            "slack",
            "url",
            "https://hooks.slack.com/services/T1JJ3T3L2/B1BRTD4JD/TIiajkdnlazk?template=/etc/passwd",
        ),
        ("discord", "url", "https://discord.com/api/webhooks/123456789/abcdefghijkl?template=/etc/passwd"),
        ("teams", "url", "https://evil.example/workflows/a/triggers/manual/paths/invoke?sig=x"),
        ("teams", "url", "https://x.logic.azure.evil/workflows/a/triggers/manual/paths/invoke?sig=x"),
        ("zulip", "bot", "alerts-bot@zulip.evil.example"),
        ("zulip", "bot", "alerts-bot@evil.example/.zulipchat.com"),
        ("telegram", "chat", "123,456"),
        ("webex", "url", "https://webexapis.com.evil.example/v1/webhooks/incoming/" + "a" * 80),
    ],
)
def test_nothing_but_the_fixed_host_is_ever_called(service: str, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=SERVICES[service].label):
        SERVICES[service].match(name, {name: value})


def test_apprise_is_loaded_for_no_other_purpose() -> None:
    """It takes 25 MB: web pages and workers that send nothing by it go without."""
    import subprocess
    import sys

    code = "import django; django.setup(); import stories.tasks, stories.urls, sys; sys.exit('apprise' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
