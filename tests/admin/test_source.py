"""An editor adds a source: what cannot be read is said at once, and nothing typed is lost."""

import pytest
from django.urls import reverse

from stories.models import Source
from tests.admin.forms import form_of

ADD = "admin:stories_source_add"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://10.0.0.3/minutes", "not on the public internet"),
        ("http://localhost/minutes", "localhost"),
        ("http://169.254.169.254/latest", "not on the public internet"),
        ("ftp://council.example.org/minutes", "Only http and https"),
    ],
)
def test_an_address_that_no_check_would_read_is_refused_with_the_reason(address, told, desk_of_ruth):
    typed = form_of(desk_of_ruth, reverse(ADD), title="Minutes", url=address, is_watched="on")

    answer = desk_of_ruth.post(reverse(ADD), typed)

    form = answer.context["adminform"].form
    assert told in form.errors["url"][0]
    assert form["title"].value() == "Minutes"
    assert not Source.objects.exists()


def test_an_internal_address_may_be_noted_where_nobody_is_to_look(desk_of_ruth):
    typed = form_of(desk_of_ruth, reverse(ADD), title="Minutes", url="http://10.0.0.3/minutes")
    del typed["is_watched"]

    desk_of_ruth.post(reverse(ADD), typed)

    assert Source.objects.get().is_watchable is False


def test_a_name_is_not_looked_up_while_an_editor_waits(desk_of_ruth):
    typed = form_of(desk_of_ruth, reverse(ADD), title="Minutes", url="council.invalid/minutes")

    desk_of_ruth.post(reverse(ADD), typed)

    assert Source.objects.get().url == "https://council.invalid/minutes"


def test_an_address_that_the_newsroom_allows_is_accepted(desk_of_ruth, settings):
    settings.WATCH_ALLOWED_PRIVATE = ["127.0.0.1:8010"]
    typed = form_of(desk_of_ruth, reverse(ADD), title="Minutes", url="http://127.0.0.1:8010/minutes")

    desk_of_ruth.post(reverse(ADD), typed)

    assert Source.objects.get().title == "Minutes"
