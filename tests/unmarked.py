"""Finds what a person would read and nobody marked: text and attributes of templates, words in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

_TOLD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"f?['\"]?[A-Z{][^<>]*\s[^<>]*[.!?…]['\"]?$")
_ATTRIBUTES = frozenset({"aria-label", "title", "alt", "placeholder", "label"})
_OF_MACHINES = frozenset({"code", "pre", "script", "style", "kbd", "samp"})
#: Stand for what a template writes there: a value, or a turn of its flow.
_VALUE, _TURN = "\ue000", "\ue001"


def unmarked_in_template(source: str) -> Iterator[str]:
    """Text between tags, and attributes that are read out or shown."""
    reader = _Reader()
    reader.feed(_without_marked(source))
    reader.close()
    yield from reader.found


def _without_marked(source: str) -> str:
    parts, is_marked = [], False
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type == TokenType.BLOCK else ""
        # The class of a page's body is no word to read.
        if name in {"blocktranslate", "comment"} or token.contents == "block body_class":
            is_marked = True
        elif name in {"endblocktranslate", "endcomment"} or (is_marked and name == "endblock"):
            is_marked = False
        elif is_marked or token.token_type == TokenType.COMMENT:
            continue
        elif token.token_type == TokenType.TEXT:
            parts.append(token.contents)
        elif token.token_type == TokenType.VAR or name == "translate":
            parts.append(_VALUE)
        else:
            parts.append(_TURN)
    return "".join(parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A drawn sign is written as its name.
        if tag in _OF_MACHINES or "material-symbols-outlined" in (dict(attrs).get("class") or ""):
            self._inside.append(tag)
        shown = _ATTRIBUTES | ({"value"} if tag == "input" and ("type", "submit") in attrs else set())
        for name, value in attrs:
            if name in shown and value:
                self._hear(value)
        if tag == "meta" and ("name", "description") in attrs:
            self._hear(dict(attrs).get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._hear(data)

    def _hear(self, text: str) -> None:
        if _TOLD.search(text):
            self.found.append(" ".join(text.replace(_VALUE, "…").replace(_TURN, "").split()))


#: Where the words of an argument are for a person, by the name of what is called.
_SAID_FIRST = frozenset({"ValidationError", "PermissionDenied", "HttpResponseBadRequest"})
_SAID_BY_NAME = frozenset(
    {"verbose_name", "verbose_name_plural", "help_text", "label", "description", "empty_label"}
)


#: How unfold paints a state, not what it is called.
_PAINTED = frozenset({"danger", "warning", "success", "info"})


def unmarked_in_python(source: str) -> Iterator[str]:
    """Names and helps of fields, labels of choices, what forms refuse and what a page tells after it did something.

    And whatever reads as a sentence where a function gives it back.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _said_by_call(node)
        elif isinstance(node, ast.ClassDef):
            yield from _said_by_class(node)
        elif (
            isinstance(node, ast.Return | ast.Yield)
            and node.value
            and _SENTENCE.match(text := _words(node.value))
        ):
            yield text


def _said_by_call(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    owner = getattr(call.func.value, "id", "") if isinstance(call.func, ast.Attribute) else ""
    if owner == "messages" or name == "add_error":
        yield from filter(None, map(_words, call.args[1:2]))
    elif name in _SAID_FIRST or (owner == "models" and name.endswith("Field")):
        yield from filter(None, map(_words, call.args[:1]))
    for keyword in call.keywords:
        if keyword.arg in _SAID_BY_NAME and (text := _words(keyword.value)):
            yield text


def _said_by_class(definition: ast.ClassDef) -> Iterator[str]:
    for statement in definition.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name, value = statement.targets[0].id, statement.value
            of_choices = isinstance(value, ast.Tuple) and name.isupper() and len(value.elts) == 2
            said = value.elts[1] if of_choices and isinstance(value, ast.Tuple) else value
            if (of_choices or name in _SAID_BY_NAME) and (text := _words(said)):
                yield text


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        written = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        return ast.unparse(node) if _TOLD.search(written) else ""
    text = node.value if isinstance(node, ast.Constant) else ""
    return text if isinstance(text, str) and _TOLD.search(text) and text not in _PAINTED else ""
