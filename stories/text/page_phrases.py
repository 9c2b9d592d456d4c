"""The words by which pages that are not the page give themselves away, in the more widely read languages.

All in lower case with straight apostrophes. A long page may speak of any of these; so they are looked for in
titles, short lines and short texts only.
"""

from __future__ import annotations

import re

# These speak of the page itself: enough by themselves in a title or a short line.
PAGE_NOT_FOUND = (
    "page not found", "page cannot be found", "page can't be found", "page could not be found",
    "page couldn't be found", "page doesn't exist", "page does not exist", "page isn't available",
    "page is not available", "page unavailable", "page no longer exists", "page is gone", "page is missing",
    "page has been removed", "page has been deleted", "find that page", "find the page", "find this page",
    "page you requested", "page you are looking for", "page you're looking for", "page you were looking for",
    "page you've requested", "article not found", "story not found", "document not found", "file not found",
    "content not found", "404 not found", "error 404", "404 error", "http 404", "404 - ",
    "seite nicht gefunden", "seite existiert nicht", "seite wurde nicht gefunden", "page introuvable",
    "page non trouvée", "cette page n'existe", "page demandée", "página no encontrada", "página no existe",
    "página não encontrada", "página não existe", "pagina non trovata", "pagina niet gevonden",
    "sidan hittades inte", "siden ble ikke funnet", "siden blev ikke fundet", "sivua ei löydy",
    "strona nie została znaleziona", "nie znaleziono strony", "stránka nenalezena", "страница не найдена",
    "сторінку не знайдено", "sayfa bulunamadı", "ページが見つかりません", "お探しのページ",
    "页面不存在", "找不到页面", "找不到網頁",    "페이지를 찾을 수 없습니다", "الصفحة غير موجودة", "הדף לא נמצא",
)  # fmt: skip
# These may speak of anything: only where the page has lost its text.
NOT_FOUND = (
    "no longer available", "no longer exists", "not available", "has been removed", "has been deleted",
    "was removed", "was deleted", "been unpublished", "does not exist", "doesn't exist", "not found",
    "nothing was found", "nothing here", "has expired", "nicht gefunden", "nicht mehr verfügbar",
    "existiert nicht", "n'existe pas", "n'existe plus", "n'est plus disponible", "no se encuentra",
    "ya no está disponible", "não está mais disponível", "non è più disponibile", "niet gevonden",
    "niet meer beschikbaar",
)  # fmt: skip
# A retraction takes the text away too, but says so on the page itself: that is a change, and news.
EDITORS_WORDS = (
    "editor's note", "editors' note", "retract", "withdrawn", "correction", "clarification", "verified",
    "our standards",
)  # fmt: skip
CHALLENGE = (
    "just a moment", "checking your browser", "checking if the site connection is secure", "you are human",
    "you're human", "you are a human", "are you a robot", "are you human", "not a robot",
    "attention required", "enable javascript and cookies to continue",
    "please enable js and disable any ad blocker", "pardon our interruption", "unusual traffic",
    "unusual activity", "automated access", "automated requests", "bot detection", "security check",
    "ddos protection", "access denied", "you have been blocked", "access to this page has been denied",
    "incapsula", "press & hold", "the captcha", "human verification", "performing security verification",
    "sicherheitsüberprüfung", "sind sie ein mensch", "vérification de sécurité", "êtes-vous un robot",
    "verifica que eres humano", "проверка браузера",
)  # fmt: skip
CHALLENGE_MARKUP = re.compile(
    r"/cdn-cgi/challenge-platform/h/[bg]/orchestrate|cf-chl-|_cf_chl_opt|captcha-delivery\.com|px-captcha"
    r"|_Incapsula_Resource|g-recaptcha|h-captcha|cf-turnstile|awsWafCookieDomainList|gokuProps|/_sec/cp_challenge"
)
CONSENT = (
    "before you continue", "we value your privacy", "we and our partners", "our partners", "accept all",
    "reject all", "accept and continue", "agree and continue", "i agree", "manage your privacy",
    "your privacy choices", "privacy settings", "cookie settings", "manage settings", "more options",
    "your consent", "cookies", "alle akzeptieren", "zustimmen und weiter", "bevor sie fortfahren",
    "ihre privatsphäre", "tout accepter", "avant de continuer", "accepter et continuer", "aceptar todo",
    "antes de continuar", "tu privacidad", "accetta tutto", "prima di continuare", "alles accepteren",
    "voordat je verdergaat", "aceitar tudo", "zaakceptuj wszystko", "with advertising", "mit werbung",
)  # fmt: skip
SIGN_IN = (
    "log in", "login", "sign in", "subscribe to", "subscribers only", "for subscribers", "anmelden",
    "einloggen", "jetzt abonnieren", "connectez-vous", "se connecter", "réservé aux abonnés",
    "iniciar sesión", "inicia sesión", "suscríbete", "accedi", "inloggen",
)  # fmt: skip
FAULT = (
    "internal server error", "bad gateway", "service unavailable", "gateway time-out", "gateway timeout",
    "temporarily unavailable", "something went wrong", "an error occurred", "an error has occurred",
    "unexpected error", "application error", "error establishing a database connection", "under maintenance",
    "scheduled maintenance", "down for maintenance", "we'll be back", "be right back", "site is offline",
    "too many requests", "rate limit", "try again later", "try again in a few", "server error", "fatal error",
    "origin is unreachable", "a timeout occurred", "web server is down", "wartungsarbeiten",
    "une erreur est survenue", "en maintenance", "se ha producido un error", "si è verificato un errore",
    "произошла ошибка",
)  # fmt: skip
SCRIPT_NEEDED = (
    "enable javascript", "requires javascript", "javascript is disabled", "javascript is required",
    "need javascript", "turn on javascript", "without javascript", "javascript aktivieren",
    "activer javascript", "habilite javascript", "loading", "please wait",
)  # fmt: skip


def tells_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Is any of the phrases in `text`?"""
    return any(phrase in text for phrase in phrases)


def count_told(text: str, phrases: tuple[str, ...]) -> int:
    """How many of the phrases are in `text`."""
    return sum(phrase in text for phrase in phrases)
