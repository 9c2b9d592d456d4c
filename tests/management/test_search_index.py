"""The index of words is verified and rebuilt by hand."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

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

    assert run("--after", "claim:0") == "From claim:0 on, everything can be found.\n"
    assert run("--rebuild", "--after", "claim:0").endswith("; from claim:0 on, everything can be found.\n")
    with pytest.raises(CommandError, match="“story:1” is no place of the index"):
        run("--after", "story:1")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "1 texts cannot be found as they are now. To go on, add: --after claim:0. To mend them, run: "),
        (("--rebuild",), "1 texts were written anew. To go on, add: --after claim:0"),
    ],
    ids=["verifying", "rebuilding"],
)
def test_who_breaks_it_off_is_told_how_to_go_on_and_what_mends(arguments, told):
    ArticleFactory()
    Searchable.objects.all().delete()

    def press_ctrl_c(execute, sql, *rest):
        if "MAX(id) FROM (SELECT id FROM stories_citation" in sql:
            raise KeyboardInterrupt
        return execute(sql, *rest)

    with connection.execute_wrapper(press_ctrl_c), pytest.raises(CommandError) as broken_off:
        run(*arguments)

    assert str(broken_off.value).startswith(f"Broken off; so far {told}")
