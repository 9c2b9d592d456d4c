"""Chat services: a short text that says what changed, and leads to the desk.

Most of them know no id of a message, so one may be shown twice where a sender died before it could write down that the
first was taken; Matrix shows it once.
"""

from __future__ import annotations

import re

from django.template.loader import render_to_string

from stories.alerting.channels.chat_service import ChatText
from stories.alerting.channels.chat_services import read_address
from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.letter import Letter
from stories.alerting.message import desk_address
from stories.text.printable import printable

#: The shortest message that any of the services takes is Discord's, of 2,000 letters.
LONGEST = 1_800
PASSAGES_SHOWN = 3
ALERTS_SHOWN = 8
# What a service would read as a call to everybody (@here, @**all**, <!channel>, <users/all>), or as a link under words
# of somebody else's choosing ([our desk](https://…), [our desk]: https://…, < https://…|our desk>), may stand in a
# page that we quote.
_CALL_OR_LINK = re.compile(r"@(?=[\w!#@/*])|<|\](?=[(\[:])")


def send_chat(letter: Letter) -> str:
    """Send the letter, and return what the service answered, in words. Raises DeliveryFailedError."""
    assert letter.endpoint is not None
    return send_text(letter.endpoint.address, text_of(letter))


def send_text(address: str, text: ChatText) -> str:
    try:
        service, values = read_address(address)
        return service.send(values, text)
    except ValueError as error:
        raise DeliveryFailedError(str(error), permanent=True) from error


def text_of(letter: Letter) -> ChatText:
    address = letter.messages[0].alert_url if len(letter.messages) == 1 else desk_address()
    return ChatText(
        key=letter.key,
        title=_harmless(letter.subject),
        body=_harmless(_body(letter, address)),
        address=address,
        thread="" if letter.is_digest else f"alert-{letter.messages[0].account.alert.pk}",
    )


def _body(letter: Letter, address: str) -> str:
    if len(letter.messages) > 1:
        shown = letter.messages[:ALERTS_SHOWN]
        context = {"messages": shown, "left_out": len(letter.messages) - len(shown), "address": address}
        return _shortened(render_to_string("chat/digest.txt", context).strip(), address)
    account = letter.messages[0].account
    context = {
        "message": letter.messages[0],
        "passages": account.passages[:PASSAGES_SHOWN],
        "left_out": len(account.passages[PASSAGES_SHOWN:]),
        "account": account,
    }
    return _shortened(render_to_string("chat/alert.txt", context).strip(), address)


def _shortened(text: str, address: str) -> str:
    """The way to the desk is never what is cut off."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - len(address) - 4].rstrip()} …\n\n{address}"


def _harmless(text: str) -> str:
    """With an invisible joiner (U+2060) behind what would begin a call, or amid a link."""
    return _CALL_OR_LINK.sub("\\g<0>\u2060", printable(text))
