"""Lines by which a page speaks of itself and to its visitor, and of nothing that it reports on.

Each is known as a whole, to its last word: "12 people have read this" is the page's, "12 people have read this report
on the dam" is the story's.
"""

from __future__ import annotations

import re

_LONGEST = 120
_NUMBER = r"(?:\d[\d.,]{0,12}\s?(?:k|m)?)"
_FEW = r"(?:\d{1,3}|no|one|two|three|four|five|your last)"
_MONTH = r"(?: (?:this|for the|for this) (?:month|week))?"
_PIECE = r"(?:article|story|page|post|video|item)"
_ALLOWANCE = (
    rf"(?:you (?:still )?have |you've got )?(?:only )?{_FEW} (?:more )?(?:free|complimentary)"
    rf" (?:articles?|stories|views) (?:left|remaining){_MONTH}",
    rf"you(?:'ve| have) (?:read|used|viewed) {_FEW} (?:(?:out )?of (?:your )?{_FEW} )?(?:free|complimentary)"
    rf" (?:articles?|stories|views){_MONTH}",
    rf"this is your (?:last|\w{{3,6}}) free (?:article|story){_MONTH}",
)
_AUDIENCE = (
    rf"{_NUMBER} (?:people|readers|users|others) (?:have |are )?(?:already |currently )?"
    rf"(?:read|reading|viewed|viewing|watched|watching|shared|liked) this(?: {_PIECE})?(?: right)?(?: now)?",
    rf"{_NUMBER} (?:people |readers |users )?(?:are )?(?:currently )?(?:watching|reading|listening) now",
    rf"live\W{{1,3}}{_NUMBER} (?:viewers|watching|listening|readers)(?: now)?",
    rf"(?:viewed|read|liked|shared|watched) by {_NUMBER} (?:people|readers|users|others)",
    rf"{_NUMBER} (?:people|users|readers) found this(?: {_PIECE})? (?:helpful|useful)",
    rf"this {_PIECE} has been (?:accessed|viewed|visited|read|shared) {_NUMBER} times",
    rf"join (?:the )?{_NUMBER} other (?:subscribers|readers|members|followers)",
    rf"join the (?:conversation|discussion|debate)(?:\W{{1,3}}{_NUMBER}\)?(?: comments?)?)?",
    rf"{_NUMBER} new (?:updates?|messages?)|(?:show|see|view|load) {_NUMBER} new (?:updates?|posts?|entries)",
    rf"{_NUMBER} (?:database )?queries in {_NUMBER} ?(?:ms|s|secs?|seconds?)",
    rf"(?:this )?(?:page )?(?:was )?(?:generated|rendered|created|loaded|built|served) in {_NUMBER} ?"
    rf"(?:ms|s|secs?|seconds?),? (?:with|using) {_NUMBER} (?:database |sql )?queries",
    rf"(?>{_NUMBER} ?){{1,3}}(?:reply|antworten|répondre|responder|rispondi|reageren)",
    rf"(?:teilen|partager|compartir|condividi)(?: ?: ?| ?\(| ){_NUMBER}\)?",
    r"(?:users|members) (?:currently )?browsing this (?:forum|thread|topic)\W{1,3}[\w .,'-]{1,80}",
    r"your ip(?: address)?(?: is)?\W{1,3}[\da-f.:]{7,45}",
)
_OFFERS = (
    r"listen to (?:this )?(?:article|story|post)(?:\W{1,4}\d{1,3}(?::\d\d)?\s?(?:min(?:ute)?s?)?\)?)?",
    r"link copied(?: to (?:the )?clipboard)?|copy (?:the )?link|print this (?:page|article|story)|back to top|loading",
    r"(?:download|get) (?:our|the) (?:free )?app|log in or (?:register|sign up)|sign in or (?:register|subscribe)",
    r"(?:sign up|subscribe) (?:for|to) (?:our|the) (?:\w{3,12} )?newsletters?|skip to (?:main )?content",
    r"share this (?:article|story|page|post)(?: on (?:facebook|x|twitter|whatsapp|linkedin))?",
)
_ANSWERS = (
    r"(?:was|is) this (?:article|page|information|content|answer|document) (?:helpful|useful)(?: to you)?\?"
    r"|did (?:this|we) answer your question\?|did you find this(?: \w{4,11})? (?:helpful|useful)\?"
    r"|(?:thank you|thanks) for your feedback|(?:give|send|leave)(?: us)? feedback(?: (?:about|on) this page)?"
    r"|war (?:dieser artikel|diese seite) hilfreich\?|cet(?:te)? (?:article|page) vous a-t-(?:il|elle) été utile\?"
    r"|¿(?:te|le) ha (?:sido|resultado) útil est[ea] (?:artículo|página)\?",
    r"no comments(?: yet)?|be the first to (?:comment|reply|review)|(?:loading|show|view|hide|post a) comments?"
    r"|comments (?:are closed|off|closed)|noch keine kommentare"
    r"|aucun commentaire(?: pour (?:le moment|l'instant))?|pas encore de commentaires?"
    r"|soyez le premier à (?:commenter|réagir)|sin comentarios"
    r"|(?:(?:aún|todavía) )?no hay comentarios(?: (?:aún|todavía))?|sé el primero en (?:comentar|opinar)"
    r"|nessun commento",
    r"[\U0001f600-\U0001f64f\U0001f44d\U0001f44e\s]{1,20}",
    # Papers are served on a day, and boats leave at an hour: by its name it is a machine, to the second its clock.
    rf"served (?:by|from) (?:cache|(?=\w{{0,39}}[\d.-])[\w.-]{{1,40}})(?: in {_NUMBER} ?m?s)?"
    r"(?: (?:at|on) (?:\d{1,4}[./-]\d\d?[./-]\d{1,4}[ t])?\d\d?:\d\d:\d\d(?:\.\d{1,6})?(?: ?(?:z|utc|gmt))?)?",
)
_ADVERTISING = (
    r"(?:story|article) continues(?: below)?(?: (?:after|below))?(?: (?:this|the))? (?:ad|advert|advertisement)",
    r"advertisement\W{1,3}(?:scroll to continue|continue reading below|story continues below|article continues below)",
    r"continue reading (?:the main story|below)|skip (?:the )?ad(?:vertisement)?|(?:sponsored|promoted|paid) content",
    r"(?:der )?artikel wird nach der (?:werbung|anzeige) fortgesetzt|weiter nach der (?:werbung|anzeige)",
    r"la suite après (?:la|cette) publicité|continúa después de la publicidad|continua dopo la pubblicità",
)
_SITES = (
    r"(?:facebook|twitter|x|instagram|linkedin|youtube|tiktok|threads|bluesky|mastodon|whatsapp|telegram|pinterest|rss"
    r"|google news|apple news|flipboard|snapchat|reddit)"
)
_LISTED_SITES = (
    rf"{_SITES}(?: ?(?:,|&|/|\||·| |and|or|und|oder|et|ou|y|o|e|en)? ?(?:and |or )?(?:on )?{_SITES}){{0,9}}"
)
_FOLLOWING = (
    rf"(?:follow|find|like) us(?: ?:)?(?: (?:on|at))?(?: {_LISTED_SITES})?(?: ?:? ?@\w{{2,30}})?",
    rf"follow (?:[\w.' -]{{2,40}} )?on {_SITES} ?:? ?(?:at )?\(?@\w{{2,30}}\)?|follow @\w{{2,30}}(?: on {_SITES})?",
    r"(?:folgen sie uns|suivez-nous|síguenos|seguici|siga-nos|volg ons)(?: ?:)?"
    rf"(?: (?:auf|sur|en|su|no|op))?(?: {_LISTED_SITES})?",
)
_FURNITURE = re.compile(
    f"(?:{'|'.join((*_ALLOWANCE, *_AUDIENCE, *_OFFERS, *_ANSWERS, *_ADVERTISING, *_FOLLOWING))})"
    r"[.!:…]{0,3}(?: (?:subscribe|sign in|log in|register|sign up)(?: now| today)?[.!]?)?",
    re.IGNORECASE,
)

