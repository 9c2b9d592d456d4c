"""An editor at an article: saving with a reason, attaching passages, two at once, what may not be deleted."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from stories import tasks
from stories.models import Article, Citation, Claim, Source, Update
from stories.models.history import acting_as
from stories.models.words import Standing
from stories.publishing.publish import publish_article
from tests.admin.forms import confirm, form_of, sent_by
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    UpdateFactory,
    UserFactory,
    WatchFactory,
)


def change(obj):
    return reverse(f"admin:stories_{obj._meta.model_name}_change", args=[obj.pk])


def publish(article, **kwargs):
    return publish_article(article, by=None, now=timezone.now(), **kwargs)


def test_a_story_is_written_and_its_history_says_who_and_why(desk_of_ruth):
    url = reverse("admin:stories_article_add")
    typed = form_of(
        desk_of_ruth, url, headline="Bridge closes", slug="bridge", change_reason="a call at noon"
    )

    answer = desk_of_ruth.post(url, typed)

    trail = Article.objects.get(slug="bridge").history.first()
    assert answer.status_code == 302
    assert (trail.history_actor, trail.history_change_reason) == ("ruth", "a call at noon")


def test_the_page_says_who_hears_of_a_story_without_a_reporter(desk_of_ruth):
    page = desk_of_ruth.get(change(ArticleFactory())).text

    assert "Where nobody is named, the editors hear." in page


def test_reporters_of_one_name_are_told_apart_by_their_accounts(desk_of_ruth):
    one, other = [UserFactory(first_name="Ann", last_name="Lee") for _ in range(2)]

    page = desk_of_ruth.get(change(ArticleFactory())).text

    assert f">Ann Lee ({one.username})</option>" in page
    assert f">Ann Lee ({other.username})</option>" in page


def test_a_form_may_have_as_many_fields_as_the_quotations_of_a_long_story(desk_of_ruth):
    article = ArticleFactory(headline="Bridge closes")
    url = change(article)
    typed = form_of(desk_of_ruth, url, headline="Bridge may close", change_reason="a call")
    of_quotations = {f"citations-{number}-exact": "We will close it." for number in range(2_000)}

    answer = desk_of_ruth.post(url, {**of_quotations, **typed})

    assert answer.status_code == 302
    assert Article.objects.get().headline == "Bridge may close"


def new_claims(count):
    """What a browser sends of so many, after the first row of the page."""
    texts = {f"claims-{number}-text": f"Claim {number}" for number in range(1, count + 1)}
    standings = {f"claims-{number}-standing": Standing.STANDS for number in range(1, count + 1)}
    return {**texts, **standings, "claims-TOTAL_FORMS": count + 1}


def test_of_a_thousand_new_rows_two_hundred_are_looked_at_and_the_page_says_so(desk_of_ruth):
    url = change(ClaimFactory(text="The bridge closes.").article)

    answer = desk_of_ruth.post(url, {**form_of(desk_of_ruth, url), **new_claims(999)})

    assert "This page takes 201 rows at once. Those after them are not kept" in answer.content.decode()
    assert "Claim 200<" in answer.content.decode()
    assert "Claim 201<" not in answer.content.decode()
    assert Claim.objects.count() == 1
    # What was drawn is saved when it is sent again.
    assert desk_of_ruth.post(url, sent_by(answer)).status_code == 302
    assert Claim.objects.count() == 201


def test_a_hundred_new_rows_are_looked_at_where_a_colleague_took_one_away_meanwhile(desk_of_ruth):
    first = ClaimFactory(text="The bridge closes.")
    url = change(first.article)
    typed = {**form_of(desk_of_ruth, url), **new_claims(100)}
    first.delete()

    page = desk_of_ruth.post(url, typed).content.decode()

    assert "This page takes" not in page
    assert "Claim 100<" in page


def test_who_may_not_add_claims_is_offered_no_row(client, db):
    person = UserFactory(is_staff=True)
    may = Permission.objects.filter(
        codename__in=["view_article", "change_article", "view_claim", "change_claim"]
    )
    person.user_permissions.set(may)
    client.force_login(person)

    page = client.get(change(ClaimFactory().article))

    (claims,) = page.context["inline_admin_formsets"]
    assert claims.formset.max_num == 0


def test_the_history_page_shows_who_when_why_and_what(desk_of_ruth):
    article = ArticleFactory(headline="Bridge closes")
    url = change(article)
    desk_of_ruth.post(url, form_of(desk_of_ruth, url, headline="Bridge may close", change_reason="a call"))

    page = desk_of_ruth.get(reverse("admin:stories_article_history", args=[article.pk])).content.decode()

    assert "Ruth Ames" in page
    assert "a call" in page
    assert "<ins>may close</ins>" in page or "<ins>may " in page


def test_work_without_a_person_is_named_in_the_history(desk_of_ruth):
    with acting_as("import"):
        article = ArticleFactory()

    page = desk_of_ruth.get(reverse("admin:stories_article_history", args=[article.pk]))

    assert "<strong>import</strong>" in page.content.decode()


def test_a_story_can_be_put_back_to_an_earlier_state(desk_of_ruth):
    article = ArticleFactory(headline="First words")
    first = article.history.first()
    article.headline = "Second words"
    article.save()
    url = reverse("admin:stories_article_simple_history", args=[article.pk, first.history_id])

    desk_of_ruth.post(url, form_of(desk_of_ruth, url))

    article.refresh_from_db()
    assert article.headline == "First words"


def test_an_earlier_state_leads_back_to_the_history(desk_of_ruth):
    article = ArticleFactory()
    url = reverse("admin:stories_article_simple_history", args=[article.pk, article.history.get().pk])

    page = desk_of_ruth.get(url).content.decode()

    assert "actionDropdownOpen" not in page
    assert page.count(f'href="{reverse("admin:stories_article_history", args=[article.pk])}"') > 1


def test_where_something_is_deleted_no_script_of_a_form_waits_for_one(desk_of_ruth):
    page = desk_of_ruth.get(reverse("admin:stories_citation_delete", args=[CitationFactory().pk]))

    assert "admin/js/cancel.js" in page.content.decode()
    assert "stories/quote_check.js" not in page.content.decode()


def test_an_inline_save_carries_the_reason_too(desk_of_ruth):
    claim = ClaimFactory()
    url = change(claim.article)
    typed = form_of(desk_of_ruth, url, change_reason="it was withdrawn", **{"claims-0-standing": "withdrawn"})

    desk_of_ruth.post(url, typed)

    trail = claim.history.first()
    assert (trail.standing, trail.history_change_reason) == ("withdrawn", "it was withdrawn")


def test_a_proposed_passage_is_attached_and_its_source_is_looked_at_soon(
    desk_of_ruth, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(tasks.check_sources, "delay", asked.append)
    claim = ClaimFactory()
    proposed = CitationFactory(article=claim.article, claim=None, source=None)
    source = SourceFactory()
    watch = WatchFactory(source=source, due_at=timezone.now() + timedelta(days=3))
    url = change(claim.article)
    attached = {"citations-0-source": source.pk, "citations-0-claim": claim.pk}
    typed = form_of(desk_of_ruth, url, **attached)

    with django_capture_on_commit_callbacks(execute=True):
        answer = desk_of_ruth.post(url, typed)

    proposed.refresh_from_db()
    watch.refresh_from_db()
    assert answer.status_code == 302
    assert (proposed.source, proposed.claim) == (source, claim)
    assert watch.due_at <= timezone.now()
    assert asked == [[source.pk]]


def test_only_the_claims_of_this_story_can_be_chosen(desk_of_ruth):
    proposed = CitationFactory(claim=None, source=None, article=ArticleFactory())
    another = ClaimFactory()
    url = change(proposed.article)
    typed = form_of(desk_of_ruth, url, **{"citations-0-claim": another.pk})

    answer = desk_of_ruth.post(url, typed)

    assert answer.status_code == 200
    assert Citation.objects.get().claim is None


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_lose_the_save(client, caplog, monkeypatch):
    """Invariant 1."""

    def down(_keys):
        raise OperationalError("nobody is listening")

    monkeypatch.setattr(tasks.check_sources, "delay", down)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    source = SourceFactory()
    url = change(source)

    answer = client.post(url, form_of(client, url, url="https://port.example/moved"))

    assert answer.status_code == 302
    assert Source.objects.get().url == "https://port.example/moved"
    assert source.watch.due_at <= timezone.now()
    assert "nobody is listening" in caplog.text


def test_a_stale_save_is_refused_and_both_texts_are_shown(desk_of_ruth):
    """Invariant 10."""
    article = ArticleFactory(headline="Bridge closes", body="The bridge closes on Monday.")
    url = change(article)
    typed = form_of(desk_of_ruth, url, body="The bridge closes on Monday, says Ruth.")
    article.body = "The bridge closes on Tuesday."
    article.save()

    answer = desk_of_ruth.post(url, typed)

    page = answer.content.decode()
    article.refresh_from_db()
    assert article.body == "The bridge closes on Tuesday."
    assert "The bridge closes on Monday, says Ruth." in answer.context["adminform"].form["body"].value()
    difference = answer.context["conflict"].differences[0]
    assert (difference.theirs, difference.mine) == (
        "The bridge closes on Tuesday.",
        "The bridge closes on Monday, says Ruth.",
    )
    assert "<del>Tuesday" in page
    assert "<ins>Monday" in page


def test_having_seen_the_other_text_mine_can_be_saved_over_it(desk_of_ruth):
    """Invariant 10."""
    article = ArticleFactory(body="One.")
    url = change(article)
    typed = form_of(desk_of_ruth, url, body="Mine.")
    article.body = "Theirs."
    article.save()
    mark = desk_of_ruth.post(url, typed).context["conflict"].mark

    answer = desk_of_ruth.post(url, {**typed, "overwrite": mark})

    article.refresh_from_db()
    assert answer.status_code == 302
    assert article.body == "Mine."


def test_a_third_save_after_that_look_is_refused_again(desk_of_ruth):
    """Invariant 10."""
    article = ArticleFactory(body="One.")
    url = change(article)
    typed = form_of(desk_of_ruth, url, body="Mine.")
    for text in ("Theirs.", "Theirs again."):
        article.body = text
        article.save()
        answer = desk_of_ruth.post(url, typed)
        typed["overwrite"] = typed.get("overwrite") or answer.context["conflict"].mark

    article.refresh_from_db()
    assert answer.status_code == 200
    assert article.body == "Theirs again."


def test_a_claim_that_somebody_else_changed_makes_the_form_stale_too(desk_of_ruth):
    """Invariant 10."""
    claim = ClaimFactory(text="It closes on Monday.")
    url = change(claim.article)
    typed = form_of(desk_of_ruth, url, headline="A better headline")
    claim.text = "It closes on Tuesday."
    claim.save()

    answer = desk_of_ruth.post(url, typed)

    assert Claim.objects.get().text == "It closes on Tuesday."
    assert [d.label for d in answer.context["conflict"].differences] == [
        "claim “It closes on Tuesday.”: Text"
    ]
    assert "A better headline" in answer.content.decode()


def test_a_claim_added_from_the_page_is_chosen_in_the_same_save(desk_of_ruth):
    """Not somebody else's save: the form has nothing of it to overwrite."""
    proposed = CitationFactory(claim=None, source=None, article=ArticleFactory())
    url = change(proposed.article)
    typed = form_of(desk_of_ruth, url)
    add = reverse("admin:stories_claim_add") + f"?article={proposed.article.pk}"
    desk_of_ruth.post(add, form_of(desk_of_ruth, add, text="It closes on Monday."))
    claim = Claim.objects.get()

    answer = desk_of_ruth.post(url, {**typed, "citations-0-claim": claim.pk})

    proposed.refresh_from_db()
    assert answer.status_code == 302
    assert proposed.claim == claim


