"""Who hears: the people of a story, whoever follows, editors on duty; nobody who has left, nobody of a draft."""

from collections.abc import Callable
from typing import Any

import pytest

from stories.alerting.published import PublishedStory
from stories.alerting.recipients import Audience, Share, articles_heard_of_by, share_of
from stories.alerting.standing import Standing
from stories.models import Article, Citation, Following, Source, User
from stories.models.words import Outcome, VerdictWord
from stories.publishing.publish import publish_article
from tests.alerting.scenes import NOON, quote
from tests.factories import (
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    FollowingFactory,
    PreferencesFactory,
    SourceFactory,
    UserFactory,
    VerdictFactory,
    make_editor,
    make_reporter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return SourceFactory()


def audience_of(source: Source) -> dict[User, Share]:
    citing = set(source.citations.values_list("article_id", flat=True))
    return Audience([source], {source.pk: citing}).of(source)


def in_full(source: Source) -> dict[User, set[int]]:
    return {person: share.in_full for person, share in audience_of(source).items()}


def published(source: Source, *reporters: User, **fields: Any) -> Citation:
    citation = quote(source, *reporters, **fields)
    publish_article(citation.article, by=None, now=NOON)
    return citation


def test_each_reporter_is_paired_with_their_own_stories(source: Source) -> None:
    ana, ben = make_reporter(), make_reporter()
    hers, both = quote(source, ana).article_id, quote(source, ana, ben).article_id

    assert in_full(source) == {ana: {hers, both}, ben: {both}}


def test_editors_hear_only_of_stories_that_have_nobody_else(
    source: Source, editor: User, reporter: User
) -> None:
    orphan, kept = quote(source, make_reporter(is_active=False)), quote(source, reporter)

    assert in_full(source) == {editor: {orphan.article_id}, reporter: {kept.article_id}}


def test_of_several_editors_those_on_duty_hear_of_stories_without_reporters(source: Source) -> None:
    on_duty = PreferencesFactory(person=make_editor(), is_on_duty=True).person
    PreferencesFactory(person=make_editor(), is_on_duty=False)
    orphan = quote(source)

    assert in_full(source) == {on_duty: {orphan.article_id}}


def test_an_editor_who_reports_hears_of_both(source: Source, editor: User) -> None:
    own, orphan = quote(source, editor), quote(source)

    assert in_full(source) == {editor: {own.article_id, orphan.article_id}}


def test_where_everybody_has_left_nobody_hears(source: Source) -> None:
    gone = make_editor(is_active=False)
    FollowingFactory(person=gone)
    PreferencesFactory(person=gone, is_on_duty=True)
    quote(source, make_reporter(is_active=False))

    assert audience_of(source) == {}


def test_an_editor_on_duty_hears_of_what_is_grave_in_any_story(source: Source, reporter: User) -> None:
    on_duty = PreferencesFactory(person=make_editor(), is_on_duty=True).person
    citation = quote(source, reporter)

    share = audience_of(source)[on_duty]

    words = {word: share.has_verdict(VerdictFactory(citation=citation, verdict=word)) for word in VerdictWord}
    page = {word for word in Outcome if share.has_check(CheckFactory(source=source, outcome=word))}
    assert share.if_grave == {citation.article_id}
    assert page & {Outcome.GONE, Outcome.CHANGED} == {Outcome.GONE}
    assert words == {
        VerdictWord.ALTERED: True,
        VerdictWord.MISSING: True,
        VerdictWord.VERBATIM: True,
        VerdictWord.UNREADABLE: False,
    }


def test_somebody_on_duty_who_is_no_editor_any_more_hears_nothing(source: Source, reporter: User) -> None:
    PreferencesFactory(person=make_reporter(), is_on_duty=True)
    quote(source, reporter)

    assert set(audience_of(source)) == {reporter}


@pytest.mark.parametrize("what", ["article", "source", "desk"])
def test_a_follower_hears_of_what_readers_have(what: str, source: Source, reporter: User) -> None:
    """Invariant 5: a draft is nobody's but its reporters' and the editors'."""
    story, draft = published(source, reporter), quote(source, reporter)
    targets: dict[str, list[dict[str, Any]]] = {
        "article": [{"article": story.article}, {"article": draft.article}],
        "source": [{"source": source}],
        "desk": [{}],
    }
    follower = make_reporter()
    for target in targets[what]:
        FollowingFactory(person=follower, **target)

    share = audience_of(source)[follower]

    assert (share.in_full, set(share.as_published)) == (set(), {story.article_id})
    assert share.has_verdict(VerdictFactory(citation=story))
    assert share.has_check(CheckFactory(source=source))
    assert not share.has_verdict(VerdictFactory(citation=draft))


def test_a_follower_hears_nothing_of_a_passage_that_readers_do_not_have_yet(
    source: Source, reporter: User
) -> None:
    """Invariant 5: of a story that is published, too."""
    story = published(source, reporter)
    follower = FollowingFactory(article=story.article).person
    story.exact = "The bridge will be closed for good."
    story.save()

    share = audience_of(source)[follower]

    assert not share.has_verdict(VerdictFactory(citation=story))


def test_a_follower_hears_nothing_of_a_source_that_readers_are_not_told_of_yet(
    source: Source, reporter: User
) -> None:
    """Invariant 5: a story that is published may rest on more tomorrow."""
    story = published(SourceFactory(), reporter).article
    CitationFactory(claim=ClaimFactory(article=story), source=source)
    FollowingFactory(article=story)

    assert set(audience_of(source)) == {reporter}


@pytest.mark.parametrize("is_confidential", [False, True])
@pytest.mark.parametrize("what", ["article", "desk"])
def test_an_editor_who_follows_hears_of_drafts_too(
    what: str, is_confidential: bool, editor: User, reporter: User
) -> None:
    source = SourceFactory(is_confidential=is_confidential)
    draft = quote(source, reporter)
    FollowingFactory(person=editor, article=draft.article if what == "article" else None)

    assert in_full(source)[editor] == {draft.article_id}


def test_whoever_follows_a_source_hears_of_its_page_even_where_no_story_may_be_named(
    source: Source, reporter: User
) -> None:
    quote(source, reporter)
    follower = FollowingFactory(source=source).person

    share = audience_of(source)[follower]

    assert (share.follows_source, share.in_full, share.as_published) == (True, set(), {})


def test_nobody_who_only_follows_hears_of_a_confidential_source(reporter: User) -> None:
    """Invariant 5: readers do not know whom the story quotes, and neither does who only follows."""
    source = SourceFactory(is_confidential=True)
    story = published(source, reporter)
    follower = FollowingFactory(source=source).person
    FollowingFactory(person=follower, article=story.article)
    FollowingFactory(person=follower)

    assert set(audience_of(source)) == {reporter}


def test_what_is_followed_elsewhere_is_no_reason_to_hear(source: Source, reporter: User) -> None:
    quote(source, reporter)
    FollowingFactory(source=SourceFactory())
    FollowingFactory(article=ArticleFactory())

    assert set(audience_of(source)) == {reporter}


@pytest.mark.parametrize("make", [make_reporter, make_editor])
@pytest.mark.parametrize("what", ["article", "source"])
def test_of_several_sources_each_is_heard_of_by_its_own(
    what: str, make: Callable[[], User], source: Source, reporter: User
) -> None:
    other, follower = SourceFactory(), make()
    followed = published(source, reporter)
    elsewhere = published(other, make_reporter())
    FollowingFactory(person=follower, **({what: followed.article} if what == "article" else {what: source}))

    audience = Audience([source, other], {source.pk: {followed.article_id}, other.pk: {elsewhere.article_id}})

    assert follower in audience.of(source)
    assert follower not in audience.of(other)


@pytest.mark.parametrize("how", ["in_full", "if_grave", "as_published"])
def test_an_alert_is_open_while_a_passage_of_a_story_that_concerns_its_person_is_altered(how: str) -> None:
    standing = Standing(passages={1: VerdictWord.ALTERED}, articles={1: 7})
    story = PublishedStory("Bridge", {}, {}, frozenset())

    assert not standing.is_restored(Share(**{how: {7: story} if how == "as_published" else {7}}))
    assert standing.is_restored(Share(**{how: {8: story} if how == "as_published" else {8}}))


def test_who_lost_the_story_has_no_share_in_it(source: Source, reporter: User) -> None:
    story = quote(source, reporter)
    had_a_share = not share_of(reporter, source).is_empty

    Article.objects.get(pk=story.article_id).reporters.clear()

    assert had_a_share
    assert share_of(reporter, source).is_empty


def test_who_lost_their_role_has_no_share(source: Source, reporter: User) -> None:
    published(source, reporter)
    follower = FollowingFactory(source=source).person

    for person in (reporter, follower):
        person.groups.clear()

    assert audience_of(source) == {}


def test_who_follows_no_more_has_no_share(source: Source, reporter: User) -> None:
    published(source, reporter)
    follower = FollowingFactory().person
    Following.objects.all().delete()

    assert share_of(follower, source).is_empty


def test_a_reporter_may_be_told_of_their_own_stories_and_an_editor_of_all(
    editor: User, reporter: User
) -> None:
    own = ArticleFactory()
    own.reporters.add(reporter)
    ArticleFactory().reporters.add(UserFactory())

    assert (articles_heard_of_by(reporter), articles_heard_of_by(editor)) == ({own.pk}, None)
