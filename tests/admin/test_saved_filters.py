"""A list is found again as it was: by a filter of the house or of one's own, shared or not."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stories.models import SavedFilter, Update
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, ClaimFactory, UpdateFactory, make_editor


def save(client, noun="claim", **typed):
    return client.post(reverse("admin:saved_filter_save", args=[noun]), typed, follow=True)


def test_last_months_corrections_are_two_clicks_from_any_page(desk_of_ruth):
    for month, kind in ((2, "correction"), (3, "correction"), (2, "update")):
        told = Update(article=ArticleFactory(), kind=kind, note=f"{kind} of month {month}.")
        told.stated_at = datetime(2026, month, 10, tzinfo=UTC)
        publish_article(told.article, updates=[told], by=None, now=datetime(2026, month, 10, tzinfo=UTC))
    UpdateFactory(kind="correction", note="A draft.")

    with time_machine.travel(datetime(2026, 3, 15, tzinfo=UTC), tick=False):
        desk_of_ruth.force_login(make_editor())
        page = desk_of_ruth.get(reverse("admin:stories_update_changelist"))
        (chip,) = [chip for chip in page.context["filter_chips"] if chip.label == "Last month’s corrections"]
        found = desk_of_ruth.get(chip.address).context["cl"].result_list

    assert [update.note for update in found] == ["correction of month 2."]


@pytest.mark.parametrize(
    "noun",
    [
        "article",
        "claim",
        "citation",
        "source",
        "update",
        "alert",
        "check",
        "verdict",
        "watch",
        "delivery",
        "publication",
    ],
)
def test_every_quick_filter_leads_to_its_list(noun, desk_of_ruth):
    chips = desk_of_ruth.get(reverse(f"admin:stories_{noun}_changelist")).context["filter_chips"]

    assert chips
    for chip in chips:
        page = desk_of_ruth.get(chip.address)
        assert page.status_code == 200, chip
        assert [each.label for each in page.context["filter_chips"] if each.is_current] == [chip.label]


def test_a_view_is_saved_and_opened_again(desk_of_ruth):
    ClaimFactory(standing="disputed")
    ClaimFactory()

    saved = save(desk_of_ruth, name=" My  doubts ", query="q=bridge&p=3&standing__exact=disputed&o=-1")

    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("My doubts", "o=-1&q=bridge&standing__exact=disputed")
    assert "“My doubts” is saved." in saved.content.decode()
    opened = desk_of_ruth.get(reverse("admin:saved_filter_open", args=[kept.pk]), follow=True)
    assert opened.context["cl"].result_count == 1
    assert [chip.label for chip in opened.context["filter_chips"] if chip.is_current] == ["My doubts"]


def test_the_same_name_is_written_over_and_none_is_refused(desk_of_ruth):
    save(desk_of_ruth, name="Mine", query="q=a")
    save(desk_of_ruth, name="Mine", query="q=b")
    refused = save(desk_of_ruth, name="  ", query="q=c")

    assert SavedFilter.objects.get().query == "q=b"
    assert "Give it a name" in refused.content.decode()
    assert refused.context["cl"].query == "c"


def test_so_is_one_that_looks_the_same(desk_of_ruth):
    for name, query in (("Mine", "q=a"), ("Mi\x07ne\u202e", "q=b"), ("Other", "q=c")):
        save(desk_of_ruth, name=name, query=query)
    save(desk_of_ruth, name="\u202e", query="q=d")
    mine, other = SavedFilter.objects.order_by("pk")

    refused = desk_of_ruth.post(
        reverse("admin:saved_filter", args=[other.pk]), {"name": "Mine\x07"}, follow=True
    )

    other.refresh_from_db()
    assert (mine.name, mine.query, other.name) == ("Mine", "q=b", "Other")
    assert "a name that no other of yours has" in refused.content.decode()


def test_it_is_renamed_shared_and_deleted_by_its_owner_alone(desk_of_ruth, client):
    save(desk_of_ruth, name="Mine", query="q=a")
    saved = SavedFilter.objects.get()
    url = reverse("admin:saved_filter", args=[saved.pk])
    assert desk_of_ruth.get(url).status_code == 200

    desk_of_ruth.post(url, {"name": "Ours", "shared": "on"})
    client.force_login(make_editor())
    page = client.get("/admin/stories/claim/")
    (chip,) = [chip for chip in page.context["filter_chips"] if chip.label == "Ours"]
    assert (chip.own, chip.sharer) == (None, "Ruth Ames")
    assert client.post(url, {"delete": "1"}).status_code == 404

    client.force_login(saved.person)
    client.post(url, {"delete": "1"})
    assert not SavedFilter.objects.exists()


def test_what_is_not_shared_is_nobody_elses(desk_of_ruth, client):
    save(desk_of_ruth, name="Mine", query="q=a")
    saved = SavedFilter.objects.get()
    client.force_login(make_editor())

    assert client.get(reverse("admin:saved_filter_open", args=[saved.pk])).status_code == 404
    assert b"Mine" not in client.get("/admin/stories/claim/").content.split(b"nr-filters__chips")[1][:2000]


def test_who_may_not_share_saves_for_themselves(client, editor):
    group = editor.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="share_savedfilter"))
    client.force_login(editor)

    save(client, name="Mine", query="q=a", shared="on")

    assert not SavedFilter.objects.get().is_shared


@pytest.mark.parametrize("query", ["nonsense=1", "article__id__exact=999999", "article__slug__startswith=x"])
def test_a_filter_that_does_not_apply_any_more_says_so(query, desk_of_ruth):
    save(desk_of_ruth, name="Old", query=query)

    opened = desk_of_ruth.get(
        reverse("admin:saved_filter_open", args=[SavedFilter.objects.get().pk]), follow=True
    )

    assert opened.status_code == 200
    assert "no longer applies" in opened.content.decode()


def test_the_list_of_stories_tells_what_readers_were_told_and_what_is_open(desk_of_ruth):
    article = ArticleFactory()
    publish_article(
        article,
        updates=[Update(article=article, note="A note.", kind="correction")],
        by=None,
        now=timezone.now(),
    )

    html = desk_of_ruth.get(reverse("admin:stories_article_changelist")).content.decode()

    assert "Correction, <time" in html