def test_the_conflict_names_who_saved_last_even_where_it_was_a_claim(desk_of_ruth):
    claim = ClaimFactory()
    url = change(claim.article)
    typed = form_of(desk_of_ruth, url, headline="A better headline")
    claim.text = "Theirs."
    claim._history_user = UserFactory(first_name="Omar", last_name="Haddad")
    claim.save()

    answer = desk_of_ruth.post(url, typed)

    assert answer.context["conflict"].who == "Omar Haddad"


@pytest.mark.parametrize("page", ["article", "citation"])
def test_a_claim_added_beside_a_passage_has_the_story_filled_in(page, desk_of_ruth):
    proposed = CitationFactory(claim=None, source=None, article=ArticleFactory())
    url = change(proposed.article if page == "article" else proposed)

    answer = desk_of_ruth.get(url).content.decode()

    add = reverse("admin:stories_claim_add")
    assert f"{add}?_to_field=id&amp;_popup=1&amp;article={proposed.article.pk}" in answer


@pytest.mark.parametrize("make", [ClaimFactory, CitationFactory, SourceFactory, UpdateFactory])
def test_the_other_forms_refuse_a_stale_save_as_well(make, desk_of_ruth):
    """Invariant 10."""
    row = make()
    field = {"claim": "text", "citation": "exact", "source": "title", "update": "note"}[row._meta.model_name]
    url = change(row)
    typed = form_of(desk_of_ruth, url, **{field: "Mine."})
    setattr(row, field, "Theirs.")
    row.save()

    answer = desk_of_ruth.post(url, typed)

    row.refresh_from_db()
    assert answer.status_code == 200
    assert getattr(row, field) == "Theirs."
    assert "Mine." in answer.content.decode()


def test_saving_twice_in_a_row_is_no_conflict(desk_of_ruth):
    article = ArticleFactory()
    url = change(article)

    answers = [
        desk_of_ruth.post(url, form_of(desk_of_ruth, url, body=text)).status_code for text in ("One.", "Two.")
    ]

    assert answers == [302, 302]


def test_the_address_of_a_published_story_stays(desk_of_ruth):
    article = ArticleFactory(slug="bridge")
    publish(article)
    url = change(article)

    desk_of_ruth.post(url, form_of(desk_of_ruth, url, slug="tunnel"))

    article.refresh_from_db()
    assert article.slug == "bridge"


def _published_article():
    article = ArticleFactory()
    publish(article)
    return article


def _article_with_a_draft():
    return UpdateFactory().article


def _published_update():
    update = Update(article=ArticleFactory(), note="A note.")
    publish(update.article, updates=[update])
    return update


def _cited_source():
    return CitationFactory().source


@pytest.mark.parametrize(
    "make", [_published_article, _article_with_a_draft, _published_update, _cited_source]
)
def test_what_others_rest_on_cannot_be_deleted_and_the_reason_is_said(make, desk_of_ruth):
    """Invariant 4."""
    row = make()
    name = row._meta.model_name

    one = desk_of_ruth.post(
        reverse(f"admin:stories_{name}_delete", args=[row.pk]), {"post": "yes"}, follow=True
    )
    many = desk_of_ruth.post(
        reverse(f"admin:stories_{name}_changelist"),
        {"action": f"delete_{name}", "_selected_action": [row.pk]},
    )

    assert type(row)._default_manager.filter(pk=row.pk).exists()
    assert "cannot be deleted" in str(next(iter(one.context["messages"])))
    assert "1 row will be left as it is" in many.content.decode()
    assert b'name="mark"' not in many.content


