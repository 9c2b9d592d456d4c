"""The words that rows may hold, with the labels people read. Their values are those of the pure rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """Whether a claim still stands."""

    STANDS = "stands", pgettext_lazy("of a claim", "stands")
    DISPUTED = "disputed", pgettext_lazy("of a claim", "disputed")
    CORRECTED = "corrected", pgettext_lazy("of a claim", "corrected")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a claim", "withdrawn")


class SourceKind(models.TextChoices):
    PAGE = "page", pgettext_lazy("kind of source", "web page")
    PDF = "pdf", pgettext_lazy("kind of source", "PDF")
    FEED = "feed", pgettext_lazy("kind of source", "feed")
    JSON = "json", pgettext_lazy("kind of source", "JSON document")
    POST = "post", pgettext_lazy("kind of source", "social post")
    DOCUMENT = "document", pgettext_lazy("kind of source", "document on file")
    PERSON = "person", pgettext_lazy("kind of source", "person’s statement")


class Outcome(models.TextChoices):
    """How a check ended for its source."""

    UNCHANGED = "unchanged", pgettext_lazy("of a check", "unchanged")
    NOISE = "noise", pgettext_lazy("of a check", "only noise changed")
    CHANGED = "changed", pgettext_lazy("of a check", "changed")
    MOVED = "moved", pgettext_lazy("of a check", "moved")
    GONE = "gone", pgettext_lazy("of a check", "gone")
    BLOCKED = "blocked", pgettext_lazy("of a check", "blocked")
    FAILED = "failed", pgettext_lazy("of a check", "failed")


#: Outcomes that come with a copy that is believed.
BELIEVED = frozenset({Outcome.UNCHANGED, Outcome.NOISE, Outcome.CHANGED, Outcome.MOVED})
#: Outcomes that come with none.
UNREAD = (Outcome.GONE, Outcome.BLOCKED, Outcome.FAILED)


class Pace(models.TextChoices):
    """Why the next look at a source comes when it does."""

    FRESH = "fresh", _("a story that cites it, or the page itself, is new or has just changed")
    SETTLED = "settled", _("nothing about it has changed for some time")
    PINNED = "pinned", _("an editor has set how often")
    CONFIRMING = "confirming", _("a second check is to confirm what the last one found")
    BACKING_OFF = "backing_off", _("it could not be read, so it is given time")
    ASKED = "asked", _("somebody asked for a check")


#: Reasons of a check that other stages understand: the page goes back and forth, says that it was retracted, or says
#: again what it said before.
ALTERNATES, RETRACTED, RETURNED = "alternates", "retracted", "returned"


class VerdictWord(models.TextChoices):
    """How a check ended for one citation."""

    VERBATIM = "verbatim", pgettext_lazy("of a passage", "as quoted")
    ALTERED = "altered", pgettext_lazy("of a passage", "altered")
    MISSING = "missing", pgettext_lazy("of a passage", "missing")
    UNREADABLE = "unreadable", pgettext_lazy("of a passage", "not readable")


class AlertState(models.TextChoices):
    """The answer to an alert; `restored` is the source's own."""

    OPEN = "open", pgettext_lazy("of an alert", "open")
    STILL_HOLDS = "still_holds", pgettext_lazy("of an alert", "still holds")
    NEEDS_UPDATE = "needs_update", pgettext_lazy("of an alert", "needs an update")
    IGNORED = "ignored", pgettext_lazy("of an alert", "ignored")
    MOVED = "moved", pgettext_lazy("of an alert", "the source moved")
    UNWATCHED = "unwatched", pgettext_lazy("of an alert", "no longer watched")
    RESTORED = "restored", pgettext_lazy("of an alert", "restored by its source")


class Gravity(models.IntegerChoices):
    LOW = 1, pgettext_lazy("gravity", "low")
    NORMAL = 2, pgettext_lazy("gravity", "normal")
    HIGH = 3, pgettext_lazy("gravity", "high")


