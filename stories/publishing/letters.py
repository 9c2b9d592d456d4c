"""A letter to the people of a scheduled publication that was refused at its time. The row says the same."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from stories.models import Publication

logger = logging.getLogger(__name__)


def write_of_refusal(publication: Publication) -> None:
    """Write to who asked and who approved; a mail server that is away is logged, and the admin still shows it."""
    people = [person for person in (publication.asked_by, publication.approved_by) if person and person.email]
    if not people:
        return
    context = {"publication": publication, "address": f"{settings.SITE_URL}{publication.get_absolute_url()}"}
    # One letter to several people: it speaks the language that they share.
    with override(settings.HOUSE_LANGUAGE):
        subject = _("Not published: %(headline)s") % {"headline": publication.headline}
        letter = EmailMessage(
            subject=" ".join(subject.split()),
            body=render_to_string("email/not_published.txt", context),
            to=[person.email for person in people],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        letter.send()
    except (smtplib.SMTPException, OSError) as error:
        logger.error("Nobody could be written to about publication %s: %s", publication.pk, error)
