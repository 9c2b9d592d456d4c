"""A reader reports an error without an account or a name, and the editors have it."""

from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from stories.models import ErrorReport
from stories.reader.report import MOST_FROM_ONE_ADDRESS, MOST_IN_ALL
from stories.tasks import tidy
from tests.factories import ArticleFactory, make_editor
from tests.reader.telling import START, publish, rewrite

pytestmark = pytest.mark.django_db

ADDRESS = "/stories/bridge/report/"
WRONG = {"message": "The bridge closes on Tuesday."}


def send(client, address="203.0.113.7", **fields):
    return client.post(ADDRESS, {**WRONG, **fields}, REMOTE_ADDR=address)


def test_every_article_has_the_link(read, bridge):
    assert f'<a href="{ADDRESS}">Report an error</a>' in read("/stories/bridge/")


def test_so_has_every_changelog(read, bridge):
    assert f'<a href="{ADDRESS}">Report an error</a>' in read("/stories/bridge/changes/")


def test_a_report_needs_nothing_but_what_is_wrong(client, bridge):
    response = client.post(ADDRESS, WRONG, follow=True)

    report = ErrorReport.objects.get()
    assert (report.article, report.version_number, report.message) == (bridge, 4, WRONG["message"])
    assert (report.email, report.passage) == ("", "")
    assert "Thank you. The editors have it." in response.content.decode()


def test_what_was_typed_is_kept_where_something_cannot_be_read(client, bridge):
    response = send(client, message="", passage="<b>We close</b>", email="nobody")

    page = response.content.decode()
    assert response.status_code == 422
    assert "Your report is not sent yet" in page
    assert "Enter a valid email address." in page
    assert "&lt;b&gt;We close&lt;/b&gt;" in page
    assert 'value="nobody"' in page
    assert not ErrorReport.objects.exists()


def test_a_report_is_of_the_words_that_the_editors_will_see(client, bridge):
    answers = [send(client, message=f"It is{how}shut.") for how in ("\u2028", "\x07\u2028", "\n", "\u2028")]
    refused = send(client, message="\u202e")

    assert ([answer.status_code for answer in answers], refused.status_code) == ([302] * 4, 422)
    assert ErrorReport.objects.get().message == "It is\nshut."


def test_one_address_may_send_a_few_an_hour_and_loses_nothing(client, bridge):
    with time_machine.travel(START, tick=False):
        sent = [
            send(client, message=f"Wrong, {number}.").status_code
            for number in range(MOST_FROM_ONE_ADDRESS + 1)
        ]
        refused = send(client, message="One more.")
        other = send(client, address="203.0.113.8")
    with time_machine.travel(START + timedelta(minutes=61), tick=False):
        later = send(client)

    assert sent == [302] * MOST_FROM_ONE_ADDRESS + [429]
    assert "One more." in refused.content.decode()
    assert "it is still in the form" in refused.content.decode()
    assert (other.status_code, later.status_code) == (302, 302)


