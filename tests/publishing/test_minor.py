"""What an editor may not call minor, and how they are told what it is."""

import pytest

from stories.publishing.comparison import compare_contents
from stories.publishing.minor import more_than_minor, why_not_minor

SOURCE = {"id": 1, "title": "Port authority", "url": "https://port.example/"}
CITED = {"id": 1, "exact": "closed from Monday", "source": SOURCE}
BEFORE = {
    "headline": "Bridge closes",
    "dek": "For five days.",
    "byline": "By Ann Reed",
    "html": "<p>The bridge is closed, says Ann Reed.</p><p>It is safe.</p><p>Nobody knows why.</p>",
    "claims": [{"id": 1, "text": "The bridge closes.", "standing": "stands"}],
    "citations": [CITED],
}


def reasons(**after):
    return why_not_minor(compare_contents(BEFORE, {**BEFORE, **after}))


def body(old, new):
    return {"html": BEFORE["html"].replace(old, new)}


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({"headline": "Bridge closed"}, "the headline “Bridge closes” became “Bridge closed”"),
        ({"dek": "For six days."}, "the number “five” became “six”"),
        ({"byline": "By Ann Reid"}, "the name “Ann Reed” became “Ann Reid”"),
        (body("Ann Reed", "Bo Lind"), "the name “Ann Reed” became “Bo Lind”"),
        (body("is safe", "is not safe"), "the word “not” is new"),
        (body("is safe", "may be safe"), "the word “may” is new"),
        (body("is closed", "is cursed"), "the word “closed” became “cursed”"),
        (
            body("It is safe.", "It is safe, as everybody here says."),
            "the words “as everybody here says” are new",
        ),
        (
            {"claims": [{**BEFORE["claims"][0], "standing": "disputed"}]},
            "the claim “The bridge closes.” was “stands” and is “disputed”",
        ),
        (
            {"claims": [{**BEFORE["claims"][0], "text": "It closed."}]},
            "the claim “The bridge closes.” became “It closed.”",
        ),
        ({"claims": []}, "the claim “The bridge closes.” is gone"),
        (
            {"citations": [{**CITED, "exact": "closed from Tuesday"}]},
            "the quoted passage “closed from Monday” became “closed from Tuesday”",
        ),
        (
            {"citations": [{**CITED, "source": {"id": 2, "title": "The mayor"}}]},
            "the quoted passage “closed from Monday” was taken from Port authority and is from The mayor",
        ),
        ({"citations": []}, "the quoted passage “closed from Monday” is gone"),
    ],
)
def test_a_change_of_meaning_is_told_with_what_it_was_and_is(after, told):
    assert reasons(**after)[0] == told


@pytest.mark.parametrize(
    "after",
    [
        {},
        body("closed, says", "closed says"),
        {
            "html": BEFORE["html"]
            .replace("<p>It is safe.</p>", "")
            .replace("<p>The", "<p>It is safe.</p><p>The")
        },
        body("</p><p>It is safe", " It is safe"),
        body("Ann Reed", '<a href="https://port.example/reed">Ann Reed</a>'),
        body("<p>Nobody", "<p><em>Nobody</em>"),
        body("It is safe", "It are safe"),
    ],
    ids=["nothing", "a comma", "a paragraph moved", "paragraphs joined", "a link", "emphasis", "grammar"],
)
def test_a_change_of_form_is_minor(after):
    assert reasons(**after) == ()


def test_the_sentence_tells_a_few_and_counts_the_rest():
    sentence = more_than_minor(tuple(f"the number “{number}” is gone" for number in range(9)))

    assert sentence.startswith("This is more than a minor change: the number “0” is gone; the number “1”")
    assert "; and 5 more. Choose" in sentence


def test_a_misspelt_ordinary_word_is_no_name():
    before = {**BEFORE, "html": "<p>The Goverment says so.</p>"}
    after = {**BEFORE, "html": "<p>The Government says so.</p>"}

    assert why_not_minor(compare_contents(before, after)) == ()
