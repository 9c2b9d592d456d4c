"""The errors of every channel.

DeliveryFailedError   permanent: trying again is of no use
                      ends_channel: whoever is at the other end wants nothing more, ever
                      retry_after: how long the server asks us to wait
├ MailServerAway      not about this letter: the mail server takes none from us
└ LetterRefused       about this letter alone: the mail server has taken us, and looked at it
"""

from datetime import timedelta

from stories.text.told import line_of

#: How the error of a letter begins that waits for the mail server, and for nothing of its own.
AWAY = "The mail server takes nothing from us: "


class DeliveryFailedError(Exception):
    """A message did not reach the channel's server, or was refused there.

    The text is for a person to read, on one line, without what a server can say and no database keeps.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        retry_after: timedelta | None = None,
        ends_channel: bool = False,
    ) -> None:
        super().__init__(line_of(message))
        self.permanent = permanent
        self.retry_after = retry_after
        self.ends_channel = ends_channel


class MailServerAway(DeliveryFailedError):
    """It cannot be reached, or refuses our log-in, our address or all mail: no fault of the letter or its reader."""

    def __init__(self, message: str) -> None:
        super().__init__(AWAY + message, permanent=False)


class LetterRefused(DeliveryFailedError):
    """For good, or for now, as its recipient or its content has it: others may be taken."""
