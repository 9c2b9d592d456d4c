"""How many of what a newsroom has, and where a row of the one belongs to a row of the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

PASSAGES_EACH = 10
CLAIMS_EACH = 3
LOOKS_DUE = 500
#: Hundreds at a hundred thousand stories; a newsroom with fewer has fewer people who write them.
_STORIES_A_PERSON, _FEWEST_PEOPLE = 333, 3
#: One of so many sources is quoted by many stories.
STORIES_A_QUOTED_SOURCE = 2_000
_LARGE = 2**32


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of each story ten passages; of each passage, but every tenth, a source of its own."""

    stories: int
    sources: int
    trail: int
    alerts: int

    def share(self, part: float) -> Sizes:
        return replace(
            self,
            stories=max(20, round(self.stories * part)),
            sources=max(20 * PASSAGES_EACH, round(self.sources * part)),
            trail=round(self.trail * part),
            alerts=round(self.alerts * part),
        )

    @property
    def passages(self) -> int:
        return self.stories * PASSAGES_EACH

    @property
    def people(self) -> int:
        return max(_FEWEST_PEOPLE, self.stories // _STORIES_A_PERSON)

    @property
    def hosts(self) -> int:
        return max(10, self.sources // 50)

    def source_of(self, passage: int) -> int:
        """Every tenth passage is of one of the few sources that many stories rest on."""
        own = 1 + (passage - 1) % self.sources
        return (
            1 + passage // 10 % max(1, self.sources // STORIES_A_QUOTED_SOURCE) if passage % 10 == 0 else own
        )

    def versions_of(self, story: int) -> int:
        """Most stories are published once; some follow the news for weeks; one in twenty is still a draft."""
        if story == 1:
            return 300
        if story % 1_000 == 500:
            return 60
        if story % 100 == 50:
            return 12
        if story % 20 == 0:
            return 0
        return {2: 3, 4: 2, 7: 2}.get(story % 10, 1)


FULL = Sizes(stories=100_000, sources=1_000_000, trail=5_000_000, alerts=1_000_000)


def chance_of(number: int) -> float:
    """From 0 to 1, the same for the same number (Knuth's multiplicative hash)."""
    return number * 2_654_435_761 % _LARGE / _LARGE


def host_of(source: int, hosts: int) -> int:
    """A few hosts have very many pages, and most have few."""
    return int(hosts * chance_of(source) ** 4)


def person_of(number: int, people: int) -> int:
    """A few people have very much to do."""
    return 1 + int(people * chance_of(number) ** 2)