class AlertEventKind(models.TextChoices):
    """What happened to an alert: the first four by its source, the others by a person."""

    OPENED = "opened", pgettext_lazy("of an alert", "opened")
    DEVELOPED = "developed", pgettext_lazy("of an alert", "developed")
    REOPENED = "reopened", pgettext_lazy("of an alert", "opened again")
    RESTORED = "restored", pgettext_lazy("of an alert", "restored by its source")
    ANSWERED = "answered", pgettext_lazy("of an alert", "answered")
    UNDONE = "undone", pgettext_lazy("of an alert", "answer taken back")
    ASSIGNED = "assigned", pgettext_lazy("of an alert", "assigned")
    NOTED = "noted", pgettext_lazy("of an alert", "noted")
    RESENT = "resent", pgettext_lazy("of an alert", "sent once more")


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    WEBHOOK = "webhook", _("webhook")
    CHAT = "chat", _("chat")


class Timing(models.TextChoices):
    """When a person hears of something; `held` is what quiet hours or a pause make of “at once”."""

    AT_ONCE = "at_once", pgettext_lazy("how soon", "at once")
    HOURLY = "hourly", pgettext_lazy("how soon", "in an hourly digest")
    DAILY = "daily", pgettext_lazy("how soon", "in a daily digest")
    WEEKLY = "weekly", pgettext_lazy("how soon", "in a weekly digest")
    NEVER = "never", pgettext_lazy("how soon", "never")
    HELD = "held", pgettext_lazy("how soon", "after quiet hours or a pause")


#: What a person may choose, and what a delivery may have: what is never to be told is not written.
CHOSEN_TIMINGS = (Timing.AT_ONCE, Timing.HOURLY, Timing.DAILY, Timing.WEEKLY, Timing.NEVER)
DELIVERED_TIMINGS = (Timing.AT_ONCE, Timing.HOURLY, Timing.DAILY, Timing.WEEKLY, Timing.HELD)


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class DeliveryState(models.TextChoices):
    """`not_needed`: its time came when there was nothing left to tell, or nobody to tell it to."""

    WAITING = "waiting", pgettext_lazy("of a delivery", "waiting")
    SENDING = "sending", pgettext_lazy("of a delivery", "being sent")
    SENT = "sent", pgettext_lazy("of a delivery", "sent")
    GIVEN_UP = "given_up", pgettext_lazy("of a delivery", "given up")
    NOT_NEEDED = "not_needed", pgettext_lazy("of a delivery", "not needed any more")


class UpdateKind(models.TextChoices):
    UPDATE = "update", pgettext_lazy("kind of note", "Update")
    CORRECTION = "correction", pgettext_lazy("kind of note", "Correction")
    CLARIFICATION = "clarification", pgettext_lazy("kind of note", "Clarification")
    EDITORS_NOTE = "editors_note", pgettext_lazy("kind of note", "Editor’s note")
    RETRACTION = "retraction", pgettext_lazy("kind of note", "Retraction")


#: What is announced under these words, a second person has read before.
APPROVED_KINDS = (UpdateKind.CLARIFICATION, UpdateKind.RETRACTION)


class PublicationKind(models.TextChoices):
    """What readers are told that a version is; the last two come without a note."""

    UPDATE = "update", pgettext_lazy("kind of note", "Update")
    CORRECTION = "correction", pgettext_lazy("kind of note", "Correction")
    CLARIFICATION = "clarification", pgettext_lazy("kind of note", "Clarification")
    EDITORS_NOTE = "editors_note", pgettext_lazy("kind of note", "Editor’s note")
    RETRACTION = "retraction", pgettext_lazy("kind of note", "Retraction")
    MINOR = "minor", pgettext_lazy("kind of note", "Minor, without a note")
    FIRST = "first", pgettext_lazy("kind of note", "First publication, without a note")


