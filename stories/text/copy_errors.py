"""Why a copy cannot be read.

ExtractError
├── UnreadableCopy   the bytes are not what they claim to be, or of a kind that holds no text (`reason` says which)
└── CopyTooLarge     the bytes, pages or characters are more than this room reads

Neither is about the network; both are permanent for the same bytes.
"""


class ExtractError(Exception):
    """The text of a copy cannot be had. `reason` is a short machine word."""

    def __init__(self, reason: str, *, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class UnreadableCopy(ExtractError):
    """`unknown_kind`, `broken_pdf`, `locked_pdf`, `broken_json`, `broken_feed`, `dtd`."""


class CopyTooLarge(ExtractError):
    """More than may be read: `too_many_bytes`, `too_many_pages`, `too_much_text`."""
