"""Two editors at one story: a stale save is refused with both texts and a merge of what fits (invariant 10)."""

import pytest
from django.urls import reverse

from stories.models import Article, Citation, Claim, User
from tests.admin.forms import form_of
from tests.factories import ArticleFactory, CitationFactory, ClaimFactory, SourceFactory, UserFactory

NOT_TO_BE_CHOSEN = (
    "What was chosen here cannot be chosen any more: somebody has deleted or closed it meanwhile."
)
BODY = "The bridge closes on Monday. It opens in May.\n\nThe port says so."


def change(obj):
    return reverse(f"admin:stories_{obj._meta.model_name}_change", args=[obj.pk])


def save(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def test_changes_in_different_sentences_are_merged_and_saved_with_the_next_click(desk_of_ruth):
    article = ArticleFactory(body=BODY, headline="Bridge closes")
    url = change(article)
    typed = form_of(desk_of_ruth, url, body=BODY.replace("May", "June"))
    save(article, body=BODY.replace("port", "port authority"), headline="The bridge closes")

    answer = desk_of_ruth.post(url, typed)

    conflict, form = answer.context["conflict"], answer.context["adminform"].form
    assert conflict.is_merged
    assert [each.state for each in conflict.differences] == ["taken", "fits"]
    again = {
        **typed,
        "seen": form["seen"].value(),
        **{name: form[name].value() for name in ("body", "headline")},
    }
    assert desk_of_ruth.post(url, again).status_code == 302
    article.refresh_from_db()
    assert article.body == BODY.replace("May", "June").replace("port", "port authority")
    assert article.headline == "The bridge closes"


def test_the_same_words_changed_twice_need_a_decision(desk_of_ruth):
    article = ArticleFactory(body=BODY)
    url = change(article)
    typed = form_of(desk_of_ruth, url, body=BODY.replace("May", "June"))
    save(article, body=BODY.replace("May", "July").replace("port", "port authority"))

    answer = desk_of_ruth.post(url, typed)

    conflict, form = answer.context["conflict"], answer.context["adminform"].form
    assert not conflict.is_merged
    assert conflict.differences[0].clashes[0].theirs == "It opens in July."
    assert form["body"].value() == BODY.replace("May", "June").replace("port", "port authority")
    assert "Both texts in full" in answer.content.decode()
    again = {**typed, "body": form["body"].value(), "seen": form["seen"].value()}
    assert desk_of_ruth.post(url, again).status_code == 200
    assert desk_of_ruth.post(url, {**again, "overwrite": conflict.mark}).status_code == 302


def test_a_claim_that_a_colleague_changed_is_taken_and_one_that_i_changed_stays(desk_of_ruth):
    article = ArticleFactory()
    theirs, mine = ClaimFactory(article=article, text="One."), ClaimFactory(article=article, text="Two.")
    url = change(article)
    typed = form_of(desk_of_ruth, url, **{"claims-1-text": "Two, says Ruth."})
    save(theirs, text="One, says Omar.", standing="disputed")

    answer = desk_of_ruth.post(url, typed)

    again = form_of_answer(answer, typed)
    assert desk_of_ruth.post(url, again).status_code == 302
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (theirs.text, theirs.standing, mine.text) == ("One, says Omar.", "disputed", "Two, says Ruth.")


def test_a_row_that_somebody_deleted_is_told_and_does_not_keep_the_rest_from_being_saved(desk_of_ruth):
    claim = ClaimFactory(text="It closes on Monday.")
    url = change(claim.article)
    typed = form_of(desk_of_ruth, url, body="Mine.")
    claim.delete()

    answer = desk_of_ruth.post(url, typed)

    assert answer.context["conflict"].gone[0].texts == ["It closes on Monday."]
    again = {**form_of_answer(answer, typed), "overwrite": answer.context["conflict"].mark}
    assert desk_of_ruth.post(url, again).status_code == 302
    assert Article.objects.get().body == "Mine."
    assert not Claim.objects.exists()


def test_a_choice_that_somebody_deleted_is_told_and_what_was_typed_beside_it_stays(desk_of_ruth):
    citation, source = CitationFactory(), SourceFactory()
    url = change(citation.article)
    typed = form_of(
        desk_of_ruth, url, **{"citations-0-source": source.pk, "citations-0-suffix": "Until May, it says."}
    )
    source.delete()

    html = desk_of_ruth.post(url, typed).content.decode()

    assert NOT_TO_BE_CHOSEN in html
    assert "Until May, it says." in html
    assert "Select a valid choice" not in html


def test_nor_is_a_reporter_said_to_be_deleted_whose_account_was_closed(desk_of_ruth):
    noor, article = UserFactory(), ArticleFactory()
    typed = form_of(desk_of_ruth, change(article), reporters=[noor.pk])
    User.objects.filter(pk=noor.pk).update(is_active=False)

    html = desk_of_ruth.post(change(article), typed).content.decode()

    assert NOT_TO_BE_CHOSEN in html


def test_reporters_are_merged_as_a_set(desk_of_ruth):
    stays, leaves, comes, mine = (UserFactory() for _ in range(4))
    article = ArticleFactory()
    article.reporters.set([stays, leaves])
    article.headline = "With reporters"
    article.save()
    url = change(article)
    typed = form_of(desk_of_ruth, url, reporters=[stays.pk, leaves.pk, mine.pk])
    article.reporters.set([stays, comes])
    save(article, headline="Theirs")

    answer = desk_of_ruth.post(url, typed)

    form = answer.context["adminform"].form
    assert {int(key) for key in form["reporters"].value()} == {stays.pk, comes.pk, mine.pk}


@pytest.mark.parametrize("seen", ["", "nonsense", "999999999999999999999.1.1", "1"])
def test_a_form_of_unknown_age_decides_nothing_by_itself(seen, desk_of_ruth):
    citation = CitationFactory(article=ArticleFactory(body="Theirs."), claim=None)
    url = change(citation.article)
    typed = form_of(desk_of_ruth, url, body="Mine.", seen=seen)
    save(citation.article, body="Theirs, too.")

    answer = desk_of_ruth.post(url, typed)

    assert answer.status_code == 200
    assert answer.context["adminform"].form["body"].value() == "Mine."
    assert Citation.objects.get().article.body == "Theirs, too."


def test_a_browser_does_not_fill_in_what_it_remembers(desk_of_ruth):
    """Old text under a new mark would go over a colleague's save."""
    claim = ClaimFactory()

    page = desk_of_ruth.get(change(claim.article)).content.decode()

    for name in ("headline", "body", "claims-0-text", "seen"):
        tag = next(part for part in page.split("<") if f'name="{name}"' in part)
        assert 'autocomplete="off"' in tag


def form_of_answer(answer, typed):
    """What a browser would send of the page that was answered."""
    form = answer.context["adminform"].form
    sent = {**typed, "seen": form["seen"].value()}
    for inline in answer.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            sent |= {bound.html_name: bound.value() or "" for bound in row if bound.value() is not False}
    return sent
