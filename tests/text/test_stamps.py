"""The line under a headline that says when its story was published and changed."""

from datetime import date

import pytest

from stories.text.stamps import read_stamps

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Published March 3, 2024, 9:00 AM ET", [("published", "2024-03-03T09:00:00-05:00")]),
        ("Friday, March 1, 2024 at 9:00 AM", [("bare", "2024-03-01T09:00:00")]),
        ("First published on Sun 3 Mar 2024 09.00 GMT", [("published", "2024-03-03T09:00:00+00:00")]),
        ("2:45 PM · Mar 3, 2024", [("bare", "2024-03-03T14:45:00")]),
        ("March 3, 9:00 AM", [("bare", "2024-03-03T09:00:00")]),
        ("Date: 3 March 2024", [("published", None)]),
        (
            "PUBLISHED SUN, MAR 3 2024 9:00 AM EST UPDATED SUN, MAR 3 2024 10:10 AM EST",
            [("published", "2024-03-03T09:00:00-05:00"), ("modified", "2024-03-03T10:10:00-05:00")],
        ),
        (
            "March 3, 2024 (updated: March 4, 2024 10:00 a.m.)",
            [("bare", None), ("modified", "2024-03-04T10:00:00")],
        ),
        ("March 3, 2024 / 9:00 AM EST / City News", [("bare", "2024-03-03T09:00:00-05:00")]),
        ("Updated 9:05 a.m. ET", [("modified", None)]),
        (
            "Publicado el 3 de marzo de 2024 a las 9:00 | Actualizado el 4 mar. 2024, 18.10 h",
            [("published", "2024-03-03T09:00:00"), ("modified", "2024-03-04T18:10:00")],
        ),
        (
            "Publicado: 03/03/2024 09:00\nActualizado: 04/03/2024 18:30",
            [("published", "2024-03-03T09:00:00"), ("modified", "2024-03-04T18:30:00")],
        ),
        (
            "Publicado a las 9:00 del 3 de marzo de 2024 | Actualizado a las 18.10 h. del lunes 4 de marzo de 2024",
            [("published", "2024-03-03T09:00:00"), ("modified", "2024-03-04T18:10:00")],
        ),
        ("Published at: 4 March 2024, 18:30", [("published", "2024-03-04T18:30:00")]),
        ("Última actualización: lunes, 4 de marzo, 18:10 CET", [("modified", "2024-03-04T18:10:00+01:00")]),
        (
            "Domingo 3 de marzo de 2024 - 15:24 hs. (hora de Argentina)",
            [("bare", "2024-03-03T15:24:00-03:00")],
        ),
    ],
)
def test_a_line_of_times_tells_of_what_each_is(line, told):
    stamps = read_stamps(line, reference_date=DAY)

    assert [(stamp.occasion, stamp.at and stamp.at.isoformat()) for stamp in stamps] == told


@pytest.mark.parametrize(
    "line",
    [
        "On March 3, 2024 the port authority closed the bridge",
        "March 3, 2024: The bridge is closed",
        "Published in 2024, the report names nobody",
        "May 2024 was warm",
        "Updated hourly",
        "9:00 AM",
        "Correction, March 3, 2024",
        "El 3 de marzo de 2024 cerró el puente",
        "Publicado en 2024, el informe no nombra a nadie",
        "March 3, 2024" + " and March 4, 2024" * 20,
        "",
    ],
)
def test_a_line_that_says_anything_else_is_none(line):
    assert read_stamps(line, reference_date=DAY) == ()
