"""The pure rooms: judging passages, telling texts apart, rendering Markdown."""

import difflib
import random
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import markdown

from stories.text.diff import diff_blocks, diff_words
from stories.text.extract import main_text, visible_text
from stories.text.judge import judge_passage
from stories.text.markdown import render_markdown
from tests.text.hostile import BLOCKS_IN_PAIRS, TEXTS_IN_PAIRS

_STORY = """the harbour bridge closes on monday because its bearings are worn and nobody can say when it opens again
although the port authority promised commuters ferries every ten minutes from both banks of the river"""
_WORDS = _STORY.split()


def make_text(words: int, *, seed: int) -> str:
    """A text of sentences and paragraphs; the same for the same seed."""
    chance = random.Random(seed)
    sentences, left = [], words
    while left > 0:
        length = min(left, chance.randint(6, 24))
        left -= length
        numbered = [*chance.choices(_WORDS, k=length - 1), str(chance.randint(1, 10_000))]
        sentences.append(" ".join(numbered).capitalize() + ".")
    paragraphs = [" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5)]
    return "\n\n".join(paragraphs)


def edit(text: str, *, every: int, seed: int) -> str:
    chance = random.Random(seed)
    paragraphs = [paragraph.split(" ") for paragraph in text.split("\n\n")]
    for paragraph in paragraphs:
        for position in range(0, len(paragraph), every):
            paragraph[position] = chance.choice(_WORDS)
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


def comparisons() -> Iterator[tuple[str, Mapping[str, Callable[[], object]]]]:
    text = make_text(5_000, seed=1)
    passage = text.split(". ")[100]
    altered = passage.replace(" ", " not ", 1)
    yield (
        f"A passage of {len(passage.split())} words in a page of {len(text) // 1000} kB",
        {
            "str.find, the floor": lambda: text.find(passage),
            "judge_passage, verbatim": lambda: judge_passage(text, passage),
            "judge_passage, one word more": lambda: judge_passage(text, altered),
            "judge_passage, missing": lambda: judge_passage(
                text, "Nothing like this was ever said by anyone here."
            ),
        },
    )
    page = f"<html><body><main>{render_markdown(text)}</main></body></html>".encode()
    yield (
        f"Reading a page of {len(page) // 1000} kB",
        {
            "bytes.decode, the floor": lambda: page.decode(),
            "visible_text": lambda: visible_text(page, "text/html"),
            "main_text": lambda: main_text(page, "text/html"),
        },
    )
    before = make_text(10_000, seed=2)
    light, heavy = edit(before, every=100, seed=3), edit(before, every=3, seed=4)
    rewritten = make_text(10_000, seed=5)
    blocks = [each.split("\n\n") for each in (before, light, heavy, rewritten)]
    yield (
        "Telling two texts of 10,000 words apart",
        {
            "comparing them for equality, by paragraph": lambda: [
                a == b for a, b in zip(*blocks[:2], strict=True)
            ],
            "diff_blocks, lightly edited": lambda: diff_blocks(blocks[0], blocks[1]),
            "diff_blocks, every third word": lambda: diff_blocks(blocks[0], blocks[2]),
            "diff_blocks, rewritten": lambda: diff_blocks(blocks[0], blocks[3]),
            "diff_words, lightly edited": lambda: diff_words(before, light),
            "diff_words, every third word": lambda: diff_words(before, heavy),
            "diff_words, rewritten": lambda: diff_words(before, rewritten),
            "difflib by words, lightly edited": lambda: difflib.SequenceMatcher(
                None, before.split(), light.split()
            ).get_opcodes(),
        },
    )
    yield (
        "Telling hostile texts apart",
        {
            **{name: partial(diff_words, *pair) for name, pair in TEXTS_IN_PAIRS.items()},
            **{f"Blocks, {name}": partial(diff_blocks, *pair) for name, pair in BLOCKS_IN_PAIRS.items()},
        },
    )
    yield (
        "Rendering Markdown of 10,000 words",
        {
            "Python-Markdown alone, the floor": lambda: markdown.markdown(before),
            "render_markdown, bounded and sanitised": lambda: render_markdown(before),
        },
    )
