"""A spreadsheet shows what was written, and runs nothing."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.csv_file import csv_file

FORMULAS = [
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\n=1",
    "=cmd|' /C calc'!A0",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "\0=1+1",
    "|calc",
    "%0A",
]


def opened(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text):
    (_head, (cell,)) = opened(csv_file(["h"], [[text]]))

    assert cell.startswith("'")
    assert cell.replace("'", "") == text.replace("'", "").replace("\0", "")


def test_a_head_is_guarded_too():
    assert opened(csv_file(["=1"], [])) == [["'=1"]]


def test_numbers_stay_numbers_below_nothing_too():
    assert csv_file(["n"], [[-3], [2.5], [None]]).decode("utf-8-sig").splitlines() == ['"n"', "-3", "2.5", ""]


def test_excel_is_told_the_encoding_by_a_byte_order_mark():
    content = csv_file(["Überschrift"], [["café “x”"]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert opened(content) == [["Überschrift"], ["café “x”"]]


@pytest.mark.parametrize("breaks_at", [";", "\t"])
@pytest.mark.parametrize("before", [";", "\t", "x; ", 'x";"', "x\n", "x\r\n ", "x;;"])
def test_a_spreadsheet_that_breaks_lines_elsewhere_runs_nothing_either(before, breaks_at):
    """As those of countries do in which the comma stands in numbers."""
    content = csv_file(["h", "h"], [["x", f"{before}=1+1;y"]]).decode("utf-8-sig")

    rows = csv.reader(io.StringIO(content, newline=""), delimiter=breaks_at)

    assert not [cell for row in rows for cell in row if cell.strip('" ').startswith("=")]


def test_a_sign_amid_the_text_of_a_cell_stays_as_it_is():
    text = "Rain, -5 degrees; no wind = no ferry (50 % of them) @ noon"

    assert opened(csv_file(["h"], [[text]])) == [["h"], [text]]


def test_a_cell_of_nothing_but_blanks_takes_no_time():
    content = csv_file(["h"], [["x" + "\n" * 200_000 + "y"]])

    assert len(content) > 200_000


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_no_text_breaks_out_of_its_cell(cells):
    (_head, row) = opened(csv_file(["h"], [cells]))

    assert [cell.replace("'", "") for cell in row] == [cell.replace("'", "") for cell in cells]
    assert not any(cell.lstrip().startswith(tuple("=+-@")) for cell in row)
