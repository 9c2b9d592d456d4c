"""A story on its page, for the tests of what became of it."""

from stories.text.judge import Copy, judge_page

ADDRESS = "https://post.example/news/gate"
NAVIGATION = (
    "<header><a href=/>Harbour Post</a></header><nav><a href=/news>News</a><a href=/sport>Sport</a></nav>"
)
PARAGRAPHS = (
    "The harbour authority said on Monday that the northern gate would stay open through the winter season.",
    "Ferries will run every forty minutes, and fees rise by 3.5 per cent from the first of March next year.",
    "Residents had asked for a second crossing, which the council rejected by 52 votes to 31 after a debate.",
    "The director said the budget would not be touched before an independent audit had been completed.",
)
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(
    story: str = STORY,
    *,
    title: str = "Gate stays open | Harbour Post",
    heading: str = "Gate stays open",
    navigation: str = NAVIGATION,
    after: str = "",
) -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title><script>n=1</script></head><body>{navigation}"
        f"<main><h1>{heading}</h1>{story}</main>{after}<footer><p>© 2024 Harbour Post</p></footer></body></html>"
    )


def copy_of(markup: str, **facts) -> Copy:
    told = {"content_type": "text/html", "status": 200, "url": ADDRESS, "final_url": ADDRESS} | facts
    return Copy(markup.encode(), **told)


BEFORE = copy_of(page())


def judged(markup: str, **facts) -> tuple[str, str]:
    judgement = judge_page(BEFORE, copy_of(markup, **facts))
    return judgement.outcome.value, judgement.reason


READ = "<li>Storm closes the pier <b>1,204</b><li>Mayor opens a school <b>900</b>"
READ_MORE = "<li>Storm closes the pier <b>1,310</b><li>Fares of ferries rise in May <b>950</b>"
COMMENT = "<p>I agree with the director on this one.</p>"
COMMENTS = COMMENT + "<article><p>The ferry is never on time, so why pay more?</p></article>" * 20


def became(before: str, after: str) -> str:
    return judge_page(copy_of(before), copy_of(after)).outcome.value


def headed(heading: str, items: str, element: str = "section") -> str:
    return f"<{element}><h2>{heading}</h2><ol>{items}</ol></{element}>"


NEWS = (
    "Snow in the hills",
    "A museum burns down",
    "Rain floods the pass",
    "A bakery opens again",
    "Bells ring",
)
FROM_READERS = "".join(
    f"<div class=comment><p>Reader {number} says that the gate, the ferries and the budget of the town are all of a "
    "piece, and that the council ought to have asked those who live by the water first.</p><a>Reply</a></div>"
    for number in range(90)
)
LONG_STORY = "".join(f"<p>{part} {said}</p>" for part in ("First,", "Then,", "Last,") for said in PARAGRAPHS)


def plain_page(story: str, *, comments: str = FROM_READERS, heading: str = "Gate stays open") -> str:
    """A page without `<main>`, as older sites have them."""
    return (
        f"<!doctype html><html><head><title>Gate stays open | Harbour Post</title></head><body><div><h1>{heading}</h1>"
        f"{story}</div><div id=comments><h3>What readers say (90)</h3>{comments}</div></body></html>"
    )
