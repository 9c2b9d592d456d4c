from stories.text.formats.feed_text import feed_text

RSS = (
    "<rss><channel><title>Harbour</title><pubDate>Tue, 26 May 2026 11:00:00 GMT</pubDate>"
    "<lastBuildDate>Tue, 26 May 2026 11:00:00 GMT</lastBuildDate><item><title>Gate</title>"
    "<pubDate>Mon, 25 May 2026 10:00:00 GMT</pubDate><description>Open.</description></item></channel></rss>"
)
ENTRY = (
    "<feed><updated>2026-05-26</updated><entry><title>Gate</title>{}<summary>Open.</summary></entry></feed>"
)


def test_an_entry_tells_when_it_was_published_and_the_feed_not_when_it_was_made():
    assert feed_text(RSS) == ("Harbour", "Harbour\nGate\nOpen.\nMon, 25 May 2026 10:00:00 GMT")


def test_of_two_dates_the_one_of_publication_is_told():
    both = "<updated>2026-05-25</updated><published>2026-05-04</published>"

    assert feed_text(ENTRY.format(both))[1] == "Gate\nOpen.\n2026-05-04"
    assert feed_text(ENTRY.format("<updated>2026-05-25</updated>"))[1] == "Gate\nOpen.\n2026-05-25"
    assert feed_text(ENTRY.format(""))[1] == "Gate\nOpen."
