"""The words that turn what is said into its opposite, in many languages."""

from __future__ import annotations

import re
import unicodedata

from stories.text.language.word_lists import words_in

#: Whole words, in small letters, and those that leave as little of what is said: "hardly", "nearly", "only".
NEGATIONS = words_in(
    "no not never none nor neither without cannot hardly barely scarcely seldom rarely nearly almost nobody nothing "
    "nowhere except only unless "
    "nicht kein keine keinen keinem keiner keines keinerlei keineswegs keinesfalls mitnichten nie niemals nimmer "
    "niemand niemanden niemandem nichts nirgends nirgendwo weder ohne kaum nur "
    "ne pas jamais sans non aucun aucune aucunement rien nul nulle nullement guère presque seulement "
    "nunca jamás nadie nada ningún ninguno ninguna ningunos ningunas tampoco apenas casi sólo solamente "
    "não sem jamais nem ninguém nenhum nenhuma nenhuns nenhumas quase né senza nessun nessuno nessuna niente nulla "
    "nemmeno neanche neppure soltanto "
    "niet geen nooit nimmer nergens geenszins nauwelijks amper bijna slechts zonder niemand niets inte ikke ikkje "
    "aldrig aldri ej icke ingen inget inga ingenting intet knappt knappast næppe neppe nästan næsten nesten utan uden "
    "uten eivät emme ette älä eikä tuskin ilman nincs soha senki semmi sehol alig "
    "nie nigdy nigdzie bez nikt nikogo nikomu nic niczego niczym żaden żadna żadne żadnego żadnej żadnych ledwie "
    "tylko prawie ani není nikdy nikdo nikoho nikomu žádný žádná žádné sotva nije nikad nikada nema nisu "
    "fără niciodată nici niciun nicio nimeni nimănui nimic nicăieri nėra niekada nav nuk kurrë değil yok hiç hiçbir "
    "asla не нет без никогда никто никого никому никем ничто ничего ничему ничем никакой никакая никакого никаких "
    "нигде никуда нельзя вряд навряд отнюдь едва лишь только почти нема немає ні ніколи ніхто нікого нікому нічого "
    "ніде ледве лише майже жоден жодна жодного жодної няма никога никой није никад "
    "δεν μην χωρίς ποτέ όχι ούτε κανείς κανένας καμία κανένα μόνο σχεδόν "
    "לא אין בלי רק כמעט لا لم لن ليس ليست غير بدون نه نیست هرگز هیچ نہیں "
    "नहीं न मत ना बिना না নয় নেই नाही இல்லை లేదు નથી tidak bukan belum jangan tanpa không chưa chẳng đừng "
    "kamwe hapana केवल सिर्फ सिर्फ़ yalnızca sadece neredeyse csak majdnem pouze téměř hanya hampir chỉ 안 못"
)
#: Those that negate but the noun behind them.
WITHOUT = words_in("without except unless ohne sans sin sem senza zonder uden utan uten без bez χωρίς sauf")
#: Words that leave less than all of what the rest says, if they alone are left out.
LIMITS = words_in(
    "but few fewer little half wenig wenige wenigen wenigem weniger außer ausser peu sauf hormis excepté moitié "
    "poco poca pocos pocas salvo excepto menos pouco pouca poucos poucas exceto metade mitad pochi poche tranne "
    "eccetto metà weinig weinige behalve helft utom hälften undtagen halvdelen unntatt halvparten "
    "niewielu niewiele mało oprócz prócz poza málo kromě okrem harva harvat paitsi kevés kivéve hariç dışında "
    "puțini puține puţini puţine "
    "λίγοι λίγες λίγα εκτός мало немногие немногих немного кроме половина половину крім окрім мало осим осем освен "
    "קצת מעט למעט قليل قليلة قلة باستثناء sedikit kecuali ít trừ"
)
#: Words that tell how sure it is, or that it is another's word, so that without them it is a fact.
HEDGES = words_in(
    "allegedly reportedly supposedly purportedly apparently seemingly ostensibly presumably perhaps maybe possibly "
    "probably likely unlikely alleged reported supposed purported so-called may might "
    "angeblich vermutlich mutmaßlich möglicherweise vielleicht wahrscheinlich vorgeblich anscheinend offenbar wohl "
    "prétendument soi-disant apparemment peut-être probablement vraisemblablement "
    "supuestamente presuntamente aparentemente quizá quizás acaso posiblemente probablemente "
    "presumibilmente presuntamente apparentemente forse probabilmente "
    "supostamente alegadamente aparentemente talvez possivelmente provavelmente "
    "naar-verluidt vermoedelijk misschien mogelijk waarschijnlijk zogenaamd "
    "якобы возможно вероятно предположительно видимо наверное пожалуй может-быть "
    "ίσως πιθανώς δήθεν πιθανόν φερόμενα belki muhtemelen güya sözde शायद संभवतः कथित ربما يزعم"
)
#: What tells that a text is German, in which "fast" is "almost".
GERMAN = r"\b(?:und|der|das|ist|sind|wird|wurden?|werden|nicht|den|eine[mnrs]?|für|im|zu[mr])\b"
# Words that negate in one language and are others elsewhere, with what tells that language.
_ONLY_AMONG = {
    word: re.compile(told)
    for words, told in (
        ("nu", r"[ăşţșț]|\b(?:în|este|pentru|acest|acesta|aceasta|fost|prin)\b"),
        ("ei", r"ää|öö|yy|õ|\w{3}(?:ss|ll|st)[aä]\b|\b(?:että|tänä|ovat|mutta|myös)\b"),
        ("mitte", "õ"),
        ("nekad", "[āēīūģķļņ]"),
        ("sin sense ni", r"[ñ¿¡]|ción\b|\b(?:los|las|els|dels|que|qui|una|amb|por|des|est|dans)\b"),
        ("fast", GERMAN),
        ("ни", "[ыэ]"),
    )
    for word in words.split()
}
_NOT_AMONG = {
    "ne": re.compile(r"\b(?:che|gli|dell[aeo]|nell[aeo]|degli)\b"),
    "no": re.compile(r"\b(?:uma|aos?|não|às?|também)\b"),
    "sem": re.compile(r"\b(?:je|že|jsou|bila?)\b"),
}


