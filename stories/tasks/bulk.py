"""What is done to many rows at once, as far as one message may come."""

from celery import shared_task
from django.utils import timezone

from stories.changing.deeds import DEEDS
from stories.changing.work import done_keys
from stories.changing.work import work_on as work_on_bulk
from stories.models import Bulk
from stories.tasks.asking import ask_on_commit
from stories.tasks.looks import ask_to_check
from stories.tasks.messages import ask_to_deliver


@shared_task(name="stories.tasks.carry_out")
def carry_out(bulk_id: int) -> None:
    """Carry on what is done to many rows, and leave the rest to the next message where it is much."""
    bulk = Bulk.objects.filter(pk=bulk_id).first()
    if bulk and carry_out_now(bulk):
        carry_out.delay_on_commit(bulk_id)


def carry_out_now(bulk: Bulk) -> bool:
    """As far as it comes; ask for what is to follow it; return whether something is left to do."""
    is_left, deed = work_on_bulk(bulk, now=timezone.now), DEEDS[bulk.deed]
    if is_left or bulk.undone_at or bulk.is_at_work:
        return is_left
    if deed.afterwards == "look":
        ask_to_check(done_keys(bulk))
    for key in done_keys(bulk) if deed.afterwards == "delivery" else ():
        ask_to_deliver(key)
    return False


def ask_to_carry_out(bulk: Bulk) -> None:
    """Ask a worker to carry on; without the broker the next tick finds it by its row."""
    ask_on_commit(carry_out, bulk.pk)
