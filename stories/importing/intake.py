"""From what somebody brings to what is confirmed: opened, read, shown, chosen, cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.auditing.entries import write_entry
from stories.importing.errors import NotAStory, NotTheMoment, SecondPersonNeeded
from stories.importing.foresee import foresee
from stories.importing.formats import Format, parse_as, recognise
from stories.importing.stored import load_story, store_story
from stories.importing.story import LONGEST_HEADLINE, ParsedStory
from stories.models import Article, Incoming, Intake, User
from stories.models.acts import Act
from stories.models.words import IncomingState, IntakeKind, IntakeMode, IntakeState
from stories.text.plain import escape_markdown
from stories.text.unseen import line_as_seen
from stories.text.zones import zone_info

_LONGEST_NAME = 300


@dataclass(frozen=True)
class Choice:
    """What is said of one story when it is confirmed; None keeps what was found."""

    links: tuple[str, ...] | None = None
    is_new: bool = False
    stated_at: datetime | None = None
    stated_zone: str = ""
    because: str = ""
    texts: Mapping[str, str] | None = None


def open_intake(
    kind: IntakeKind, *, name: str, zone: str, by: User | None, now: datetime, **fields: Any
) -> Intake:
    """A new intake that is to be read; nothing else is written."""
    return Intake.objects.create(
        kind=kind,
        name=" ".join(name.split())[:_LONGEST_NAME],
        zone=zone,
        asked_by=by,
        asked_at=now,
        **{"asker": by.name if by else "", **fields},
    )


def propose_text(
    text: str,
    *,
    kind: IntakeKind = IntakeKind.PASTE,
    form: Format | None = None,
    name: str = "",
    zone: str,
    by: User | None,
    now: datetime,
    article: Article | None = None,
) -> Intake:
    """An intake of this one text, ready to be confirmed. Raises NotAStory."""
    story = parse_text(text, form=form, zone=zone, now=now)
    with transaction.atomic():
        intake = open_intake(
            kind,
            name=name or story.headline,
            zone=zone,
            by=by,
            now=now,
            article=article,
            state=IntakeState.READY,
            total_count=1,
            done_count=1,
        )
        add_story(intake, story, name=name or story.headline, position=0)
    return intake


def parse_text(text: str, *, form: Format | None, zone: str, now: datetime) -> ParsedStory:
    """Take a text apart. Raises NotAStory, whose message is a whole sentence."""
    try:
        return parse_as(text, form or recognise(text), reference_date=now.date(), default_zone=zone)
    except NotAStory as error:
        raise NotAStory(_("This is not the text of a story: %(error)s.") % {"error": error}) from error


def add_story(
    intake: Intake,
    story: ParsedStory,
    *,
    name: str,
    position: int,
    address: str = "",
    stated_at: datetime | None = None,
) -> Incoming:
    """Put a story down as proposed. When readers saw it is as told, else as it states itself."""
    shown_at = stated_at or story.shown_at
    zone = intake.zone if stated_at else story.shown_zone or intake.zone
    if shown_at and timezone.is_naive(shown_at):
        shown_at = shown_at.replace(tzinfo=zone_info(intake.zone))
    return Incoming.objects.create(
        intake=intake,
        position=position,
        name=name[:_LONGEST_NAME],
        address=address,
        story=store_story(story),
        stated_at=shown_at,
        stated_zone=zone if shown_at else "",
    )


def confirm_intake(intake: Intake, *, choices: Mapping[int, Choice], mode: str, by: User) -> None:
    """Those stories that `choices` names by their key are to be taken in, the others are skipped.

    Raises NotTheMoment where it was confirmed or cancelled meanwhile, SecondPersonNeeded where the only one needs
    another's eyes; of several, that one is refused.
    """
    with transaction.atomic():
        held, is_alone = _choose_each(intake, choices)
        if mode == IntakeMode.RECORDED:
            _refuse_without_second_person(held, by=by, is_alone=is_alone)
        _begin_taking(held, mode=mode, confirmer=by.name)
    intake.refresh_from_db()


def confirm_by_name(intake: Intake, *, choices: Mapping[int, Choice], mode: str, by: str) -> None:
    """The same for whoever has the machine itself, as an operator has. Raises NotTheMoment."""
    with transaction.atomic():
        held, _is_alone = _choose_each(intake, choices)
        _begin_taking(held, mode=mode, confirmer=by)
    intake.refresh_from_db()


def _choose_each(intake: Intake, choices: Mapping[int, Choice]) -> tuple[Intake, bool]:
    held = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if held.state != IntakeState.READY:
        raise NotTheMoment(_("This is %(state)s already.") % {"state": held.get_state_display()})
    stories = list(held.stories.filter(state=IncomingState.PROPOSED))
    for incoming in stories:
        _choose(incoming, choices.get(incoming.pk))
    return held, len(stories) == 1


def _begin_taking(held: Intake, *, mode: str, confirmer: str) -> None:
    held.move_on(
        state=IntakeState.TAKING,
        mode=mode,
        confirmer=confirmer,
        message="",
        done_count=0,
        total_count=(total := held.stories.filter(state=IncomingState.CHOSEN).count()),
    )
    write_entry(Act.BROUGHT_IN, actor=confirmer, on=held, details={"stories": total, "mode": mode})


def cancel_intake(intake: Intake, *, now: datetime) -> None:
    """Nothing of it will be taken in. Raises NotTheMoment where it is past that."""
    stopped = Intake.objects.filter(pk=intake.pk, state__in=[IntakeState.READY, IntakeState.READING])
    if not stopped.update(
        state=IntakeState.CANCELLED, ended_at=now, payload=None, lease=None, leased_until=None
    ):
        intake.refresh_from_db()
        raise NotTheMoment(_("This is %(state)s already.") % {"state": intake.get_state_display()})


def ask_to_undo(intake: Intake, *, by: User, now: datetime) -> None:
    """What it made is to be taken back. Raises NotTheMoment where it is not done, or undone already."""
    ask_to_undo_by_name(intake, by=by.name, now=now)


@transaction.atomic
def ask_to_undo_by_name(intake: Intake, *, by: str, now: datetime) -> None:
    """The same for whoever has the machine itself."""
    count = intake.stories.taken().count()
    undoing = Intake.objects.filter(pk=intake.pk, state=IntakeState.DONE)
    if not undoing.update(
        state=IntakeState.UNDOING, undone_by=by, done_count=0, total_count=count, undone_at=now
    ):
        raise NotTheMoment(_("This was undone already, or is not done yet."))
    write_entry(Act.TAKEN_BACK, actor=by, on=intake, details={"stories": count}, now=now)
    intake.refresh_from_db()


def _choose(incoming: Incoming, choice: Choice | None) -> None:
    if choice is None:
        incoming.settle(IncomingState.SKIPPED, "It was not chosen.")
        return
    said = {"is_new": choice.is_new, "because": choice.because.strip()}
    if choice.links is not None:
        said["links"] = list(choice.links)
    fields: dict[str, Any] = {"choice": said}
    if choice.texts is not None:
        story = reword(load_story(incoming.story or {}), choice.texts)
        fields |= {
            "story": store_story(story),
            "stated_at": choice.stated_at,
            "stated_zone": choice.stated_zone if choice.stated_at else "",
        }
    incoming.settle(IncomingState.CHOSEN, **fields)


def reword(story: ParsedStory, texts: Mapping[str, str]) -> ParsedStory:
    """The story with another headline, dek or byline. A dek that is taken away was the body's first sentence.

    Raises NotAStory where no headline is left.
    """
    headline, dek, byline = (
        line_as_seen(texts.get(name, getattr(story, name))).strip() for name in ("headline", "dek", "byline")
    )
    if not headline or len(headline) > LONGEST_HEADLINE:
        raise NotAStory(_("A story needs a headline, of no more than 300 characters."))
    is_dek_of_body = bool(story.dek) and not dek
    body = f"{escape_markdown(story.dek)}\n\n{story.body}" if is_dek_of_body else story.body
    return replace(story, headline=headline, dek=dek, byline=byline[:200], body=body)


def _refuse_without_second_person(intake: Intake, *, by: User, is_alone: bool) -> None:
    for incoming in intake.stories.filter(state=IncomingState.CHOSEN):
        if not foresee(incoming).needs_second_person or (by.can_approve and by.pk != intake.asked_by_id):
            continue
        reason = (
            "It tells readers of a clarification or a retraction, which a second person must have read: ask one "
            "who may approve to confirm it here, or take it in as a draft."
        )
        if is_alone:
            raise SecondPersonNeeded(reason)
        incoming.settle(IncomingState.REFUSED, reason)
