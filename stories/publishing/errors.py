"""Why something was not published.

PublishRefused
├── TextMissing          no headline, or no body
├── BodyNotRenderable    the body cannot become a page
├── NothingChanged       readers would see no difference, and there is no note
├── NothingToRetract     a retraction of what readers have not seen
├── NoteMissing          readers would see a difference that nothing explains
├── MinorWithNote        called minor, yet readers are to be told of it
├── MoreThanMinor        called minor, yet the headline, a fact, a quote or a claim changed
├── ApprovalMissing      a second person must have read it, and has not
├── TimeInFuture         a stated time that has not come yet
├── TimeTooEarly         a stated time before the year 1000, which pages and feeds cannot write
├── TimeUnexplained      an earlier time is stated without a reason
├── TimeNotAhead         scheduled for a time that has passed
├── TimeOutOfOrder       said to be seen before the version before it
├── ZoneUnknown          a time zone that nobody knows
├── WorkingCopyStale     the article was saved since it was looked at
├── UpdateNotFree        an update of another article, or one that is already published
├── AlreadyOnItsWay      another publication of the article waits or is scheduled
├── PublicationEnded     it was published, refused or cancelled meanwhile
├── NotAllowed           this person may not decide it
├── ReasonMissing        refused or cancelled without saying why
└── CauseElsewhere       an update whose reason is a passage of another article

Each carries a sentence for the editor and a code for the machine.
"""


class PublishRefused(Exception):
    """Nothing was published, and nothing was written."""

    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TextMissing(PublishRefused):
    code = "text_missing"


class BodyNotRenderable(PublishRefused):
    code = "body_not_renderable"


class NothingChanged(PublishRefused):
    code = "nothing_changed"


class NothingToRetract(PublishRefused):
    code = "nothing_to_retract"


class NoteMissing(PublishRefused):
    code = "note_missing"


class MinorWithNote(PublishRefused):
    code = "minor_with_note"


class MoreThanMinor(PublishRefused):
    code = "more_than_minor"


class ApprovalMissing(PublishRefused):
    code = "approval_missing"


class TimeUnexplained(PublishRefused):
    code = "time_unexplained"


class TimeNotAhead(PublishRefused):
    code = "time_not_ahead"


class TimeInFuture(PublishRefused):
    code = "time_in_future"


class TimeTooEarly(PublishRefused):
    code = "time_too_early"


class TimeOutOfOrder(PublishRefused):
    code = "time_out_of_order"


class ZoneUnknown(PublishRefused):
    code = "zone_unknown"


class WorkingCopyStale(PublishRefused):
    code = "working_copy_stale"


class UpdateNotFree(PublishRefused):
    code = "update_not_free"


class AlreadyOnItsWay(PublishRefused):
    code = "already_on_its_way"


class PublicationEnded(PublishRefused):
    code = "publication_ended"


class NotAllowed(PublishRefused):
    code = "not_allowed"


class ReasonMissing(PublishRefused):
    code = "reason_missing"


class CauseElsewhere(PublishRefused):
    code = "cause_elsewhere"
