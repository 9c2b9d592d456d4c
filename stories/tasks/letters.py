"""Letters about an account: a link to choose a password, an invitation, a notice."""

import logging
from typing import Any

from celery import shared_task
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from stories.accounts.letters import INVITATION, LINK, people_at, write_link, write_notice
from stories.accounts.patience import take_link
from stories.alerting.channels.email import hand_over
from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.mail_server import note_back
from stories.models import User
from stories.tasks.asking import ask_on_commit

logger = logging.getLogger(__name__)

#: No row stands for such a letter, and somebody waits for it: a mail server that greylists or starts anew is asked
#: again for some twenty minutes. Redis gives a message that waits for longer than ten to another worker.
_AGAIN: dict[str, Any] = {
    "autoretry_for": (DeliveryFailedError,),
    "retry_backoff": 60,
    "retry_backoff_max": 300,
    "retry_jitter": False,
    "max_retries": 6,
}


@shared_task(name="stories.tasks.mail_link")
def mail_link(email: str) -> None:
    """Have a link to choose a password mailed to whoever has an account at this address, a few times an hour.

    By a task for each, so that nobody's letter is sent again for the sake of another's.
    """
    for person in people_at(email):
        if take_link(person.get_username(), now=timezone.now()):
            mail_link_to.delay(person.pk)


@shared_task(name="stories.tasks.mail_link_to", **_AGAIN)
def mail_link_to(person_id: int) -> None:
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person:
        _mail(write_link(person, LINK))


@shared_task(name="stories.tasks.mail_invitation", **_AGAIN)
def mail_invitation(person_id: int) -> None:
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person:
        _mail(write_link(person, INVITATION))


@shared_task(name="stories.tasks.mail_notice", **_AGAIN)
def mail_notice(person_id: int, what: str) -> None:
    person = User.objects.filter(pk=person_id).first()
    if person:
        _mail(write_notice(person, what))


def _mail(letter: EmailMultiAlternatives) -> None:
    """Raises DeliveryFailedError where it is worth another try."""
    if not any(letter.to):
        return
    try:
        hand_over(letter)
    except DeliveryFailedError as failure:
        if not failure.permanent:
            raise
        logger.warning("A letter about an account is given up: %s", failure)
    else:
        note_back(now=timezone.now())


def ask_for_link(email: str) -> None:
    """Ask a worker to mail a link; without the broker nobody is told, and it is asked for once more."""
    ask_on_commit(mail_link, email)


def ask_for_invitation(person: User) -> None:
    ask_on_commit(mail_invitation, person.pk)


def ask_for_notice(person: User, what: str) -> None:
    ask_on_commit(mail_notice, person.pk, what)
