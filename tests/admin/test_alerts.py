"""Alerts in the admin: what each tells, and whose it is, in the list and on its page."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.alerting.scenes import altered_alert
from tests.factories import UserFactory, make_reporter

pytestmark = pytest.mark.django_db

LIST = reverse("admin:stories_alert_changelist")


def test_each_alert_says_what_was_found_and_the_persons_name(desk_of_ruth):
    maya = make_reporter(username="maya", first_name="Maya", last_name="Torres")
    alert = altered_alert(maya)
    passage = alert.verdicts.get().passage

    listed = desk_of_ruth.get(LIST).content.decode()
    page = desk_of_ruth.get(reverse("admin:stories_alert_change", args=[alert.pk])).content.decode()

    for html in (listed, page):
        assert f"Altered: “{passage[:70]}" in html
        assert "Maya Torres" in html
        assert ">maya<" not in html


def test_who_may_look_at_alerts_alone_is_told_nothing_of_a_draft(client):
    """Invariant 5."""
    alert = altered_alert(make_reporter())
    person = UserFactory(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_alert"))
    client.force_login(person)

    listed = client.get(LIST).content.decode()
    page = client.get(reverse("admin:stories_alert_change", args=[alert.pk])).content.decode()

    for html in (listed, page):
        assert alert.source.title in html
        assert alert.verdicts.get().passage[:30] not in html


def test_more_alerts_do_not_cost_more_queries(desk_of_ruth, django_assert_num_queries):
    altered_alert(make_reporter())
    with CaptureQueriesContext(connection) as few:
        desk_of_ruth.get(LIST)
    for _ in range(3):
        altered_alert(make_reporter())

    with django_assert_num_queries(len(few)):
        desk_of_ruth.get(LIST)


def test_people_to_filter_by_stand_in_the_order_of_their_names(desk_of_ruth):
    for username, last_name in (("amt", "Zola"), ("zed", "Adler")):
        make_reporter(username=username, first_name="Kim", last_name=last_name)

    page = desk_of_ruth.get(LIST).content.decode()

    assert 0 < page.index("Kim Adler") < page.index("Kim Zola")
