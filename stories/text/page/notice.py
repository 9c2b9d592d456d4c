"""A page that has little to say, rewritten: a notice may speak of a harbour's access as a wall does of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from stories.text.language.characters import UNSPACED
from stories.text.language.page_phrases import (
    AT_A_REQUEST,
    CHALLENGE,
    CHALLENGE_CLAUSES,
    CHALLENGE_MARKUP,
    FAULT,
    FILLERS,
    FORBIDDEN,
    NOT_FOUND,
    OF_ANY_SERVICE,
    PAGE_NOT_FOUND,
    PAYWALL,
    REGION,
    SCRIPT_NEEDED,
    SIGN_IN,
    TAKEN_AWAY,
    WAITING,
    WORD_OF_LINE,
    says_only,
    tells_any,
)
from stories.text.noise.volatile import DATE, TIME
from stories.text.page.outcome import Copy, PageJudgement
from stories.text.page.signs import SENTENCES, TITLE_PARTS, Signs, start_of_markup

_TOLD_BY = {
    "challenge": CHALLENGE + CHALLENGE_CLAUSES,
    "legal_reasons": REGION + NOT_FOUND + PAGE_NOT_FOUND,
    "forbidden": FORBIDDEN,
    "soft_404": (*PAGE_NOT_FOUND, *NOT_FOUND, "404"),
    "error_page": FAULT,
    "sign_in": SIGN_IN + PAYWALL,
    "script_needed": WAITING,
}
_DAY = re.compile(DATE, re.IGNORECASE)
# Errors tell their code, and when they were made.
_OF_AN_ERROR = re.compile(rf"(?<!\d)[45]\d\d(?!\d)|\b{TIME}", re.IGNORECASE)
# The words that weigh nothing are known of a few languages only.
_UNKNOWN_FILLERS = 2
_FIGURE = re.compile(r"(?<![\w/.#-])\d{1,4}(?![\w/])|[一-鿿]\d{1,4}")
_LEAST_OF_WEIGHT = 4
_UNSPACED = re.compile(f"[{UNSPACED}]")
_OF_A_PAGE = re.compile(
    r"\b(?:pages?|articles?|stor(?:y|ies)|contents?|sites?|web\w{0,8}|links?|posts?|documents?|files?|url|listings?"
    r"|we(?:'\w{2})?|our|you|your|seiten?|artikel|beitrag|inhalte?|angebot|anzeige|wir|unsere?|nous|notre|vous|votre"
    r"|contenus?|p[aá]ginas?|art[ií]culos?|artigos?|articol[oi]|contenid[oa]s?|conteúdos?|contenut[oi]|sitio|sito"
    r"|estamos|wij|onze|inhoud|stron\w{1,3}|artykuł\w{0,3}|treś\w{1,3}|сайт\w{0,3}|страниц\w{0,3}|стать\w{0,3}"
    r"|материал\w{0,3}|публикаци\w{0,3}|мы|вы|sayfa\w{0,4}|içerik\w{0,4}|haber\w{0,4})\b"
    r"|网站|網站|页面|頁面|网页|網頁|文章|内容|內容|本文|链接|本站|系统|サイト|ページ|記事|コンテンツ|페이지|기사|사이트"
    r"|صفح|موقع|محتوى|مقال|דף|עמוד|כתבה|אתר"
)
_SERVICE = re.compile(
    r"\b(?:services?|servers?|serveurs?|dienste?|servi[czç]i?o|servidor(?:es)?|server|serwis\w{0,2}|serwer\w{0,2}"
    r"|сервис\w{0,2}|сервер\w{0,2}|sorry|leider|désolé|malheureusement|currently|derzeit|actuellement)\b"
    r"|抱歉|对不起|服务器?|サービス|サーバー|申し訳|서비스|서버|الخدمة|الخادم"
)


def may_be_a_notice(state: PageJudgement, signs: Signs, copy: Copy) -> bool:
    """Is there no sentence, and no title, that says what told `state` and not of what else it might be so?

    "Access denied" is a wall's, "Access denied to the north harbour" is news. Linear in the length of the copy.
    """
    phrases = _TOLD_BY.get(state.reason)
    if phrases is None:
        return False
    if state.reason == "script_needed" and tells_any(signs.whole, SCRIPT_NEEDED):
        return False
    if state.reason == "challenge" and CHALLENGE_MARKUP.search(start_of_markup(copy)):
        return False
    # Walls name the site that they stand before.
    host = urlsplit(copy.final_url).hostname or copy.final_url
    sentences = (told.replace(host, " ") for told in _sentences(signs))
    return not any(
        says_only(told, phrases, other_words=0 if told.isascii() else _UNKNOWN_FILLERS) for told in sentences
    )


def is_accounted_for(state: PageJudgement, signs: Signs, copy: Copy) -> bool:
    """Does a notice say on what day, or for whom, the text was taken away? Errors know but the present. Linear.

    "This article has been removed" is an error's, "This article was removed on 4 May" its newsroom's.
    """
    return (
        state.reason == "soft_404"
        and any(_tells_when_or_why_it_was_taken_away(line) for line in signs.content)
        and may_be_a_notice(state, signs, copy)
    )


def is_of_something_there(state: PageJudgement, signs: Signs, copy: Copy) -> bool:
    """Is each sentence that told `state` about a lift, a ferry or the like, rather than a page? Linear.

    An error speaks of its page or its service and of nothing else; a number of a line or a day is news.
    """
    general = {"soft_404": NOT_FOUND, "error_page": OF_ANY_SERVICE}.get(state.reason)
    if general is None:
        return False
    phrases = _TOLD_BY[state.reason]
    particular = tuple(phrase for phrase in phrases if phrase not in general)
    host = urlsplit(copy.final_url).hostname or copy.final_url
    sentences = [told.replace(host, " ") for told in _sentences(signs)]
    telling = [told for told in sentences if tells_any(told, phrases)]
    return bool(telling) and all(
        not tells_any(told, particular) and _is_about_a_thing(told, NOT_FOUND + OF_ANY_SERVICE)
        for told in telling
    )


def _is_about_a_thing(sentence: str, phrases: tuple[str, ...]) -> bool:
    if _OF_A_PAGE.search(sentence):
        return False
    if _FIGURE.search(_OF_AN_ERROR.sub(" ", sentence)):
        return True
    rest = sentence
    for phrase in sorted(phrases, key=len, reverse=True):
        rest = rest.replace(phrase, " ")
    words = WORD_OF_LINE.findall(_SERVICE.sub(" ", rest))
    return any(
        word not in FILLERS and (len(word) >= _LEAST_OF_WEIGHT or _UNSPACED.search(word)) for word in words
    )


def _tells_when_or_why_it_was_taken_away(line: str) -> bool:
    if not tells_any(line, TAKEN_AWAY):
        return False
    return tells_any(line, AT_A_REQUEST) or (
        _DAY.search(line) is not None and _OF_AN_ERROR.search(line) is None
    )


def _sentences(signs: Signs) -> Iterator[str]:
    yield from TITLE_PARTS.split(signs.title)
    for line in signs.lines:
        yield from SENTENCES.split(line)
