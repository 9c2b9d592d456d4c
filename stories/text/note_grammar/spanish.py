"""Recognise, in Spanish, a sentence that says without a label that this text was changed, or was wrong."""

import re

from stories.text.note_grammar.changes import Statement, read_time_of_change
from stories.text.note_grammar.kinds import NoteKind

# "Historia", "página" and "columna" are those of others, too: of them only what is said of texts alone counts.
_OWN = r"(?:artículo|noticia|nota|reportaje|información|entrevista|crónica)"
_TEXT = rf"(?:{_OWN}|historia|texto|columna|entrada|pieza|publicación|página|análisis|reseña|perfil|titular|boletín)"
_THIS = rf"(?:est[ae]|nuestr[oa])\s(?P<noun>{_TEXT})(?:\sy\s(?:su|el)\stitular)?"
_HEADLINE = rf"el\s(?P<headline>titular)(?:\sde\sest[ae]\s{_TEXT})?"
_DONE = r"(?:actualiza|corregi|rectifica|aclara|modifica|enmenda|edita|amplia|cambia|retira)d[oa]s?"
_DID = r"(?:actualiz|corrig|rectific|aclar|modific|enmend|edit|ampli|cambi|retir)(?:ó|aron|ieron)"
_WAS_CHANGED = rf"(?:(?:ha|han)\ssido\s|fue(?:ron)?\s|se\s(?:ha|han)\s)(?P<done>{_DONE})|se\s(?P<did>{_DID})"
_CHANGED = re.compile(
    rf"(?:{_THIS}|{_HEADLINE})\s(?:{_WAS_CHANGED})\b"
    rf"|(?:hemos|se\sha)\s(?P<we>{_DONE})\s(?:est[ae]|el\s(?=titular))\s?(?P<ours>{_TEXT})\b",
    re.IGNORECASE,
)
_PURPOSE = r"(?:para\s\w{2,14}(?:ar|er|ir|lo|la|se)|con|tras|después\sde|porque|debido\sa|por\sun\serror|a\spetición)"
_AFTER = re.compile(
    rf"\s*(?:$|[.:;,!)\]\n—–]|{_PURPOSE}\b|(?:de\snuevo|otra\svez|varias\sveces|dos\sveces)\b)", re.IGNORECASE
)
_LOOSELY_AFTER = re.compile(rf"\s{_PURPOSE}\b", re.IGNORECASE)
_LOOSE = ("modific", "edit", "ampli", "cambi")
_TO_CORRECT = re.compile(
    r"[^.;]{0,200}?\b(?:para\s(?:correg|rectific|subsan|enmend)|por\sun\serror)", re.IGNORECASE
)
_TO_CLARIFY = re.compile(r"[^.;]{0,200}?\bpara\s(?:aclar|precis|puntualiz|matiz)", re.IGNORECASE)
_EARLIER = re.compile(
    r"(?:en\s)?(?:una|la)\s(?:versión|edición)\s(?:anterior|previa|original|inicial|antigua|precedente)\sde\s"
    rf"(?:est[ae]|nuestr[oa])\s{_TEXT}\b(?:,[^.;,]{{1,60}},)?\s",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:\w{1,14}\s){0,3}?(?:(?:decía|indicaba|señalaba|afirmaba|aseguraba|daba|atribuía|identificaba|incluía|contenía"
    r"|omitía|citaba|mencionaba|situaba|llamaba|confundía|recogía|figuraba|informaba|sugería|describía|nombraba)n?"
    r"|erróneamente|incorrectamente|equivocadamente|por\serror)\b",
    re.IGNORECASE,
)
_WITHOUT_REPLY = re.compile(
    r"no\s(?:incluía|recogía|contenía)\s[^.;]{0,60}?(?:declaraci|respuesta|comentario|versión|reacci)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"[^.!?\n]{0,400}?,\s(?:según|dijo|afirmó|aseguró|explicó|señaló|añadió|anunció|indicó)\b[^.!?\n]{0,80}(?:[.!?]|$)",
    re.IGNORECASE,
)


def read_spanish(text: str, start: int) -> Statement | None:
    """The statement at this place: "Este artículo se actualizó …", "Una versión anterior de esta nota …". Linear."""
    statement = _earlier(text, start) or _changed(text, start)
    return None if statement is None or _REPORTED.match(text, start) else statement


def _earlier(text: str, start: int) -> Statement | None:
    found = _EARLIER.match(text, start)
    if found is None or not _SAID.match(text, found.end()):
        return None
    is_reply = _WITHOUT_REPLY.match(text, found.end())
    return Statement(NoteKind.UPDATE if is_reply else NoteKind.CORRECTION, None, start)


def _changed(text: str, start: int) -> Statement | None:
    found = _CHANGED.match(text, start)
    if found is None:
        return None
    verb = (found["done"] or found["did"] or found["we"]).lower()
    noun = (found["noun"] or found["headline"] or found["ours"]).lower()
    moment = read_time_of_change(text, found.end())
    if moment is not None and moment.is_year_only:
        return None
    after = _LOOSELY_AFTER if verb.startswith(_LOOSE) and noun != "titular" else _AFTER
    if moment is None and not after.match(text, found.end()):
        return None
    if verb.startswith("retir"):
        is_own = re.fullmatch(_OWN, noun, re.IGNORECASE) is not None
        return Statement(NoteKind.RETRACTION, moment, start) if is_own else None
    return Statement(_kind(verb, text[found.end() :]), moment, start)


def _kind(verb: str, rest: str) -> NoteKind:
    if verb.startswith(("correg", "corrig", "rectific", "enmend")) or _TO_CORRECT.match(rest):
        return NoteKind.CORRECTION
    return NoteKind.CLARIFICATION if verb.startswith("aclar") or _TO_CLARIFY.match(rest) else NoteKind.UPDATE
