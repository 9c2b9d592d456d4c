"""Stories from outside are brought in, and the feeds that they come by are read."""

from celery import shared_task
from django.utils import timezone

from stories.importing.feed import look_at_feed
from stories.importing.work import work_on
from stories.models import Intake, WatchedFeed
from stories.tasks.asking import ask_on_commit


@shared_task(name="stories.tasks.bring_in")
def bring_in(intake_id: int) -> None:
    """Carry on what is brought in from outside, and leave the rest to the next message where it is much."""
    intake = Intake.objects.filter(pk=intake_id).first()
    if intake and work_on(intake, now=timezone.now):
        bring_in.delay_on_commit(intake_id)


@shared_task(name="stories.tasks.look_at_a_feed")
def look_at_a_feed(feed_id: int) -> None:
    """Bring in what is new in a feed, unless another worker is at it."""
    feed = WatchedFeed.objects.filter(pk=feed_id).first()
    intake = look_at_feed(feed, now=timezone.now()) if feed else None
    if intake:
        bring_in.delay_on_commit(intake.pk)


def ask_to_bring_in(intake: Intake) -> None:
    """Ask a worker to carry on; without the broker the next tick finds it by its row."""
    ask_on_commit(bring_in, intake.pk)
