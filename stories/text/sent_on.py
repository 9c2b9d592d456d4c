"""A page that is there for nothing but to send its readers on, by its markup or by a script.

Linear in the first 200,000 bytes of the copy.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urljoin, urlsplit

from .outcome import Copy, PageJudgement, PageOutcome
from .page_address import state_of_address
from .page_signs import VERY_SHORT, Signs, start_of_markup

# Whoever is to read the page first is given longer.
_LONGEST_WAIT_SECONDS = 30
# A page with more to say than this may have a script that sends readers on when they ask for it.
_BARE = 200
_META = re.compile(r"<meta\b([^<>]{1,4000})>", re.IGNORECASE)
_REFRESHES = re.compile(r"http-equiv\s{0,3}=\s{0,3}[\"']?\s{0,3}refresh\b", re.IGNORECASE)
_WAIT_AND_ADDRESS = re.compile(
    r"content\s{0,3}=\s{0,3}[\"']?\s{0,3}(\d{1,5})[\d.]{0,9}\s{0,3}[;,]\s{0,3}(?:url\s{0,3}=\s{0,3})?[\"']?([^\"'\s]+)",
    re.IGNORECASE,
)
_SCRIPT_ADDRESS = re.compile(
    r"\blocation(?:\.href)?\s{0,3}=\s{0,3}[\"']([^\"'\s]{1,2000})[\"']"
    r"|\blocation\.(?:replace|assign)\s{0,3}\(\s{0,3}[\"']([^\"'\s]{1,2000})[\"']"
)
_MOVED = (
    "page has moved", "page has been moved", "article has moved", "article has been moved", "story has moved",
    "site has moved", "you will be redirected", "you are being redirected", "seite ist umgezogen",
    "seite wurde verschoben", "sie werden weitergeleitet", "wirst weitergeleitet", "page a été déplacé",
    "article a été déplacé", "allez être redirigé", "página se ha movido", "página se ha trasladado",
    "serás redirigido", "pagina è stata spostata", "verrai reindirizzato", "sarai reindirizzato", "página mudou",
    "você será redirecionado", "pagina is verhuisd", "je wordt doorgestuurd", "u wordt doorgestuurd",
    "strona została przeniesiona", "zostaniesz przekierowan", "страница переехала", "страница перемещена",
    "будете перенаправлены", "ページは移転しました", "リダイレクトしています", "页面已迁移", "为您跳转", "正在跳转",
    "正在重定向", "تم نقل هذه الصفحة", "تم نقل الصفحة", "إعادة توجيهك",
)  # fmt: skip
_SENT_ON = PageJudgement(PageOutcome.FAILED, "sent_on")


def sends_on(copy: Copy) -> PageJudgement | None:
    """Why a copy is no page but a way to another: to a home page or a wall, as its markup says; None if it is one.

    Raises ExtractError.
    """
    if copy.extract.kind != "html" or len(copy.extract.text) > VERY_SHORT:
        return None
    markup = start_of_markup(copy)
    address = _address_of_refresh(markup)
    if address and (target := _elsewhere(address, copy)):
        return state_of_address(replace(copy, final_url=target)) or _SENT_ON
    if len(copy.extract.text) <= _BARE and (address := _address_of_script(markup)):
        return _SENT_ON if _elsewhere(address, copy) else None
    return None


def says_that_it_moved(signs: Signs) -> PageJudgement | None:
    """The same by its words, in place of all that was there before: a line that says so, and no more. Linear."""
    return _SENT_ON if not signs.says_more(_MOVED) and signs.is_told(_MOVED) else None


def _address_of_refresh(markup: str) -> str:
    for tag in _META.finditer(markup):
        found = _WAIT_AND_ADDRESS.search(tag[1]) if _REFRESHES.search(tag[1]) else None
        if found and int(found[1]) <= _LONGEST_WAIT_SECONDS:
            return unescape(found[2])
    return ""


def _address_of_script(markup: str) -> str:
    """Of the first script that names one; where a button does, it is for the reader to press."""
    found = _SCRIPT_ADDRESS.search(markup)
    if found is None:
        return ""
    before = markup[: found.start()].lower()
    return found[1] or found[2] if before.rfind("<script") > before.rfind("</script") else ""


def _elsewhere(address: str, copy: Copy) -> str:
    """Where that leads; nothing if it is to the same page again, as of one that asks for a cookie or ticks."""
    try:
        target = urljoin(copy.final_url, address)
        there, here = urlsplit(target), urlsplit(copy.final_url)
    except ValueError:
        return ""
    return target if (there.netloc, there.path) != (here.netloc, here.path) else ""
