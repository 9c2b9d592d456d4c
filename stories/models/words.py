"""The words that rows may hold, with the labels people read. Their values are those of the pure rooms."""

from django.db import models


class Standing(models.TextChoices):
    """Whether a claim still stands."""

    STANDS = "stands", "stands"
    DISPUTED = "disputed", "disputed"
    CORRECTED = "corrected", "corrected"
    WITHDRAWN = "withdrawn", "withdrawn"


class SourceKind(models.TextChoices):
    PAGE = "page", "web page"
    PDF = "pdf", "PDF"
    FEED = "feed", "feed"
    JSON = "json", "JSON document"
    POST = "post", "social post"
    DOCUMENT = "document", "document on file"
    PERSON = "person", "person's statement"


class Outcome(models.TextChoices):
    """How a check ended for its source."""

    UNCHANGED = "unchanged", "unchanged"
    NOISE = "noise", "only noise changed"
    CHANGED = "changed", "changed"
    MOVED = "moved", "moved"
    GONE = "gone", "gone"
    BLOCKED = "blocked", "blocked"
    FAILED = "failed", "failed"


#: Outcomes that come with a copy that is believed.
BELIEVED = frozenset({Outcome.UNCHANGED, Outcome.NOISE, Outcome.CHANGED, Outcome.MOVED})


class Pace(models.TextChoices):
    """Why the next look at a source comes when it does."""

    FRESH = "fresh", "a story that cites it, or the page itself, is new or has just changed"
    SETTLED = "settled", "nothing about it has changed for some time"
    PINNED = "pinned", "an editor has set how often"
    CONFIRMING = "confirming", "a second look is to confirm what the last one found"
    BACKING_OFF = "backing_off", "it could not be read, so it is given time"
    ASKED = "asked", "somebody wants it looked at"


#: Reasons of a check that other stages understand: the page goes back and forth, says that it was retracted, or says
#: again what it said before.
ALTERNATES, RETRACTED, RETURNED = "alternates", "retracted", "returned"


class VerdictWord(models.TextChoices):
    """How a check ended for one citation."""

    VERBATIM = "verbatim", "as quoted"
    ALTERED = "altered", "altered"
    MISSING = "missing", "missing"
    UNREADABLE = "unreadable", "not readable"


class AlertState(models.TextChoices):
    """The answer to an alert; `restored` is the source's own."""

    OPEN = "open", "open"
    STILL_HOLDS = "still_holds", "still holds"
    NEEDS_UPDATE = "needs_update", "needs an update"
    IGNORED = "ignored", "ignored"
    MOVED = "moved", "the source moved"
    UNWATCHED = "unwatched", "no longer watched"
    RESTORED = "restored", "restored by its source"


class Gravity(models.IntegerChoices):
    LOW = 1, "low"
    NORMAL = 2, "normal"
    HIGH = 3, "high"


class AlertEventKind(models.TextChoices):
    """What happened to an alert: the first four by its source, the others by a person."""

    OPENED = "opened", "opened"
    DEVELOPED = "developed", "developed"
    REOPENED = "reopened", "opened again"
    RESTORED = "restored", "restored by its source"
    ANSWERED = "answered", "answered"
    UNDONE = "undone", "answer taken back"
    ASSIGNED = "assigned", "assigned"
    NOTED = "noted", "noted"
    RESENT = "resent", "sent once more"


class Channel(models.TextChoices):
    EMAIL = "email", "e-mail"
    WEBHOOK = "webhook", "webhook"
    CHAT = "chat", "chat"


class Timing(models.TextChoices):
    """When a person hears of something; `held` is what quiet hours or a pause make of “at once”."""

    AT_ONCE = "at_once", "at once"
    HOURLY = "hourly", "in an hourly digest"
    DAILY = "daily", "in a daily digest"
    WEEKLY = "weekly", "in a weekly digest"
    NEVER = "never", "never"
    HELD = "held", "after quiet hours or a pause"


