"""Boxes of other stories, known by a label or a name, and what only looks like one."""

import pytest

from tests.text.pages_of_a_story import COMMENTS, NEWS, READ, STORY, became, headed, page


def cards(*titles: str) -> str:
    return "".join(
        f"<div><h4><a href=/{title}>{title}</a></h4><p>What {title} means to us.</p></div>"
        for title in titles
    )


@pytest.mark.parametrize(
    "label",
    [
        "<p>Most read</p>",
        "<strong>Related stories</strong>",
        "<div class=a1><span>You may also like</span></div>",
        "<h3>More from the Harbour Post</h3>",
        "<p>Advertisement</p>",
    ],
)
@pytest.mark.parametrize("place", ["<article>{}{}</article>", "{}{}"])
def test_a_box_of_other_stories_is_known_by_the_line_that_it_begins_with(label, place):
    before, after = (f"<div>{label}{cards(*titles)}</div>" for titles in (("Snow", "Fog"), ("Fog", "Hail")))

    assert became(page(place.format(STORY, before)), page(place.format(STORY, after))) == "noise"


@pytest.mark.parametrize(
    "label",
    [
        "<p>Most read books: 12</p>",
        "<p>Related costs</p>",
        "<div><p>Advertisement</p></div>",
        "<h3>Jobs</h3>",
    ],
)
def test_a_box_whose_first_line_only_looks_like_such_a_label_is_content(label):
    box = f"<div>{label}<p>Fees: 30 euros</p></div>"

    assert became(page(STORY + box), page(STORY + box.replace("30", "40"))) == "changed"


def test_an_advertisement_under_a_heading_has_a_link_of_its_own():
    box = "<div><h3>Anzeige</h3><a href=/b>Boats</a><p>Two for the price of one.</p></div>"

    assert became(page(), page(STORY + box)) == "noise"


@pytest.mark.parametrize(
    "heading",
    [
        "More from the Harbour Post",
        "More in World",
        "Mehr aus Hamburg",
        "Plus d’articles de Ann Lee",
        "Más noticias de Bilbao",
    ],
)
def test_a_heading_that_has_more_of_the_site_names_a_box_of_links(heading):
    links = "<ul><li><a href=/s>Snow closes the pass</a></li><li><a href=/f>Fog on the river</a></li></ul>"
    box = f"<div><h3>{heading}</h3>{links}</div>"

    assert became(page(STORY + box), page(STORY + box.replace("Fog on", "Ice on"))) == "noise"


@pytest.mark.parametrize(
    "heading",
    [
        "Más de 300 heridos",
        "Plus de trois blessés",
        "Mehr von allem",
        "More in 2025 than before",
        "More in common",
    ],
)
def test_a_heading_that_says_how_much_more_names_a_part_of_the_story(heading):
    links = "<ul><li><a href=/p>La policía</a></li><li><a href=/h>El hospital</a></li></ul>"
    part = f"<section><h2>{heading}</h2><p>La policía contó 4 muertos.</p>{links}</section>"

    assert became(page(STORY + part), page(STORY + part.replace("4 muertos", "9 muertos"))) == "changed"


@pytest.mark.parametrize("before", ["Police", "Police and <b>others</b>"])
def test_a_part_of_the_story_with_links_amid_its_sentences_is_no_box_of_links(before):
    told = f"<p>{before} <a href=/p>told</a> of 4 dead, <b><a href=/h>doctors</a></b> of more.</p>"
    part = f"<section><h2>More from the hospital</h2>{told}</section>"

    assert became(page(STORY + part), page(STORY + part.replace("4 dead", "9 dead"))) == "changed"


@pytest.mark.parametrize(
    "heading", ["Anuncio", "Annonce", "Promoted", "PR", "Advertising", "Publicité", "Anzeige"]
)
def test_a_heading_that_advertises_in_another_sense_names_a_part_of_the_story(heading):
    part = f"<div><h3>{heading}</h3><p>El puente cierra el 4 de junio.</p></div>"

    assert became(page(STORY + part), page(STORY + part.replace("4 de", "5 de"))) == "changed"


@pytest.mark.parametrize(
    "label", ["READ MORE:", "<b>Related:</b>", "Lire aussi :", "Lesen Sie auch:", "Tags:", "Previous:"]
)
def test_the_words_of_a_link_behind_a_label_that_leads_on_may_be_edited(label):
    before = f"<p>{label} <a href=/s>Storm shuts the old pier</a></p>"

    assert became(page(STORY + before), page(STORY + before.replace("old", "upper"))) == "noise"


def test_what_stands_in_main_beside_the_article_of_the_title_is_beside_the_content():
    main = f"<main><article><h1>Gate</h1>{STORY}</article><aside>{headed('Latest news', READ)}</aside></main>"

    assert became(main, main.replace("opens a school", "opens a pool")) == "noise"
    assert became(main, main.replace("52 votes", "53 votes")) == "changed"


@pytest.mark.parametrize(
    "main",
    [
        "<article><header><h1>Gate</h1></header></article><div class=body>{}</div>",
        "<article><p>A column.</p></article><article><h1>Gate</h1></article><div>{}</div>",
    ],
)
def test_what_stands_beside_an_article_that_has_but_the_title_is_content(main):
    before = (
        f"<main>{main.format(STORY + '<div class=testimonials><p>Witness counted 4 boats.</p></div>')}</main>"
    )

    assert became(before, before.replace("4 boats", "9 boats")) == "changed"


