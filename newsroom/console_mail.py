"""Mail for an installation without a mail server: the text that a person would read, on the console."""

from django.core.mail.backends.console import EmailBackend
from django.core.mail.message import EmailMessage

_RULE = "─" * 78


class ConsoleBackend(EmailBackend):
    """Prints the text part of each message under the headers that matter; the HTML part says the same."""

    def write_message(self, message: EmailMessage) -> None:
        headers = message.extra_headers
        shown = {
            "From": message.from_email,
            "To": ", ".join(message.to),
            "Subject": message.subject,
            "Message-ID": headers.get("Message-ID", ""),
        }
        lines = [
            _RULE,
            *(f"{name}: {value}" for name, value in shown.items()),
            "",
            message.body.strip(),
            _RULE,
        ]
        self.stream.write("\n".join(["", *lines, ""]))
