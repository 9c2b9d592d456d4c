"""The log: a leaf for each version and update, in the transaction that publishes, without a gap."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction

from stories.models import Leaf, Update
from stories.models.words import LeafKind
from stories.publishing.errors import PublishRefused
from stories.publishing.log import add_leaf
from stories.publishing.proof.leaf import commit, hash_of
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from tests.factories import ArticleFactory
from tests.publishing.backfilling import forget_log, log_again

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


def publish(article, note="", now=NOW):
    updates = [Update(article=article, note=note)] if note else []
    return publish_article(article, updates=updates, by=None, now=now)


@pytest.mark.django_db
def test_a_version_and_its_update_are_leaves_that_follow_each_other():
    bridge, tunnel = ArticleFactory(slug="bridge"), ArticleFactory(slug="tunnel")
    publish(bridge)
    publish(tunnel)

    version = publish(bridge, "The day was wrong.", NOW + timedelta(hours=1))

    leaves = list(Leaf.objects.order_by("index"))
    told = [json.loads(leaf.data) for leaf in leaves]
    assert [leaf.index for leaf in leaves] == [0, 1, 2, 3]
    assert [(each["kind"], each["story"], each["version"]) for each in told] == [
        ("version", "bridge", 1),
        ("version", "tunnel", 1),
        ("version", "bridge", 2),
        ("update", "bridge", 2),
    ]
    assert [each["previous_leaf"] for each in told] == ["", "", leaves[0].hash, leaves[2].hash]
    assert [hash_of(leaf.data) for leaf in leaves] == [leaf.hash for leaf in leaves]
    assert told[2]["commitment"] == version.digest == commit(version.content, salt=leaves[2].salt)


@pytest.mark.django_db
def test_no_leaf_tells_the_text_and_no_two_salts_are_alike():
    article = ArticleFactory(headline="Canary in the headline")
    publish(article)
    publish(article, "Canary in the note.")

    leaves = Leaf.objects.all()
    assert not any("anary" in leaf.data for leaf in leaves)
    assert len({leaf.salt for leaf in leaves}) == 3
    assert all(len(leaf.salt) == 64 for leaf in leaves)


@pytest.mark.django_db
def test_what_is_refused_leaves_no_leaf():
    article = ArticleFactory()
    publish(article)

    with pytest.raises(PublishRefused):
        publish(article)

    assert Leaf.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_leaf_is_written_in_a_transaction_or_not_at_all():
    with pytest.raises(transaction.TransactionManagementError):
        add_leaf(lambda index, previous: "{}", kind=LeafKind.ACKNOWLEDGEMENT)


@pytest.mark.django_db(transaction=True)
def test_publications_at_the_same_time_leave_no_gap():
    stories = [ArticleFactory().pk for _ in range(4)]

    def publish_twice(pk):
        article = apps.get_model("stories", "Article").objects.get(pk=pk)
        publish(article)
        publish(article, "More.")
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(publish_twice, stories))

    assert [leaf.index for leaf in Leaf.objects.order_by("index")] == list(range(12))
    assert verify_record() == []


@pytest.mark.django_db
def test_what_got_its_leaves_after_it_was_published_is_sound_and_so_is_what_follows():
    article = ArticleFactory(slug="bridge")
    publish(article)
    publish(article, "The day was wrong.")
    forget_log()

    log_again()

    told = [json.loads(leaf.data) for leaf in Leaf.objects.order_by("index")]
    assert [(each["kind"], each["version"], each["backfilled"]) for each in told] == [
        ("version", 1, True),
        ("version", 2, True),
        ("update", 2, True),
    ]
    assert verify_record() == []

    publish(article, "And the hour.")

    assert verify_record() == []
