"""Signed checkpoints of the log, and the refusal to sign a record that contradicts what was exported.

RecordContradicted
├── RecordBehind     the log has fewer leaves than the last exported checkpoint: a restored backup, most likely
├── RecordForked     the same leaves have another root: the log was written anew
├── ExportUnreadable the exported checkpoint is damaged, or signed by a key that nobody named here
├── ExportOutOfReach it cannot be read: its folder is another machine's that is away, or the file is another account's
└── SignedByAnotherKey the last checkpoint of the database is: another key was put in place
"""

import base64
from collections.abc import Callable, Iterable
from datetime import datetime
from secrets import token_hex
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Subquery

from stories.models import Article, Checkpoint, Leaf
from stories.models.words import LeafKind
from stories.publishing.content import iso_utc
from stories.publishing.keeping_nodes import mend_nodes
from stories.publishing.log import add_leaf, hold_log
from stories.publishing.log_tree import contradicting_nodes, log_tree, recompute
from stories.publishing.proof import signed_note
from stories.publishing.proof.entry import read_fields
from stories.publishing.proof.leaf import acknowledgement_leaf
from stories.publishing.proof.signed_note import NoteError, SigningKey, VerifierKey, signer_names

#: The file in `RECORD_EXPORT_DIR` with the last checkpoint that left the database.
EXPORTED = "checkpoint"


REMEDY = "Restore the newer database, or say why: manage.py acknowledge_record --reason “…”."
REMEDY_OF_KEY = (
    "Put back the RECORD_SIGNING_KEY of before, or name its verifier key, which each export has under “keys”, in "
    "RECORD_FORMER_KEYS. Where nobody has either, say why: manage.py acknowledge_record --reason “…”."
)


class RecordContradicted(Exception):
    """The record is not the one that `note` says it is: nothing is signed until the operator says why.

    The message is for everybody; `remedy` is for the operator alone.
    """

    def __init__(self, message: str, *, note: str, remedy: str = REMEDY) -> None:
        super().__init__(message)
        self.note, self.remedy = note, remedy


class RecordBehind(RecordContradicted):
    pass


class RecordForked(RecordContradicted):
    pass


class ExportUnreadable(RecordContradicted):
    pass


class ExportOutOfReach(RecordContradicted):
    pass


class SignedByAnotherKey(RecordContradicted):
    pass


def signing_key() -> SigningKey:
    """The installation's key, under the name of the log: the host of `SITE_URL` and `/record`."""
    name = f"{urlsplit(settings.SITE_URL).netloc}/record"
    return SigningKey(name, base64.b64decode(settings.RECORD_SIGNING_KEY))


def verifier_keys(notes: Iterable[str] = ()) -> list[VerifierKey]:
    """The public key under today's name, under each name that a note was signed under, and the former keys."""
    today = signing_key().verifier
    names = {name: None for note in notes for name in _names(note)}
    keys = [today, *(VerifierKey(name, today.public) for name in names if name != today.name)]
    return keys + [VerifierKey.parse(key) for key in settings.RECORD_FORMER_KEYS]


def latest_checkpoint() -> Checkpoint | None:
    """The newest signed checkpoint; its `note` is what the public address and the feeds carry."""
    return Checkpoint.objects.order_by("-size").first()


def checkpoint_of(article: Article) -> str:
    """The first checkpoint that covers all of a story: it stays the same until the story changes. Empty: none yet."""
    last = Leaf.objects.filter(article=article.pk).order_by("-index").values("index")[:1]
    covering = (
        Checkpoint.objects.filter(size__gt=Subquery(last)).order_by("size").values_list("note", flat=True)
    )
    return covering.first() or ""


def leaf_count() -> int:
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def is_signed() -> bool:
    """Whether the last checkpoint covers all of the log and is the one exported: there is nothing to sign then.

    Not where that cannot be read: whoever tries to sign says why.
    """
    latest = latest_checkpoint()
    size, note = (latest.size, latest.note) if latest else (0, None)
    try:
        return (leaf_count(), exported_note()) == (size, note)
    except ExportOutOfReach:
        return False