def test_nobody_becomes_another_by_an_address_that_they_made_up(client, bridge, settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def sent(remote, forwarded):
        told = {"message": f"Wrong, says {forwarded}."}
        return client.post(ADDRESS, told, REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded).status_code

    with time_machine.travel(START, tick=False):
        past_the_proxy = [sent("203.0.113.7", f"198.51.100.{n}") for n in range(MOST_FROM_ONE_ADDRESS + 1)]
        through_two = [sent("10.0.0.1", f"203.0.113.{n}, 10.0.0.2") for n in range(MOST_FROM_ONE_ADDRESS + 1)]
        of_one_house = [sent("10.0.0.1", f"2001:db8::{n}") for n in range(MOST_FROM_ONE_ADDRESS + 1)]

    assert past_the_proxy == [302] * MOST_FROM_ONE_ADDRESS + [429]
    assert through_two == [302] * (MOST_FROM_ONE_ADDRESS + 1)
    assert of_one_house == [302] * MOST_FROM_ONE_ADDRESS + [429]


@pytest.mark.django_db(transaction=True)
def test_whoever_presses_three_times_at_once_has_told_it_once(bridge):
    answers = []

    def press() -> None:
        try:
            answers.append(send(Client()).status_code)
        finally:
            connection.close()

    presses = [Thread(target=press) for _ in range(3)]
    for pressed in presses:
        pressed.start()
    for pressed in presses:
        pressed.join()

    assert answers == [302, 302, 302]
    assert ErrorReport.objects.count() == 1


def test_whoever_tells_it_again_after_an_answer_is_heard_again(client, bridge):
    send(client)
    ErrorReport.objects.update(answered_at=timezone.now(), is_dismissed=True)

    send(client)

    assert (ErrorReport.objects.count(), ErrorReport.objects.open().count()) == (2, 1)


def test_so_is_whoever_tells_it_of_a_new_version(client, bridge):
    send(client)
    publish(rewrite(bridge, dek="Said anew."), "It is said anew.", at=START + timedelta(days=9))

    send(client)

    assert set(ErrorReport.objects.values_list("version_number", flat=True)) == {4, 5}


def test_all_addresses_together_may_send_no_more_than_people_can_read(client, bridge):
    with time_machine.travel(START, tick=False):
        for number in range(MOST_IN_ALL):
            ErrorReport.objects.create(
                article=bridge, version_number=4, message="Wrong.", received_at=START, sender=str(number)
            )

        assert send(client).status_code == 429


def test_an_address_is_not_kept_and_its_digest_not_longer_than_a_day(client, bridge):
    with time_machine.travel(START, tick=False):
        send(client)
    kept = ErrorReport.objects.get()
    assert kept.sender
    assert "203.0.113.7" not in str(vars(kept))

    with time_machine.travel(START + timedelta(days=1, minutes=1), tick=False):
        send(client, address="203.0.113.9")

    assert ErrorReport.objects.get(pk=kept.pk).sender == ""


def test_what_fills_in_everything_is_thanked_and_not_heard(client, bridge):
    response = send(client, website="https://spam.example/")

    assert response["Location"] == "/stories/bridge/report/thanks/"
    assert not ErrorReport.objects.exists()


def test_the_form_is_kept_by_nobody_and_needs_its_token(client, bridge):
    client.handler.enforce_csrf_checks = True
    form = client.get(ADDRESS)

    assert form["Cache-Control"] == "private, no-store"
    assert client.post(ADDRESS, WRONG).status_code == 403
    token = form.cookies["csrftoken"].value
    assert client.post(ADDRESS, {**WRONG, "csrfmiddlewaretoken": token}).status_code == 302


def test_of_a_draft_nothing_can_be_reported(client, bridge):
    ArticleFactory(slug="draft")

    assert client.get("/stories/draft/report/").status_code == 404
    assert client.post("/stories/draft/report/", WRONG).status_code == 404


def test_an_editor_sees_how_many_wait_and_answers_them(client, bridge):
    send(client)
    report = ErrorReport.objects.get()
    editor = make_editor()
    client.force_login(editor)
    address = f"/admin/stories/errorreport/{report.pk}/change/"

    assert WRONG["message"] in client.get("/admin/stories/errorreport/").content.decode()
    client.post(address, {"answer": "Corrected in version 5.", "message": "Changed by nobody."})

    report.refresh_from_db()
    assert (report.answered_by, report.answer) == (editor, "Corrected in version 5.")
    assert report.message == WRONG["message"]
    assert not ErrorReport.objects.open().exists()


def test_an_editor_writes_to_the_reader_who_asked_for_an_answer_by_one_click(client, bridge):
    send(client, email="kit&co?bcc=all@example.org")
    report = ErrorReport.objects.get()
    client.force_login(make_editor())

    page = client.get(f"/admin/stories/errorreport/{report.pk}/change/").text

    assert 'href="mailto:kit%26co%3Fbcc%3Dall@example.org?subject=Re%3A%20' in page


def test_an_editor_dismisses_what_is_no_error(client, bridge):
    send(client)
    report = ErrorReport.objects.get()
    client.force_login(make_editor())

    client.post(f"/admin/stories/errorreport/{report.pk}/change/", {"answer": "", "is_dismissed": "on"})

    report.refresh_from_db()
    assert report.state == "dismissed"
    lists = {
        value: client.get(f"/admin/stories/errorreport/?answered={value}").context["cl"].result_count
        for value in ("no", "yes", "dismissed")
    }
    assert lists == {"no": 0, "yes": 0, "dismissed": 1}


def test_a_readers_address_is_erased_thirty_days_after_the_answer(bridge):
    fields = {"article": bridge, "version_number": 4, "message": "Wrong.", "email": "reader@example.org"}
    long_ago, lately = START - timedelta(days=31), START - timedelta(days=29)
    erased, kept, waiting = (
        ErrorReport.objects.create(**fields, received_at=long_ago, sender="x", answered_at=answered_at)
        for answered_at in (long_ago, lately, None)
    )

    with time_machine.travel(START, tick=False):
        tidy()

    addresses = dict(ErrorReport.objects.values_list("pk", "email"))
    assert addresses == {erased.pk: "", kept.pk: "reader@example.org", waiting.pk: "reader@example.org"}
    assert not ErrorReport.objects.exclude(sender="").exists()


def test_where_nobody_answers_the_address_is_erased_after_a_year(bridge):
    ErrorReport.objects.create(
        article=bridge,
        version_number=4,
        message="Wrong.",
        email="reader@example.org",
        received_at=START - timedelta(days=366),
    )

    ErrorReport.objects.forget_readers(now=START)

    assert ErrorReport.objects.get().email == ""
