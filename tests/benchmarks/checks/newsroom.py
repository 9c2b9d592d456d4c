"""Ours: the worker and the schedule as `run_newsroom` starts them, on a database full of cited pages."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from stories import tasks
from stories.management.commands.run_newsroom import make_machinery, renew_broker
from stories.management.supervisor import Child, Supervisor
from stories.models import Article, Check, Citation, Claim, Host, Source, User, Verdict, Watch
from tests.benchmarks.checks.figures import Figures, Meter
from tests.benchmarks.checks.site import HOSTS, PORT, address_of

PATIENCE_SECONDS = 300
#: What the worker runs under; the second look is called for by us, when the first of all pages is over.
ENVIRONMENT = {
    "WATCH_ALLOWED_PRIVATE": ",".join(f"{host}:{PORT}" for host in HOSTS),
    "WATCH_CONFIRM_SECONDS": "3600",
    "WATCH_INTERVAL_SECONDS": "36000",
    "LOG_LEVEL": "ERROR",
    "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
}


def cite_pages(passages: Mapping[int, Sequence[str]]) -> None:
    """A source for each page, by its number, and a story with a reporter that quotes its passages."""
    call_command("migrate", verbosity=0)
    reporter, _is_new = User.objects.get_or_create(username="reporter")
    reporter.groups.add(Group.objects.get(name="Reporters"))
    for number, quoted in passages.items():
        source = Source.objects.create(title=f"Page {number}", url=address_of(number))
        article = Article.objects.create(slug=f"story-{number}", headline=f"Story {number}", body="Text.")
        article.reporters.add(reporter)
        claim = Claim.objects.create(article=article, text="What the page says.")
        for exact in quoted:
            Citation.objects.create(article=article, claim=claim, source=source, exact=exact)


@contextmanager
def working(environment: dict[str, str], folder: Path) -> Iterator[list[Child]]:
    """The worker and the schedule, ready for work."""
    renew_broker(folder / "broker.sqlite3")
    children = make_machinery()
    supervisor = Supervisor(children, environment=environment, say=sys.stderr.write)
    try:
        supervisor.start()
        wait_for_the_worker()
        yield children
    finally:
        supervisor.stop()


def measure_phases(children: list[Child], count: int) -> Iterator[Figures]:
    """The phases that the others are measured in, and the second look that confirms what the first one found."""
    for phase, version in (
        ("first", "v1"),
        ("unchanged", "v1"),
        ("same text", "token"),
        ("changed", "v2"),
        ("changed, second look", "v2"),
    ):
        show(version)
        yield look_at_all(children, phase, count)


def look_at_all(children: list[Child], phase: str, count: int) -> Figures:
    """Make the cited pages due, and measure until each was looked at and everybody told."""
    began = timezone.now()
    with Meter(lambda: [child.process.pid for child in children if child.process]) as meter:
        Watch.objects.filter(source__title__startswith="Page ").update(due_at=began)
        tasks.tick.delay()
        _wait_until(lambda: Watch.objects.filter(checked_at__gte=began).count() >= count, phase)
        _wait_until(lambda: not _is_anything_untold(), f"{phase}: everybody told")
        # A host that is still held would put its page off to a later tick of the next phase.
        _wait_until(
            lambda: not Host.objects.filter(lease__isnull=False).exists(), f"{phase}: hosts given back"
        )
    checks = Check.objects.filter(started_at__gte=began)
    failed = checks.exclude(outcome__in=["unchanged", "noise", "changed"]).first()
    assert failed is None, f"{failed}: {failed.explanation}"
    figures = meter.figures("ours", phase, count)
    sys.stderr.write(
        f"{figures.phase}: {figures.cpu_ms:.2f} ms a check, {figures.checks_a_second:.0f} a second\n"
    )
    return figures


def show(version: str) -> None:
    """Have the site show another version of its pages."""
    opener = build_opener(ProxyHandler({}))
    opener.open(f"http://127.0.0.1:{PORT}/ctl/{version}", timeout=10).read()


def _is_anything_untold() -> bool:
    return Check.objects.untold().exists() or Verdict.objects.untold().exists()


def wait_for_the_worker() -> None:
    """It is there when it has done something: the tick gives a watch to every source."""
    tasks.tick.delay()
    _wait_until(lambda: not Source.objects.filter(watch__isnull=True).exists(), "the worker starts")


def _wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {PATIENCE_SECONDS} s: {what}")
        time.sleep(0.05)
