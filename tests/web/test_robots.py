"""robots.txt as RFC 9309 has it."""

import sys
from concurrent.futures import ThreadPoolExecutor
from time import process_time

import pytest

from stories.web.robots import MAX_BYTES, Rules, RulesCache, read_text

SITE = "https://council.example"
PRODUCT = "NewsroomStoryUpdates"


def allows(text: str, path: str) -> bool:
    return Rules(text, product=PRODUCT).allows(SITE + path)


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/minutes", True),
        ("<html><body>Not here.</body></html>", "/minutes", True),
        ("User-agent: *\nDisallow:", "/minutes", True),
        ("User-agent: *\nDisallow: /", "/minutes", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /private/", "/minutes", True),
        ("User-agent: *\nDisallow: /private/", "/private/minutes", False),
        # Section 2.2.2: the most specific match decides, and of two alike the one that allows.
        ("User-agent: *\nDisallow: /a/\nAllow: /a/b/", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/\nDisallow: /a/b/", "/a/b/c", False),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nAllow: /%61\nDisallow: /a", "/a", True),
        # What counts as specific is what the site wrote, and no escape that we put in its place.
        ("User-agent: *\nAllow: /*?\nDisallow: /pag", "/page?x=1", False),
        ("User-agent: *\nDisallow: /*?\nAllow: /pag", "/page?x=1", True),
        ("User-agent: *\nAllow: /p(\nDisallow: /p(1", "/p(1)", False),
        ("User-agent: *\nAllow: /***(\nDisallow: /p(", "/p(1)", True),
        ("User-agent: *\nAllow: /*****(\nDisallow: /p(1", "/p(1)", False),
        ("User-agent: *\nAllow: /*p%20q\nDisallow: /p%20q", "/p%20q", True),
        ("User-agent: *\nAllow: /*%20\nDisallow: /p q", "/p%20q", True),
        ("User-agent: *\nAllow: /*ü\nDisallow: /pages", "/pages/ü", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/minutes.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/minutes.pdf?page=2", True),
        ("User-agent: *\nDisallow: /a%3cd.html", "/a%3Cd.html", False),
        ("User-agent: *\nDisallow: /füße", "/f%C3%BC%C3%9Fe", False),
        # Section 2.2.1: a group of our own takes the place of the one for all; case is no matter.
        ("User-agent: *\nDisallow: /\n\nUser-agent: newsroomstoryupdates\nAllow: /", "/minutes", True),
        ("User-agent: NEWSROOMSTORYUPDATES\nDisallow: /", "/minutes", False),
        ("User-agent: NewsroomStoryUpdates/0.1\nDisallow: /", "/minutes", False),
        ("User-agent: Newsroom\nDisallow: /", "/minutes", True),
        ("User-agent: OtherBot\nDisallow: /", "/minutes", True),
        ("User-agent: OtherBot\nUser-agent: *\nDisallow: /", "/minutes", False),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", False),
        ("User-agent: *  # all\nDisallow: /a # a comment", "/a", False),
        ("User-agent: *\nDisallow: /***a", "/b/a", False),
        ("User-agent: *\nDisallow: /a$b", "/a$b/c", False),
        ("User-agent: *\nDisallow: /%2A", "/a", True),
        ("User-agent: *\nDisallow: /*a*a$", "/a", True),
        ("User-agent: *\nDisalow /a\nDisallow\nUser-agent: other\nAllow: /", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /index.html", "/", True),
        ("user-agent:*\r\ndisallow:/a\r\n", "/a", False),
        # Section 2.2.4: what else is recorded there ends no group, and sets no rule.
        (f"User-agent: {PRODUCT}\nContent-Signal: search=yes\nUser-agent: other\nDisallow: /", "/a", False),
        (f"User-agent: {PRODUCT}\nSitemap: {SITE}/map\nUser-agent: other\nDisallow: /", "/a", False),
        ("User-agent: *\nContent-Signal: search=yes\nAllow: /\n\nUser-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: other\nDisallow: /", "/a", True),
    ],
)
def test_what_may_be_read(text: str, path: str, is_allowed: bool) -> None:
    assert allows(text, path) is is_allowed


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Crawl-delay: 10", 10.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 86400", 3600.0),
        ("Crawl-delay: -1", 0.0),
        ("Crawl-delay: nan", 0.0),
        ("Crawl-delay: 1e999", 0.0),
        ("Crawl-delay: soon", 0.0),
        ("", 0.0),
    ],
)
def test_the_pace_that_a_site_asks_for(line: str, seconds: float) -> None:
    rules = Rules(f"User-agent: *\n{line}\nDisallow: /private/", product=PRODUCT)

    assert rules.crawl_delay_seconds == seconds