def _forms_of(verbs: str) -> frozenset[str]:
    """Each verb with its endings: `refus/e/es/ed` is refuse, refuses, refused."""
    parted = (verb.split("/") for verb in verbs.split())
    return frozenset(stem + ending for stem, *endings in parted for ending in endings or [""])


#: Verbs that say of what follows that it is not so, or is not done, in their forms; none of their nouns.
REVERSALS = _forms_of(
    "refut/e/es/ed/ing/a/an/am/ó/ou réfut/e/ent/é/a/ait "
    "refus/e/es/ed/ing/é/ée/ent/er/a/ait/aient/èrent den/y/ies/ied/ying reject//s/ed/ing disown//s/ed/ing "
    "disavow//s/ed/ing scrap/s/ped/ping abandon//s/ed/ing oppos/e/es/ed/ing unable unlikely unwilling acquitted "
    "cancel//s/ed/led/ing/ling withdr/aw/aws/ew/awn/awing shelv/e/es/ed/ing revok/e/es/ed/ing repeal//s/ed/ing "
    "renounc/e/es/ed/ing postpon/e/es/ed/ing doubts doubted bezweifel//t/n/te/ten "
    "weiger/e/t/n/te/ten/de/den/en geweigerd verweiger/e/t/n/te/ten bestritt//en bestreite//t/n "
    "leugne//t/n/te/ten geleugnet dementier/e/t/en/te/ten abgelehnt stopp/t/te/ten gestoppt verzichte//t/n/te/ten "
    "cess/e/é/a/ent/er/èrent renonc/e/é/er/ent/a annul/e/é/ée/er/ent "
    "nié//e/s/es niait niaient démen/t/tent/ti/tie/tit/tait/taient/tir rejet/é/ée/te/tent/ta/tait/er "
    "negó neg/a/am/ar/aron/aba/aban/ado/ò/ato/ano/ava/avano/ou/am/aram niega//n rechaz/a/an/ó/aron/ar/aba/ado "
    "rehús/a/an rehus/a/an/ó/aron/ar/aba/ado desmint/ió/ieron desmient/e/en descart/a/an/ó/aron/ar "
    "renunci/ó/aron/ar/ou cancel/a/ó/an/aron/ou/aram anul/ó/aron rinunci/ato/ò/ano/are annulla/to/no "
    "rifiut/a/ano/ò/ato/arono/are/ava/avano smenti//sce/scono/to/rono/re smentì recus/a/am/ou/aram/ar "
    "rejeit/a/am/ou/aram/ar desment/e/em/iu/iram/ir/ido ontken/t/de/den/nen ontkend vägra//r/de/t "
    "nek/ade/ar/at/tet/ter nægte//r/de/t förneka//r/de/t benekte//r/t "
    "odmówi//ł/ła/ło/li/ły/ć odmawia//ł/ła/li/ją zaprzecz/a/ał/ała/ali/ają/ył/yła/yli/yć odrzuci//ł/ła/ło/li/ć "
    "odmít/l/la/lo/li/ly/á/ají/nout popře/l/la/lo/li/ly popírá popírají "
    "перестал//а/о/и переста/ет/ют/ть прекрати/л/ла/ло/ли/ть прекраща/ет/ют/л/ла/ли/ть отмени/л/ла/ло/ли/ть "
    "отказ/ал/ала/ало/али/ался/алась/алось/ались/аться/ать/ано/ывает/ывают/ывается/ываются "
    "отрица/ет/ют/л/ла/ло/ли/ть отверг//ла/ло/ли/ает/ают/нуть опроверг//ла/ло/ли/ает/ают/нуть "
    "відмов/ив/ила/или/ився/илася/илась/илися/ились/ляє/ляють/ляється/ляються запереч/ує/ують/ив/ила/или/ував"
)
#: How such words begin in languages whose verbs take on too much to be listed.
REVERSING_STEMS = words_in(
    "reddet redded yalanla 거부 거절 부인 رفض يرفض ترفض نفى نفت ينفي تنفي أنكر סירב סירבה מסרב הכחיש הכחישה "
    "इनकार इन्कार"
)
_PLANNED = r"(?:pl[aä]ne?|angebote?|antr[aä]ge?|klagen?|vorhaben)"
# Whoever lives "zurückgezogen", or has "aufgegeben" a parcel, has undone nothing.
_GIVEN_UP = re.compile(rf"{_PLANNED}(?: \w{{1,15}}){{0,2}} (?:aufgegeben|zurückgezogen)\b")
_OF_WHICH = (
    r"(?:son|sa|ses|leurs?|[nv]otre|[nv]os|ce(?:t|tte|s)?|l[aeo]s?|el|il|i|gli|une?|sus?|suoi?|sua|sue|seus?|suas?|os?|as?"
    r"|nuestr[ao]s?|nostr[aeio]|noss[ao]s?|est?[aeo]s?|quest[aeio]|quell[aeo]|quei)"
)
_UNDOING = re.compile(
    r"\b(?:(?:fail|declin|ceas|neglect|omit|forg[eo]t)(?!ure)\w{0,4}(?: again| \w{1,15}ly)? to\b|reluctan\w{1,4} to\b"
    rf"|(?:gab|gaben|zog|zogen) \w{{1,15}} \w{{0,15}}{_PLANNED} (?:auf|zurück)\b"
    r"|rul(?:e|es|ed|ing) out\b|lehn(?:t|te|ten)(?: \w{1,20}){0,2} ab\b|(?:stop|avoid|ceas|quit)\w{0,4} \w+ing\b"
    r"|(?:far|free) from\b|anything but\b|(?:fewer|less) than\b"
    r"|(?:drop|halt|suspend|shelv|cancel|abandon|ditch|withdr)\w{0,4}(?: \w{1,10}){0,2} "
    r"(?:plan|offer|bid|effort|attempt|proposal|intention|idea|hope)s?\b(?: (?:to|of|for)\b)?"
    rf"|(?:retir(?!e?(?:ment|ing)|ed\b|ees?\b)\w{{1,5}}(?= (?:{_OF_WHICH} |l'))"
    r"|(?:abandonn?|suspend|ritir|abbandon|sospe(?:s|nd))\w{1,5})"
    rf"(?: {_OF_WHICH}){{0,2}}(?: (?:l')?\w{{1,15}})? (?:l')?"
    r"(?:offre|projet|plan|proposition|plainte|ofert[ao]|planes|plano|proyecto|projeto|propuesta|propost[ae]|denuncia"
    r"|offert[ae]|progett[oi]|pian[io]|demande|demanda)s?\b"
    r"|(?:prevent|stop|barr|bann|prohibit|block|dissuad|deter)\w{0,5}(?: \w{1,15}){1,4} from\b"
    r"|(?:g[ai]ve|giving) up\b(?: on\b)?|(?:put|call\w{0,3}|held) off\b|walk\w{0,3} away from\b"
    r"|(?:back|pull)\w{0,3} (?:out of|away from)\b|hör(?:t|te|ten)(?: \w{1,20}){0,2} auf\b|aufgehört\b"
    r"|(?:dej|par|ces)(?:ó|a|an|aron|aba|aban|ar|ado) de\b|(?:deix|par)(?:ou|a|am|aram|ar|ado) de\b"
    r"|sm(?:ess\w|ett\w{1,4}) di\b|(?:cess|arrêt)(?:e|ent|é|a|ait|er|èrent) d[e']|(?:ge)?stop(?:t|te|ten)? met\b"
    r"|(?:false|untrue|incorrect|a lie) that\b|(?:falsely|wrongly|untruthfully) \w{1,15} that\b"
    r"|(?:falsch|unwahr|gelogen),? da(?:ss|ß)\b|(?:faux|falso|mentira) que\b"
    r"|falso che\b|onwaar dat\b|fals[kt]t? att?\b|(?:неверно|неправда|ложь), что\b|неправда, що\b|nieprawda,? że\b)"
)
# Verbs and endings that negate wherever they stand, in scripts whose words run into one another.
_INSIDE = re.compile("[不没沒未无無非别別勿莫否毋拒]|ない|なかっ|なく|ません|まい|ไม่|ไร้|^(?:않|없|못하|아니)")
_HARMLESS = re.compile(
    "[特区區分个個级級类類辨鉴识識告离離性派差送][别別]|[别別](?:人|的|处|墅|荘|々|に)|非[常洲]|是非|未[来來明]|莫(?:斯科|桑比克)"
    "|[无無]人[机機]|[无無][线線锡錫料]|[淹沉埋吞出日][没沒]|[没沒]收|不(?:断|斷|久|少(?![于於])|仅|僅|但|过|過|管|论|論)"
    "|[无無][论論]|少な(?:い|く|かっ)|危ない|間もなく|[うせ]まい|[住仕終]まい|あいまい"
)
# What stops, withdraws or denies what stands behind it, and in Japanese what stands in front.
_STOPPING = re.compile(
    "(?:停止|取消|放弃|放棄|拒绝|拒絕|否认|否認|撤回|撤销|撤銷|中止|禁止|阻止|暂停|暫停)[了对對其]?$"
)
_STOPPED = re.compile("^[をはがの]?(?:中止|撤回|断念|拒否|否定|否認|取り消|取りやめ|取り止め|見送|禁止|停止)")
_LONGEST_FOLLOWING, _LONGEST_BEHIND = 24, 12
_IN_FRONT = re.compile(
    "(?:[不未]|(?<![淹沉埋吞出])[没沒]|[没沒]有|(?<![是南北西东東中莫])非|(?<![有虚虛])[无無]|ไม่"
    "|[几幾]乎|ほぼ|(?<![一全名大])副|分之|(?<![及门門次落])第)$"
)
_BEHIND = re.compile(
    "(?:べき|わけ|つもり|はず)(?:では|じゃ|は|が)?(?:ない|なかっ|あり?ませ)|(?:では|じゃ)(?:な[いかくけ]|あり?ませ)"
    "|(?<=[らかさたなまわばえけせてねべめれげじ])(?:ない|なかっ|なけれ)|ません|しかね[るたま]|かね[るま]"
    "|は?(?:し|でき|出来)(?:ない(?!と(?:いけ|なら|だめ))|なかっ|ません)|(?<=[しき])(?:ない(?!と(?:いけ|なら|だめ))|なかっ)"
    "|(?:こと|予定|計画|考え|方針|必要|可能性)[はがも](?:な[いかく]|あり?ませ)"
    "|とは(?:[言い]え|限ら|思わ|思え|考え)(?:な[いかく]|ません)"
)