def sign_checkpoint(*, now: datetime) -> Checkpoint | None:
    """Sign the log as it is, where it has grown, and export what was signed; None while the log is empty.

    Raises RecordContradicted where the log is not the one that was exported or signed before. That is told from every
    leaf: a kept node would hide one that somebody changed below it. Nodes that do not agree are then put right.
    """
    refuse_contradicted()
    latest = latest_checkpoint()
    if latest and latest.size == leaf_count():
        keep_exported(latest.note)
        return latest
    with transaction.atomic():
        log = recompute(sizes=[latest.size] if latest else [])
        if latest:
            _refuse_forked_from_last(latest, log.roots.get(latest.size))
        if any(contradicting_nodes(log.nodes)):
            hold_log()
            mend_nodes()
        if log.size and (latest is None or log.size > latest.size):
            latest = _sign(log.size, log.roots[log.size], now=now)
    if latest:
        keep_exported(latest.note)
    return latest


def refuse_contradicted() -> None:
    """Hold the log against the last exported checkpoint; RecordContradicted where they do not agree.

    Nor does another key go on unsaid from what the last checkpoint signed. A leaf that acknowledges it is no excuse
    for what was exported, since whoever writes to the database can put one in: what frees the record is that the
    operator set the exported checkpoint aside.
    """
    _refuse_another_key()
    _hold_against_exported(_recomputed)


def contradiction() -> str:
    """What readers are told of it, in the time that a few rows take; empty where there is none.

    The log's root is made from the nodes that are kept, and not from every leaf: that is for who signs and verifies.
    """
    try:
        _refuse_another_key()
        _hold_against_exported(_from_kept_nodes)
    except RecordContradicted as contradicted:
        return str(contradicted)
    return ""


def is_by_another_key(latest: Checkpoint) -> bool:
    """Whether nobody whose key is known here has signed it, and nobody has said why the record goes on."""
    try:
        signed_note.open_note(latest.note, verifier_keys([latest.note]))
    except NoteError:
        return not is_acknowledged(latest.note)
    return False


def _refuse_another_key() -> None:
    latest = latest_checkpoint()
    if latest and is_by_another_key(latest):
        raise SignedByAnotherKey(
            f"The last checkpoint, of {latest.size} leaves, is not signed with a key of this newsroom: it has another "
            "key now, or the checkpoint was altered. Nothing is signed until the newsroom says why it goes on.",
            note=latest.note,
            remedy=REMEDY_OF_KEY,
        )


def _hold_against_exported(look: Callable[[int], tuple[int, bytes | None]]) -> None:
    """`look` tells how many leaves there are, and the root of the first so many; None where there are fewer."""
    note = exported_note()
    if note is None or is_signed_here(note):
        return
    exported = _open_exported(note)
    leaves, root = look(exported.size)
    if exported.size > leaves:
        raise RecordBehind(
            f"The record has {leaves} leaves, and {exported.size} were signed and exported. "
            "This looks like a restored backup. Nothing is signed until the newsroom says why it goes on from here.",
            note=note,
        )
    _refuse_forked(note, root)


def _recomputed(size: int) -> tuple[int, bytes | None]:
    log = recompute(sizes=[size])
    return log.size, log.roots.get(size)


def _from_kept_nodes(size: int) -> tuple[int, bytes | None]:
    leaves = leaf_count()
    return leaves, log_tree(size=size).root if size <= leaves else None


def exported_note() -> str | None:
    """The last exported checkpoint; None where none was. Raises ExportOutOfReach."""
    where = settings.RECORD_EXPORT_DIR / EXPORTED
    try:
        return where.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ExportOutOfReach(
            "The last exported checkpoint cannot be read. Nothing is signed until it can.",
            note="",
            remedy=f"{error.strerror}: {where}. Mount its folder again where that is another machine’s; what root "
            "wrote there, chown to the newsroom’s account.",
        ) from error


def keep_exported(note: str) -> None:
    """Write the checkpoint beside the exports, whole or not at all; never one of fewer leaves over one of more."""
    folder, kept = settings.RECORD_EXPORT_DIR, exported_note()
    if kept is not None and (kept == note or _claimed(kept)[0] > _claimed(note)[0]):
        return
    folder.mkdir(parents=True, exist_ok=True)
    # Another worker may write one at this moment: each has a draft of its own.
    draft = folder / f".{EXPORTED}.{token_hex(4)}.new"
    try:
        draft.write_text(note, encoding="utf-8")
        draft.replace(folder / EXPORTED)
    finally:
        draft.unlink(missing_ok=True)