def test_the_beginning_of_a_long_file_counts_to_its_last_whole_line() -> None:
    body = b"User-agent: *\n" + b"Disallow: /a/minutes\n" * 30_000

    text = read_text(body)

    assert len(text.encode()) <= MAX_BYTES
    assert set(text.splitlines()[1:]) == {"Disallow: /a/minutes"}


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe\x00", b"\xef\xbb\xbfUser-agent: *", "Disallow: /\ud800".encode("utf-8", "surrogatepass")],
)
def test_bytes_of_any_kind_can_be_read_and_stored(body: bytes) -> None:
    text = read_text(body)

    assert "\0" not in text
    assert text.encode()
    assert Rules(text, product=PRODUCT).allows(f"{SITE}/minutes")


def test_many_agents_with_many_rules_between_them_cost_no_more_than_the_rules() -> None:
    agents = "\n".join(f"User-agent: bot{number}" for number in range(12_000))
    rules = "\n".join(f"Disallow: /{number}/" for number in range(12_000))

    assert allows(f"{agents}\n{rules}", "/1/")


def test_a_pattern_of_many_stars_is_matched_all_the_same() -> None:
    assert allows(f"User-agent: *\nDisallow: /{'a*' * 500}b", f"/{'a' * 4_000}")


@pytest.mark.parametrize(
    "line",
    [
        "Disallow:*a*a*a*a*a{}\n",
        "Disallow:*{}\n",
        "Allow:/%2e{}é$\n",
        "Allow:/{}/*\n",
        f"Disallow:*{{}}{'a' * 40}baa\n",
        f"Disallow:*{'a' * 40}b{{}}aa\n",
    ],
)
def test_half_a_megabyte_of_patterns_costs_a_long_address_little(line: str) -> None:
    text = read_text(f"User-agent: *\n{''.join(line.format(n) for n in range(30_000))}".encode())
    began = process_time()

    rules = Rules(text, product=PRODUCT)
    for _ in range(3):
        rules.allows(f"{SITE}/{'a' * 2_000}")

    assert process_time() - began < 5


@pytest.mark.parametrize("line", ["/*/{}/*.html$", "/?&{}é*"])
@pytest.mark.parametrize("length", [200, 7_000])
def test_all_of_half_a_megabyte_of_patterns_counts(line: str, length: int) -> None:
    lines = "".join(f"Disallow: {line.format(number)}\n" for number in range(20_000))

    assert not allows(f"User-agent: *\n{lines}Disallow: /*secret\n", f"/{'minutes/' * (length // 8)}secret")


def test_rules_are_remembered_up_to_a_bound() -> None:
    cache = RulesCache(max_characters=60)
    first, second = ("User-agent: *\nDisallow: /" + letter * 10 for letter in "ab")

    kept = cache.rules_of(first, product=PRODUCT)

    assert cache.rules_of(first, product=PRODUCT) is kept
    cache.rules_of(second, product=PRODUCT)
    assert cache.rules_of(first, product=PRODUCT) is not kept


def test_the_threads_of_a_worker_share_what_is_remembered():
    cache = RulesCache(max_characters=90)
    texts = ["User-agent: *\nDisallow: /" + letter * 10 for letter in "abcd"]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            asked = threads.map(lambda turn: cache.rules_of(texts[turn % 4], product=PRODUCT), range(2000))
            found = list(asked)
    finally:
        sys.setswitchinterval(before)

    assert len(found) == 2000
    kept = cache.rules_of(texts[0], product=PRODUCT)
    cache.rules_of(texts[1], product=PRODUCT)
    assert cache.rules_of(texts[0], product=PRODUCT) is kept
