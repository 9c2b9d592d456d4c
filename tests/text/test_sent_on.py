"""Pages that only send their readers on."""

import time

import pytest

from stories.text.page.outcome import Copy
from stories.text.page.state import state_of_copy

ADDRESS = "https://post.example/news/gate"
STORY = "<p>The harbour authority said on Monday that the northern gate would stay open all through the winter.</p>"
MOVED = "<h1>Redirecting…</h1><a href=/new>Click here if you are not redirected.</a>"


def copy_of(head: str, body: str = MOVED) -> Copy:
    page = f"<html><head><title>Post</title>{head}</head><body>{body}</body></html>"
    return Copy(page.encode(), "text/html; charset=utf-8", 200, ADDRESS, ADDRESS)


def refresh(content: str) -> str:
    return f'<meta http-equiv="refresh" content="{content}">'


STORY_COPY = copy_of("", STORY * 8)


@pytest.mark.parametrize("before", [None, STORY_COPY], ids=["first", "later"])
@pytest.mark.parametrize(
    ("copy", "outcome", "reason"),
    [
        (copy_of(refresh("0; url=/news/new")), "failed", "sent_on"),
        (copy_of(refresh("0;URL='https://other.example/a?b=1&amp;c=2'")), "failed", "sent_on"),
        (copy_of("<META content=5;/news/new HTTP-EQUIV=Refresh>"), "failed", "sent_on"),
        (copy_of(refresh("0; url=/news/new"), ""), "failed", "sent_on"),
        (copy_of(refresh("0; url=/")), "gone", "home_page"),
        (copy_of(refresh("0; url=//post.example/login?to=gate")), "blocked", "sign_in"),
        (copy_of("<script>window.location.replace('/news/new')</script>", "<p>Moved.</p>"), "failed", "sent_on"),
        (copy_of('<script>location.href = "/news/new"</script>', ""), "failed", "sent_on"),
    ],
)  # fmt: skip
def test_a_page_that_only_sends_on_is_not_believed(copy, before, outcome, reason):
    state = state_of_copy(copy, before)

    assert state is not None
    assert (state.outcome, state.reason) == (outcome, reason)


@pytest.mark.parametrize(
    "copy",
    [
        copy_of(refresh("300"), STORY),
        copy_of(refresh("0; url=/news/gate#latest"), STORY),
        copy_of(refresh("5; url=?again=1"), STORY),
        copy_of(refresh("600; url=/news/new"), STORY),
        copy_of(refresh("0; url=/news/new"), STORY * 8),
        copy_of(refresh("0; url=http://[no"), STORY),
        copy_of("<script>function back() { location.href = '/' }</script>", STORY * 3),
        copy_of("", f"{STORY}<button onclick=\"location.href='/'\">Home</button>"),
    ],
)
def test_a_page_that_has_something_to_say_is_believed(copy):
    assert state_of_copy(copy) is None


@pytest.mark.parametrize(
    "piece",
    [
        "<meta ",
        "<meta http-equiv=refresh content=0;",
        "location=",
        "location.replace('",
        "<script>location='",
    ],
)
def test_no_markup_takes_long(piece):
    copy = copy_of("", "<script>" + piece * (200_000 // len(piece)) + "</script>Moved.")

    began = time.process_time()
    state_of_copy(copy)

    assert time.process_time() - began < 2
