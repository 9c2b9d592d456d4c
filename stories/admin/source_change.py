"""What an alert tells of one story's passages, and how its new wordings are taken into the story."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from stories.models import Alert, Article, Citation, Verdict
from stories.models.words import Outcome, VerdictWord
from stories.text.diff import WordChange, diff_words
from stories.text.printable import one_line

#: Words that stay on either side of the change when a long passage is quoted in a note.
WORDS_AROUND = 8
LONG = 240
_MARKUP = re.compile(r"([\\`*\[\]])|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A passage of the story that its source has reworded or dropped."""

    verdict: Verdict
    citation: Citation
    occurrences: int

    @property
    def is_reworded(self) -> bool:
        return self.verdict.verdict == VerdictWord.ALTERED and bool(self.verdict.wording)

    @property
    def is_settled(self) -> bool:
        """Whether the working copy quotes it otherwise already; readers do not have that yet."""
        return self.verdict.passage != self.citation.exact

    @property
    def is_takeable(self) -> bool:
        """Exactly one place in the body, so that there is no doubt which."""
        return self.is_reworded and not self.is_settled and self.occurrences == 1

    @property
    def changes(self) -> tuple[WordChange, ...]:
        return diff_words(self.verdict.passage, self.verdict.wording)


def source_changes(alert: Alert, article: Article) -> list[SourceChange]:
    """The latest verdict of the alert on each passage that story or readers still have so, reworded ones first."""
    verdicts = alert.verdicts.filter(citation__article=article).order_by("pk")
    latest = {
        verdict.citation_id: verdict for verdict in verdicts.select_related("citation", "found_by__source")
    }
    live = article.live_version
    read = {each["id"]: each["exact"] for each in live.frozen.get("citations", ())} if live else {}
    changes = [
        SourceChange(verdict, verdict.citation, article.body.count(verdict.passage))
        for verdict in latest.values()
        if verdict.verdict in (VerdictWord.ALTERED, VerdictWord.MISSING)
        and verdict.passage in (verdict.citation.exact, read.get(verdict.citation_id))
    ]
    return sorted(changes, key=lambda change: not change.is_reworded)


def body_with(body: str, changes: Iterable[SourceChange]) -> str:
    """The body with the new wordings in the places of the old."""
    for change in changes:
        body = body.replace(change.verdict.passage, as_markdown(change.verdict.wording), 1)
    return body


def as_markdown(wording: str) -> str:
    """Words from elsewhere mean themselves: no markup of theirs takes effect, and they stay in one paragraph."""
    plain = " ".join(wording.split()).replace("&", "&amp;").replace("<", "&lt;").replace("&amp; ", "& ")
    return _MARKUP.sub(lambda match: f"\\{match.group()}", plain)


def note_about(changes: Sequence[SourceChange]) -> str:
    """A note to readers in plain words and in their language, to be improved by an editor."""
    if not changes:
        return ""
    with override(settings.HOUSE_LANGUAGE):
        sentences = (
            [_("A source this story quotes has changed its wording.")] if changes[0].is_reworded else []
        )
        for change in changes:
            if change.is_reworded:
                before, after = _shortened(change.verdict.passage, change.verdict.wording)
                stop = "" if after.endswith((".", "!", "?")) else "."
                sentences.append(
                    _("Where it said “%(before)s”, it now says “%(after)s”%(stop)s")
                    % {"before": before.rstrip("."), "after": after, "stop": stop}
                )
            else:
                sentences.append(
                    _("The passage “%(passage)s” is no longer on the page it was taken from.")
                    % {"passage": change.verdict.passage}
                )
        return " ".join(sentences)


def note_about_page(alert: Alert) -> str:
    """The same where the alert tells of the page alone: only that it is gone is something for readers."""
    check = alert.checks.order_by("-pk").first()
    if check is None or check.outcome != Outcome.GONE:
        return ""
    with override(settings.HOUSE_LANGUAGE):
        return _("A page that this story quotes is no longer online.")


def _shortened(before: str, after: str) -> tuple[str, str]:
    """Long passages are cut to what changed, with a few words around it."""
    before, after = one_line(before), one_line(after)
    if max(len(before), len(after)) <= LONG:
        return before, after
    old, new = before.split(), after.split()
    start = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    shorter = min(len(old), len(new)) - start
    end = next((i for i in range(shorter) if old[-1 - i] != new[-1 - i]), shorter)
    return _cut(old, start, end), _cut(new, start, end)


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - WORDS_AROUND), min(len(words), len(words) - end + WORDS_AROUND)
    cut = " ".join(words[first:last])
    return f"{'… ' if first else ''}{cut}{' …' if last < len(words) else ''}"
