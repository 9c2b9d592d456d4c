"""A page that is there for nothing but to send its readers on, by its markup or by a script.

Linear in the first 200,000 bytes of the copy.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urljoin, urlsplit

from stories.text.language.page_phrases import says_only
from stories.text.page.address import state_of_address
from stories.text.page.outcome import Copy, PageJudgement, PageOutcome
from stories.text.page.signs import SENTENCES, SHORT_LINE, TITLE_PARTS, VERY_SHORT, Signs, start_of_markup

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
_IS_LED = (
    "you will be redirected", "you are being redirected", "sie werden weitergeleitet", "wirst weitergeleitet",
    "allez être redirigé", "serás redirigido", "verrai reindirizzato", "sarai reindirizzato",
    "você será redirecionado", "je wordt doorgestuurd", "u wordt doorgestuurd", "zostaniesz przekierowan",
    "будете перенаправлены", "リダイレクトしています", "为您跳转", "正在跳转", "正在重定向", "إعادة توجيهك",
)  # fmt: skip
# A site may be one of building, and a front page one in print: these are said whole, or of "this page".
_MOVED = (
    "page has moved", "page has been moved", "article has moved", "article has been moved", "story has moved",
    "site has moved", "seite ist umgezogen", "seite wurde verschoben", "page a été déplacé", "article a été déplacé",
    "página se ha movido", "página se ha trasladado", "pagina è stata spostata", "página mudou", "pagina is verhuisd",
    "strona została przeniesiona", "страница переехала", "страница перемещена", "ページは移転しました", "页面已迁移",
    "تم نقل هذه الصفحة", "تم نقل الصفحة",
)  # fmt: skip
_OF_THIS = re.compile(
    r"\W{0,3}(?:sorry,? |oops\W{1,3})?(?:this|diese|cette|cet|esta|questa|deze|ta|эта|この|此|本|تم نقل هذه) ?"
    rf"(?:web ?)?(?:{'|'.join(_MOVED)})"
)
_FIGURE = re.compile(r"(?<![\w/])\d")
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
    if signs.says_more(_IS_LED + _MOVED):
        return None
    if signs.is_told(_IS_LED):
        return _SENT_ON
    said = (
        *TITLE_PARTS.split(signs.title),
        *(told for line in signs.lines for told in SENTENCES.split(line)),
    )
    return _SENT_ON if any(map(_says_that_this_moved, said)) else None


def _says_that_this_moved(sentence: str) -> bool:
    """A figure is of a place or of a day, which the page itself has not moved to."""
    return says_only(sentence, _MOVED, other_words=0) or (
        len(sentence) <= SHORT_LINE
        and _OF_THIS.match(sentence) is not None
        and _FIGURE.search(sentence) is None
    )


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