def test_many_comments_beside_the_article_of_the_title_are_beside_the_content():
    main = f"<main><article><h1>Gate</h1>{STORY}</article><section class=comments>{{}}</section></main>"

    assert became(main.format(COMMENTS), main.format(COMMENTS + "<p>Nor do I.</p>")) == "noise"


OLD_HEAD = "<h1><a href=/news/gate>Gate stays open</a></h1><p class=byline><a href=/ann>Ann Lee</a></p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Gate stays open</a>", "Council shuts the ferry</a>"),
        ("Ann Lee", "Bo Ek"),
        ("class=byline><a href=/ann>Ann Lee", "><a rel=author href=/bo>Bo Ek"),
    ],
)
def test_a_headline_and_a_byline_that_are_links_are_content(before, after):
    assert became(page(OLD_HEAD + STORY), page(OLD_HEAD.replace(before, after) + STORY)) == "changed"


@pytest.mark.parametrize("mark", ["class=Byline", "id=story-byline", "class=ArticleAuthor"])
def test_a_byline_is_known_by_its_name_however_that_is_written(mark):
    head = f"<h1>Gate stays open</h1><p {mark}><a href=/ann>Ann Lee</a></p>"

    assert became(page(head + STORY), page(head.replace("Ann Lee", "Bo Ek") + STORY)) == "changed"


def test_the_second_of_two_authors_is_of_the_byline_too():
    head = "<h1>Gate stays open</h1><p class=by><a rel=author href=/1>Ann Lee</a> and <a rel=author href=/2>{}</a></p>"

    assert became(*(page(head.format(name) + STORY) for name in ("Cy Ito", "Di Rossi"))) == "changed"


def test_a_page_of_an_author_has_links_all_the_same():
    lists = [
        f"<div class=author-page><ul><li><a href=/1>{headline}</a></ul>{STORY}</div>"
        for headline in ("Snow in the hills", "A museum burns down")
    ]

    assert became(*map(page, lists)) == "noise"


def test_the_headlines_and_authors_of_other_stories_are_links():
    others = [
        f"<article><h3><a href=/1>{headline}</a></h3><p class=byline><a href=/2>{author}</a></p></article>"
        for headline, author in (("Snow in the hills", "Cy Ito"), ("A museum burns down", "Di Rossi"))
    ]

    assert became(*(page(OLD_HEAD + STORY, after=other) for other in others)) == "noise"


def test_the_caption_of_media_that_are_related_to_a_story_is_content():
    media = "<div class=related-media><img src=1.jpg><p>The gate on 4 May. Picture: Ann Lee</p></div>"

    assert became(page(media + STORY), page((media + STORY).replace("4 May", "5 May"))) == "changed"


RELATED_MEDIA = (
    "<div class='story related-media'><div class=photo><p>The gate on 4 May. Picture: Ann Lee</p></div>"
    "<ul><li><a href=/1>{}</a></li></ul></div>"
)


def test_links_beside_the_caption_make_it_no_less_content():
    media = RELATED_MEDIA.format(NEWS[0])
    others = RELATED_MEDIA.format(NEWS[1])

    assert became(page(media + STORY), page(media.replace("4 May", "5 May") + STORY)) == "changed"
    assert became(page(media + STORY), page(others + STORY)) == "noise"


@pytest.mark.parametrize("name", ["id=read-more-content", "class='body share-text'", "class='text ad-free'"])
def test_what_holds_paragraphs_of_a_story_is_content_whatever_it_is_named(name):
    """On a page on which the rest, as the comments, is larger."""
    comments = "<p>I said so in May, and nobody listened to a word of it.</p>" * 40
    before, after = (
        f"<html><body><h1>Gate stays open</h1><p>Ferries run.</p><div {name}>{story}</div>"
        f"<div class=comments>{comments}</div></body></html>"
        for story in (STORY, STORY.replace("every forty", "every fifty"))
    )

    assert became(before, after) == "changed"


def summaries(of):
    told = (
        f"The {of} {number} was told of at some length, so that all know of what it is and why."
        for number in range(4)
    )
    return "".join(f"<p>{summary} <a href=/{of}>Read on</a></p>" for summary in told)


@pytest.mark.parametrize("name", ["recommended", "newsletter", "modal", "sponsored", "outbrain"])
def test_what_tells_less_than_the_story_is_frame_by_its_name(name):
    before, after = (
        page(STORY * 3 + f"<div class={name}>{summaries(of)}</div>") for of in ("ferry", "tunnel")
    )

    assert became(before, after) == "noise"


def test_a_wall_beside_recommended_stories_is_not_believed():
    box = f"<div class=recommended>{summaries('ferry')}</div>"
    wall = "<h2>Sign in to continue reading</h2><form><input type=password></form>"

    assert became(page(STORY * 2, after=box), page(wall, after=box)) == "blocked"


@pytest.mark.parametrize("name", ["read-more", "gallery-promo"])
def test_what_leads_nowhere_is_no_lead_to_other_stories(name):
    box = f"<div class={name}><p>The gate on 4 May. Picture: Ann Lee</p></div>"

    assert became(page(box + STORY), page((box + STORY).replace("4 May", "5 May"))) == "changed"


def test_related_stories_are_frame_with_their_summaries():
    boxes = [
        f"<div class=related><a href=/1>{headline}</a><p>{headline} and {number} people saw it.</p></div>"
        for headline, number in (("Snow in the hills", 3), ("A museum burns down", 9))
    ]

    assert became(*(page(box + STORY) for box in boxes)) == "noise"
