import pytest

from stories.text.judge import Copy, judge_page, state_of_copy

ADDRESS = "https://port.example/notices/12"
LEGAL = "".join(
    f"<p>{told} without the written leave of the harbour office, its agents and whoever acts for either of them.</p>"
    for told in ("Nothing is to be copied", "No picture may be shown", "No call may be recorded")
)
FOOTER = f"<footer>{LEGAL}</footer>"


def copy_of(markup: str, *, title: str = "Notice 12 | Port Office", footer: str = "") -> Copy:
    page = (
        f"<html><head><title>{title}</title></head><body><nav><a href=/>Home</a><a href=/n>Notices</a></nav>"
        f"<main>{markup}</main>{footer}</body></html>"
    )
    return Copy(page.encode(), "text/html", 200, ADDRESS, ADDRESS)


NOTICE = copy_of("<h1>Notice</h1><p>The north harbour is open to all vessels from 1 May.</p>")


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>Notice</h1><p>Access denied to the north harbour from 1 to 4 May.</p>",
        "<h1>Security check at the gate</h1><p>From Monday all drivers pass a security check.</p>",
        "<h1>Correction</h1><p>The deed of 1820 was not found in the archive.</p>",
        "<p>The pilot’s licence has expired.</p>",
        "<p>Line 4: service unavailable on 4 May.</p>",
        "<p>The bridge is down for maintenance. It opens in May.</p>",
        "<p>The vaccine is not available in your region until June.</p>",
        "<p>The vote of 4 May is for members only.</p>",
        "<p>Subscribe to the new shares by 4 May.</p>",
        "<p>Please wait at the gate. The loading of the ferry takes an hour.</p>",
        "<p>Your account has been suspended, the letter says.</p>",
        "<p>Recall: the butter is no longer available.</p>",
    ],
)
def test_a_notice_may_speak_of_things_as_a_wall_speaks_of_itself(markup: str) -> None:
    judgement = judge_page(NOTICE, copy_of(markup))

    assert (judgement.outcome, judgement.reason) == ("changed", "content")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<h1>Access denied</h1><p>Reference 18.2f3a</p>", "challenge"),
        ("<p>Checking your browser before accessing port.example.</p>", "challenge"),
        ("<p>This notice is no longer available.</p>", "soft_404"),
        ("<h1>404</h1>", "soft_404"),
        ("<p>К сожалению, страница не найдена</p>", "soft_404"),
        ("<h1>Service unavailable</h1><p>Please try again later.</p>", "error_page"),
        ("<p>An error occurred while processing your request.</p>", "error_page"),
        ("<p>Failed to load this article. Retry?</p>", "error_page"),
        ("<p>The content could not be loaded.</p>", "error_page"),
        ("<p>Subscribe to continue reading.</p>", "sign_in"),
        ("<p>This notice cannot be shown in your region.</p>", "legal_reasons"),
        ("<p>Loading…</p>", "script_needed"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript>", "script_needed"),
    ],
)
def test_a_wall_in_the_place_of_a_notice_is_not_believed(markup: str, reason: str) -> None:
    assert judge_page(NOTICE, copy_of(markup)).reason == reason


@pytest.mark.parametrize(
    ("title", "markup", "reason"),
    [
        (
            "Bot check",
            "<h1>Making sure you're not a bot!</h1><p>Protected by Anubis from Techaro.</p>",
            "challenge",
        ),
        ("Limit", "<p>You have exceeded a secondary rate limit. Wait.</p>", "error_page"),
        ("port.example", "<p>This domain is registered at Namecheap. Is it yours?</p>", "error_page"),
    ],
)
def test_a_wall_of_many_words_is_told_from_a_notice_by_its_title(
    title: str, markup: str, reason: str
) -> None:
    assert judge_page(NOTICE, copy_of(markup, title=title)).reason == reason


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<h1>Page not found</h1>", "soft_404"),
        ("<h1>Access denied</h1>", "challenge"),
        ("<h1>Log in</h1><p>Log in to read on.</p>", "sign_in"),
        ("", "shell"),
    ],
)
def test_a_long_frame_that_stays_does_not_make_up_for_the_lost_content(markup: str, reason: str) -> None:
    story = (
        "<h1>Gate stays open</h1><p>The northern gate stays open all winter, said the harbour authority on Monday.</p>"
        "<p>Ferries run every forty minutes, and fees rise by 3.5 per cent from the first of March next year.</p>"
        "<p>Residents had asked for a second crossing, which the council rejected by 52 votes to 31.</p>"
    )

    assert judge_page(copy_of(story, footer=FOOTER), copy_of(markup, footer=FOOTER)).reason == reason


def test_a_first_notice_may_speak_of_a_region() -> None:
    copy = copy_of("<p>The vaccine is not available in your region until the first week of June.</p>")

    assert state_of_copy(copy) is None


STORY = copy_of(
    "<h1>Gate</h1>"
    + "".join(
        f"<p>{who} said on Monday that the northern gate would stay open all through the winter, come what may.</p>"
        for who in (
            "The harbour authority",
            "The mayor",
            "The pilots",
            "The union of stevedores",
            "The minister",
        )
    )
)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Crews were unable to load the ferry, so the gate shuts a week early.", "changed"),
        ("The fish could not be loaded, for the gate was shut.", "changed"),
        ("Crews were unable to load this ferry.", "changed"),
        ("This story failed to load.", "failed"),
        ("Unable to load the requested page.", "failed"),
        ("We couldn’t load your story.", "failed"),
        ("Something failed to load.", "failed"),
        ("Failed to load resource.", "failed"),
        ("Der Artikel konnte nicht geladen werden.", "failed"),
        ("Impossible de charger la page.", "failed"),
        ("Unable to load this article. Retry?", "failed"),
        ("The content could not be loaded.", "failed"),
    ],
)
def test_a_page_is_not_loaded_where_the_page_says_so(said: str, outcome: str) -> None:
    assert judge_page(STORY, copy_of(f"<h1>Gate</h1><p>{said}</p>")).outcome == outcome
