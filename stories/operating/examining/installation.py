"""The installation: its settings, its folders, its disk, its mail server, its cache."""

from __future__ import annotations

import errno
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks, mail
from django.core.cache import cache
from django.http.request import validate_host

from stories.operating.finding import Finding, Level, warning, well, wrong

_SECRETS = ("secret-key", "record-signing-key", "example-logins.txt")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
LITTLE_BYTES, HARDLY_ANY_BYTES = 2 * 10**9, 200 * 10**6
_PATIENCE_SECONDS = 20
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def examine_installation() -> Iterator[Finding]:
    yield from _examine_settings()
    yield from _examine_folder(Path(settings.DATA_DIR))
    for folder in dict.fromkeys((Path(settings.DATA_DIR), Path(settings.RECORD_EXPORT_DIR))):
        yield from _examine_disk(folder)
    yield from _examine_temporary_files()
    yield from _examine_proxies()
    yield from _examine_static_files()
    yield from _examine_mail()
    yield _examine_cache()


def is_public() -> bool:
    """Whether others reach it: what is well enough for one desk is not for them."""
    return urlsplit(settings.SITE_URL).hostname not in _LOOPBACK


def _examine_settings() -> Iterator[Finding]:
    found = [
        message
        for message in checks.run_checks(include_deployment_checks=is_public())
        if message.level >= checks.WARNING and not message.is_silenced()
    ]
    for message in found:
        level = Level.WRONG if message.is_serious() else Level.WARNING
        yield Finding("settings", level, message.msg, message.hint or f"Look up {message.id}.")
    if is_public() and settings.DEBUG:
        yield wrong("settings", "DEBUG shows the inside of the newsroom to readers.", "DEBUG=off")
    host = str(urlsplit(settings.SITE_URL).hostname)
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield warning(
            "settings",
            f"Whoever asks for {host}, the host of SITE_URL, is refused.",
            "Name it in ALLOWED_HOSTS, unless the proxy asks by another name.",
        )
    elif not found:
        yield well("settings", "Nothing is wrong with the settings.")


def _examine_folder(folder: Path) -> Iterator[Finding]:
    open_to_others = [
        path
        for path in (folder / name for name in _SECRETS)
        if path.exists() and path.stat().st_mode & _OTHERS
    ]
    for path in open_to_others:
        yield wrong("permissions", f"Others on this machine can read {path}.", f"chmod 600 {path}")
    if is_public() and folder.stat().st_mode & stat.S_IRWXO:
        yield warning(
            "permissions", f"Others on this machine can look into {folder}.", f"chmod o-rwx {folder}"
        )
    elif not open_to_others:
        yield well("permissions", f"What is secret in {folder} is readable by its owner alone.")


def _examine_disk(folder: Path) -> Iterator[Finding]:
    if not folder.is_dir():
        yield wrong("disk", f"{folder} is not there.", f"mkdir -p {folder}, owned by the newsroom’s account")
        return
    if error := _why_nothing_is_written(folder):
        said = f"Nothing can be written in {folder}: {error.strerror or type(error).__name__}."
        yield wrong("permissions", said, _how_to_write_again(folder, error))
    free = shutil.disk_usage(folder).free
    said = f"{free / 10**9:.1f} GB are free in {folder}."
    if free < HARDLY_ANY_BYTES:
        yield wrong("disk", said, "Make room at once: with a full disk nothing can be published.")
    elif free < LITTLE_BYTES:
        yield warning("disk", said, "Make room, or thin the copies sooner (SNAPSHOTS_KEEP_ALL_DAYS).")
    else:
        yield well("disk", said)


def _why_nothing_is_written(folder: Path) -> OSError | None:
    """Found by writing: what the modes allow, a file system may refuse."""
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        return error
    return None


def _how_to_write_again(folder: Path, error: OSError) -> str:
    if error.errno == errno.EROFS:
        return (
            f"Mount the file system of {folder} to be written (`mount -o remount,rw`, and without `ro` in /etc/fstab, "
            "the unit or the container’s volumes); one whose disk fails turns read-only by itself: see `dmesg`."
        )
    return f"chown -R it to the newsroom’s account: {folder}"


def _examine_temporary_files() -> Iterator[Finding]:
    """Of each process: those of a unit or a container may have a folder of their own."""
    try:
        tempfile.TemporaryFile().close()
    except OSError as error:
        yield wrong(
            "disk",
            f"Nothing can be put aside for a moment: {error.strerror or type(error).__name__}. Workers do not start.",
            "Make room in /tmp, and let every account write there (chmod 1777), or name another folder as TMPDIR.",
        )


def _examine_proxies() -> Iterator[Finding]:
    if settings.SECURE_PROXY_SSL_HEADER and not settings.TRUSTED_PROXIES:
        yield warning(
            "proxies",
            "Everybody comes from the proxy’s address: whoever guesses at passwords keeps others waiting, and the few "
            "reports that are taken from one address within an hour are all there are.",
            "TRUSTED_PROXIES=127.0.0.1, or wherever the proxy asks from.",
        )


def _examine_static_files() -> Iterator[Finding]:
    if settings.WHITENOISE_USE_FINDERS or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield well("static files", "They are in place.")
    else:
        yield wrong("static files", "They were not collected.", "manage.py collectstatic --no-input")


def _examine_mail() -> Iterator[Finding]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        if is_public():
            yield warning(
                "mail", "Letters reach nobody’s mailbox.", "EMAIL_URL=submission://user:password@mail:587"
            )
        else:
            yield well("mail", "Letters are not sent but shown here.")
        return
    try:
        with mail.get_connection(timeout=_PATIENCE_SECONDS):
            yield well("mail", f"The mail server {settings.EMAIL_HOST} answers.")
    except OSError as error:  # smtplib's errors are of this kind.
        said = (
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} refuses us: {type(error).__name__}."
        )
        yield wrong(
            "mail", said, "Mend EMAIL_URL. What could not be sent is tried again for two and a half days."
        )


def _examine_cache() -> Finding:
    """A cache that is away keeps nobody from anything, and so nobody else would tell of it."""
    word = secrets.token_hex()
    cache.set(f"doctor:{word}", word, timeout=60)
    if cache.get(f"doctor:{word}") == word:
        return well("cache", "The cache answers.")
    return warning(
        "cache",
        "The cache does not answer, and counts as empty: what it would spare is done anew.",
        "Start it, or mend CACHE_URL.",
    )
