"""The broker as an operator sees it."""

from celery import current_app

from stories.operating.broker import broker_error, queue_lengths


def test_what_waits_is_counted_by_queue():
    queue = current_app.conf.task_default_queue
    before = queue_lengths().get(queue, 0)
    with current_app.connection_for_write() as connection:
        waiting = connection.SimpleQueue(queue)
        waiting.put("a message")

        counted = queue_lengths()[queue]

        waiting.get(timeout=10).ack()
    assert counted == before + 1


def test_a_broker_that_answers_has_no_error():
    assert broker_error() == ""


def test_a_broker_that_is_away_has_one(broker_away):
    assert broker_error() == "OperationalError"
