"""Every way in which a look can end has a sentence of its own, found by reading the rooms that name the reasons."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import override

import stories
from stories import web
from stories.text.page.state import state_of_status
from stories.watching.explain import explain, say
from stories.web import translation
from stories.web.errors import FetchError

ROOMS = [Path(stories.__file__).with_name(room) for room in ("text", "watching")]
# Which argument of each call is a reason.
PLACES = {"PageJudgement": 1, "UnreadableCopy": 0, "CopyTooLarge": 0, "explain": 0}
MOVED = "permanent_redirect"  # The sentence names the address: see explain_move.


def find_reasons() -> set[str]:
    files = [file for room in ROOMS for file in room.rglob("*.py")]
    by_status = filter(None, map(state_of_status, range(600)))
    named = {reason for file in files for reason in _named_in(ast.parse(file.read_text(encoding="utf-8")))}
    return named | {state.reason for state in by_status}


def _named_in(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACES:
            yield from _words(node.args[PLACES[node.func.id] :][:1], module)


def _words(values: list[ast.expr], module: ast.Module) -> Iterator[str]:
    """The words that an expression may be: as they stand, by a condition, or through a name given in the module."""
    for value in values:
        if isinstance(value, ast.Constant):
            yield str(value.value)
        elif isinstance(value, ast.IfExp):
            yield from _words([value.body, value.orelse], module)
        elif isinstance(value, ast.Name):
            yield from _words(_given_to(value.id, module), module)


def _given_to(name: str, module: ast.Module) -> list[ast.expr]:
    assigned = [node for node in ast.walk(module) if isinstance(node, ast.Assign)]
    return [node.value for node in assigned for target in node.targets if getattr(target, "id", "") == name]


def all_below(error: type[FetchError]) -> Iterator[type[FetchError]]:
    for kind in error.__subclasses__():
        yield kind
        yield from all_below(kind)


def test_the_reasons_are_found_however_they_are_spelled():
    assert {"same_bytes", "not_found", "server_error", "locked_pdf", "dtd", "soft_404"} <= find_reasons()


def test_every_reason_has_a_sentence_of_its_own():
    reasons = sorted(find_reasons() - {MOVED})

    sentences = [explain(reason) for reason in reasons]

    unexplained = [reason for reason in reasons if explain(reason) == explain("a reason that nobody gives")]
    assert unexplained == []
    assert len(set(sentences)) == len(sentences)


def test_every_error_of_the_web_brings_a_sentence_of_its_own():
    errors = list(all_below(FetchError))

    sentences = {FetchError("why").message, *(error("why").message for error in errors)}

    assert len(errors) > 10
    assert len(sentences) == len(errors) + 1


def sentences_of_the_web() -> Iterator[str]:
    """What each error is told with, a 7 in the place of what stands in it."""
    errors = {error.__name__ for error in all_below(FetchError)}
    for file in Path(web.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in errors:
                yield from map(_spelled, node.args[1:2])


def _spelled(sentence: ast.expr) -> str:
    if isinstance(sentence, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in sentence.values)
    return str(sentence.value) if isinstance(sentence, ast.Constant) else ""


def test_what_the_web_says_is_told_in_other_languages_too():
    sentences = set(filter(None, sentences_of_the_web()))

    with override("es"):
        untold = {sentence for sentence in sentences if say(sentence) == sentence}

    assert len(sentences) > 40
    assert untold == set()


def test_a_sentence_is_told_with_what_stands_in_it():
    refused = "10.0.0.7 leads to 10.0.0.7, which is not on the public internet (private)."
    told = f"The site sends us on to where we do not follow. {refused}"

    with override("es"):
        said = say(told)

    assert "10.0.0.7 lleva a 10.0.0.7" in said
    assert "privada" in said


def test_what_keeps_a_connection_from_being_secure_is_told_in_other_languages_too():
    certificates = (sentence for _reason, sentence in translation._CERTIFICATE_FAULTS.values())

    with override("es"):
        untold = {
            each for each in (*certificates, *translation._HANDSHAKE_FAULTS.values()) if say(each) == each
        }

    assert not untold


def test_what_is_said_otherwise_by_now_is_told_of_earlier_checks_in_other_languages_too():
    with override("es"):
        told = say("The site’s certificate is signed by an authority that we do not know.")

    assert told == "El certificado del sitio lo firma una autoridad que no conocemos."