#: What a person may choose, and what a delivery may have: what is never to be told is not written.
CHOSEN_TIMINGS = (Timing.AT_ONCE, Timing.HOURLY, Timing.DAILY, Timing.WEEKLY, Timing.NEVER)
DELIVERED_TIMINGS = (Timing.AT_ONCE, Timing.HOURLY, Timing.DAILY, Timing.WEEKLY, Timing.HELD)


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts them."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class DeliveryState(models.TextChoices):
    """`not_needed`: its time came when there was nothing left to tell, or nobody to tell it to."""

    WAITING = "waiting", "waiting"
    SENDING = "sending", "being sent"
    SENT = "sent", "sent"
    GIVEN_UP = "given_up", "given up"
    NOT_NEEDED = "not_needed", "not needed any more"


class UpdateKind(models.TextChoices):
    UPDATE = "update", "Update"
    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    EDITORS_NOTE = "editors_note", "Editor’s note"
    RETRACTION = "retraction", "Retraction"


#: What is announced under these words, a second person has read before.
APPROVED_KINDS = (UpdateKind.CLARIFICATION, UpdateKind.RETRACTION)


class PublicationKind(models.TextChoices):
    """What readers are told that a version is; the last two come without a note."""

    UPDATE = "update", "Update"
    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    EDITORS_NOTE = "editors_note", "Editor’s note"
    RETRACTION = "retraction", "Retraction"
    MINOR = "minor", "Minor, without a note"
    FIRST = "first", "First publication, without a note"


class PublicationState(models.TextChoices):
    """How far a version on its way has come."""

    PROPOSED = "proposed", "proposed"
    AWAITING = "awaiting", "awaiting approval"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "published"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"


#: Kinds of publication that come without a note.
WITHOUT_NOTE = (PublicationKind.MINOR, PublicationKind.FIRST)
#: States in which a publication is still on its way.
ON_THE_WAY = (PublicationState.PROPOSED, PublicationState.AWAITING, PublicationState.SCHEDULED)


class Precision(models.TextChoices):
    """How exactly the stated time of an update was printed."""

    MINUTE = "minute", "to the minute"
    DAY = "day", "the day only"
    MONTH = "month", "the month only"
    YEAR = "year", "the year only"
    NONE = "none", "no time given"


class LeafKind(models.TextChoices):
    """What a leaf of the record's log is about."""

    VERSION = "version", "version"
    UPDATE = "update", "update"
    TAKEDOWN = "takedown", "takedown"
    ACKNOWLEDGEMENT = "acknowledgement", "acknowledgement"


class IntakeKind(models.TextChoices):
    """How stories are brought in."""

    PASTE = "paste", "pasted"
    UPLOAD = "upload", "uploaded"
    ADDRESS = "address", "from its address"
    ARCHIVE = "archive", "from web archives"
    FEED = "feed", "from a feed"
    COMMAND = "command", "by a command"


class IntakeState(models.TextChoices):
    """How far stories that are brought in have come."""

    READING = "reading", "being read"
    READY = "ready", "to be confirmed"
    TAKING = "taking", "being taken in"
    DONE = "done", "taken in"
    REFUSED = "refused", "refused"
    CANCELLED = "cancelled", "cancelled"
    UNDOING = "undoing", "being undone"
    UNDONE = "undone", "undone"


#: States in which a worker has something to do.
AT_WORK = (IntakeState.READING, IntakeState.TAKING, IntakeState.UNDOING)


class IntakeMode(models.TextChoices):
    """What becomes of a story that is brought in."""

    DRAFT = "draft", "a draft"
    RECORDED = "recorded", "on the record"


class IncomingState(models.TextChoices):
    """What became of one story among those that are brought in."""

    FOUND = "found", "found"
    PROPOSED = "proposed", "proposed"
    CHOSEN = "chosen", "to be taken in"
    TAKEN = "taken", "taken in"
    SKIPPED = "skipped", "skipped"
    REFUSED = "refused", "refused"
    UNDONE = "undone", "undone"
