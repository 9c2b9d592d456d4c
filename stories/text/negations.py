"""The words that turn what is said into its opposite, in many languages."""

from __future__ import annotations

import re

from .word_lists import words_in

#: Whole words, in small letters. What is a word of another language too ("en", "mai", "plus") is left out.
NEGATIONS = words_in(
    "no not never none nor neither without cannot hardly nobody nothing nowhere except unless only "
    "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne kaum "
    "ne pas jamais sans non ni aucun aucune rien sin nunca jamás nadie nada ningún ninguna tampoco apenas "
    "não sem jamais nem ninguém nenhum nenhuma né senza nessuno niente nulla sense "
    "niet geen nooit zonder niemand niets inte ikke ikkje aldrig aldri ej icke ingen inget inga utan uden uten "
    "ei eivät emme ette älä ilman mitte nem nincs soha nie nigdy bez nikt nic żaden ani není nikdy nikdo nije nikad "
    "nikada nema nisu nu fără niciodată nici nimeni nimic nėra niekada nav nekad nuk kurrë değil yok hiç asla "
    "не ни нет без никогда никто ничего нельзя нема немає ні ніколи ніхто няма никога никой није никад "
    "δεν μην χωρίς ποτέ όχι ούτε κανείς לא אין בלי لا لم لن ليس ليست غير بدون نه نیست هرگز هیچ نہیں "
    "नहीं न मत ना बिना না নয় নেই नाही இல்லை లేదు નથી tidak bukan belum jangan tak tanpa không chưa chẳng đừng "
    "si kamwe hapana bila 안 못"
)
# Verbs and endings that negate wherever they stand, in scripts whose words run into one another.
_INSIDE = re.compile("[不没沒未无無非别別勿莫否毋]|ない|なかっ|なく|ません|まい|ไม่|ไร้|^(?:않|없|못하|아니)")
_IN_FRONT = re.compile("(?:[不没沒未]|[没沒]有|[并並除绝絕]非|ไม่)$")


def negates(word: str) -> bool:
    """Does a word, in small letters, negate, or hold what does? Linear.

    >>> [negates(word) for word in ("not", "isn't", "不会", "knot")]
    [True, True, True, False]
    """
    return word in NEGATIONS or word.endswith("n't") or _INSIDE.search(word) is not None


def is_negated_in_front(text: str, start: int) -> bool:
    """Does what negates the word at `start` stand right before it, in a script without spaces? Constant.

    >>> is_negated_in_front("我们不会卖。", 3)
    True
    """
    return _IN_FRONT.search(text, max(0, start - 3), start) is not None
