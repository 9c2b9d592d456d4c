import pytest

from stories.text.noise.volatile import masked
from tests.text.pages_of_a_story import STORY, became, page


@pytest.mark.parametrize(
    "line",
    [
        "3 free articles left this month",
        "You have two free articles remaining this month. Subscribe now",
        "You’ve read 3 of 5 free articles",
        "12,345 people have read this article.",
        "214 people are reading this now",
        "LIVE · 1,204 viewers",
        "Viewed by 1.2k people",
        "14 people found this helpful",
        "This page has been accessed 12,345 times.",
        "Join 12,345 other subscribers.",
        "Join the conversation (14)",
        "Show 3 new posts",
        "43 queries in 0.153 seconds",
        "Page generated in 0.034 seconds with 21 queries.",
        "Served by web-03 at 12:04:33",
        "Served from cache7 on 2026-03-04 12:04:33",
        "Served by edge.fra.example in 12 ms at 2026-03-04T12:04:33Z",
        "Served from cache in 12 ms",
        "36 146 Reply",
        "36 146Reply",
        "Users browsing this forum: Ann Lee and 12 guests",
        "Vu 1 204 fois",
        "1 204 commentaires",
        "Your IP address: 192.0.2.4",
        "Listen to this article · 4:31 min",
        "Link copied!",
        "Story continues below advertisement",
        "Advertisement – scroll to continue",
        "Continúa después de la publicidad",
        "Follow us on Facebook, X and Instagram",
        "Follow us: Facebook X",
        "Follow Jane Doe on Twitter @janedoe",
        "Folgen Sie uns auf Facebook und Instagram",
    ],
)
def test_a_line_by_which_a_page_speaks_of_itself_may_come_and_go(line):
    assert masked(line) == "~"
    assert became(page(), page(f"{STORY}<p>{line}</p>")) == "noise"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("12,345 people have read this report on the dam", "12,411 people have read this report on the dam"),
        ("12,345 people have died", "12,411 people have died"),
        ("3 free seats left", "2 free seats left"),
        ("They read 3 free articles this month.", "They read 2 free articles this month."),
        ("The bill was read 2 times", "The bill was read 3 times"),
        ("The file was accessed 12 times", "The file was accessed 14 times"),
        ("The show had 1,204 viewers now", "The show had 1,310 viewers now"),
        ("3 new posts", "5 new posts"),
        ("Power generated in 4 hours with 3 turbines", "Power generated in 5 hours with 3 turbines"),
        ("Served by Reed", "Served by Ek"),
        ("Served by 3 ferries at 12:04", "Served by 4 ferries at 12:04"),
        ("Served by mail on 03/04/2024", "Served by mail on 05/09/2024"),
        ("Served from Holm at 12:04", "Served from Holm at 14:30"),
        ("Served by Reed on 3/4/2024", "Served by Ek on 3/4/2024"),
        ("Served by process-server on 2024-03-04", "Served by process-server on 2024-05-09"),
        ("Served from Holm-Ost at 12.04", "Served from Holm-Ost at 14.30"),
        ("Served by Reed at 12:04:33", "Served by Ek at 12:04:33"),
        ("Apollo 11 204 views", "Apollo 13 204 views"),
        ("Route 4 200 visits", "Route 7 200 visits"),
        ("Route No. 4 200 visits", "Route No. 7 200 visits"),
        ("Apollo #11 204 views", "Apollo #13 204 views"),
        ("Apollo-11 204 views", "Apollo-13 204 views"),
        ("Lee: Apollo 11 204 vues", "Lee: Apollo 13 204 vues"),
        ("Room 4: 200 visits", "Room 7: 200 visits"),
        ("Built in 36 seconds with 3 people", "Built in 38 seconds with 3 people"),
        ("36 146 replied", "36 149 replied"),
        ("IP address of the server: 192.0.2.4", "IP address of the server: 192.0.2.9"),
        ("Follow us to the shelter at 6 pm", "Follow us to the shelter at 7 pm"),
        ("Advertisement of tobacco is banned", "Advertisement of tobacco is allowed"),
        ("Join the conversation on 4 March", "Join the conversation on 5 March"),
    ],
)
def test_a_line_with_a_word_more_is_what_the_page_reports_on(before, after):
    assert became(page(f"{STORY}<p>{before}</p>"), page(f"{STORY}<p>{after}</p>")) == "changed"


TODAY, TOMORROW = "<div>Thursday, 5 March 2026</div>", "<div>Friday, 6 March 2026</div>"


def test_what_day_it_is_above_the_content_is_noise_and_anywhere_else_a_date():
    assert became(page(navigation=TODAY), page(navigation=TOMORROW)) == "noise"
    assert became(page(STORY + TODAY), page(STORY + TOMORROW)) == "changed"
    assert became(f"{TODAY}<h1>Gate</h1>{STORY}", f"{TOMORROW}<h1>Gate</h1>{STORY}") == "changed"


