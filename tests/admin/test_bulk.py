"""An editor changes many rows: sees which, does it, and takes it back from the message or from the page of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Article, Bulk, Claim, ErrorReport, Source
from tests.admin.forms import confirm
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory, make_reporter

LIST = "admin:stories_source_changelist"


def choose(client, deed, rows, noun="source"):
    url = reverse(f"admin:stories_{noun}_changelist")
    return client.post(url, {"action": deed, "_selected_action": [row.pk for row in rows]})


def test_what_will_change_and_what_will_not_is_shown_first(desk_of_ruth):
    watched, off = SourceFactory(title="Watched"), SourceFactory(title="Off", is_watched=False)

    html = choose(desk_of_ruth, "leave_source", [watched, off]).content.decode()

    assert "1 row will change" in html
    assert "<del>yes</del>" in html
    assert "1 row will be left as it is" in html
    assert "It is so already." in html
    assert Source.objects.filter(is_watched=True).count() == 1


def test_it_is_done_and_undone_from_the_message(desk_of_ruth):
    source = SourceFactory()

    done = confirm(desk_of_ruth, choose(desk_of_ruth, "leave_source", [source]))
    source.refresh_from_db()
    assert not source.is_watched
    html = done.content.decode()
    bulk = Bulk.objects.get()
    assert "Stop watching: done to 1 row." in html
    assert f'action="{bulk.get_absolute_url()}"' in html

    undone = desk_of_ruth.post(bulk.get_absolute_url(), follow=True)
    source.refresh_from_db()
    assert source.is_watched
    assert "1 row is as it was." in undone.content.decode()
    assert (
        bulk.get_absolute_url() in desk_of_ruth.get(reverse("admin:stories_bulk_changelist")).content.decode()
    )


def test_what_changed_between_the_look_and_the_click_is_shown_anew(desk_of_ruth):
    source, other = SourceFactory(), SourceFactory()
    asked = choose(desk_of_ruth, "leave_source", [source, other])
    Source.objects.filter(pk=other.pk).update(is_watched=False)

    answer = confirm(desk_of_ruth, asked)

    assert "Something changed while you were looking" in answer.content.decode()
    assert not Bulk.objects.exists()


def test_a_person_is_chosen_before_it_is_shown(desk_of_ruth):
    story, person = ArticleFactory(), make_reporter(first_name="Ada", last_name="Okafor")
    asked = choose(desk_of_ruth, "give_article", [story], noun="article")
    assert "Ada Okafor" in asked.content.decode()

    shown = confirm(desk_of_ruth, asked, person=person.pk)
    assert "<ins>Ada Okafor</ins>" in shown.content.decode()
    confirm(desk_of_ruth, shown, person=person.pk)

    assert list(story.reporters.all()) == [person]
    assert Bulk.objects.get().choice["name"] == "Ada Okafor"


def test_no_list_deletes_many_rows_unseen(chief):
    for noun in (
        "article",
        "claim",
        "citation",
        "source",
        "update",
        "user",
        "errorreport",
        "watchedfeed",
        "alert",
    ):
        ClaimFactory()
        page = chief.get(reverse(f"admin:stories_{noun}_changelist"))
        assert "delete_selected" not in page.content.decode()


def test_a_story_is_deleted_and_comes_back(desk_of_ruth):
    story = ArticleFactory(headline="Gone and back")

    confirm(desk_of_ruth, choose(desk_of_ruth, "delete_article", [story], noun="article"))
    assert not Article.objects.exists()
    desk_of_ruth.post(Bulk.objects.get().get_absolute_url())

    assert Article.objects.get().headline == "Gone and back"


def test_reports_are_marked_as_answered_and_open_again(desk_of_ruth):
    report = ErrorReport.objects.create(
        article=ArticleFactory(), version_number=1, message="Wrong.", received_at=timezone.now()
    )

    confirm(desk_of_ruth, choose(desk_of_ruth, "mark_answered", [report], noun="errorreport"))
    report.refresh_from_db()
    assert report.answered_by.username == "ruth"
    desk_of_ruth.post(Bulk.objects.get().get_absolute_url())

    report.refresh_from_db()
    assert report.answered_at is None


def test_many_rows_go_to_a_worker_and_their_page_shows_how_far_it_is(desk_of_ruth, monkeypatch):
    monkeypatch.setattr("stories.admin.bulk_views.STRETCH", 1)
    story = ArticleFactory()
    claims = [ClaimFactory(article=story), ClaimFactory(article=story)]

    page = confirm(desk_of_ruth, choose(desk_of_ruth, "delete_claim", claims, noun="claim"))

    html = page.content.decode()
    assert "<progress" in html
    assert page["Refresh"] == "3"
    assert Claim.objects.count() == 2


@pytest.mark.parametrize("sent", [{}, {"keys": "x,-1,99999999999999999999", "mark": "x"}])
def test_what_makes_no_sense_does_nothing(sent, desk_of_ruth):
    answer = desk_of_ruth.post(reverse("admin:bulk_do", args=["leave_source"]), sent)

    assert answer.status_code == 200
    assert not Bulk.objects.exists()


def test_nobody_does_or_undoes_what_they_may_not(desk_of_ruth, client, reporter):
    source = SourceFactory()
    confirm(desk_of_ruth, choose(desk_of_ruth, "leave_source", [source]))
    bulk = Bulk.objects.get()
    reporter.is_staff = True
    reporter.save()
    client.force_login(reporter)

    assert (
        client.post(reverse("admin:bulk_do", args=["watch_source"]), {"keys": source.pk}).status_code == 403
    )
    client.post(bulk.get_absolute_url())

    source.refresh_from_db()
    assert not source.is_watched
    assert client.get(reverse("admin:bulk_do", args=["watch_source"])).status_code == 404
