"""The entries of feeds, as newsrooms write them."""

from datetime import UTC, datetime

import feedparser
import pytest

from stories.text.copy_errors import UnreadableCopy
from stories.text.feed_entries import read_feed_entries

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>The Harbour Post</title><link>https://post.example/</link><item><title>Bridge &amp; tunnel close</title>
<link>https://post.example/bridge</link><guid isPermaLink="false">post-1</guid><dc:creator>Ines Duarte</dc:creator>
<pubDate>Sat, 02 Mar 2024 08:00:00 GMT</pubDate><media:title>A picture</media:title>
<description>It closes.</description>
<content:encoded><![CDATA[<p>It closes on <em>Monday</em>.</p>]]></content:encoded></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom">
<title>The Harbour Post</title><author><name>The Post</name></author>
<entry><id>tag:post.example,2024:1</id><title type="html">Bridge &lt;b&gt;closes&lt;/b&gt;</title>
<link rel="self" href="https://post.example/1.atom"/><link href="https://post.example/bridge"/>
<author><name>Ines Duarte</name></author><published>2024-03-02T08:00:00Z</published>
<updated>2024-03-03T15:24:00-05:00</updated><summary>It closes.</summary>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>It <em>closes</em>, 2 &lt; 3.<br/><a href="/x">So</a></p></div>
</content>
</entry></feed>"""


def test_rss_is_read():
    feed = read_feed_entries(RSS)

    (entry,) = feed.entries
    assert feed.title == "The Harbour Post"
    assert (entry.key, entry.address) == ("post-1", "https://post.example/bridge")
    assert (entry.headline, entry.author, entry.summary) == (
        "Bridge & tunnel close",
        "Ines Duarte",
        "It closes.",
    )
    assert entry.content == "<p>It closes on <em>Monday</em>.</p>"
    assert (entry.published_at, entry.updated_at) == (datetime(2024, 3, 2, 8, tzinfo=UTC), None)


def test_atom_is_read():
    (entry,) = read_feed_entries(ATOM).entries

    assert (entry.key, entry.address) == ("tag:post.example,2024:1", "https://post.example/bridge")
    assert (entry.headline, entry.author) == ("Bridge closes", "Ines Duarte")
    assert entry.content == '<div><p>It <em>closes</em>, 2 &lt; 3.<br><a href="/x">So</a></p></div>'
    assert entry.updated_at == datetime(2024, 3, 3, 20, 24, tzinfo=UTC)


@pytest.mark.parametrize("text", [RSS, ATOM])
def test_another_reader_of_feeds_agrees(text):
    (ours,) = read_feed_entries(text).entries
    (theirs,) = feedparser.parse(text).entries

    assert (ours.key, ours.address, ours.author) == (theirs.id, theirs.link, theirs.author)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<rss>",
        "<rss><channel>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><rss>&a;</rss>",
        "<a>" * 300 + "</a>" * 300,
    ],
)
def test_what_is_no_feed_or_dangerous_is_refused(text):
    with pytest.raises(UnreadableCopy):
        read_feed_entries(text)


def test_an_entry_that_nothing_tells_from_others_is_passed_over():
    assert read_feed_entries("<rss><channel><item><title>A</title></item></channel></rss>").entries == ()
