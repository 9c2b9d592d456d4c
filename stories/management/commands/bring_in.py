"""`manage.py bring_in FOLDER`: stories from files, a folder, a ZIP, an address or a web archive; and the undo."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from stories.importing.bulk import LARGEST_ZIP, Found, add_files, is_zip, list_folder, open_zip
from stories.importing.errors import ImportRefused
from stories.importing.intake import Choice, ask_to_undo_by_name, confirm_by_name, open_intake
from stories.importing.read import read_bytes
from stories.importing.work import end_reading, work_on
from stories.models import Intake
from stories.models.words import IncomingState, IntakeKind, IntakeMode

REFUSED = 2
ACTOR = "manage.py bring_in"


class Command(BaseCommand):
    help = (
        "Shows what would become of the stories in a folder, a ZIP or a file of text, Markdown or HTML, of the story "
        "at an address, or of its captures in a web archive (--archive). With --take they are taken in: as drafts, or "
        "with --record as versions that readers see. --undo takes back what a number of before has made."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", default="", help="a folder, a file, a ZIP, or an address")
        parser.add_argument(
            "--archive", action="store_true", help="the captures of the address in a web archive"
        )
        parser.add_argument("--take", action="store_true", help="take them in, and not only show them")
        parser.add_argument("--record", action="store_true", help="on the record, and not as drafts")
        parser.add_argument("--undo", type=int, metavar="NUMBER", help="take back what this intake has made")
        parser.add_argument("--zone", default=settings.TIME_ZONE, help="of times printed without one")

    def handle(self, *, what: str, undo: int | None, take: bool, record: bool, **options: Any) -> None:
        try:
            if undo is not None:
                intake = self._undo(undo)
            else:
                intake = self._read(what, zone=options["zone"], is_archive=options["archive"])
                if take:
                    self._take(intake, mode=IntakeMode.RECORDED if record else IntakeMode.DRAFT)
        except ImportRefused as refusal:
            raise CommandError(f"{refusal} Nothing was written.", returncode=REFUSED) from refusal
        self._report(intake)

    def _read(self, what: str, *, zone: str, is_archive: bool) -> Intake:
        if not what:
            raise CommandError("Name a folder, a file, a ZIP or an address.", returncode=REFUSED)
        now = timezone.now()
        if "://" in what:
            kind = IntakeKind.ARCHIVE if is_archive else IntakeKind.ADDRESS
            intake = open_intake(kind, name=what, address=what, zone=zone, by=None, now=now, asker=ACTOR)
            self._work(intake, "Reading")
            return intake
        files = list(_list_files(Path(what)))
        intake = open_intake(IntakeKind.COMMAND, name=what, zone=zone, by=None, now=now, asker=ACTOR)
        # Its own until it is read: no worker could carry it on.
        intake.take_lease(now=now, until=now + timedelta(days=1))
        with self._progress() as progress:
            for _ in progress.track(add_files(intake, files, now=timezone.now), total=len(files)):
                pass
        end_reading(intake, now=timezone.now())
        intake.move_on(lease=None, leased_until=None)
        return intake

    def _take(self, intake: Intake, *, mode: IntakeMode) -> None:
        if not intake.is_ready:
            return
        proposed = intake.stories.filter(state=IncomingState.PROPOSED)
        because = "It was published elsewhere before."
        confirm_by_name(
            intake, choices={each.pk: Choice(because=because) for each in proposed}, mode=mode, by=ACTOR
        )
        self._work(intake, "Taking in")

    def _undo(self, number: int) -> Intake:
        intake = Intake.objects.filter(pk=number).first()
        if intake is None:
            raise CommandError(f"Nothing was brought in under the number {number}.", returncode=REFUSED)
        ask_to_undo_by_name(intake, by=ACTOR, now=timezone.now())
        self._work(intake, "Undoing")
        return intake

    def _work(self, intake: Intake, doing: str) -> None:
        with self._progress() as progress:
            bar = progress.add_task(doing, total=None)
            while work_on(intake, now=timezone.now):
                progress.update(bar, completed=intake.done_count, total=intake.total_count or None)
        intake.refresh_from_db()

    def _progress(self) -> Progress:
        return Progress(console=Console(stderr=True), transient=True)

    def _report(self, intake: Intake) -> None:
        self.stdout.write(
            f"{intake.name} (number {intake.pk}): {intake.get_state_display()}. {intake.message}".strip()
        )
        for incoming in intake.stories.select_related("article"):
            link = f" {settings.SITE_URL}{incoming.article.get_absolute_url()}" if incoming.article else ""
            said = f": {incoming.message}" if incoming.message else ""
            self.stdout.write(f"  {incoming.get_state_display():<15} {incoming.name}{said}{link}")
        if intake.is_ready:
            self.stdout.write("Nothing was taken in yet: --take does it, or confirm it in the admin:")
            self.stdout.write(f"  {settings.SITE_URL}{intake.get_absolute_url()}")


def _list_files(path: Path) -> Iterator[Found]:
    if path.is_dir():
        yield from list_folder(path)
        return
    body = read_bytes(path, most=LARGEST_ZIP)
    if is_zip(body):
        yield from open_zip(body, name=str(path))
    else:
        yield path.name, lambda: body
