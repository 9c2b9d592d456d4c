"""A plugin of pytest: on the services, run what may come out otherwise there, and leave out the rest.

What may: SQL of our own, constraints and triggers, locks and races, searches, order and collation, dates and JSON in
conditions, figures, plans of long lists, migrations, a move from one database to the other, the broker and the cache.
All of it is in the rooms that store, watch, tell, publish, search and count, which are run there but for what
`THE_SAME_EVERYWHERE` names. Of the rooms that face a person the files are named, in `OF_THE_FACES`, that have the
database count, search, sort, narrow or lock: what a page says, a form refuses or a role may see is decided in Python.
That every page of every room is answered there is held by `tests/test_every_address.py`.
"""

from pathlib import Path

import pytest

#: What needs no database may need a broker.
MEETS_THE_BROKER = ("tests/operating/test_broker.py",)
#: Who may see what is the same everywhere: there a stranger, whoever the story is of, and whoever may do anything ask
#: for every page.
OF_EACH_ROLE = "tests/test_every_address.py::test_each_address_answers_each_role_as_it_should["
ASKED_BY = tuple(f"{OF_EACH_ROLE}{role}]" for role in ("anonymous", "own", "superuser"))

FACES = (
    "tests/admin/",
    "tests/alerting/channels/",
    "tests/desk/",
    "tests/management/",
    "tests/probes/",
    "tests/reader/",
    "tests/signing_in/",
)
#: A file, or tests of a file by the beginning of their names.
OF_THE_FACES = (
    "tests/admin/test_audit.py",
    "tests/admin/test_find.py",
    "tests/admin/test_glance.py::test_a_spreadsheet_has_durations",
    "tests/admin/test_glance.py::test_each_need_leads",
    "tests/admin/test_glance.py::test_every_number",
    "tests/admin/test_glance.py::test_more_grave_alerts",
    "tests/admin/test_glance.py::test_of_a_large_newsroom",
    "tests/admin/test_glance.py::test_the_list_of_failing_quotes",
    "tests/admin/test_glance.py::test_the_page_asks",
    "tests/admin/test_glance.py::test_there_is_a_picture",
    "tests/admin/test_glance.py::test_times_and_weeks",
    "tests/admin/test_glance.py::test_what_is_done_to_all",
    "tests/admin/test_long_lists.py",
    "tests/admin/test_pages.py::test_a_list_asks",
    "tests/admin/test_pages.py::test_each_list_can_be_searched",
    "tests/admin/test_saved_filters.py::test_every_quick_filter",
    "tests/admin/test_saved_filters.py::test_the_list_of_stories",
    "tests/admin/test_source.py::test_the_picker",
    "tests/desk/test_following.py",
    "tests/desk/test_inbox.py",
    "tests/desk/test_news.py",
    "tests/desk/test_pages.py",
    "tests/desk/test_sources.py::TestFinding",
    "tests/desk/test_sources.py::test_a_source_has_changed",
    "tests/desk/test_sources.py::test_health_says",
    "tests/desk/test_sources.py::test_only_the_last_confirmed",
    "tests/desk/test_sources.py::test_the_list_asks",
    "tests/desk/test_sources.py::test_the_sources_of_others",
    "tests/management/test_search_index.py",
    "tests/management/test_thin_snapshots.py",
    "tests/management/test_tidy.py",
    "tests/management/test_verify_record.py",
    "tests/probes/",
    "tests/reader/test_asking.py",
    "tests/reader/test_memento.py::test_the_timegate_leads",
    "tests/reader/test_queries.py",
    "tests/reader/test_report.py::test_a_readers_address",
    "tests/reader/test_report.py::test_all_addresses",
    "tests/reader/test_report.py::test_one_address",
    "tests/reader/test_report.py::test_whoever_presses",
    "tests/reader/test_sitemaps.py",
    "tests/reader/test_trouble.py",
    "tests/signing_in/test_attacks.py::test_a_code_that_comes_twice",
    "tests/signing_in/test_attacks.py::test_a_link_that_two_follow",
    "tests/signing_in/test_attacks.py::test_a_recovery_code_that_comes_twice",
    "tests/signing_in/test_attacks.py::test_of_many_guesses_at_once",
    "tests/signing_in/test_attacks.py::test_who_is_right_breaks",
)
#: Of the other rooms, what stores or asks nothing that another test there does not: bytes from outside, words, and
#: what look after look comes to, of which `tests/watching/test_check_passages.py` writes every kind of row.
THE_SAME_EVERYWHERE = (
    "stories/text",
    "tests/alerting/test_message.py",
    "tests/alerting/test_unsubscribing.py",
    "tests/alerting/test_week.py",
    "tests/faults/test_loop.py",
    "tests/faults/test_table.py",
    "tests/importing/test_address.py",
    "tests/importing/test_archive.py",
    "tests/importing/test_hostile.py",
    "tests/publishing/test_record_doc.py",
    "tests/publishing/test_record_fuzz.py",
    "tests/publishing/test_suggested_note.py",
    "tests/publishing/test_tampering.py",
    "tests/security",
    "tests/test_audit.py",
    "tests/test_house.py",
    "tests/test_in_spanish.py",
    "tests/test_languages.py",
    "tests/test_messages.py",
    "tests/test_readme.py",
    "tests/test_secrets_in_logs.py",
    "tests/test_unmarked.py",
    "tests/test_webhook_docs.py",
    "tests/text",
    "tests/watching/test_again.py",
    "tests/watching/test_check_unread.py",
    "tests/watching/test_explain.py",
    "tests/watching/test_letting_go.py",
    "tests/watching/test_life.py",
    "tests/watching/test_memory.py",
    "tests/watching/test_misbehaving.py",
    "tests/watching/test_scenarios.py",
    "tests/watching/test_scenarios_of_rebuilt_pages.py",
    "tests/watching/test_strikes.py",
    "tests/watching/test_struck_through.py",
    "tests/watching/test_warc.py",
    "tests/web",
)


def what_matters_there() -> list[str]:
    """The arguments of pytest."""
    return ["-p", "tests.on_services", *(f"--ignore={path}" for path in THE_SAME_EVERYWHERE)]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """No file is imported of which nothing is run."""
    if not collection_path.name.startswith("test_"):
        return None
    file = collection_path.relative_to(config.rootpath).as_posix()
    named = any(test.startswith(file) or file.startswith(test) for test in OF_THE_FACES)
    return (file.startswith(FACES) and not named) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if not _matters(item)])
    items[:] = [item for item in items if _matters(item)]


def _matters(item: pytest.Item) -> bool:
    if item.nodeid.startswith(OF_EACH_ROLE):
        return item.nodeid in ASKED_BY
    if item.nodeid.startswith(FACES) and not item.nodeid.startswith(OF_THE_FACES):
        return False
    marks = item.get_closest_marker("django_db") or item.get_closest_marker("services")
    stores = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(marks or stores or item.nodeid.startswith(MEETS_THE_BROKER))
