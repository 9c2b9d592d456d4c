"""The loop, in the product as a newcomer starts it. What else of it is killed is what `make faults` runs."""

import pytest

from tests.running import RunningNewsroom


@pytest.mark.long
def test_from_a_reworded_page_to_both_reporters_without_a_click_though_the_power_goes_between(tmp_path):
    with RunningNewsroom(tmp_path / "data") as newsroom:
        newsroom.wait_until(
            lambda: newsroom.count("verdict", "verdict = 'altered'") >= 1, "the change is seen"
        )
        newsroom.kill()
        newsroom.start()

        newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "both have their mail")

        newsroom.wait_until(lambda: len(set(newsroom.message_ids())) == 2, "both e-mails are on the console")
        assert newsroom.query("SELECT DISTINCT verdict FROM stories_verdict WHERE is_news") == [("altered",)]
        assert newsroom.count("alert", "state = 'open'") == newsroom.count("alert") == 2
        assert newsroom.count("delivery") == 2
        assert "excluding" in newsroom.printed
        assert "failed" not in newsroom.manage("check_sources", "--all")
        assert newsroom.stop() == 0
        newsroom.wait_until_nothing_is_left()