def acknowledge(*, reason: str, now: datetime) -> Leaf | None:
    """Log that the record goes on although a checkpoint contradicts it, for a reason that everybody can read.

    The exported checkpoint is set aside, and the next one signed takes its place. None where nothing contradicts
    the record, and then nothing is written. Raises ExportOutOfReach, which says nothing against it.
    """
    try:
        refuse_contradicted()
        if latest := latest_checkpoint():
            _leaves, root_now = _recomputed(latest.size)
            _refuse_forked_from_last(latest, root_now)
    except ExportOutOfReach:
        raise
    except RecordContradicted as contradicted:
        size, root = _claimed(contradicted.note)
        with transaction.atomic():
            leaf = add_leaf(
                lambda index, _previous: acknowledgement_leaf(
                    index=index, recorded_at=iso_utc(now) or "", reason=reason, size=size, root=root
                ),
                kind=LeafKind.ACKNOWLEDGEMENT,
            )
        if contradicted.note == exported_note():
            aside = settings.RECORD_EXPORT_DIR / f"{EXPORTED}.set-aside-{now:%Y%m%dT%H%M%SZ}"
            (settings.RECORD_EXPORT_DIR / EXPORTED).replace(aside)
        return leaf
    return None


def acknowledgements() -> QuerySet[Leaf]:
    """The leaves that acknowledge something, newest first; found by being of no story, for which there is an index."""
    return Leaf.objects.filter(article=None, kind=LeafKind.ACKNOWLEDGEMENT).order_by("-index")


def is_acknowledged(note: str) -> bool:
    """Whether a leaf says that the log goes on past this checkpoint, whoever has signed it."""
    rows = acknowledgements().values_list("data", flat=True)
    said = [fields for data in rows if (fields := read_fields(data))]
    return any((fields["exported_size"], fields["exported_root"]) == _claimed(note) for fields in said)


def _sign(size: int, root: bytes, *, now: datetime) -> Checkpoint:
    key = signing_key()
    note = key.sign(str(signed_note.Checkpoint(key.name, size, root)))
    try:
        with transaction.atomic():
            return Checkpoint.objects.create(size=size, note=note, signed_at=now)
    except IntegrityError:  # Another worker has just signed the same leaves.
        return Checkpoint.objects.get(size=size)


def is_signed_here(note: str) -> bool:
    """Whether it is of this log, as it nearly always is: then it is found at once."""
    signed = Checkpoint.objects.filter(size=claimed_size(note), size__lte=leaf_count())
    return note in signed.values_list("note", flat=True)


def _refuse_forked_from_last(latest: Checkpoint, root: bytes | None) -> None:
    """Hold the log against its own last checkpoint, which nobody can set aside: an acknowledgement does."""
    if not is_acknowledged(latest.note):
        _refuse_forked(latest.note, root)


def _refuse_forked(note: str, root: bytes | None) -> None:
    checkpoint = _open_exported(note)
    if root != checkpoint.root:
        raise RecordForked(
            f"The first {checkpoint.size} leaves of the record are not those that were signed. "
            "Nothing is signed until the newsroom says why it goes on from here.",
            note=note,
        )


def _open_exported(note: str) -> signed_note.Checkpoint:
    try:
        return signed_note.open_checkpoint(note, verifier_keys([note]))
    except NoteError as error:
        where = settings.RECORD_EXPORT_DIR / EXPORTED
        raise ExportUnreadable(
            f"The last exported checkpoint cannot be believed: {error}.",
            note=note,
            remedy=f"It is {where}. If the signing key was changed, name the former one in RECORD_FORMER_KEYS. "
            f"Otherwise: {REMEDY}",
        ) from error


def claimed_size(note: str) -> int:
    """How many leaves a note says that it covers; nought where it cannot be read."""
    return _claimed(note)[0]


def _claimed(note: str) -> tuple[int, str]:
    """The size and root that a note claims, signed or not."""
    try:
        claimed = signed_note.Checkpoint.parse(note)
    except NoteError:
        return 0, ""
    return claimed.size, claimed.root.hex()


def _names(note: str) -> list[str]:
    try:
        return signer_names(note)
    except NoteError:
        return []
