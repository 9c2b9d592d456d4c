"""How long ago something was, as labels tell it, in the languages of the web."""

from __future__ import annotations

import re

from stories.text.normalise import normalise

_UNITS = r"s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mo|months?|y|yrs?|years?"
_FEW = r"\d{1,3}|an?|one|einer|einem|wenigen|une?|un[ao]?|uma?|een|enkele"
_RUSSIAN_UNITS, _RUSSIAN_AGO = normalise("сек|мин|час|дн|нед").plain, normalise("назад").plain
_UKRAINIAN_UNITS, _UKRAINIAN_AGO = normalise("сек|хв|год|дн|дні|тиж").plain, normalise("тому").plain
_GREEK_UNITS, _GREEK_AGO = (
    normalise("δευτ|λεπτ|ώρ|ημέρ|μέρ").plain,
    f"{normalise('πριν').plain}(?: {normalise('από').plain})?",
)
# Before or since what it was, or what has lasted so long, may follow: then it is no age.
_LAST = r"(?=\W{0,3}$|\s?[^\w\s])"
_AGO = re.compile(
    rf"(?<![\d.,])\b(?:\d{{1,3}}(?:\.\d)?|an?|one)\s?(?:{_UNITS})\sago\b|\bjust now\b|\bmoments ago\b"
    rf"|\bvor (?:{_FEW}) (?:sekunden?|minuten?|stunden?|tag(?:en)?)\b|\bgerade eben\b"
    # These say "ago" and "before" by one word: before what, or by when, follows.
    r"|(?<!の)\b\d{1,3}\s?(?:秒|分钟|分鐘|小时|小時|天|時間|分|日|분|시간|일)\s?"
    r"(?:前(?=\W|$|に?(?:更新|投稿|公開|配信|掲載)|の(?:更新|投稿|記事)|[发發]布|[发發]表)|전(?!까지|에|부터))"
    rf"|\b(?:\d{{1,3}}\s)?(?:{_RUSSIAN_UNITS})\w{{0,5}}\s{_RUSSIAN_AGO}\b"
    r"|منذ\s\d{1,3}\s\w{1,8}|לפני\s\d{1,3}\s\w{1,8}\b(?!\sמ(?!את\b))"
    r"|(?:منذ|قبل)\s(?:\d{1,3}\s)?(?:ثانية|ثوان|دقيقة|دقيقتين|دقائق|ساعة|ساعتين|ساعات|يوم|يومين|أيام)\b(?!\sمن\b)"
    r"|(?<![dt][ae]n )(?<![dt][ae]n en az )(?<![dt][ae]n tam )"
    r"\b(?:\d{1,3}|bir) (?:saniye|dakika|saat|gün|hafta) önce\b"
    rf"|\bil y a (?:{_FEW}) (?:secondes?|minutes?|min|heures?|h|jours?)\b|\bà l'instant\b"
    rf"|\b(?:hace|há) (?:{_FEW}) (?:segundos?|minutos?|min|horas?|h|días?|dias?)\b|\bahora mismo\b"
    rf"|\b(?:(?:{_FEW}) |un')(?:secondi|minut[oi]|or[ae]|giorn[oi]) fa\b"
    rf"|\b(?:{_FEW}) (?:seconden?|minuut|minuten|uur|uren|dag|dagen) geleden\b"
    r"|\b(?:\d{1,3} )?(?:sekund|minut|godzin|dni)[a-zęy]{0,2} temu\b"
    r"|\b(?:f[oö]r )?(?:\d{1,3}|en|ett?) (?:sekund|minut|tim|dag|dygn|veck|uke|uge)\w{0,4} (?:sedan|siden)\b"
    rf"{_LAST}"
    r"|\b(?:\d{1,3} )?(?:sekunti|minuutti|tunti|päivä|viikko)\w{0,2} sitten\b"
    r"|\bp[rř]ed (?:\d{1,3} (?:sekund|min[uú]t|hodin|dn|t[yý][dž][dn])\w{0,5}|(?:min[uú]tou|hodinou)\b)"
    rf"|\b(?:\d{{1,3}}|egy) (?:másodperce|perce|órája|napja|hete)\b{_LAST}"
    r"|\bacum (?:\d{1,3}|un|o) (?:secund|minut|or|zi|săptămân)\w{0,3}\b"
    rf"|\b{_GREEK_AGO} \d{{1,3}} (?:{_GREEK_UNITS})\w{{0,8}}\b{_LAST}"
    rf"|\b(?:\d{{1,3}}\s)?(?:{_UKRAINIAN_UNITS})\w{{0,6}}\s{_UKRAINIAN_AGO}\b"
    r"|(?<!से )(?<!के )(?<!कम )\b\d{1,3} (?:सेकंड|मिनट|घंट|दिन)\S{0,3} पहले"
    rf"|\b\d{{1,3}} (?:giây|phút|giờ|ngày) trước\b{_LAST}|\b\d{{1,3}} (?:detik|menit|jam|hari) (?:yang )?lalu\b"
    r"|\d{1,3}\s?(?:วินาที|นาที|ชั่วโมง|วัน)(?:ที่แล้ว|ที่ผ่านมา)"
    rf"|\bfa (?:\d{{1,3}}|una?) (?:segons?|minuts?|hor(?:a|es)|di(?:a|es))\b{_LAST}",
    re.IGNORECASE,
)
# What any of these has in it, in small letters, and few lines have: it is looked for first.
_SIGNS = (
    "ago", "just now", "vor ", "gerade eben", "前", "전", _RUSSIAN_AGO, "منذ", "לפני", "قبل", "önce", "il y a",
    "à l'instant", "hace ", "há ", "ahora mismo", " fa", "fa ", "geleden", "temu", "sedan", "siden", "sitten", "před ",
    "pred ", "perce", "órája", "napja", "hete", "acum", normalise("πριν").plain, _UKRAINIAN_AGO, "पहले", "trước",
    "lalu", "ที่",
)  # fmt: skip
# An age as the whole of a label, which has no figure while it is short: "Updated this week".
WHOLE_AGE = re.compile(
    r"(?:(?:last )?(?:posted|published|updated|edited|modified|written|added)\s?:?\s?)?"
    rf"(?:(?:about|over|almost|nearly|less than|more than|a little over) )?(?:a )?(?:{_AGO.pattern}"
    r"|(?:earlier )?this (?:week|month|year)|last (?:week|month|year)|a (?:few|couple of) \w{4,7} ago|recently)"
    r"|(?:(?:última actualización|actualizado|publicado|editado|modificado)\s?:?\s?)?"
    r"(?:esta semana|este (?:mes|año)|la semana pasada|el (?:mes|año) pasado|hace un[ao]s \w{4,8}|recientemente)"
    r"|(?:(?:dernière mise à jour|mise? à jour|publiée?|modifiée?)\s?:?\s?)?"
    r"(?:cette (?:semaine|année)|ce mois-ci|(?:la semaine|l'année) dernière|le mois dernier|il y a quelques \w{4,8}"
    r"|récemment)",
    re.IGNORECASE,
)


def has_age(plain: str) -> bool:
    """Does a line in plain form (`normalise`) say how long ago something was? Linear."""
    return _may_have(plain) and _AGO.search(plain) is not None


def without_age(plain: str) -> str:
    """The line with `~` for each age. Linear.

    >>> without_age("Posted 2 hours ago")
    'Posted ~'
    """
    return _AGO.sub("~", plain) if _may_have(plain) else plain


def _may_have(plain: str) -> bool:
    lower = plain.lower()
    return any(sign in lower for sign in _SIGNS)
