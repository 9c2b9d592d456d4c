"""Words: the subject tells the story, and the body shows what was said and what is said now."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from stories.alerting.message import Message, message_for
from stories.alerting.tell import tell_news
from stories.models import Alert, Check, Citation, Delivery, User
from stories.models.words import ALTERNATES, RETRACTED, RETURNED, DeliveryState, Gravity, Outcome, VerdictWord
from tests.alerting.scenes import NOON, at, find, page_news, quote
from tests.factories import CheckFactory, SourceFactory, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def citation(reporter: User) -> Citation:
    return quote(SourceFactory(title="Port notices"), reporter, headline="Bridge to close")


def told(*, minutes: float = 0) -> Message:
    [delivery] = tell_news(now=at(minutes))
    return message_for(delivery)


def as_text(message: Message) -> str:
    return render_to_string("email/alert.txt", {"message": message, "account": message.account})


def as_html(message: Message) -> str:
    return render_to_string("email/alert.html", {"message": message, "account": message.account})


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        (VerdictWord.ALTERED, "Altered: a passage quoted in “Bridge to close”"),
        (VerdictWord.MISSING, "Missing: a passage quoted in “Bridge to close”"),
        (VerdictWord.UNREADABLE, "Not readable: a passage quoted in “Bridge to close”"),
    ],
)
def test_the_subject_says_what_became_of_a_passage(
    word: VerdictWord, subject: str, citation: Citation
) -> None:
    find([citation], word)

    assert told().subject == subject


@pytest.mark.parametrize(
    ("outcome", "label"),
    [
        (Outcome.GONE, "Gone"),
        (Outcome.MOVED, "Moved"),
        (Outcome.CHANGED, "Changed"),
        (Outcome.BLOCKED, "Not readable"),
        (Outcome.FAILED, "Not readable"),
    ],
)
def test_the_subject_says_what_became_of_the_page(outcome: Outcome, label: str, citation: Citation) -> None:
    page_news(citation.source, outcome)

    assert told().subject == f"{label}: a source of “Bridge to close”"


def test_a_source_that_was_retracted_is_grave_and_named_so(citation: Citation) -> None:
    CheckFactory(source=citation.source, outcome=Outcome.CHANGED, reason=RETRACTED, is_news=True)

    assert told().subject == "Retracted: a source of “Bridge to close”"
    assert Alert.objects.get().gravity == Gravity.HIGH


def test_the_subject_counts_stories_and_passages(citation: Citation, reporter: User) -> None:
    others = [quote(citation.source, reporter) for _ in range(2)]
    others[0].exact = "Ships may pass at any time."
    others[0].save()
    find([citation, others[1]], VerdictWord.ALTERED)
    find(others[:1], VerdictWord.MISSING, passage=others[0].exact, wording="")

    assert told().subject == "Altered and missing: 2 passages quoted in “Bridge to close” and 2 other stories"


def test_a_page_that_is_gone_outweighs_its_passages(citation: Citation) -> None:
    check = page_news(citation.source, Outcome.GONE)
    find([citation], VerdictWord.MISSING)
    citation.verdicts.update(found_by=check)

    assert told().subject == "Gone: a source of “Bridge to close”"


def test_what_nobody_can_see_in_a_change_is_spelled_out(citation: Citation) -> None:
    find([citation], VerdictWord.ALTERED, wording=citation.exact.replace(" ", "\u200b ", 1))

    message = told()

    assert "⟨U+200B⟩" in as_text(message)
    assert "⟨U+200B⟩" in as_html(message)


def test_a_restored_passage_says_so(citation: Citation) -> None:
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)
    find([citation], VerdictWord.VERBATIM, minutes=5)

    assert told(minutes=5).subject == "Restored: a passage quoted in “Bridge to close”"


def test_a_headline_with_a_line_break_stays_one_line(citation: Citation) -> None:
    citation.article.headline = "Bridge\r\nBcc: all@example.org"
    citation.article.save()
    find([citation], VerdictWord.ALTERED)

    assert told().subject == "Altered: a passage quoted in “Bridge Bcc: all@example.org”"


def test_the_text_shows_both_wordings_and_marks_the_words(citation: Citation) -> None:
    find([citation], VerdictWord.ALTERED)

    text = as_text(told())

    assert "The source said:\n  «The bridge will be closed from Monday.»" in text
    assert "It now says:\n  «The bridge may be closed from Monday.»" in text
    assert "The bridge [-will-] {+may+} be closed from Monday." in text
    assert "“Bridge to close”: The bridge closes on Monday." in text
    assert f"Source: Port notices\n{citation.source.url}" in text


def test_the_html_marks_the_words_with_styles_of_their_own(citation: Citation) -> None:
    find([citation], VerdictWord.ALTERED)

    html = as_html(told())

    assert 'text-decoration:line-through">will</del>' in html
    assert 'text-decoration:underline">may</ins>' in html


def test_markup_in_a_source_stays_text(citation: Citation) -> None:
    find([citation], VerdictWord.ALTERED, wording="The <script>alert(1)</script> bridge.")

    message = told()

    assert "<script>" not in as_html(message)
    assert "<script>alert(1)</script>" in as_text(message)


def test_a_message_names_only_the_stories_of_its_reader(citation: Citation) -> None:
    """Invariant 5: a colleague's unpublished headline is not in my mail."""
    colleague = make_reporter()
    theirs = quote(citation.source, colleague, headline="Secret investigation")
    find([citation, theirs], VerdictWord.ALTERED)
    to_me, _to_them = sorted(tell_news(now=NOON), key=lambda delivery: delivery.alert.recipient == colleague)

    message = message_for(to_me)

    assert "Secret investigation" not in message.subject + as_text(message) + as_html(message)