@pytest.mark.parametrize("make", [_published_article, _published_update, _cited_source])
@pytest.mark.django_db
def test_why_it_cannot_be_deleted_is_told_to_nobody_who_may_delete_nothing(make, client):
    """Invariant 5: the reason names the row, and what rests on it."""
    row = make()
    client.force_login(UserFactory(is_staff=True))

    answered = client.get(reverse(f"admin:stories_{row._meta.model_name}_delete", args=[row.pk]))

    assert answered.status_code == 403
    assert "_messages" not in client.session


def test_what_nothing_rests_on_is_deleted_with_its_history(desk_of_ruth):
    claims = [ClaimFactory(), ClaimFactory()]

    shown = desk_of_ruth.post(
        reverse("admin:stories_claim_changelist"),
        {"action": "delete_claim", "_selected_action": [claim.pk for claim in claims]},
    )
    confirm(desk_of_ruth, shown)

    gone = Claim.history.filter(history_type="-")
    assert not Claim.objects.exists()
    assert {(row.history_actor, row.history_change_reason) for row in gone} == {("ruth", "Deleted.")}


def test_a_published_update_is_for_reading(desk_of_ruth):
    """Invariant 4."""
    update = _published_update()
    first = update.history.last()

    answers = [
        desk_of_ruth.post(change(update), {"note": "Something else."}),
        desk_of_ruth.post(
            reverse("admin:stories_update_simple_history", args=[update.pk, first.history_id]),
            {"note": "Something else.", "kind": "update", "stated_precision": "minute"},
        ),
    ]

    update.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert update.note == "A note."


