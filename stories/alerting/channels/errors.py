"""The one error of every channel.

DeliveryFailedError   permanent: trying again is of no use
"""


class DeliveryFailedError(Exception):
    """A message did not reach the channel's server, or was refused there."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent
