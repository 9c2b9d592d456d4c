"""News pages that are the same in every run, 25 to 60 KB of HTML, each in several versions.

`v1` is the page as it was cited. `token` says the same with other bytes: a nonce and the numbers of its advertising
slots. In `v2` every article is edited: a sentence gains a figure, another is replaced, the date of the update is new.
`v3` and so on are other edits of `v1`.
"""

import random
from functools import cache

N = 1000
_SYLLABLES = [consonant + vowel for consonant in "bcdfghlmnprstvwz" for vowel in "aeiou"]
_COMMON = """the of and to in a that for on is was with as by it at from be has have had are were not this but they
which an will would its who more after over when about than council harbour report city month people court minister
company health school budget ferry bridge tide according""".split()  # noqa: SIM905


def page(number: int, version: str = "v1") -> bytes:
    chance = random.Random(number)
    nonce = random.Random(f"{number} {version if version == 'token' else 'v1'}")
    title, paragraphs = _article(number)
    updated = "2026-03-01T08:00:00Z"
    if version not in ("v1", "token", "noise"):
        paragraphs, updated = _edited(number, paragraphs, version), f"2026-03-04T16:20:00Z, {version}"
    return "\n".join(
        [
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Gazette</title>',
            f'<meta name="csrf-token" content="{nonce.getrandbits(160):040x}">',
            f"<style>{_styles(chance)}</style><script>{_scripts(chance)}</script></head><body>",
            f'<header><a href="/">The Gazette</a>{_menu(chance, "menu")}</header>',
            f'<div class="ad" id="ad-{nonce.getrandbits(30)}">Advertisement: {_sentence(chance)}</div>',
            f'<main><article><h1>{title}</h1><p class="byline">By Ana Duarte</p>',
            f'<p><time datetime="{updated}">Updated {updated}</time></p>',
            *(f'<p class="story c{place}">{" ".join(text)}</p>' for place, text in enumerate(paragraphs)),
            f'<p class="share">Share · <span class="views">{chance.randint(100, 99_999)} views</span></p></article>',
            f'<section class="related"><h2>Most read</h2><ol>{_related(chance)}</ol></section></main>',
            f"<footer>{_menu(chance, 'foot')}<p>© 2026 The Gazette</p></footer>",
            f"<script>{_scripts(chance)}</script></body></html>",
        ]
    ).encode()


def quotes(number: int, k: int = 3) -> list[str]:
    """Sentences of the page as it was cited, on which claims rest."""
    _, paragraphs = _article(number)
    return random.Random(f"quotes {number}").sample([text for lines in paragraphs for text in lines], k)


def _article(number: int) -> tuple[str, list[list[str]]]:
    chance = random.Random(f"article {number}")
    title = _sentence(chance)[:80].rstrip(" .,”")
    paragraphs = [
        [_sentence(chance) for _ in range(chance.randint(2, 6))] for _ in range(chance.randint(14, 40))
    ]
    return title, paragraphs


def _edited(number: int, paragraphs: list[list[str]], version: str) -> list[list[str]]:
    chance = random.Random(f"edit {number} {version}")
    edited = [list(lines) for lines in paragraphs]
    lines = chance.choice(edited)
    place = chance.randrange(len(lines))
    lines[place] = f"{lines[place][:-1]}, rising to {chance.randint(10, 99)} percent."
    lines = chance.choice(edited)
    lines[chance.randrange(len(lines))] = _sentence(chance)
    if number % 5 == 0:
        del edited[chance.randrange(len(edited))]
    return edited


@cache
def _words() -> tuple[list[str], list[float]]:
    chance = random.Random("words")
    made = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(2_500)]
    words = [*_COMMON, *made]
    return words, [1 / (rank + 3) for rank in range(len(words))]


def _sentence(chance: random.Random) -> str:
    words, weights = _words()
    chosen = chance.choices(words, weights, k=chance.randint(9, 28))
    if chance.random() < 0.25:
        chosen[chance.randrange(len(chosen))] = str(chance.randint(2, 9_800))
    text = " ".join(chosen).capitalize()
    return f"“{text},” said Mayor Lee." if chance.random() < 0.15 else f"{text}."


def _menu(chance: random.Random, name: str) -> str:
    words, _ = _words()
    items = (
        f'<li class="{name}__item" data-id="{name}-{place}"><a class="{name}__link" '
        f'href="/section/{words[place + 40]}/{chance.randint(1_000, 9_999)}" data-track="click:{name}:{place}">'
        f"<span>Go to</span> {words[place + 60].title()} {words[place + 90]}</a></li>\n"
        for place in range(chance.randint(20, 50))
    )
    return f'<ul class="{name}">{"".join(items)}</ul>'


def _related(chance: random.Random) -> str:
    return "".join(f'<li><a href="/a/{chance.randrange(N)}">{_sentence(chance)}</a></li>' for _ in range(10))


def _styles(chance: random.Random) -> str:
    rules = (
        f".c{place}{{margin:{chance.randint(0, 40)}px;color:#{chance.getrandbits(24):06x}}}"
        for place in range(chance.randint(40, 120))
    )
    return "\n".join(rules)


def _scripts(chance: random.Random) -> str:
    lines = (
        f"try{{window.__cfg_{place}={chance.getrandbits(40)};}}catch(e){{}}"
        for place in range(chance.randint(60, 160))
    )
    return "\n".join(lines)