def test_the_page_says_what_readers_see(desk_of_ruth):
    article = ArticleFactory()
    before = desk_of_ruth.get(change(article)).content.decode()
    publish(article)
    same = desk_of_ruth.get(change(article)).content.decode()
    article.body = "Other words."
    article.save()

    edited = desk_of_ruth.get(change(article)).content.decode()

    assert "has not been published" in before
    assert "Everything that is saved is published" in same
    assert "Has unpublished changes" in edited
    assert article.get_absolute_url() in edited


def test_a_text_whose_lines_a_browser_ends_otherwise_is_not_changed_by_it(desk_of_ruth):
    article = ArticleFactory(body="One.\n\nTwo.")
    url = change(article)

    desk_of_ruth.post(url, form_of(desk_of_ruth, url, body="One.\r\n\r\nTwo."))
    same = article.history.count()
    desk_of_ruth.post(url, form_of(desk_of_ruth, url, body="One.\r\n\r\nThree."))

    article.refresh_from_db()
    assert same == 1
    assert article.body == "One.\n\nThree."


def test_a_text_that_a_browser_ended_otherwise_before_is_not_changed_by_the_next_save(desk_of_ruth):
    article = ArticleFactory()
    for rows in (Article.objects, Article.history):
        rows.update(body="One.\r\n\r\nTwo.")
    url = change(article)

    desk_of_ruth.post(url, form_of(desk_of_ruth, url))
    same = article.history.count()
    desk_of_ruth.post(url, form_of(desk_of_ruth, url, body="One.\r\n\r\nThree."))
    history = desk_of_ruth.get(reverse("admin:stories_article_history", args=[article.pk])).content.decode()

    assert same == 1
    assert "Three" in history
    assert "U+000D" not in history


def test_a_headline_is_typed_in_a_box_that_grows_and_stays_one_line(desk_of_ruth):
    article = ArticleFactory()
    url = change(article)
    box = desk_of_ruth.get(url).context["adminform"].form["headline"]

    desk_of_ruth.post(url, form_of(desk_of_ruth, url, headline="The bridge closes\r\non Monday"))

    article.refresh_from_db()
    assert str(box).startswith("<textarea")
    assert article.headline == "The bridge closes on Monday"


def test_a_source_is_added_beside_its_choice_by_a_link_that_keys_reach(desk_of_ruth):
    article = CitationFactory().article

    html = desk_of_ruth.get(reverse("admin:stories_article_change", args=[article.pk])).content.decode()

    assert re.search(r'<a [^>]*id="add_id_citations-0-source" href="/admin/stories/source/add/\?', html)
    assert "more_vert" not in html
