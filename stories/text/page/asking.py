"""What a site asks of whoever comes before it shows the page, in few words: for cookies, for data, for an age.

Everything here is linear in the length of the signs: each expression below repeats a bounded number of times only.
"""

from __future__ import annotations

import re

from stories.text.language.asking_words import SPEAKERS
from stories.text.language.page_phrases import AGREE, says_only, tells_any
from stories.text.page.signs import SENTENCES, SHORT, Signs

_LABEL = 25
_LONGEST_BUTTON = 40
_MOST_BESIDE = 60
_FEWEST_OF_SENTENCE = 4
_COOKIES = re.compile(
    r"\b(?:us(?:e|es|ing|amos|a|iamo|ano)|verwende[nt]?|verwendung|nutz(?:t|en|ung)|setz(?:t|en)|utili[sz]\w{1,7}"
    r"|gebrui\w{1,4}|używa\w{0,3}|korzysta\w{0,3}|använder|brug(?:er|en)|bruker) (?:\S{1,20} ){0,4}\S{0,3}cookies?"
    r"|cookies?,? um\b"
    r"|[使利]用.{0,10}(?:cookie|クッキー)|(?:cookie|クッキー).{0,10}(?:[使利]用|同意)"
)
_LAW = re.compile(r"\b(?:gdpr|dsgvo|rgpd|lgpd|(?:de|volgens de) avg)\b")
_DATA = re.compile(
    r"\b(?:personal data|your data|personenbezogene\w? daten|(?:ihre|deine)r? daten"
    r"|données (?:à caractère )?personnelles|vos données"
    r"|(?:datos|dados) (?:personales|pessoais)|(?:sus|tus|seus) da[td]os|dati personali|tuoi dati"
    r"|persoonsgegevens|(?:uw|je|jouw) gegevens)\b"
)
_PERMISSION = re.compile(
    r"\b(?:(?:your|ihre?|deine?|votre|vos|su|tu|tuo|uw|je|jouw|sua) "
    r"(?:consent|permission|agreement|zustimmung|einwilligung|einverständnis|accord|consentement|autorisation"
    r"|permiso|consentimiento|permesso|consenso|toestemming))\b"
)
_AGE = re.compile(
    r"\b(?:over|older than|at least|under|über|mindestens|unter|älter als|plus de|moins de|au moins|más de|menos de"
    r"|al menos|più di|almeno|ouder dan|minstens|mais de|pelo menos|of|avez|ukończone) (?:16|18|19|20|21|eighteen)\b"
    r"|\b(?:16|18|19|20|21) ?(?:\+|years|or o(?:lder|ver)|jahre|ans\b|años|anni|jaar|anos|lat\b)"
    r"|\b(?:how old are you|wie alt (?:bist du|sind sie)|quel âge avez|cuántos años tiene|quanti anni ha|hoe oud ben"
    r"|legal(?: drinking)? age|drinking age|your age|date of birth|age (?:check|gate|verification|restricted)"
    r"|age-restricted|(?:ihr|dein) alter|geburtsdatum|volljährig|altersprüfung|alters(?:verifikation|kontrolle)"
    r"|votre âge|date de naissance|majeure?|vérification de l'âge|(?:su|tu) edad|mayor(?:es)? de edad"
    r"|fecha de nacimiento|verificación de (?:la )?edad|(?:tua|sua) età|data di nascita|maggiorenn[ei]"
    r"|verifica dell'età|(?:uw|je|jouw) leeftijd|geboortedatum|meerderjarig|leeftijds(?:controle|verificatie)"
    r"|adults only|(?:18|21) лет"
    r"|(?:only|content|restricted|nur|inhalte?|réservée?s?|contenu|s[oó]lo|contenido|riservat\w|contenut\w|alleen"
    r"|inhoud|conteúdo|tylko|treś\w{1,3}|только|материал\w{0,2}) (?:\S{1,20} ){0,3}"
    r"(?:(?:for|to) adults|(?:für|voor) (?:erwachsene|volwassenen)|aux adultes|para adultos|agli adulti|dla dorosłych"
    r"|для взрослых))\b"
    # Courses are for adults, and for those over 18, as well.
    r"|(?:满|滿|仅限?|僅限?|限) ?(?:18|20|21) ?(?:歳|岁|歲|周岁)|(?:18|20|21) ?(?:歳|岁|歲|周岁).{0,8}(?:か|吗|嗎)"
    r"|(?:内容|仅|仅限|限定).{0,6}成人|成人(?:内容|限定|向け)|عمرك|للبالغين"
)
_ASKED_FOR = (_COOKIES, _LAW, _DATA, _PERMISSION, _AGE)
# These stand over a wall, or say what for. Alone they ask for nothing, unless there is a button to answer with.
_CHOICE = re.compile(
    r"\W{0,3}(?:(?:it's |it is )?your (?:data, your )?choice|the choice is yours|(?:sie haben|du hast) die wahl"
    r"|(?:ihre|deine) (?:daten, (?:ihre|deine) )?wahl|c'est votre choix|(?:c'est )?à vous de choisir|votre choix"
    r"|tú (?:eliges|decides)|usted (?:elige|decide)|tu elección|la (?:scelta è tua|tua scelta)|a te la scelta"
    r"|de keuze is aan (?:u|jou)|(?:uw|jouw) keuze|help (?:us|ons)(?: to)? (?:keep|stay|remain|hold) .{0,30}free"
    r"|help (?:us|ons) .{0,30}gratis .{0,12}|helfen sie uns,? .{0,30}kostenlos .{0,20}|aidez-nous à .{0,30}gratuits?"
    r"|ayúdanos a .{0,30}gratis|aiutaci a .{0,30}gratuit\w{1,2}|choose how to read .{1,40}|continue to .{1,40})\W{0,3}"
)
_WHAT_FOR = re.compile(
    r"\b(?:cookies?|privacy|consent|advert\w{0,8}|ads|personali[sz]\w{1,6}|track\w{0,4}|partners?|third parties"
    r"|browser|enter (?:this|the) site|kostenlos|werbung|anzeigen|datenschutz|publicités?|publicitaires?"
    r"|vie privée|publicidad|anuncios|privacidad|pubblicità|annunci"
    r"|advertenties?|how your|withdraw|click|bestätigen|confirmez|confirma"
    r"|conferma|bevestig|18|21)\b"
)
_ANSWERS = (
    "ok", "okay", "got it", "allow", "deny", "decline", "yes", "no", "i'm happy", "continue", "enter", "leave", "exit",
    "close", "dismiss", "i agree", "i do not", "submit",
    "confirm", "understood", "i understand", "learn more", "read more", "settings",
    "options", "manage", "subscribe", "with ads", "choices", "i am", "i'm", "over", "under", "18", "21", "older",
    "younger", "preferences", "save", "all", "ja", "nein", "weiter", "verstanden", "alles klar", "schließen",
    "einstellungen", "mehr erfahren", "erlauben", "bestätigen", "oui", "non", "d'accord", "fermer", "continuer",
    "autoriser", "j'ai compris", "j'accepte", "entrer", "sortir", "quitter", "personnaliser", "en savoir plus", "sí",
    "entendido", "de acuerdo", "permitir", "cerrar", "continuar", "entrar", "salir", "más información", "sì",
    "ho capito", "va bene", "consenti", "chiudi", "continua", "entra", "esci", "nee", "begrepen", "toestaan",
    "sluiten", "doorgaan", "verder", "sim", "não", "tak", "nie", "rozumiem", "förstår", "forstået", "jag", "jeg",
    "godkänn", "dalej", "продолжить", "да", "нет", "続ける", "はい", "いいえ", "继续", "是", "否",
    "متابعة", "نعم", "لا",
)  # fmt: skip


