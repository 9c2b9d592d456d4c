"""What changes on a page by itself: clocks, counters, nonces. Masked, two readings of a page can be held side by side.

Only labels are masked, never prose and never a bare figure: "52 votes" in a sentence, "19:30" in a timetable and
"5 June" in a table of deadlines are what readers came for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.text.language.characters import UNSPACED
from stories.text.language.word_lists import words_in
from stories.text.noise.age import WHOLE_AGE, has_age, without_age
from stories.text.noise.page_furniture import is_furniture
from stories.text.normalise import normalise

LONGEST_LABEL = 100
_MOST_OTHER_WORDS = 5
_CHARACTERS_OF_A_WORD = 3
_UNSPACED = re.compile(f"[{UNSPACED}]")
# Ends with a figure: in "Dead 12, visits 30" the first is no count of visits.
_NUMBER = r"\d(?:[\d.,]{0,13}\d)?(?:\s?(?:k|m|tsd|mio)\b)?"
# With spaces between the thousands, where what stands beside it shows where it begins and ends.
_SPACED = r"\d{1,3}(?: \d{3}){1,3}\b"
# Behind a word, as behind "No." and "#", the first figures are those of a name: "Apollo 11 204 views".
_APART = r"(?:^|(?<=[^\w\s.:#§/'-])|(?<=[^\w\s.:#§/']\s))"
# Lines are matched in plain form, in which letters that look alike are one.
_COUNTED_ALIKE = (
    r"перегляд\w{0,2}",
    r"προβολές",
    r"просмотр\w{0,2}",
    r"прочтени\w{1,2}",
    r"комментари\w{1,2}",
    r"лайк\w{0,2}",
)
_COUNTED = (
    r"views?|reads|readers|visits|likes?|shares?|comments?|replies|reactions?|upvotes?|followers?|subscribers?|restacks?|reblogs?"
    r"|(?:people |users )?(?:watching|online)|claps?|retweets?|reposts?|bookmarks?|aufrufe|kommentare?|commentaires?"
    r"|comentarios?|commenti|reacties|vues|lectures|visualizaciones|visualizzazioni|visualizações|weergaven"
    r"|partages?|j'aime|compartidos?|me gusta|condivisioni|reaktionen|geteilt|gelesen|görüntüle(?:n)?me|okunma|yorum"
    r"|beğeni|paylaşım|wyświetle(?:ń|nia)|komentarz[ey]?|polubie(?:ń|nia)|visningar|kommentarer"
    r"|visninger|zobrazení|vizualizări|lượt xem|katselu(?:a|kertaa)|megtekintés|odsłon[ya]?|přečteno"
    r"|seguidores|abonnés|abonnenten|volgers|visitas|visites|visitatori"
    r"|(?:ال)?مشاهد(?:ة|ات)|(?:ال)?تعليق(?:ات)?|(?:ال)?إعجاب(?:ات)?"
    + "".join(f"|{normalise(word).plain}" for word in _COUNTED_ALIKE)
)
# What may stand before the word in "Total views: 120"; in "Hospital visits: 120" they are what is reported on.
_OF_THE_PAGE = (
    r"total|page|article|story|post|video|photo|profile|user|reader|all|show|view|see|read|latest|unique|of|de|der|di|van"
    rf"|gesamt|alle|toplam|عدد|{normalise('всего').plain}|{normalise('Всего').plain}"
)
_COUNTED_OF_A_PAGE = re.compile(rf"(?:(?:{_OF_THE_PAGE}) )?(?:{_COUNTED})", re.IGNORECASE)
_COUNTED_UNSPACED = (
    r"閲覧数|閲覧|アクセス数|访问量|再生回数|回視聴|コメント数?|いいね|阅读量?|閱讀|浏览(?:量|次数)?|评论|點擊|点击|点赞|播放"
    r"|조회수?|댓글"
)
_FIGURE_ALONE = re.compile(_NUMBER, re.IGNORECASE)
# What is counted so is what a story tells of: shares that were sold, millions of visits.
_TOLD_OF = (
    r"(?:outstanding|issued|authori[sz]ed|traded|sold|held|received|submitted|against|[mb]illion|thousand|people|words"
    r"|dollars?|euros?|pounds|km|kilomet\w{3,4}|miles)\b"
)
_COUNTER = re.compile(
    rf"(?:{_APART}{_SPACED}|\b{_NUMBER})\s?(?:{_COUNTED})\b"
    rf"(?!\s{_TOLD_OF})"
    rf"|(?:^|[^\w\s]\s?|(?<=[\d~])\s|(?<=[\dkm~]\s)|\b(?:{_OF_THE_PAGE})\s)(?:{_COUNTED})\s?[:(]?\s?(?>{_SPACED}|{_NUMBER})\b(?!:\d|\s?%|\s{_TOLD_OF})\)?"
    rf"|\b{_NUMBER}\s?-?\s?min(?:ute)?s?\s(?:read|lesezeit)\b"
    rf"|\b{_NUMBER}\s(?:out )?of\s{_NUMBER}\s(?:people |users |readers )?found this(?: \w{{1,12}})?"
    r" (?:helpful|useful)\b"
    rf"|(?:^|[^\w\s]\s?)(?:shared|viewed|read|liked|watched|played)\s{_NUMBER}\stimes\b"
    rf"|\b{_NUMBER}-?\s?(?:mal|keer|kez|gånger|ganger) (?:gelesen|geteilt|gelezen|bekeken|gedeeld|okundu|visad|vist)\b"
    rf"|(?:^|[^\w\s]\s?)(?:visto|leído|compartido|lu|vu|partagé|letto|condiviso|lido|dibaca|dilihat)"
    rf"\s?:? (?:{_SPACED}|{_NUMBER}) (?:ve(?:z|ces|zes)|fois|volt[ae]|kali)\b"
    rf"|(?:{_COUNTED_UNSPACED})\s?[:(]?\s?{_NUMBER}[万萬만]?\s?[次件回条條]?\)?"
    rf"|\b{_NUMBER}[万萬만]?\s?[次件回条條]?の?(?:{_COUNTED_UNSPACED})"
    r"|\b(?:lesezeit|reading time|temps de lecture|tiempo de lectura|tempo d[ie] l(?:ettura|eitura)|leestijd)\s?:?\s?"
    r"(?:ca\. ?)?\d{1,3}\s?min\w{0,4}\b\.?",
    re.IGNORECASE,
)
_ZONE = r"(?:\s(?:utc|gmt|[ecmp][sd]?t|cest|cet|bst|ist)\b)?"
TIME = rf"(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?{_ZONE}"
# What every time of day has in it, and few lines have: it is looked for first.
_OF_A_TIME = re.compile(r"\d[:hH]\d")
# A day told by how near it is, as the whole of a label.
_NEAR_DAYS = words_in(
    "today yesterday heute gestern aujourd'hui hier hoy ayer oggi ieri vandaag gisteren hoje ontem bugün dün dzisiaj "
    "wczoraj сегодня вчера اليوم أمس 今日 昨日 今天 昨天"
)
_NEAR_DAY = re.compile(
    r"^(?:(?:posted|published|updated|modified|edited) )?"
    rf"(?:{'|'.join(normalise(day).plain for day in sorted(_NEAR_DAYS))})"
    rf"(?:[\s,|·-]{{0,4}}(?:(?:at|um|à|a las|alle|om|saat) )?{TIME}(?: uhr)?)?$",
    re.IGNORECASE,
)
_TIMESTAMP = re.compile(
    r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_CLOCK = re.compile(rf"\b{TIME}", re.IGNORECASE)
_SAYS_WHEN = re.compile(
    r"\b(?:updated|published|posted|modified|refreshed|generated|retrieved|now|current|as of|stand"
    r"|modifiée?|modificad[oa]|modificat[oa]|geändert|gewijzigd|zaktualizowano|ultimo aggiornamento|mise à jour"
    r"|(?:última|letzte|ostatnia|laatste) "
    r"(?:actualización|aktualisierung|änderung|atualização|aktualizacja|update|wijziging)"
    r"|last (?:changed?|check(?:ed)?|edit(?:ed)?|load(?:ed)?|refresh(?:ed)?|reload(?:ed)?|sync(?:ed)?|updated?)(?!-)"
    r"|aktualisiert|veröffentlicht|mis à jour|publié|actualizado|publicado|aggiornato|pubblicato|bijgewerkt"
    rf"|gepubliceerd|atualizado|güncelle\w{{1,6}}|{normalise('обновлено|опубликовано').plain})\b"
    r"|(?<![の許约約証证照])更新(?!手|合同|料|申|期|截|費|费)|发布(?=时间|日期|于|[\s:~]|$)|تحديث"
    r"|نشر(?=\s(?:في|بتاريخ|يوم)\b|[\s:]{0,3}(?:\d|$))",
    re.IGNORECASE,
)
# Beside these a time is that of what is told, and not of the telling.
_FORETOLD = re.compile(
    r"\b(?:will|until|till|from|since|deadline|due|opens?|opening|closes|closing|starts?|begins?|ends|in force|on sale"
    r"|valid|wird|werden|bis|frist|gültig|ab|jusqu'à|dès|hasta|desde|fino|dal|tot|vanaf|até)\b|まで|から|締切|截止",
    re.IGNORECASE,
)
_MONTHS = "|".join(
    normalise(month).plain
    for month in sorted(
        words_in(
            "januar jänner februar märz april mai juni juli august september oktober november dezember "
            "janvier février mars avril juin juillet août septembre octobre novembre décembre "
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
            "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
            "januari februari maart mei augustus december "
            "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro "
            "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık "
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
        )
    )
)
_WEEKDAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    r"|\b(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b"
    r"|\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b"
    r"|\b(?:segunda|terça|quarta|quinta|sexta)-feira\b",
    re.IGNORECASE,
)
# No other words that begin alike: "Decision 12", "mardi 4".
_ENGLISH_MONTHS = (
    r"(?:jan(?:uary|v)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DATE = (
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\W{1,3})?"
    rf"(?:{_ENGLISH_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\.?\s{_ENGLISH_MONTHS})(?:\W{{1,3}}\d{{4}})?"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d[./]\d{1,2}[./]\d{1,2}\b"
    rf"|\b\d{{1,2}}(?:er|\.)?\s(?:de\s)?(?:{_MONTHS})\b(?:\s(?:de\s)?\d{{4}})?|(?<!\d)(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日"
)
_DATE = re.compile(DATE, re.IGNORECASE)
# "Updated 12:03:31" as a sentence or in brackets; never as part of one: "the list was updated at 12:03".
_STAMP = re.compile(
    r"(?:^|(?<=[(\[|·•])\s?|(?<=[.!?;|·•-]\s))"
    r"(?:(?:last|zuletzt|dernière) )?(?:updated|refreshed|modified|stand|aktualisiert|mis à jour|mise à jour"
    rf"|actualizado|aggiornato|bijgewerkt)[\s:,-]{{0,3}}(?:(?:on|am|le|el|il|op) )?(?:{_DATE.pattern})?[\s,-]{{0,3}}"
    rf"(?:(?:at|um|à|a las|alle|om) )?{TIME}(?: uhr)?(?:[\s,-]{{1,3}}(?:(?:on|am|le|el|il|op) )?(?:{_DATE.pattern}))?"
    r"(?=\s?(?:$|[;)\]|·•]|[.!?](?:\s|$)|-\s))",
    re.IGNORECASE,
)
# The number of a case or a report is written in capitals or figures, and so is one to call.
_NONCE = re.compile(
    r"\b((?:(?:request|ray|trace|error|csrf|session|reference|ref|incident|support|event)\W{0,3}(?:id|token)"
    r"|(?:request|ray|trace|error|csrf|reference|ref|incident)(?:\W{0,3}(?:number|no))?"
    r"(?=\W{1,3}(?-i:[\d-]{0,60}[a-z][a-z\d-]{0,60}\b)))\W{1,3})"
    r"(?=[\w-]{0,60}\d)[\w-]{6,64}\b|\b(nonce\W{1,3})[\w-]{4,64}\b",
    re.IGNORECASE,
)
_LIKED = re.compile(
    r"^[\u2661-\u2665\u2764\ufe0f\U0001f44d\U0001f44e\U0001f4ac\U0001f441\U0001f501\U0001f525\u2b50\s]{1,6}\d[\d.,]{0,14}\s?[km]?$",
    re.IGNORECASE,
)
_MADE_IN = re.compile(
    r"\b(generated|rendered|loaded|served|created) in \d[\d.,]{0,8} ?(?:ms|s|secs?|seconds?)\b"
    r"|\bvisitor (?:number|no\.?|#) ?\d[\d.,]{0,14}\b",
    re.IGNORECASE,
)
_YEARS = r"\W{0,4}(?:\d{4}\s?-\s?)?\d{4}(?!\d)"
_RESERVED = r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados"
# Behind the word, which may be any sentence's, whoever has the rights is named: not so in "Copyright 2025 rules".
_NAMED_NEXT = rf"(?!\s(?!by\s|{_RESERVED})(?-i:[a-zß-ÿ]))"
_YEAR = re.compile(
    rf"(?:©|\(c\)){_YEARS}|\bcopyright\b{_YEARS}{_NAMED_NEXT}|\b(?:{_RESERVED})\W{{1,3}}\d{{4}}$",
    re.IGNORECASE,
)
# The mark speaks of nothing else, amid a sentence too; the word by itself only begins such a line.
_YEAR_OF_RIGHTS = re.compile(
    rf"(?:©|\(c\)(?=\s?\d{{4}})){_YEARS}|^copyright\b{_YEARS}{_NAMED_NEXT}", re.IGNORECASE
)
_TODAY = re.compile(
    r"^(?:today(?:'s date)?(?: is)?|heute ist|nous sommes le|hoy es|oggi è|vandaag is|hoje é)[\s,:-]{1,3}"
    r"(?:the |der )?"
    rf"(?:{_WEEKDAYS.pattern}|{_DATE.pattern})|今日は|今天是|اليوم هو",
    re.IGNORECASE,
)
# To the second only a machine tells what day it is.
_WALL_CLOCK = re.compile(
    rf"^(?:{_DATE.pattern})[\s,|·-]{{0,4}}(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d(?:\s?[ap]\.?m\b\.?)?{_ZONE}$",
    re.IGNORECASE,
)
_SEVERAL_TIMES = re.compile(
    r"~(?:[\s,|·•(-]{0,4}(?:at|um|à|a las|alle|om|o|uhr|v)?[\s,|·•(-]{0,4}~\)?){1,4}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
# In front of an age or a count, a verb tells of something that happened, or was counted, elsewhere than on the page.
_IN_FRONT = re.compile(r"([^\W\d_]+)\s([^\W\d_]+)\s~")
_OF_LABELS = re.compile(
    rf"(?:{_OF_THE_PAGE}|about|over|almost|nearly|than|ago|by|on|at|in|from|the|and|last|first|more|was|now|or|with"
    r"|posted|added|written|asked|answered|replied|commented|active|joined|seen|created|shared|edited|modified|changed"
    r"|um|am|im|vom|von|zuletzt|und|geschrieben|le|à|par|et|el|a|por|y|il|e|da|om|op|door|en|os?|em|av|den|kl)",
    re.IGNORECASE,
)
# What is of some age or number on any site: "new comment ~", "there are ~".
_OF_POSTS = words_in(
    "among are these wrote online comment reply answer question message activity post thread news story staff "
    "commentaire réponse comentario comentário respuesta resposta mensaje mensagem commento risposta messaggio "
    "reactie antwoord bericht"
) | {normalise(word).plain for word in ("комментарий", "ответ", "сообщение")}


def masked(line: str) -> str:
    """The line in tight form, with what changes by itself replaced by `~` if the line is a label.

    In prose that is only a sentence of its own that tells when the page was updated.

    Linear in the length of the line. `masked("14 comments")` is `"~"`; `masked("They cast 14 votes.")` keeps it.
    """
    normalised = normalise(line)
    plain = normalised.plain.strip()
    stamped = _STAMP.sub("~", plain) if _OF_A_TIME.search(plain) else plain
    if "©" in plain or plain[:9].lower().startswith(("copyright", "(c)")):
        stamped = _YEAR_OF_RIGHTS.sub("~", stamped)
    if stamped != plain:
        plain, normalised = stamped, normalise(stamped)
    if len(plain) > LONGEST_LABEL:
        return normalised.tight.strip()
    if (
        _NEAR_DAY.match(plain)
        or WHOLE_AGE.fullmatch(plain)
        or _LIKED.match(plain)
        or _WALL_CLOCK.match(plain)
        or is_furniture(plain)
    ):
        return "~"
    if not (any(map(str.isdigit, plain)) or has_age(plain)):
        return normalised.tight.strip()
    told = _COUNTER.sub("~", without_age(plain))
    if _tells_of_something(told):
        return normalised.tight.strip()
    told = _NONCE.sub("~", _YEAR.sub("~", _MADE_IN.sub("~", told)))
    says_when = _SAYS_WHEN.search(told) and not _FORETOLD.search(told)
    if says_when:
        told = _TIMESTAMP.sub("~", told)
    if (_CLOCK.search(told) and says_when) or (_TODAY.search(told) and _DATE.search(told)):
        told = _WEEKDAYS.sub("~", _DATE.sub("~", _CLOCK.sub("~", told)))
    # What says when may say so twice.
    is_label = _is_label(_SAYS_WHEN.sub("", told) if says_when else told)
    return normalise(told).tight.strip() if is_label else normalised.tight.strip()


def _tells_of_something(told: str) -> bool:
    """Does a sentence lead to what is masked, as in "Ferry sank ~", and not a name or a label, "Posted by lee ~"?"""
    return not _SAYS_WHEN.search(told) and any(
        behind.islower() and behind not in _OF_POSTS and not any(map(_OF_LABELS.fullmatch, (before, behind)))
        for before, behind in _IN_FRONT.findall(told)
    )


def _is_label(line: str) -> bool:
    """Is the line no sentence, and of a few words; in a script that has no spaces, of a few characters?"""
    unspaced = len(_UNSPACED.findall(line))
    return line[-1:] not in tuple(".!?。؟।") and (
        len(_WORD.findall(line)) + unspaced // _CHARACTERS_OF_A_WORD <= _MOST_OTHER_WORDS
    )


def uncounted(lines: Sequence[str]) -> list[str]:
    """The lines with `~` for each bare figure that is a count because the line next to it says of what.

    Linear. `uncounted(["12", "shares"])` is `["~", "shares"]`; "12" beside "days" stays.
    """
    told = list(lines)
    # Most lines are no figures, and the look at one character is the cheaper one.
    for at in [at for at, line in enumerate(lines) if line[:1].isdigit()]:
        beside = lines[max(0, at - 1) : at + 2]
        is_figure = _FIGURE_ALONE.fullmatch(lines[at])
        if is_figure and any(_COUNTED_OF_A_PAGE.fullmatch(label.strip(" :")) for label in beside):
            told[at] = "~"
    return told


def dateline(line: str) -> str | None:
    """The line with its date, time or age as one `~`, and `None` if it has none or is more than a label.

    "By Ann Lee, 3 June 2024, 14:05" and "By Ann Lee, 2 hours ago" may be one line at two times. Linear.
    """
    plain = normalise(line).plain.strip()
    if len(plain) > LONGEST_LABEL:
        return None
    if _NEAR_DAY.match(plain):
        return "~"
    told = without_age(plain)
    if _tells_of_something(told):
        return None
    told = _SEVERAL_TIMES.sub("~", _CLOCK.sub("~", _DATE.sub("~", _TIMESTAMP.sub("~", told))))
    return normalise(told).tight.strip() if "~" in told and _is_label(told) else None


def hour_of_near_day(line: str) -> str:
    """The hour behind a near day, where that is all of the line. `hour_of_near_day("Today, 14:05")` is `"14:05"`."""
    near = _NEAR_DAY.match(normalise(line).plain.strip()) if len(line) <= LONGEST_LABEL else None
    hour = _CLOCK.search(near[0]) if near else None
    return hour[0] if hour else ""


def tells_age(line: str) -> bool:
    """Does the line say how long ago something was? `tells_age("Posted 2 hours ago")` is true. Linear."""
    if len(line) > LONGEST_LABEL:
        return False
    plain = normalise(line).plain.strip()
    return has_age(plain) or _NEAR_DAY.match(plain) is not None