def test_a_story_that_its_reader_lost_meanwhile_is_not_named(citation: Citation, reporter: User) -> None:
    """Invariant 5: what may be named is decided when the message is written, not when the alert was."""
    lost = quote(citation.source, reporter, headline="Given to a colleague")
    find([citation, lost], VerdictWord.ALTERED)
    [delivery] = tell_news(now=NOON)
    lost.article.reporters.clear()

    message = message_for(delivery)

    assert "Given to a colleague" not in as_text(message) + as_html(message)
    assert "Bridge to close" in as_text(message)


def test_the_private_note_of_a_source_is_in_no_message(citation: Citation) -> None:
    """Invariant 5: source notes are for the newsroom's own pages."""
    citation.source.note = "Tip from the harbour master"
    citation.source.save()
    find([citation], VerdictWord.ALTERED)

    message = told()

    assert "harbour master" not in as_text(message) + as_html(message)


def test_a_message_tells_of_its_own_change_whatever_followed(citation: Citation) -> None:
    """Invariant 3: a resend is the same message, although the source has moved on."""
    find([citation], VerdictWord.ALTERED)
    [delivery] = tell_news(now=NOON)
    before = as_text(message_for(delivery))
    find([citation], VerdictWord.MISSING, minutes=5)
    tell_news(now=at(5))

    assert as_text(message_for(delivery)) == before


def test_the_subject_is_about_what_is_new(citation: Citation, reporter: User) -> None:
    second = quote(citation.source, reporter, headline="Ferries run again")
    find([citation], VerdictWord.MISSING)
    tell_news(now=NOON)
    Delivery.objects.update(state=DeliveryState.SENT)
    find([second], VerdictWord.ALTERED, minutes=5)

    message = told(minutes=5)

    assert message.subject == "Altered: a passage quoted in “Ferries run again”"
    assert "Bridge to close" in as_text(message), "what was told before is still in the letter"


def test_the_third_subject_is_about_what_is_new_since_the_second(citation: Citation, reporter: User) -> None:
    second = quote(citation.source, reporter, headline="Ferries run again")
    for minutes, (found, word) in enumerate([(citation, VerdictWord.ALTERED), (second, VerdictWord.ALTERED)]):
        find([found], word, minutes=minutes)
        told(minutes=minutes)
        Delivery.objects.update(state=DeliveryState.SENT)
    find([citation], VerdictWord.VERBATIM, minutes=5)

    assert told(minutes=5).subject == "Restored: a passage quoted in “Bridge to close”"


def test_one_passage_in_many_stories_is_shown_once(citation: Citation, reporter: User) -> None:
    find([citation, *(quote(citation.source, reporter) for _ in range(9))], VerdictWord.ALTERED)

    [passage] = told().account.passages

    assert len(passage.places) == 10


def test_first_seen_is_the_look_that_was_confirmed(citation: Citation) -> None:
    CheckFactory(source=citation.source, started_at=at(0), is_confirmed=False)
    find([citation], VerdictWord.ALTERED, minutes=1)

    message = told(minutes=2)
    with timezone.override("America/New_York"):
        text = as_text(message)

    assert (message.first_seen_at, message.confirmed_at) == (at(0), at(1))
    assert "First seen 4 May 2026, 08:00 EDT, confirmed 4 May 2026, 08:01 EDT." in text


def test_news_of_a_page_name_every_claim_that_rests_on_it(citation: Citation) -> None:
    page_news(citation.source, Outcome.GONE)

    message = told()

    assert "Resting on it:\n  - “Bridge to close”: The bridge closes on Monday." in as_text(message)
    assert "The bridge closes on Monday." in as_html(message)


def test_an_alternating_passage_is_told_as_that_with_the_words_that_come_and_go(citation: Citation) -> None:
    """Invariant 7: one alert that says so."""
    find([citation], VerdictWord.ALTERED, is_alternating=True)

    message = told()

    assert message.subject == "Alternates: a passage quoted in “Bridge to close”"
    assert "goes back and forth" in message.headline.lead
    assert "At some checks the source says" in as_text(message)
    assert "The bridge may be closed from Monday." in as_text(message)
    assert "At some checks the source says this, at others not" in as_html(message)


def test_a_passage_that_comes_and_goes_is_told_as_alternating(citation: Citation) -> None:
    find([citation], VerdictWord.MISSING, is_alternating=True)

    message = told()

    assert message.headline.label == "Alternates"
    assert "At some checks it is missing." in as_text(message)


@pytest.mark.parametrize(("reason", "label"), [(ALTERNATES, "Alternates"), (RETURNED, "Restored")])
def test_a_page_that_goes_back_is_told_in_words_of_its_own(
    reason: str, label: str, citation: Citation
) -> None:
    page_news(citation.source, Outcome.CHANGED)
    tell_news(now=NOON)
    check = page_news(citation.source, Outcome.CHANGED, minutes=5)
    Check.objects.filter(pk=check.pk).update(reason=reason)

    assert told(minutes=5).headline.label == label