@pytest.mark.parametrize(
    "row",
    (
        "<a href=/7>Ferries</a> (1,204)",
        "Publicado en <a href=/7>Barcos</a>, <a href=/8>Puertos</a>, <a href=/9>Mar</a>",
    ),
)
def test_links_with_their_counts_or_behind_what_leads_on_to_them_may_come_and_go(row):
    assert became(page(), page(f"{STORY}<p>{row}</p>")) == "noise"


def test_a_line_that_leads_to_another_story_may_come_and_go():
    assert (
        became(page(), page(f"{STORY}<p>Also read: <a href=/7>Storm shuts the old pier</a></p>")) == "noise"
    )
    assert (
        became(page(), page(f"{STORY}<p>The council told: <a href=/7>Storm shuts the old pier</a></p>"))
        == "changed"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("© 2025 Harbour Post. All rights reserved.", "© 2026 Harbour Post. All rights reserved."),
        ("Copyright © 2004–2025 Harbour Post Ltd", "Copyright © 2004–2026 Harbour Post Ltd"),
        ("All rights reserved 2025", "All rights reserved 2026"),
        ("Updated this week", "Updated over a week ago"),
        ("Modified 3 days ago", "Modified today"),
        ("<span>Page views:</span><span>314</span>", "<span>Page views:</span><span>402</span>"),
        ("<b itemprop=upvoteCount>7</b>", "<b itemprop=upvoteCount>9</b>"),
        (
            "Publié le 6 mai 2024 à 18h12, modifié le 6 mai 2024 à 19h00",
            "Publié le 6 mai 2024 à 18h12, modifié le 7 mai 2024 à 8h30",
        ),
        ("Zuletzt geändert: 03.05.2024 08:00", "Zuletzt geändert: 04.05.2024 09:15"),
        ("Ultimo aggiornamento 3 maggio 2024 08:00", "Ultimo aggiornamento 4 maggio 2024 09:15"),
        ("Updated last week", "Updated 2 weeks ago"),
        ("Updated less than a minute ago", "Updated 3 minutes ago"),
        ("1 204 views", "1 311 views"),
        ("987 views", "1 204 views"),
        ("By Ann Lee · 987 views", "By Ann Lee · 1 204 views"),
        ("Ann Lee | 1 204 vues", "Ann Lee | 2 311 vues"),
        ("Ann Lee – 1 204 vues", "Ann Lee – 2 311 vues"),
        ("Apollo 11 (1 204 views)", "Apollo 11 (2 311 views)"),
        ("Vu 987 fois", "Vu 1 204 fois"),
        ("Visto 314 veces", "Visto 402 veces"),
        ("Lu 314 fois", "Lu 402 fois"),
        ("314 keer gelezen", "402 keer gelezen"),
        ("Odsłon: 314", "Odsłon: 402"),
        ("<span>314</span><span>Shares</span>", "<span>402</span><span>Shares</span>"),
        ("Was this article helpful?", "Did this answer your question?"),
        ("No comments yet", "3 comments"),
        ("Teilen 120", "Teilen 131"),
        ("Loading…", "Loading comments"),
    ],
)
def test_what_a_page_counts_or_asks_of_itself_may_become_another(before, after):
    assert became(page(f"{STORY}<p>{before}</p>"), page(f"{STORY}<p>{after}</p>")) == "noise"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Copyright of works from 1984 lapses in 2054.", "Copyright of works from 1985 lapses in 2054."),
        ("The vote is this week", "The vote is last week"),
        ("Ein Bausatz mit 120 Teilen", "Ein Bausatz mit 131 Teilen"),
        ("<a href=/7>Recalls of ferries</a> (12)", "<a href=/7>Recalls of ferries</a> (13)"),
        ("Lee, Orr (<a href=/7>Labour</a>)", "Lee, Ek (<a href=/7>Labour</a>)"),
        ("The bridge was seen 314 times", "The bridge was seen 402 times"),
        ("Was this helpful to the court? It said no.", "Was this helpful to the court? It said yes."),
    ],
)
def test_what_only_looks_like_it_is_content(before, after):
    assert became(page(f"{STORY}<p>{before}</p>"), page(f"{STORY}<p>{after}</p>")) == "changed"


def test_a_headline_that_begins_with_a_quotation_is_no_link_to_the_page_before():
    told = "<p><a href=/m>« Nous fermerons le 4 juin », dit le maire du port</a></p>"
    before = "<p><a href=/m>« Snow closes the pass for 4 days</a></p>"

    assert became(page(STORY + told), page(STORY + told.replace("4", "5"))) == "changed"
    assert became(page(STORY + before), page(STORY + before.replace("4", "5"))) == "noise"
