"""Read the label that a note begins with: "Update", "CORRECTION", "Editor's note", "UPDATED with", "Fe de errores"."""

import re
from dataclasses import dataclass

from stories.text.note_grammar.dates import MES, MONTH
from stories.text.note_grammar.kinds import NoteKind, gravest

_NOUNS = {
    "update": (NoteKind.UPDATE, r"updates?|addendum|addenda|actualizaci(?:ón|ones)"),
    "correction": (
        NoteKind.CORRECTION,
        r"corrections?|corrigend(?:um|a)|errat(?:um|a)|corrective|(?:correc|rectifica)ci(?:ón|ones)|fe\sde\serr(?:ores|atas)",
    ),
    "clarification": (NoteKind.CLARIFICATION, r"clarifications?|aclaraci(?:ón|ones)"),
    "amendment": (NoteKind.CORRECTION, r"amendments?"),
    "editors_note": (
        NoteKind.EDITORS_NOTE,
        r"(?:editor'?s?'?|eds?\.?|ed\.?'s|publisher'?s'?|newsroom)\snotes?|note\sfrom\s(?:the|our)\seditors?"
        r"|(?:editor'?s'?\s)?note\sto\s(?:our\s)?readers|notes?\sby\sthe\seditors?"
        r"|nota\s(?:de\sla\s(?:redacción|editora)|del\seditor|a\slos\slectores)",
    ),
    "retraction": (
        NoteKind.RETRACTION,
        r"retractaci(?:ón|ones)|(?:notice\sof\s)?retractions?(?:\snotice)?|notice\sof\swithdrawal",
    ),
}
_VERBS = {
    "updated": (NoteKind.UPDATE, r"updated|edited\sto\sadd|actualizad[oa]"),
    "corrected": (NoteKind.CORRECTION, r"corrected|corregid[oa]"),
    "clarified": (NoteKind.CLARIFICATION, r"clarified"),
    "amended": (NoteKind.CORRECTION, r"amended"),
    "retracted": (NoteKind.RETRACTION, r"retracted|withdrawn"),
}
_KNOWN = {**_NOUNS, **_VERBS}
_WIRE_KINDS = {"CL": NoteKind.CLARIFICATION, "UP": NoteKind.UPDATE}
# "Amended" says that words changed, not why; the purpose that follows decides.
_NEUTRAL = frozenset({"amendment", "amended", "updated"})

_NOUN = "|".join(rf"(?P<{name}>{pattern})" for name, (_, pattern) in _NOUNS.items())
_VERB = "|".join(rf"(?P<{name}>{pattern})" for name, (_, pattern) in _VERBS.items())
_ALSO = "|".join(pattern for name, (_, pattern) in _NOUNS.items() if name != "editors_note")
_ORDINAL = r"first|second|third|fourth|fifth|sixth|seventh|1st|2nd|3rd|[4-9]th"
_MANNER = (
    r"an?|one|two|three|another|an?\sfurther|further|final|latest|last|later|late|quick|brief|short|small|minor|important"
    r"|additional|public|última|nueva|segunda|tercera|editor'?s'?|ed\.?|story|article|post|page|report|headline|photo|caption"
)
# "Update 2", but neither "Update 2 p.m.", "Update 2.15pm", "Update 2/5" nor "Update 2 May".
_NUMBER = (
    r"(?:\s(?:#|no\.?\s?|number\s)?(?:\d{1,2}(?!\d|[:.h]\d|[/-]\d|\s?[ap]\.?m\b"
    rf"|(?:st|nd|rd|th)?[\s-](?:of\s)?(?-i:{MONTH})|\sde\s{MES}|\s(?:noon|midnight|min|hour|day|o'clock))|one|two|three|four|five)"
    r"|\s(?-i:[IVX]{1,4})|\s?\#\d{1,2})"
)
_NOUN_LABEL = (
    rf"(?:(?:{_ORDINAL}|{_MANNER})\s){{0,2}}(?:{_NOUN})"
    rf"(?:\s?(?:and|&|/|\+)\s?(?:(?P<also>{_ALSO})|apolog(?:y|ies)|amplifications?))?{_NUMBER}?"
    r"(?:\s(?:to|for|on|of)\s(?:(?:this|the|our|an\searlier)\s)?(?:article|story|post|headline|column|report))?"
    r"(?:\s(?:appended|added|attached))?"
)
_VERB_LABEL = (
    r"(?:(?:this\s)?(?:story|article|post|page|report|column|headline|blog|caption|interview|piece)\s)?"
    rf"(?:(?:last|most\srecently|newly|since)\s)?(?P<is_verb>{_VERB})"
    r"(?:\s(?:and|&|/)\s(?P<also_verb>updated|corrected|clarified|amended))?"
)
_WIRE_LABEL = (
    r"(?P<wire>(?-i:CORRECTS|CORRECTING|REFILES?|REFILING|CLARIFIES|UPDATES(?=\s(?:with|to|throughout)\b)))"
    r"|(?P<gone>(?-i:(?:STORY|ARTICLE)\s(?:REMOVED|WITHDRAWN|RETRACTED|KILLED)|WITHDRAWN))"
)
_LABEL = re.compile(
    rf"(?P<bracket>[(\[])?(?:{_NOUN_LABEL}|{_VERB_LABEL}|{_WIRE_LABEL}|(?P<record>for\sthe\srecord)|(?P<notice>(?:please\s)?note))"
    r"(?![\w']|-\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label, where it stands, and what its words and typography say.

    `is_verb` marks "Updated" from "Update", `is_neutral` one whose kind depends on the purpose that follows, and
    `needs_statement` one that opens other texts too ("Note: …"), so that only a statement of change makes it a label.
    """

    kind: NoteKind
    text: str
    start: int
    end: int
    is_verb: bool
    is_neutral: bool
    is_plural: bool
    is_bracketed: bool
    needs_statement: bool

    @property
    def is_capitals(self) -> bool:
        return self.text.isupper()

    @property
    def is_capitalised(self) -> bool:
        return self.text[:1].isupper() or self.text[:1].isdigit()


def read_label(text: str, start: int = 0) -> Label | None:
    """The label at this place, if any; whether a note follows it is for what comes next to say. Linear."""
    found = _LABEL.match(text, start)
    if found is None:
        return None
    printed = found.groupdict()
    label_start = found.start() + len(printed["bracket"] or "")
    label = text[label_start : found.end()]
    return Label(
        kind=_kind(printed),
        text=label,
        start=label_start,
        end=found.end(),
        is_verb=bool(printed["is_verb"] or printed["wire"]),
        is_neutral=any(printed[name] for name in _NEUTRAL),
        is_plural=any(_is_plural(printed[name] or "") for name in _NOUNS),
        is_bracketed=printed["bracket"] is not None,
        needs_statement=bool(printed["notice"] or (printed["record"] and not label.isupper())),
    )


def _is_plural(noun: str) -> bool:
    return noun.lower().endswith("s") and not noun.lower().startswith("fe")


def _kind(printed: dict[str, str | None]) -> NoteKind:
    if printed["gone"]:
        return NoteKind.RETRACTION
    if wire := printed["wire"]:
        return _WIRE_KINDS.get(wire[:2], NoteKind.CORRECTION)
    kind = next((kind for name, (kind, _) in _KNOWN.items() if printed[name]), NoteKind.CORRECTION)
    also = read_label(printed["also"] or printed["also_verb"] or "")
    return gravest(kind, also.kind) if also else kind
