"""The rows of the example newsroom: four people, five sources, two stories in all their versions."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.db import transaction

from stories.models import Article, Citation, Claim, Source, Update, User
from stories.models.history import acting_as
from stories.models.user import CHIEFS, EDITORS, REPORTERS
from stories.models.words import SourceKind, UpdateKind
from stories.publishing.publish import publish_article

TEXTS = Path(__file__).parent / "texts"
ZONE = ZoneInfo("America/New_York")
CHECK_INTERVAL_SECONDS = 20

EDITOR, CHIEF, REPORTER, SECOND_REPORTER = "ruth", "noor", "maya", "jonas"
PEOPLE = {
    EDITOR: ("Ruth", "Adeyemi", EDITORS),
    CHIEF: ("Noor", "Haddad", CHIEFS),
    REPORTER: ("Maya", "Torres", REPORTERS),
    SECOND_REPORTER: ("Jonas", "Weber", REPORTERS),
}

LEARNING = (
    "Our systems analyse customer data, including messages and files, to develop machine-learning models."
)
QUESTIONS_SLUG = "questions-to-ask-about-your-office-chat"
SLACK_SLUG = "slack-models-and-workspace-data"


@transaction.atomic
def load_example(*, passwords: Mapping[str, str], site: str, now: datetime) -> list[Article]:
    """Write the example newsroom; `site` is the address of its source site."""
    with acting_as("example"):
        people = {username: _add_person(username, password) for username, password in passwords.items()}
        sources = _add_sources(site)
        return [_tell_slack_story(people, sources, now), _tell_questions(people, sources, now)]


def _add_person(username: str, password: str) -> User:
    first_name, last_name, role = PEOPLE[username]
    person = User(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=f"{username}@newsroom.example",
        is_staff=role != REPORTERS,
    )
    person.set_password(password)
    person.save()
    person.groups.add(Group.objects.get(name=role))
    return person


def _add_sources(site: str) -> dict[str, Source]:
    pages = {
        "principles": ("Privacy principles", "privacy-principles.html"),
        "post": ("How we use customer data", "post-on-customer-data.html"),
        "help": ("Leaving the global models", "help-opting-out.html"),
    }
    sources = {
        name: Source.objects.create(
            title=title, url=f"{site}/{path}", check_interval_seconds=CHECK_INTERVAL_SECONDS
        )
        for name, (title, path) in pages.items()
    }
    sources["reply"] = Source.objects.create(title="The company’s reply on X", kind=SourceKind.POST)
    sources["spokesperson"] = Source.objects.create(
        title="A Salesforce spokesperson",
        kind=SourceKind.PERSON,
        note="Statement by e-mail to Maya; the full text is in the shared folder.",
    )
    return sources


def _tell_slack_story(people: Mapping[str, User], sources: Mapping[str, Source], now: datetime) -> Article:
    article = Article.objects.create(
        slug=SLACK_SLUG,
        headline="Slack trains its AI on your messages unless your boss objects",
        dek="The only way out is an e-mail that most employees cannot send.",
        body=_read("first.md"),
        byline="By Maya Torres",
    )
    article.reporters.add(people[REPORTER])
    _cite(article, sources["principles"], LEARNING, claim="Slack learns from messages and files by default.")
    _cite(
        article,
        sources["help"],
        "Opting out is done by e-mail, and only a workspace owner can ask for it",
        claim="A single employee cannot opt out.",
    )
    reply = "The models suggest channels and rank search results; they do not write"
    _cite(article, sources["reply"], reply, claim="The company says that the models do not write.")
    _publish(article, people, now, at=datetime(2024, 5, 17, 13, 10, tzinfo=ZONE))

    article.body = _read("second.md")
    article.save()
    customer_data = "None of our generative features is trained on customer data"
    _cite(
        article,
        sources["post"],
        customer_data,
        claim="Slack’s generative AI is not trained on customer data.",
    )
    signals = "de-identified, aggregated signals only"
    _cite(article, sources["post"], signals, claim="The recommendation models do not see what messages say.")
    repeat = "are built so that they cannot repeat what a customer wrote"
    _cite(
        article,
        sources["spokesperson"],
        repeat,
        claim="Salesforce says that the models cannot repeat messages.",
    )
    _publish(
        article,
        people,
        now,
        at=datetime(2024, 5, 18, 15, 24, tzinfo=ZONE),
        note="Slack has since explained its practices in a post. The story now includes what it says, and a "
        "statement from Salesforce.",
    )

    article.headline = "Slack builds its recommendation models with workspace data unless an owner opts out"
    article.body = _read("third.md")
    article.save()
    _publish(
        article,
        people,
        now,
        at=datetime(2024, 5, 19, 12, 41, tzinfo=ZONE),
        note="The headline and the first paragraph now say which models are meant, after Slack explained "
        "further how it uses customer data.",
    )
    return article


def _tell_questions(people: Mapping[str, User], sources: Mapping[str, Source], now: datetime) -> Article:
    article = Article.objects.create(
        slug=QUESTIONS_SLUG,
        headline="Three questions to ask before your office chat trains a model",
        dek="Start with whether anybody asked you.",
        body=_read("questions.md"),
        byline="By Jonas Weber",
    )
    article.reporters.add(people[SECOND_REPORTER])
    _cite(article, sources["principles"], LEARNING, claim="Services commonly learn from messages by default.")
    _publish(article, people, now, at=datetime(2024, 5, 20, 9, 0, tzinfo=ZONE))
    return article


def _cite(article: Article, source: Source, exact: str, *, claim: str) -> None:
    rests_on_it = Claim.objects.create(article=article, text=claim)
    Citation.objects.create(article=article, claim=rests_on_it, source=source, exact=exact)


def _publish(
    article: Article, people: Mapping[str, User], now: datetime, *, at: datetime, note: str = ""
) -> None:
    note_to_readers = Update(
        article=article, kind=UpdateKind.UPDATE, note=note, stated_at=at, stated_zone=ZONE.key
    )
    publish_article(
        article,
        updates=[note_to_readers] if note else [],
        by=people[EDITOR],
        now=now,
        stated_at=at,
        stated_zone=ZONE.key,
        stated_because="It was published elsewhere first; this is the example’s record of it.",
    )


def _read(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")