def negates(word: str, *, near: str = "") -> bool:
    """Does a word, in small letters, negate, or hold what does? Linear.

    What is another word elsewhere, as the Romanian "nu" is the Dutch "now", negates if the text `near` it, in small
    letters, is of the language in which it does.

    >>> [negates(word) for word in ("not", "isn't", "不会", "特别", "knot")]
    [True, True, True, False, False]
    >>> negates("nu", near="nu vinde portul în mai"), negates("nu", near="zij wil nu stoppen")
    (True, False)
    """
    if word in _ONLY_AMONG:
        return _ONLY_AMONG[word].search(near) is not None
    if word in NEGATIONS:
        return word not in _NOT_AMONG or not _NOT_AMONG[word].search(near)
    return word.endswith("n't") or _INSIDE.search(_HARMLESS.sub(" ", word)) is not None


def undoes(words: str, *, following: str, before: str = "") -> int:
    """Where words in small letters stop saying of what follows that it is not so: 0 if they do not. Linear in them.

    In German what is planned stands `before` the words that say that it was given up.

    >>> undoes("failed", following=" to pay"), undoes("failed", following=" bank")
    (9, 0)
    """
    found = _UNDOING.search(words + following[:_LONGEST_FOLLOWING])
    if found and found.start() < len(words):
        return found.end()
    found = _GIVEN_UP.search(before + words)
    return max(0, found.end() - len(before)) if found else 0


def stops_beside(words: str) -> bool:
    """Do words in a script without spaces end with one that stops what follows, or begin with such a one? Constant.

    >>> stops_beside("昨天取消了"), stops_beside("昨天决定")
    (True, False)
    """
    return bool(_STOPPING.search(words[-_LONGEST_BEHIND:]) or _STOPPED.match(words[:_LONGEST_BEHIND]))


def is_negated_in_front(text: str, start: int) -> bool:
    """Does what negates the word at `start`, or says as little of it, stand right before it? Constant.

    Meant for scripts without spaces: there, a vice-mayor's “vice” and the hundredths of “5 %” stand there, too.

    >>> is_negated_in_front("我们不会卖。", 3)
    True
    """
    # Some pages put a letter and its mark apart.
    return _IN_FRONT.search(unicodedata.normalize("NFC", text[max(0, start - 4) : start])) is not None


def is_negated_behind(text: str, end: int) -> bool:
    """Does what negates the Japanese word that ends at `end` stand right behind it? Constant.

    >>> is_negated_behind("港を売るべきではない。", 4)
    True
    """
    return _BEHIND.match(text, end, end + _LONGEST_BEHIND) is not None
