"""Texts to compare that would keep a careless comparison busy: for the tests and for the benchmark."""


def numbered(prefix: str, words: int, space: str = " ") -> str:
    return space.join(f"{prefix}{number}" for number in range(words))


TEXTS_IN_PAIRS = {
    "identical lines": ("same line\n" * 2_000, "same line\n" * 1_900 + "x"),
    "all words different": (numbered("a", 100_000), numbered("b", 100_000)),
    "all words and lines different": (numbered("a", 99_000, "\n"), numbered("b", 99_000, "\n")),
    "two words over and over": ("a b " * 50_000, "b a c " * 33_000),
    "one letter off in a word of 500,000": ("x" * 500_000, "x" * 499_999 + "y"),
    "punctuation": (".,;" * 80_000, ",;:" * 80_000),
    "much punctuation": (".," * 500_000, ",." * 500_000),
    "only spaces differ": ("a " * 100_000, "a  " * 100_000),
    "line feeds": ("\n" * 200_000, "\n" * 199_999),
    "hidden characters": ("a\u200b" * 100_000, "a" * 100_000),
    "marks": ("e" + "\u0301" * 200_000, "e" + "\u0300" * 200_000),
    "addresses": ("https://a!" * 30_000, "https://b!" * 30_000),
    "initials": ("A." * 100_000, "B." * 100_000),
    "as many characters without spaces as are compared": ("日本語会。" * 29_000, "本日。会語日" * 25_000),
    "as many spaces that differ as are compared": ("a " * 74_000, "a\t" * 74_000),
    "as many sentences as are compared": ("A. B. C. " * 16_000, "B. A. " * 24_000),
}  # fmt: skip

BLOCKS_IN_PAIRS = {
    "identical": (["same line"] * 2_000, ["same line"] * 1_900),
    "all different": ([f"a{n} b{n}" for n in range(5_000)], [f"c{n} d{n}" for n in range(5_000)]),
    "nearly alike": ([f"line {n} that we keep" for n in range(2_000)], [f"line {n} we held" for n in range(2_000)]),
    "alike by chance":
        ([f"{n % 50} {n % 70} q" for n in range(9_000)], [f"{n % 51} {n % 71} q" for n in range(9_000)]),
    "reversed": ([f"p {n}" for n in range(20_000)], [f"p {n}" for n in range(20_000, 0, -1)]),
    "few and huge": ([numbered("a", 50_000)] * 3, [numbered("a", 49_999)] * 3),
    "many and long": (
        [" ".join(f"u{n}_{m}" for m in range(80)) for n in range(1_200)],
        [" ".join(f"u{(n * 7 + m) % 1_200}_{m}" for m in range(80)) for n in range(1_200)],
    ),
    "empty": ([""] * 20_000, [""] * 10_000),
}  # fmt: skip
