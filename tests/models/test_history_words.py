"""What the newsroom writes into its history is told in the language of whoever reads it."""

import pytest
from django.utils.translation import override

from stories.models.history_words import told_actor, told_reason


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("published with version 3", "publicada con la versión 3"),
        ("Undone: Watched again.", "Deshecho: Se vuelve a vigilar."),
        ("merged into “A 100% “sure” page”", "fusionada con «A 100% “sure” page»"),
        ("A call from the company.", "A call from the company."),
    ],
)
def test_a_reason_that_is_the_newsrooms_own_is_translated(written: str, told: str) -> None:
    with override("es"):
        assert told_reason(written) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [("import (ruth)", "importación (ruth)"), ("ruth", "ruth"), ("important", "important")],
)
def test_a_task_is_called_by_its_name_and_a_person_by_theirs(written: str, told: str) -> None:
    with override("es"):
        assert told_actor(written) == told