# These lead on from anything, and answer no question of age.
_LEADING_ON = ("read more", "learn more", "mehr erfahren", "en savoir plus", "más información")


def asks_first(signs: Signs) -> bool:
    """Is hardly anything said but such a question, and is it asked of whoever comes rather than told of others?

    Where nothing is known from before there must be something to answer with, and nothing else that is said. Linear.
    """
    lines = _speaking(signs)
    if not lines or sum(map(len, lines)) > SHORT:
        return False
    said = [sentence for line in lines for sentence in SENTENCES.split(line) if not _is_answer(sentence)]
    asking = [sentence for sentence in said if _is_asking(sentence)]
    is_of_age = all(_AGE.search(told) and _topics(told) == 1 for told in asking)
    has_answer = any(
        _is_answer(line) and not (asking and is_of_age and line.strip(" .…›»→>").endswith(_LEADING_ON))
        for line in signs.labels
        if len(line) <= _LONGEST_BUTTON
    )
    if not asking and not (has_answer and any(map(_CHOICE.fullmatch, said))):
        return False
    others = [told for told in said if told not in asking and not _goes_with_it(told)]
    if signs.has_lost:
        is_sure = has_answer or any(_COOKIES.search(told) or _LAW.search(told) for told in asking)
        return is_sure and _says_little(others)
    if not any(map(str.strip, signs.content)):
        return has_answer and _says_little(others)
    return has_answer and len(others) <= 1 and all(map(_is_name, others))


def is_about_such(signs: Signs) -> bool:
    """Does a page that has little to say speak of that mostly, as a notice on privacy does? Linear."""
    said = [
        sentence for line in signs.content for sentence in SENTENCES.split(line) if len(sentence) > _LABEL
    ]
    return 2 * sum(map(_is_asking, said)) > len(said)


def _speaking(signs: Signs) -> tuple[str, ...]:
    """The content; where it says nothing, as a wall that is marked as a dialogue leaves it, all that was said."""
    if any(len(line.split()) >= _FEWEST_OF_SENTENCE for line in signs.content):
        return signs.content
    return signs.lines if signs.has_lost or signs.content else tuple(signs.whole.split("\n"))


def _says_little(sentences: list[str]) -> bool:
    return sum(len(told) for told in sentences if len(told) > _LABEL) <= _MOST_BESIDE


def _is_asking(sentence: str) -> bool:
    return _topics(sentence) > 0 and SPEAKERS.search(sentence) is not None


def _topics(text: str) -> int:
    return sum(topic.search(text) is not None for topic in _ASKED_FOR)


def _goes_with_it(sentence: str) -> bool:
    return (
        _CHOICE.fullmatch(sentence) is not None
        or _WHAT_FOR.search(sentence) is not None
        or any(topic.search(sentence) for topic in _ASKED_FOR)
    )


def _is_name(line: str) -> bool:
    """May that be the name of the site, or a greeting? A figure or a sentence is what a page has to say."""
    return len(line) <= _LABEL and len(line.split()) < _FEWEST_OF_SENTENCE and not any(map(str.isdigit, line))


def _is_answer(line: str) -> bool:
    """Is that what stands on one or several buttons?"""
    if len(line) > _LONGEST_BUTTON or line.endswith("?"):
        return False
    return says_only(line, (*_ANSWERS, *AGREE), other_words=0) or (
        len(line.split()) <= _FEWEST_OF_SENTENCE and tells_any(line, AGREE)
    )
