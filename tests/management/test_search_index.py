"""The index of words is verified and rebuilt by hand."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from stories.models import Searchable
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def run(*arguments):
    said = StringIO()
    call_command("search_index", *arguments, stdout=said)
    return said.getvalue()


def test_an_index_in_step_is_said_to_be_so():
    ArticleFactory()

    assert "Everything can be found" in run()


def test_one_out_of_step_is_told_with_the_way_out_and_rebuilt():
    ArticleFactory()
    Searchable.objects.all().delete()

    with pytest.raises(CommandError, match="1 texts cannot be found"):
        run()
    assert "1 texts were written anew" in run("--rebuild")
    assert "Everything can be found" in run()


def test_it_goes_on_where_it_was_broken_off():
    ArticleFactory()
    Searchable.objects.all().delete()

    assert "Everything can be found" in run("--after", "claim:0")
    with pytest.raises(CommandError, match="“story:1” is no place of the index"):
        run("--after", "story:1")
