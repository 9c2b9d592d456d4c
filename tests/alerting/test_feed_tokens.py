"""The key to a feed: nobody can read it from the database, and an old one opens nothing."""

import pytest

from stories.alerting.feed_tokens import make_token, person_of_token, revoke_token
from stories.models import FeedToken, User
from tests.alerting.scenes import NOON, at

pytestmark = pytest.mark.django_db


def test_a_token_opens_its_persons_feed(reporter: User) -> None:
    assert person_of_token(make_token(reporter, now=NOON)) == reporter


def test_the_token_itself_is_not_kept(reporter: User) -> None:
    token = make_token(reporter, now=NOON)

    assert len(token) >= 43
    assert token not in str(FeedToken.objects.values().get())


def test_a_new_token_voids_the_old_one(reporter: User) -> None:
    old, new = make_token(reporter, now=NOON), make_token(reporter, now=at(1))

    assert (person_of_token(old), person_of_token(new)) == (None, reporter)
    assert FeedToken.objects.get().created_at == at(1)


def test_a_revoked_token_opens_nothing(reporter: User) -> None:
    token = make_token(reporter, now=NOON)
    revoke_token(reporter)

    assert person_of_token(token) is None


def test_nor_does_the_token_of_somebody_who_has_left(reporter: User) -> None:
    token = make_token(reporter, now=NOON)
    User.objects.update(is_active=False)

    assert person_of_token(token) is None


@pytest.mark.parametrize("token", ["", "x", "ü", "\ud800", "a" * 10_000])
def test_nonsense_opens_nothing(token: str, reporter: User) -> None:
    make_token(reporter, now=NOON)

    assert person_of_token(token) is None
