"""What a follower reads: the story as its readers have it, and nothing of a draft. Invariant 5."""

import pytest

from stories.alerting.message import Message, message_for
from stories.alerting.tell import tell_news
from stories.models import Alert, Citation, Delivery, User
from stories.models.words import Gravity, Outcome, VerdictWord
from stories.publishing.publish import publish_article
from tests.alerting.scenes import NOON, at, find, only_alert, page_news, quote
from tests.factories import FollowingFactory, PreferencesFactory, SourceFactory, make_editor, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(reporter: User) -> Citation:
    """A published passage, whose story was rewritten since."""
    citation = quote(SourceFactory(title="Port notices"), reporter, headline="Bridge to close")
    publish_article(citation.article, by=None, now=NOON)
    citation.article.headline = "SECRET headline"
    citation.article.save()
    assert citation.claim
    citation.claim.text = "SECRET claim"
    citation.claim.save()
    return citation


@pytest.fixture
def follower(story: Citation) -> User:
    return FollowingFactory(person=make_reporter(), article=story.article).person


def told_to(person: User) -> Message:
    return message_for(Delivery.objects.get(alert__recipient=person))


def everything_in(message: Message) -> str:
    account = message.account
    places = [*account.places, *(place for passage in account.passages for place in passage.places)]
    claims = [place.claim.text for place in places if place.claim]
    return " ".join([message.subject, *claims, *(place.article.headline for place in places)])


def test_a_follower_reads_the_headline_and_the_claim_that_readers_have(
    story: Citation, follower: User, reporter: User
) -> None:
    find([story], VerdictWord.ALTERED)
    tell_news(now=NOON)

    told, told_reporter = everything_in(told_to(follower)), everything_in(told_to(reporter))

    assert "Altered: a passage quoted in “Bridge to close” The bridge closes on Monday." in told
    assert "SECRET" not in told
    assert "SECRET" in told_reporter


def test_the_passage_of_a_draft_is_not_in_a_followers_alert(
    story: Citation, follower: User, reporter: User
) -> None:
    assert story.source
    draft = quote(story.source, reporter, headline="SECRET draft")
    FollowingFactory(person=follower)
    find([story, draft], VerdictWord.MISSING)

    tell_news(now=NOON)

    assert [verdict.citation for verdict in only_alert(follower).verdicts.all()] == [story]
    assert "SECRET" not in everything_in(told_to(follower))


def test_a_change_of_a_drafts_passage_alone_is_no_alert_to_followers(reporter: User) -> None:
    draft = quote(SourceFactory(), reporter)
    follower = FollowingFactory(person=make_reporter()).person
    find([draft], VerdictWord.MISSING)

    tell_news(now=NOON)

    assert not Alert.objects.filter(recipient=follower).exists()


def test_whoever_follows_a_source_hears_that_its_page_is_gone_without_any_story(reporter: User) -> None:
    draft = quote(SourceFactory(title="Port notices"), reporter, headline="SECRET draft")
    follower = FollowingFactory(person=make_reporter(), source=draft.source).person
    assert draft.source
    page_news(draft.source, Outcome.GONE)

    tell_news(now=NOON)

    message = told_to(follower)
    assert message.subject == "Gone: a source that you follow, “Port notices”"
    assert message.account.articles == ()


def test_an_editor_on_duty_hears_of_what_is_grave_and_that_it_passed(reporter: User) -> None:
    on_duty = PreferencesFactory(person=make_editor(), is_on_duty=True).person
    story = quote(SourceFactory(), reporter)
    assert story.source
    page_news(story.source, Outcome.MOVED)
    tell_news(now=NOON)
    heard_of_the_move = Alert.objects.filter(recipient=on_duty).exists()
    find([story], VerdictWord.ALTERED, minutes=5)
    tell_news(now=at(5))
    find([story], VerdictWord.VERBATIM, minutes=9)
    tell_news(now=at(9))

    gravities = Delivery.objects.filter(alert__recipient=on_duty).order_by("pk")
    assert not heard_of_the_move
    assert [delivery.gravity for delivery in gravities] == [Gravity.HIGH, Gravity.LOW]


def test_one_source_in_forty_stories_is_one_alert_to_each_reporter_with_their_own_stories() -> None:
    source, reporters = SourceFactory(), [make_reporter() for _ in range(4)]
    stories = [quote(source, reporters[number % 4]) for number in range(40)]
    find(stories, VerdictWord.ALTERED)

    deliveries = tell_news(now=NOON)

    assert sorted(delivery.alert.recipient.pk for delivery in deliveries) == [each.pk for each in reporters]
    for number, reporter in enumerate(reporters):
        told = {verdict.citation for verdict in only_alert(reporter).verdicts.all()}
        assert told == set(stories[number::4])
