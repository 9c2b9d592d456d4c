"""Lists of words, written as one reads them."""


def words_in(listed: str) -> frozenset[str]:
    """The words of `listed`, which white space parts: `words_in("nav footer")` holds two. Linear."""
    return frozenset(listed.split())
