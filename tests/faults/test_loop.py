"""The loop, in the product as a newcomer starts it. Killed parts of it are what `make faults` runs."""

import pytest

from tests.pristine import copy_pristine
from tests.running import RunningNewsroom

pytestmark = pytest.mark.long


def test_the_loop_goes_from_a_reworded_page_to_both_reporters_without_a_click(tmp_path):
    with RunningNewsroom(tmp_path / "data") as newsroom:
        newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "both have their mail")

        newsroom.wait_until(lambda: len(newsroom.message_ids()) == 2, "both e-mails are on the console")
        assert newsroom.query("SELECT DISTINCT verdict FROM stories_verdict WHERE is_news") == [("altered",)]
        assert newsroom.count("alert", "state = 'open'") == 2
        assert "excluding" in newsroom.printed
        assert "failed" not in newsroom.manage("check_sources", "--all")
        assert newsroom.stop() == 0
        newsroom.wait_until_nothing_is_left()


def test_after_a_power_cut_it_carries_on_and_tells_nothing_twice(tmp_path):
    copy_pristine(tmp_path / "newsroom.sqlite3")

    with RunningNewsroom(tmp_path) as newsroom:
        newsroom.wait_until(
            lambda: newsroom.count("verdict", "verdict = 'altered'") >= 1, "the change is seen"
        )
        newsroom.kill()
        newsroom.start()

        newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "both have their mail")

        assert newsroom.count("alert") == newsroom.count("delivery") == 2
        assert len(set(newsroom.message_ids())) <= 2