_LEADS_ON = re.compile(
    r"^(?:also read|read also|read more|read next|read|see also|watch(?: more)?|related|more on this|lire aussi"
    r"|à lire aussi|voir aussi|lees ook|lesen sie auch|mehr zum thema|siehe auch|l[ae]e también|leer más|ver también"
    r"|te puede interesar|leggi anche|leia (?:também|mais)|czytaj też|zobacz też|läs också|les også|читайте также"
    r"|см\. также|tags|tagged|topics|keywords|filed under|posted in|publicado en|archivado en|etiquetado"
    r"|publié dans|classé dans|veröffentlicht unter|verschlagwortet mit|pubblicato in|categor(?:y|ies)|schlagwörter"
    r"|schlagworte|themen|mots-clés|étiquettes|etiquetas|temas|argomenti|onderwerpen|previous|next)"
    r"(?: ?[:|] ?| ?[←→«»] ?)"
    r"|^[←‹] |^« (?!.*»)",
    re.IGNORECASE,
)


def behind_its_label(line: str) -> str:
    """What follows the words by which a page leads on to others: "Snow" of "Read more: Snow". Linear."""
    return _LEADS_ON.sub("", line)


def leads_on(words: str) -> bool:
    """Are the words by which a page leads on to others all that there is, as in front of a link? Linear.

    >>> leads_on("Read also"), leads_on("They read also")
    (True, False)
    """
    return _LEADS_ON.sub("", f"{words.rstrip(' :,')}:") == ""


def is_furniture(line: str) -> bool:
    """Does the line, in plain form (`normalise`), speak of nothing but the page? Constant.

    >>> is_furniture("You have 2 free articles left this month."), is_furniture("They read 2 free articles.")
    (True, False)
    """
    return len(line) <= _LONGEST and _FURNITURE.fullmatch(line) is not None