class PublicationState(models.TextChoices):
    """How far a version on its way has come."""

    PROPOSED = "proposed", pgettext_lazy("of a publication", "proposed")
    AWAITING = "awaiting", pgettext_lazy("of a publication", "awaiting approval")
    SCHEDULED = "scheduled", pgettext_lazy("of a publication", "scheduled")
    PUBLISHED = "published", pgettext_lazy("of a publication", "published")
    REFUSED = "refused", pgettext_lazy("of a publication", "refused")
    CANCELLED = "cancelled", pgettext_lazy("of a publication", "cancelled")


#: Kinds of publication that come without a note.
WITHOUT_NOTE = (PublicationKind.MINOR, PublicationKind.FIRST)
#: States in which a publication is still on its way.
ON_THE_WAY = (PublicationState.PROPOSED, PublicationState.AWAITING, PublicationState.SCHEDULED)


class Precision(models.TextChoices):
    """How exactly the stated time of an update was printed."""

    MINUTE = "minute", _("to the minute")
    DAY = "day", _("the day only")
    MONTH = "month", _("the month only")
    YEAR = "year", _("the year only")
    NONE = "none", _("no time given")


class LeafKind(models.TextChoices):
    """What a leaf of the record's log is about."""

    VERSION = "version", pgettext_lazy("in the log", "version")
    UPDATE = "update", pgettext_lazy("in the log", "update")
    TAKEDOWN = "takedown", pgettext_lazy("in the log", "takedown")
    ACKNOWLEDGEMENT = "acknowledgement", pgettext_lazy("in the log", "acknowledgement")


class IntakeKind(models.TextChoices):
    """How stories are brought in."""

    PASTE = "paste", pgettext_lazy("how stories are brought in", "pasted")
    UPLOAD = "upload", pgettext_lazy("how stories are brought in", "uploaded")
    ADDRESS = "address", pgettext_lazy("how stories are brought in", "from its address")
    ARCHIVE = "archive", pgettext_lazy("how stories are brought in", "from web archives")
    FEED = "feed", pgettext_lazy("how stories are brought in", "from a feed")
    COMMAND = "command", pgettext_lazy("how stories are brought in", "by a command")


class IntakeState(models.TextChoices):
    """How far stories that are brought in have come."""

    READING = "reading", pgettext_lazy("of stories brought in", "being read")
    READY = "ready", pgettext_lazy("of stories brought in", "to be confirmed")
    TAKING = "taking", pgettext_lazy("of stories brought in", "being taken in")
    DONE = "done", pgettext_lazy("of stories brought in", "taken in")
    REFUSED = "refused", pgettext_lazy("of stories brought in", "refused")
    CANCELLED = "cancelled", pgettext_lazy("of stories brought in", "cancelled")
    UNDOING = "undoing", pgettext_lazy("of stories brought in", "being undone")
    UNDONE = "undone", pgettext_lazy("of stories brought in", "undone")


#: States in which a worker has something to do.
AT_WORK = (IntakeState.READING, IntakeState.TAKING, IntakeState.UNDOING)


class IntakeMode(models.TextChoices):
    """What becomes of a story that is brought in."""

    DRAFT = "draft", pgettext_lazy("what a story becomes", "a draft")
    RECORDED = "recorded", pgettext_lazy("what a story becomes", "on the record")


class IncomingState(models.TextChoices):
    """What became of one story among those that are brought in."""

    FOUND = "found", pgettext_lazy("of a story brought in", "found")
    PROPOSED = "proposed", pgettext_lazy("of a story brought in", "proposed")
    CHOSEN = "chosen", pgettext_lazy("of a story brought in", "to be taken in")
    TAKEN = "taken", pgettext_lazy("of a story brought in", "taken in")
    SKIPPED = "skipped", pgettext_lazy("of a story brought in", "skipped")
    REFUSED = "refused", pgettext_lazy("of a story brought in", "refused")
    UNDONE = "undone", pgettext_lazy("of a story brought in", "undone")
