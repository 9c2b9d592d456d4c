"""The words by which a page asks its visitor for something, and those on the buttons to answer with."""

from __future__ import annotations

import re

# Who asks, or is asked. A report of what others do has none of these.
SPEAKERS = re.compile(
    r"\b(?:we|our|us|you|your|this (?:web ?)?(?:site|page|content|video|section)|wir|uns"
    r"|unsere\w?|sie|ihre?[mnrs]?|ihnen|du|deine?[mnrs]?"
    r"|diese[rs]? (?:web)?(?:site|seite)|nous|notre|nos|vous|votre|vos|ce site(?: web)?|cette page"
    r"|nosotros|nuestr[ao]s?|sus?|tus?|eres|tienes|\w{2,12}(?:amos|emos|iamo)|este (?:site|sitio)(?: web)?|esta web"
    r"|noi|nostr[aieo]|tuo|tua|tuoi|tue|sei|hai|questo sito(?: web)?|wij|we|ons|onze|uw?|je|jouw|bent"
    r"|deze (?:web ?)?(?:site|pagina)|você|nós|seus?|masz|twoje|twoich|ta (?:strona|witryna)"
    r"|(?:den här|denna) (?:webb)?(?:plats|sida)\w{0,3}|denne (?:hjemmeside|nettsiden|side)|dette nettstedet)\b"
)
# A box that asks for consent may be known by what it speaks of and by the button that it wants pressed alone.
OF_COOKIES = (
    "cookie",
    "çerez",
    "ملفات تعريف الارتباط",
    "クッキー",
    "쿠키",
    "kakor",
    "evästei",
    "informasjonskapsler",
)
AGREED_BRIEFLY = frozenset((
    "ok", "okay", "got it", "understood", "verstanden", "alles klar", "compris", "j ai compris", "entendido", "capito",
    "hyväksy", "hyväksyn", "αποδοχή", "αποδέχομαι", "jag förstår", "selvä", "확인",
    "ho capito", "begrepen", "tamam", "anladım", "хорошо", "понятно", "согласен", "知道了", "閉じる",
))  # fmt: skip
# A box that asks to give for what the site does, and what its button says.
APPEALS = re.compile(
    r"\b(?:donat\w{1,5}|gifts?|contribut\w{1,5}|members?(?:hips?)?|supporters?|chip in|(?:our|independent) journalism"
    r"|support(?:ing)? (?:us|our|independent|this)|spende\w{0,3}|unterstütz\w{0,4}|soutenez|soutenir|soutien"
    r"|(?:un|votre|vos) dons?|apóya\w{0,4}|donación|donativo|apoyo|sostien\w{1,4}|donazion[ei]|doneer|donatie|steun"
    r"|wesprzyj|wsparcie|give (?:now|today))\b|поддерж"
)
GIVEN_BY = frozenset((
    "donate", "donate now", "donate today", "give", "give now", "give today", "support us", "support us now",
    "support",
    "contribute", "become a member", "become a supporter", "join us", "chip in", "make a gift", "make a donation",
    "spenden", "jetzt spenden", "unterstützen", "jetzt unterstützen", "mitglied werden", "faire un don", "je donne",
    "je fais un don", "je soutiens", "soutenez nous", "donar", "donar ahora", "haz una donación", "apóyanos", "dona",
    "dona ora", "sostienici", "doneer", "doneer nu", "steun ons", "wesprzyj", "wesprzyj nas", "wspieram",
    "поддержать",
))  # fmt: skip
SUBSCRIPTIONS = re.compile(
    r"\bnewsletters?\b|\b(?:in|to|into) your inbox\b|\bin (?:ihr|dein) postfach\b|\bdans votre boîte\b"
    r"|\ben (?:su|tu) correo\b"
)
SUBSCRIBED_BY = frozenset((
    "subscribe", "subscribe now", "sign up", "sign up now", "sign me up", "join", "join now", "submit", "abonnieren",
    "jetzt abonnieren", "anmelden", "s abonner", "je m abonne", "s inscrire", "je m inscris", "suscribirse",
    "suscríbete", "suscribirme", "iscriviti", "aanmelden", "inschrijven", "zapisz się", "inscrever se", "prenumerera",
    "подписаться",
))  # fmt: skip
