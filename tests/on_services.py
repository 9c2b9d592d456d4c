"""A plugin of pytest: on the services, leave out whatever meets neither a database nor a broker."""

import pytest

#: What needs no database may need a broker.
MEETS_THE_BROKER = ("tests/operating/test_broker.py",)
#: Who may see what is the same everywhere: there a stranger, whoever the story is of, and whoever may do anything ask
#: for every page.
OF_EACH_ROLE = "tests/test_every_address.py::test_each_address_answers_each_role_as_it_should["
ASKED_BY = tuple(f"{OF_EACH_ROLE}{role}]" for role in ("anonymous", "own", "superuser"))
#: What stores or asks nothing that another test here does not: words on pages and forms, letters, files and bytes.
#: That every page is answered there is held by `tests/test_every_address.py`; that lists, searches, filters, locks and
#: constraints are the same there, by the rooms below and by those files of the faces that are not named.
THE_SAME_EVERYWHERE = [
    "stories/text",
    "tests/admin/test_beside.py",
    "tests/admin/test_borrowed_words.py",
    "tests/admin/test_evidence.py",
    "tests/admin/test_intake.py",
    "tests/admin/test_kept_text.py",
    "tests/admin/test_publish.py",
    "tests/admin/test_quote_check.py",
    "tests/alerting/channels",
    "tests/alerting/test_message.py",
    "tests/desk/test_copies.py",
    "tests/desk/test_endpoints.py",
    "tests/desk/test_hearing.py",
    "tests/desk/test_lost_session.py",
    "tests/desk/test_lost_story.py",
    "tests/desk/test_unsubscribe.py",
    "tests/faults/test_loop.py",
    "tests/faults/test_table.py",
    "tests/importing/test_address.py",
    "tests/importing/test_archive.py",
    "tests/management/test_run_newsroom.py",
    "tests/publishing/test_record_doc.py",
    "tests/publishing/test_suggested_note.py",
    "tests/publishing/test_tampering.py",
    "tests/reader/test_caching.py",
    "tests/reader/test_card.py",
    "tests/reader/test_feeds.py",
    "tests/reader/test_hostile.py",
    "tests/reader/test_json_feed.py",
    "tests/reader/test_markup.py",
    "tests/reader/test_no_draft_leaks.py",
    "tests/reader/test_pages.py",
    "tests/reader/test_parted.py",
    "tests/reader/test_preview.py",
    "tests/reader/test_proof.py",
    "tests/reader/test_structured_data.py",
    "tests/reader/test_taken_down.py",
    "tests/security",
    "tests/signing_in/test_links.py",
    "tests/signing_in/test_own_choices.py",
    "tests/signing_in/test_second_factor.py",
    "tests/signing_in/test_single_sign_on.py",
    "tests/test_audit.py",
    "tests/test_house.py",
    "tests/test_in_spanish.py",
    "tests/test_messages.py",
    "tests/test_readme.py",
    "tests/test_unmarked.py",
    "tests/test_webhook_docs.py",
    "tests/text",
    "tests/watching/test_explain.py",
    "tests/watching/test_memory.py",
    "tests/watching/test_misbehaving.py",
    "tests/watching/test_scenarios.py",
    "tests/watching/test_warc.py",
    "tests/web",
]


def what_matters_there() -> list[str]:
    """The arguments of pytest."""
    return ["-p", "tests.on_services", *(f"--ignore={path}" for path in THE_SAME_EVERYWHERE)]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if not _meets_a_service(item)])
    items[:] = [item for item in items if _meets_a_service(item)]


def _meets_a_service(item: pytest.Item) -> bool:
    if item.nodeid.startswith(OF_EACH_ROLE):
        return item.nodeid in ASKED_BY
    marks = item.get_closest_marker("django_db") or item.get_closest_marker("services")
    stores = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(marks or stores or item.nodeid.startswith(MEETS_THE_BROKER))
