"""Sections of a policy that are named after what they tell of: cookies, sharing, newsletters, advertising."""

import pytest

from tests.text.pages_of_a_story import STORY, became, page

TOLD = "<p>We keep what the {0} of visitors send us for thirty days, and show it to nobody unless a court says so.</p>"
NAMES = (
    "cookies",
    "data-sharing",
    "comments",
    "newsletter",
    "newsletter-formats",
    "advertising",
    "consent",
    "social-media",
    "cookie-notice",
    "subscribe",
)


def policy(section: str, element: str = "section") -> str:
    others = [f"<{element}><h2>{name}</h2>{TOLD.format(name)}</{element}>" for name in ("Crews", "Guests")]
    return page(section.join(others), heading="Privacy")


@pytest.mark.parametrize("element", ["section", "div"])
@pytest.mark.parametrize("name", NAMES)
def test_a_section_may_be_named_after_what_it_tells_of(name, element):
    section = f"<{element} id={name} class={name}><h2>{name}</h2>{TOLD.format(name)}</{element}>"

    assert became(policy(section, element), policy(section.replace("thirty", "ninety"), element)) == "changed"
    short = f"<{element} id={name}><h2>{name}</h2><p>We have it for thirty days.</p></{element}>"
    assert became(policy(short, element), policy(short.replace("thirty", "ninety"), element)) == "changed"


@pytest.mark.parametrize(
    "section",
    [
        "<h2 id=cookies>Cookies last thirty days</h2>",
        "<ol><li id=newsletter>Letters are kept thirty days</li></ol>",
        "<h3><button aria-expanded=false aria-controls=a>Refunds within thirty days</button></h3><p id=a>See.</p>",
        "<section id=cookies><h2>Cookies</h2><table><tr><td>sid<td>thirty days<tr><td>_ga<td>a year</table></section>",
        "<section id=sharing><h2>With whom</h2><ul><li>Banks, for thirty days<li>Shippers</ul></section>",
        "<section id=share-data><h2>Whom we tell</h2><p>For thirty days, banks.</p></section>",
        "<section id=toolbar><h2>Our toolbar</h2><p>It sends data for thirty days.</p></section>",
        "<div id=consent><h3>Consent</h3><p>Ask within thirty days: <a href=mailto:a@b.example>Al</a></p></div>",
    ],
)
def test_what_a_section_tells_need_be_no_sentence(section):
    assert became(policy(section), policy(section.replace("thirty", "ninety"))) == "changed"


@pytest.mark.parametrize(
    "name",
    [
        "intercom-interblocks-paragraph no-margin",
        "CookieDeclarationTypeDescription",
        "cookies-overview",
        "cookie-duration",
        "cookies__table",
        "css-x7nav9",
        "Text_text__2toc1",
        "sc-1tags2",
    ],
)
def test_a_part_may_have_the_name_of_a_system_that_makes_texts_or_one_drawn_by_lot(name):
    part = f"<div class='{name}'><div>Kept for thirty days</div></div>"

    assert became(page(STORY + part), page(STORY + part.replace("thirty", "ninety"))) == "changed"


@pytest.mark.parametrize("name", ["intercom-launcher", "ad2", "ad300x250", "css-x7 nav9"])
def test_what_is_named_as_frame_with_a_number_or_a_size_is_frame(name):
    box = "<div class='{}'><p>Coats for winter, in all of <a href=/1>our shops</a></p></div>"

    assert (
        became(page(STORY + box.format(name)), page(STORY + box.format(name).replace("Coats", "Boats")))
        == "noise"
    )


def test_a_policy_may_be_named_after_the_maker_of_a_consent_box_that_wrote_it():
    box = "<div class=iubenda_fluid_policy>{}</div>".format(
        "".join(TOLD.format(who) for who in ("crews", "guests", "staff", "hosts"))
    )
    asking = box.replace("</div>", "<button>Accept</button></div>")

    assert became(page(box), page(box.replace("thirty", "ninety", 1))) == "changed"
    assert became(page(STORY + asking), page(STORY + asking.replace("thirty", "ninety", 1))) == "noise"


@pytest.mark.parametrize(
    "answer",
    ["<a href=# class=cn-button>OK</a>", "<a id=agree>Accept all</a>", "<a href=/agree>Zustimmen</a>"],
)
def test_a_box_that_asks_for_consent_may_be_answered_with_a_link(answer):
    asking = f"<div class=cookie-notice>{TOLD.format('cookies')}{answer}</div>"
    brief = "<p>The gate is shut until the first of May.</p>"

    assert became(page(brief + asking), page(brief + asking.replace("thirty", "ninety"))) == "noise"
    assert became(page(brief + asking), page(brief)) == "noise"


def test_a_class_that_all_parts_of_a_text_have_names_none_of_them():
    grill, oven, price = (
        f"<section class=part-ads><h2>{name}</h2>{TOLD.format(name)}" for name in ("Grill", "Oven", "Price")
    )
    shops = "<ul><li><a href=//a.example>A</a><li><a href=//b.example>B</a></ul>"

    def parts(price):
        return page(f"{grill}</section>{oven}</section>{price}{shops}</section>")

    assert became(parts(price), parts(price.replace("thirty", "ninety"))) == "changed"
    lone = price.replace("part-ads", "ads")
    assert became(parts(lone), parts(lone.replace("thirty", "ninety"))) == "noise"


@pytest.mark.parametrize(
    "button", ["<button>Withdraw consent</button>", "<a href=# class=btn>Manage consent</a>"]
)
def test_what_a_policy_says_of_cookies_may_have_a_button_to_take_consent_back(button):
    section = f"<section><h2>Cookies</h2><p>Our cookies last thirty days.</p>{button}</section>"

    assert became(policy(section), policy(section.replace("thirty", "ninety"))) == "changed"


@pytest.mark.parametrize(
    "box",
    [
        "<section class=newsletter><h2>Letters</h2><p>Snow comes in {}.</p><form><input name=n></form></section>",
        "<section class=promoted><h2>Read on</h2><a href=/1>{} is cold</a></section>",
        "<section class=sponsored><p>Coats cost less in {}. <a href=//coats.example>Coats</a> warm.</p></section>",
    ],
)
def test_a_box_that_leads_on_or_asks_for_more_than_those_beside_it_is_frame(box):
    assert became(policy(box.format("May")), policy(box.format("April"))) == "noise"


def test_the_components_of_a_content_system_are_no_consent_boxes():
    section = "<div class=cmp-text><div class=cmp-text__inner><p>Version 4, valid from March</p></div></div>"
    before = page(f"<div class=cmp-container>{section}</div>")

    assert became(before, before.replace("Version 4", "Version 5")) == "changed"


@pytest.mark.parametrize(
    "part",
    [
        "<p id=ad-1>Coats cost less in {}</p>",
        "<table><tr><td id=navigation><p>Snow comes as late as {}</p></table>",
        "<button aria-expanded=false aria-controls=more>Listen, as all did in {}</button>",
    ],
)
def test_an_id_that_is_no_anchor_and_a_button_that_is_no_heading_are_frame(part):
    assert became(policy(part.format("May")), policy(part.format("April"))) == "noise"
