"""The words by which a page asks its visitor for something, and those on the buttons to answer with."""

from __future__ import annotations

import re

from stories.text.language.word_lists import words_in

# Who asks, or is asked. A report of what others do has none of these.
SPEAKERS = re.compile(
    r"\b(?:we|our|us|you|your|this (?:web ?)?(?:site|page|content|video|section)|wir|uns"
    r"|unsere\w?|sie|ihre?[mnrs]?|ihnen|du|deine?[mnrs]?"
    r"|diese[rs]? (?:web)?(?:site|seite)|nous|notre|nos|vous|votre|vos|ce site(?: web)?|cette page"
    r"|nosotros|nuestr[ao]s?|sus?|tus?|eres|tienes|\w{2,12}(?:amos|emos|iamo)|este (?:site|sitio)(?: web)?|esta web"
    r"|noi|nostr[aieo]|tuo|tua|tuoi|tue|sei|hai|questo sito(?: web)?|wij|we|ons|onze|uw?|je|jouw|bent"
    r"|deze (?:web ?)?(?:site|pagina)|você|nós|seus?|masz|twoje|twoich|nas|nam|nasz\w{0,3}|ta (?:strona|witryna)"
    r"|vi|vår|vårt|våra|oss|din|ditt|dina|мы|нас|нам|наш\w{0,3}|вы|вас|вам|ваш\w{0,3}"
    r"|(?:den här|denna) (?:webb)?(?:plats|sida)\w{0,3}|denne (?:hjemmeside|nettsiden|side)|dette nettstedet)\b"
    r"|あなた|当(?:サイト|社)|[您你]|我[们們]|عمرك"
)
# A visitor is asked for something, or told of what they came for. A notice speaks to its readers too: "you" and "your"
# by themselves tell nothing, and "du", "je" and "din" are words of other languages with another sense.
TO_A_VISITOR = re.compile(
    r"\b(?:please|bitte|veuillez|merci de|s'il vous plaît|por favor|per favore|alstublieft|proszę|prosimy"
    r"|vänligen|vennligst|venligst|пожалуйста|lütfen"
    r"|you (?:came|asked|looked|(?:are|were) (?:looking|trying)|tried|wanted|requested|followed|clicked))\b"
    # Not in a word of two characters: to ask for, a petition, a leave.
    r"|(?<!\w)请(?![求愿示假辞])|ください|下さい|주세요|하세요|십시오|من فضلك|يرجى|الرجاء"
)
# What a site's machine speaks of to whoever comes. So do stories, of those who sell it, and of navigators.
_BROWSER = (
    r"(?:java ?script|(?:re|h)?captchas?|ad[- ]?block(?:ers?|ing)?|werbeblocker|vpns?|browsers?"
    r"|bloqueur de pub(?:licité)?|bloqueador de (?:anuncios|publicidad)|ip[- ]ad+ress\w{0,2}|adresse ip"
    r"|navigateurs?|navegador(?:es)?|nettleser(?:en)?|webbläsaren?|przeglądark[aię]|браузер\w{0,2})\b"
)
OF_A_BROWSER = re.compile(rf"\b{_BROWSER}")
# Amid a sentence its capital tells the visitor's from hers and theirs, so it is sought in the text as it was written.
OF_A_GERMANS_BROWSER = re.compile(rf"(?<=[^\s.!?:] )Ihre?[mn]? (?:[\w-]{{1,20}} ){{0,2}}(?i:{_BROWSER})(?!-)")
# Only a machine says that it is the visitor's own, and that the page is to be loaded once more.
OF_THEIR_BROWSER = re.compile(
    r"(?:\b(?:your|dein(?:e[mn])?|votre|ton|tu|jouw|uw|tuo|vostro|twoj\w{1,2}|ваш\w{0,3})"
    rf" (?:[\w-]{{1,20}} ){{0,2}}|\bje ){_BROWSER}(?!-)"
    r"|\byour (?:\w{1,12} )?(?:connection|device|network|session) (?:has|is|may|seems|was)\b"
    r"|\bcheck your (?:connection|network)\b"
    # Of a sentence's first word the capital tells nothing: what is said of it must.
    rf"|(?:^|[.!?:\n] ?)(?:ihre?|deres) (?:[\w-]{{1,20}} ){{0,2}}{_BROWSER} (?:ist|kann|muss|akzeptiert|benötigt"
    r"|blockiert|braucht|erlaubt|lässt|scheint|sendet|unterstützt|verhindert|verwendet|wurde (?:blockiert|gesperrt)"
    r"|(?:hat|wird) (?:\w{2,10} ){0,2}(?:java ?script|cookies|nicht|blockiert)|er|kan|skal|understøtte[rs])\b"
    r"|(?:^|[.!?\n] ?|\b(?:på|av|af|opdater|oppdater|uppdatera) )(?:din|dit|ditt) (?:[\w-]{1,20} ){0,2}"
    rf"{_BROWSER}(?!-)|\bnettleseren din\b"
    # What the page wants of it, or has found.
    r"|(?:^|[.!?\n] ?)(?:(?:this )?browser (?:is )?(?:not|no longer) supported\b(?! by)"
    r"|(?:unsupported|outdated) browser\b)"
    r"|\bjava ?script (?:(?:must|has to|needs to) be) (?:enabled|turned on)\b"
    r"|\b(?:browser|navigateur|navegador) (?:must|doit|muss|debe|deve|moet) (?:\w{2,12} )?java ?script\b"
    r"|\bwe(?:'ve| have)? (?:noticed|detected)(?: that)? (?:an?|the) ad[- ]?block(?:er)?\b"
    # It may be somebody's navigator.
    r"|\bse?u navegador (?:web|(?:no|não) (?:sirve|admite|suporta|(?:es|é) (?:compat|suport))|bloque(?:a|ia))"
    r"|\bsuo browser non (?:supporta|è (?:supporta|compat))"
    r"|\b(?:reload|refresh) (?:this|the|your) (?:page|site|tab|window|browser)\b|\b(?:hit|press) (?:refresh|reload)\b"
    r"|(?:^|[.!?\n] ?)reload\b|\byou\b.{0,120}\b(?:and|then|or) reload\b(?! (?:your|the|an?|it)\b)"
    r"|\byou(?: \w{1,9}){0,3} mistyped\b|\b(?:link|url)\b.{0,60}\bmistyped\b"
    r"|\bseite neu (?:zu )?laden\b|\bladen sie (?:\w{1,12} ){1,3}neu\b|\b(?:rechargez|actualisez) (?:la|cette) page\b"
    r"|\b(?:recarg(?:a|ue|ar)|actuali(?:za|ce)) (?:la|esta) página\b|\bricarica(?:te)? (?:la|questa) pagina\b"
    r"|\bherlaad (?:de|deze) pagina\b|\bodśwież(?:cie)? (?:tę )?stronę\b|\bобновите страницу\b"
    r"|再読み込み|刷新(?:页面|頁面)|새로고침"
)
# The site itself, and that it returns, in the place of a story.
OF_THE_SITE = re.compile(
    r"\b(?:our|this|the) (?:web ?)?(?:site|pages|service)\b|\bunsere?\w? (?:web)?(?:site|seiten?)\b|\bnotre site\b"
    r"|\bnuestr[ao] (?:sitio|web|página)\b|\bnostro sito\b|\bnosso site\b|\bonze (?:web)?(?:site|pagina's)\b"
    r"|\bнаш сайт\b|当サイト|本サイト|本站"
)
SOON = re.compile(
    r"\b(?:be (?:right )?back|back (?:soon|shortly|online|up)|return(?:ing)? (?:soon|shortly)|come back|check back"
    r"|bald (?:wieder|zurück)|gleich (?:wieder|zurück)|später (?:noch einmal|wieder|erneut)|revenez|bientôt de retour"
    r"|de retour|volvemos|vuelv[ae] (?:pronto|más tarde|en)|torniamo|tornate|voltamos|snel (?:weer|terug)"
    r"|вернёмся|скоро)\b|しばらく|まもなく|稍后|稍後"
)
# What is to be done with it, at the beginning of a sentence or behind what for: elsewhere "they disable" and "to
# solve" tell of others.
BIDS = re.compile(
    r"(?:^|[.!?\n] ?)(?:(?:in order to|to|um|pour|para|per|om|for at|för att|aby|żeby|чтобы) [^.!?\n,]{1,60}, ?)?"
    r"(?:(?:turn|switch)(?: [\w-]{1,20}){0,4} (?:on|off)|(?:dis|en)able|(?:de)?activate|whitelist|solve"
    r"|(?:use|try|switch to) (?:another|a (?:different|newer|modern))|(?:dés)?activez|(?:des)?activa|(?:des)?habilite"
    r"|(?:(?:de)?aktivieren|schalten|verwenden) sie|(?:dis)?attiva|(?:dis)?abilita|schakel|zet|(?:wy|w)łącz"
    r"|(?:от|в)ключите|(?:des)?ative|stäng av|inaktivera|slå (?:av|fra|på|til)|slökktu|kveiktu)\b"
)
# A line that begins so, or says that the page is being loaded, and breaks off waits for something; "un instant de
# joie…" does not, nor do crews that load a ship.
WAITS = re.compile(
    r"^(?:(?:just (?:a|one)|one) (?:sec(?:ond)?|moment|minute)|hang on|einen (?:augenblick|moment)"
    r"|un (?:instant|momento))(?: bitte)?,"
    r"|\b(?:article|page|content|story|text) (?:loads|is being loaded)\W{1,5}$"
    r"|\b(?:artikel|seite|inhalte?|text|beitrag|kommentare) (?:wird|werden) (?:(?:gerade|jetzt|noch) )?geladen\W{1,5}$"
    r"|\bcharg(?:eons|ement) (?:\w{2,5} ){0,2}(?:(?:votre|le|la|cette|[dl]') ?){0,2}(?:article|page|contenu|texte)\b"
    r"|\bcaric(?:amento|hiamo|ando) (?:\w{2,5} )?(?:(?:[dl]el)?l')?(?:articolo|pagina|contenut[io]|testo)\b"
    r"|\b(?:carg(?:ando|amos)|carregando|a carregar) (?:(?:el|la|tu|su|o|a) )?(?:artículo|artigo|página|contenido"
    r"|conteúdo|texto|not[ií]cia)\b"
    r"|\b(?:artikel|pagina|tekst) wordt (?:nu )?geladen\b"
    r"|正在(?:加载|载入|載入)|(?:加载|载入|載入)中|読み込(?:み中|んでい)|(?:로드|로딩) ?중|불러오(?:는 중|고 있)"
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
# How a box pleads for what the site does, and what its button says. That somebody supports others, or has members, is
# told by stories.
APPEALS = re.compile(
    r"\b(?:become (?:an? |our )(?:\w{3,12} )?(?:member|supporter|patron)"
    r"|make (?:a|your) (?:\w{3,12} )?(?:gift|donation|contribution)|chip in"
    r"|your (?:\w{3,12} )?(?:donation|gift|contribution|membership|support) (?:\w{2,6} )?(?:help|keep|make|fund)s?"
    r"|(?:please|consider|can you|could you|will you|would you)"
    r" (?:donat(?:e|ing)|contribut(?:e|ing)|giv(?:e|ing)|support(?:ing)? (?:us|our|independent|this))"
    # With a capital these are the first of their sentence, or of a line that has no full stop before it.
    r"|(?-i:Support (?:us|our|independent|this)|(?:Donate|Contribute|Give) (?:to|what|any|as|now|today))"
    r"|(?:ihr|dein)e[rn]? (?:spende|unterstützung)|spenden? (?:sie|jetzt|uns)"
    r"|unterstütz(?:e|t|en sie) (?:uns|unser\w{0,2})"
    r"|(?:votre|vos) (?:dons?|soutien)|faites un don|soutenez|(?:tu|su) (?:donación|donativo|apoyo|aportación)"
    r"|haz (?:una donación|un donativo)|apóya(?:nos|me)|(?:tua|vostra) donazione"
    r"|(?:tuo|vostro) (?:sostegno|contributo)|sostieni(?:ci)?|dona (?:ora|anche)|doneer"
    r"|steun (?:ons|onze)|(?:jouw|je|uw) (?:donatie|steun)|wesprzyj|(?:twoje|twojego) wsparci[ea]"
    r"|поддержи(?:те)?|ваш[ае] (?:поддержка|пожертвование))\b(?!,)",
    re.IGNORECASE,
)
# What others have answered, and prices as they are asked for; "4,000 euros" and "$4 million" are told of.
_PRICE = r"(?<![\d.,])\d{1,3}(?:[.,]\d\d)?"
FIGURES_OF_APPEALS = re.compile(
    rf"[€$£] ?{_PRICE}(?![\d.,]*\d| ?(?:k|[mb]n?|[mb]illions?)\b)"
    rf"|{_PRICE} ?(?:[€$£]|(?:euros?|dollars?|pounds?|cents?|eur|usd|gbp|chf|zł|kr)\b)"
    r"|\bjoin (?:the |our |over |more than )?\d[\d.,]{0,12} (?:other )?(?:people|others|readers|members|supporters"
    r"|subscribers)\b",
    re.IGNORECASE,
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
# A link of these words may be a report's own; a button asks.
PRESSED = words_in("support join") | {"join us"}
SUBSCRIPTIONS = re.compile(
    r"\bnewsletters?\b|\b(?:in|to|into) your inbox\b|\bin (?:ihr|dein) postfach\b|\bdans votre boîte\b"
    r"|\ben (?:su|tu) correo\b",
    re.IGNORECASE,
)
SUBSCRIBED_BY = frozenset((
    "subscribe", "subscribe now", "sign up", "sign up now", "sign me up", "join", "join now", "submit", "abonnieren",
    "jetzt abonnieren", "anmelden", "s abonner", "je m abonne", "s inscrire", "je m inscris", "suscribirse",
    "suscríbete", "suscribirme", "iscriviti", "aanmelden", "inschrijven", "zapisz się", "inscrever se", "prenumerera",
    "подписаться",
))  # fmt: skip
