"""What a page strikes through by a role, by a style, or by the style sheets that it brings with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

# The tag and the class of a simple selector, "" for any, and whether its rule strikes through.
_Rules = Mapping[tuple[str, str], bool]
_LONGEST_SHEET = 500_000
_MOST_SELECTORS = 50
# So the frameworks Tailwind and Bootstrap name their classes, in sheets that are not in the page.
_KNOWN: _Rules = {("", "line-through"): True, ("", "text-decoration-line-through"): True}
# What comes last holds. Possessive, so that it is linear; "text-decoration-color" and the like strike nothing.
_DECORATION = re.compile(r"(?:^|[;\s])text-decoration(?:-line)?\s*+:([^;]*+)", re.IGNORECASE)
# Comments and strings; those that are never closed are looked through once.
_UNREAD = re.compile(
    r"/\*[^*]*+(?>(?:(?>(?:\*(?!/)[^*]*+){1,500}))*)(?:\*/|\Z)|\"(?>(?:(?>(?:[^\"\\\n]++|\\.){1,500}))*)\"|'(?>(?:(?>(?:[^'\\\n]++|\\.){1,500}))*)'",
    re.DOTALL,
)
_PIECE = re.compile(r"([^{};]*+)([{};]|\Z)")
_SIMPLE = re.compile(r"([a-z][a-z0-9-]*+)?(?:\.([a-z_][\w-]*+))?", re.IGNORECASE)
_WHOLE_PAGE = frozenset(("", "html", "head", "body"))


@dataclass(frozen=True, slots=True)
class Sheets:
    """The rules by which a page tells what it strikes through, as far as they name a tag, a class or both."""

    rules: _Rules

    @classmethod
    def of(cls, sheets: Iterable[str]) -> Sheets:
        """Of each sheet the first 500,000 characters; rules under a condition (`@media`) are not read. Linear."""
        rules = dict(_KNOWN)
        for sheet in sheets:
            for selectors, declarations in _rules_of(_UNREAD.sub(" ", sheet[:_LONGEST_SHEET])):
                is_struck = _strikes(declarations)
                if is_struck is not None:
                    rules.update(dict.fromkeys(_simple(selectors), is_struck))
        return cls(rules)

    def selectors(self) -> list[str]:
        """What may be struck through, as selectors to look for it by; of the rules the first fifty count. Linear."""
        struck = [
            f"{tag}.{name}" if name else tag for (tag, name), is_struck in self.rules.items() if is_struck
        ]
        return ["[style*=line-through i]", "[role~=deletion i]", *struck[:_MOST_SELECTORS]]

    def strike(self, tag: str | None, attributes: Mapping[str, str | None]) -> bool:
        """Do its role (WAI-ARIA, `deletion`), its own style or a rule strike an element's words through?

        What is nearer to the element holds, and of rules the one that says more of it (CSS 2.1, "Specificity").

        >>> Sheets.of([".old { text-decoration: line-through }"]).strike("i", {"class": "old"})
        True

        Linear.
        """
        if "deletion" in (attributes.get("role") or "").lower().split():
            return True
        own = _strikes(attributes.get("style") or "")
        return own if own is not None else self._tell(tag or "", (attributes.get("class") or "").split())

    def _tell(self, tag: str, classes: list[str]) -> bool:
        by_rank = ([(tag, name) for name in classes], [("", name) for name in classes], [(tag, "")])
        for selectors in by_rank:
            told = [self.rules[selector] for selector in selectors if selector in self.rules]
            if told:
                return any(told)
        return False


def _strikes(declarations: str) -> bool | None:
    """Do they strike through, or nothing; None if they do not say."""
    told = _DECORATION.findall(declarations)
    return "line-through" in told[-1].lower().replace("!", " ").split() if told else None


def _rules_of(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and the declarations of each rule that stands in no other."""
    depth, selectors, declarations = 0, "", list[str]()
    for piece in _PIECE.finditer(sheet):
        told, mark = piece.groups()
        if mark == "{":
            if depth == 0:
                selectors, declarations = told, []
            depth += 1
            continue
        if depth == 1:
            declarations.append(told)
        if mark == "}" and depth:
            depth -= 1
            if depth == 0:
                yield selectors, ";".join(declarations)


def _simple(selectors: str) -> Iterator[tuple[str, str]]:
    for selector in selectors.split(","):
        simple = _SIMPLE.fullmatch(selector.strip())
        if simple and (simple[2] or (simple[1] or "").lower() not in _WHOLE_PAGE):
            yield (simple[1] or "").lower(), simple[2] or ""
