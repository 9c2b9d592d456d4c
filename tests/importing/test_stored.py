"""A story comes out of its row as it went in."""

import json

from stories.importing.formats import Format, parse_as, parse_page
from stories.importing.stored import load_story, store_story
from tests.importing.test_formats import MARKDOWN, PAGE


def test_a_story_comes_back_as_it_was():
    for story in (parse_page(PAGE), parse_as(MARKDOWN, Format.MARKDOWN)):
        assert load_story(json.loads(json.dumps(store_story(story)))) == story
