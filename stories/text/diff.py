"""Two texts → their changes, as plain data: by words, by paragraphs, folded and counted."""

from stories.text.changes import WordChange
from stories.text.diffs.block_diff import BlockChange, diff_blocks
from stories.text.diffs.folding import Folded, fold
from stories.text.diffs.word_diff import WordCount, count_words, diff_words

__all__ = [
    "BlockChange",
    "Folded",
    "WordChange",
    "WordCount",
    "count_words",
    "diff_blocks",
    "diff_words",
    "fold",
]
