"""Texts that want to break a page do not."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches

from stories.models import Version
from stories.publishing.canonical import canonical_json
from stories.templatetags.times import moment
from tests.factories import ArticleFactory
from tests.reader.telling import START, cite, find, publish, rewrite, with_headline_of_before

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
OWN_SCRIPT = '<script src="/static/stories/reader.js" data-own-time="{when}, your time ({zone})" defer>'
DATA_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
PAGES = ["", "changes/", "versions/1/", "compare/1/2/", "compare/1/2/?view=side", "changes.atom"]


@pytest.fixture
def hostile(db):
    fields = {name: f'{name} {SCRIPT} "><img src=x>' for name in ("headline", "dek", "byline")}
    article = ArticleFactory(slug="hostile", body=f"{SCRIPT}\n\nIt says “so & <so>”.", **fields)
    citation = cite(
        article,
        exact="so & <so>",
        title=f"Title {SCRIPT}",
        claim=f"Claim {SCRIPT}",
        url="https://x.example/?a=1&b=2",
    )
    publish(article)
    cause = find(citation, "altered", at=START, wording=f"so {SCRIPT}")
    rewrite(article, headline=f"Other {SCRIPT}", body=f"Other.\n\n{article.body}")
    note = f"Note {SCRIPT}"
    publish(article, note, at=START + timedelta(hours=1), kind="correction", caused_by=cause)
    return article


@pytest.mark.parametrize("address", [*(f"/stories/hostile/{page}" for page in PAGES), "/", "/corrections/"])
def test_a_script_in_any_field_stays_text(read, hostile, address):
    page = DATA_BLOCK.sub("", read(address)).replace(OWN_SCRIPT, "")

    assert "<script" not in page
    assert "<img" not in page
    assert "script" in page


def test_a_script_in_any_field_cannot_end_the_data_block(read, hostile):
    (block,) = DATA_BLOCK.findall(read("/stories/hostile/"))

    assert json.loads(block)["headline"] == f"Other {SCRIPT}"
    assert not set("<>&") & set(block)


def test_a_very_long_word_and_a_text_from_right_to_left_are_shown(read):
    word = "Donau" * 60
    publish(ArticleFactory(slug="long", headline="السفينة تصل إلى الميناء", body=f"{word}\n\nوصلت السفينة."))

    page = read("/stories/long/")

    assert word in page
    assert '<h1 dir="auto">السفينة' in page


def test_a_label_in_our_language_does_not_turn_the_words_beside_it(read):
    """What is in an element of its own direction does not count for that of the paragraph (HTML, `dir=auto`)."""
    article = ArticleFactory(slug="ship", headline="السفينة")
    publish(article)
    publish(rewrite(article, headline="وصلت السفينة"), "وصلت.", at=START + timedelta(hours=1))

    changes, compared = read("/stories/ship/changes/"), read("/stories/ship/compare/1/2/")

    assert '<p class="fact fact--headline" dir="auto"><bdi class="label">Headline</bdi>' in changes
    assert '<p class="compare-of" dir="auto">' in compared


def test_an_invisible_character_in_a_change_is_spelled_out(read):
    article = ArticleFactory(slug="quiet", body="Never shared.")
    publish(article)
    publish(rewrite(article, body="Never\u200b shared."), "Nothing.", at=START + timedelta(hours=1))

    assert "<ins>Never⟨U+200B⟩</ins>" in read("/stories/quiet/changes/")


def test_a_control_character_in_a_headline_of_before_does_not_break_the_feed(read):
    publish(with_headline_of_before(ArticleFactory(slug="odd"), "A\x0bB"))

    assert "A\ufffdB" in read("/stories/odd/changes.atom")


def test_a_zone_that_nobody_knows_any_more_is_told_in_utc():
    assert "7:24 p.m. UTC" in moment(datetime(2024, 5, 18, 19, 24, tzinfo=UTC), "Mars/Olympus")


def test_a_zone_that_is_an_offset_is_told_as_one():
    assert "9:24 p.m. UTC+02:00" in moment(datetime(2024, 5, 18, 19, 24, tzinfo=UTC), "UTC+02:00")


def test_five_hundred_versions_are_paged_and_each_has_its_place(read, django_assert_num_queries):
    _publish_versions(ArticleFactory(slug="long", body="Version 1 of it."), count=500)

    read("/stories/long/changes/")
    caches["pages"].clear()
    with django_assert_num_queries(5):
        first = read("/stories/long/changes/")
    last = read("/stories/long/changes/?page=25")

    assert re.findall(r'id="version-(\d+)"', first) == [str(number) for number in range(500, 480, -1)]
    assert "Version <del>499</del><ins>500</ins> of it." in first
    assert 'id="version-1"' in last
    assert 'type="number"' in read("/stories/long/compare/1/500/")


def _publish_versions(article, *, count):
    """The first as always; the others as rows like it, since publishing hundreds takes long."""
    first = publish(article)
    rows = []
    for number in range(2, count + 1):
        text = first.frozen["html"].replace("Version 1", f"Version {number}")
        at = START + timedelta(minutes=number)
        rows.append(
            Version(
                article=article,
                number=number,
                content=canonical_json({**first.frozen, "number": number, "html": text}),
                digest=f"{number:064x}",
                previous_digest=f"{number - 1:064x}",
                stated_at=at,
                recorded_at=at,
                is_minor=True,
            )
        )
    Version.objects.bulk_create(rows)
