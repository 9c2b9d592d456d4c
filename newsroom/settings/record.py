"""The public record: its keys, where its exports go, and which hub is told of it."""

from django.core.exceptions import ImproperlyConfigured
from environs import ValidationError, validate

from newsroom.secret import is_signing_key, make_signing_key, read_or_make_secret
from newsroom.settings.environment import DATA_DIR, env, folder_of
from stories.publishing.proof.signed_note import NoteError, VerifierKey


def _refuse_other_than_keys(texts: list[str]) -> None:
    try:
        for text in texts:
            VerifierKey.parse(text)
    except NoteError as error:
        raise ValidationError(f"RECORD_FORMER_KEYS: {error}") from error


RECORD_SIGNING_KEY = env.str("RECORD_SIGNING_KEY", "") or read_or_make_secret(
    DATA_DIR / "record-signing-key", make_signing_key
)
if not is_signing_key(RECORD_SIGNING_KEY):
    raise ImproperlyConfigured("RECORD_SIGNING_KEY is 32 random bytes in base64.")
RECORD_FORMER_KEYS: list[str] = env.list("RECORD_FORMER_KEYS", [], validate=_refuse_other_than_keys)
RECORD_EXPORT_DIR = folder_of("RECORD_EXPORT_DIR", DATA_DIR / "exports")

WEBSUB_HUB = env.str(
    "WEBSUB_HUB",
    "",
    validate=validate.Regexp(r"$|https?://[^/\s]+\S*$", error="WEBSUB_HUB is like https://hub.example/"),
)
