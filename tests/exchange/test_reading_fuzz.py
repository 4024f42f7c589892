"""Whatever stands in a file, reading it either refuses the whole or accounts for every line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocm_desktop.domain.column_guess import guess_mapping
from cocm_desktop.domain.import_preview import RowState
from cocm_desktop.domain.patient_list import PatientList
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.layout import laid_out
from cocm_desktop.exchange.preview import sorted_rows
from cocm_desktop.exchange.text_file import decoded
from cocm_desktop.exchange.text_table import records
from tests.exchange.lists import ANNA, BEN, HEADER, TODAY

# Coverage would take most of the time; other tests reach the same lines.
pytestmark = pytest.mark.no_cover

NAMES = ["Ng", "O'Brien", "null", "UNK", "Test", "García-López", "", "=1+1", "Smith, Jr."]
BIRTHS = ["04/05/1971", "1971-04-05", "31/12/1980", "26028", "", "1/1/2090", "1/1/1800", "13/40/1"]
CELLS = st.one_of(
    st.sampled_from([*NAMES, *BIRTHS, "F", "male", "5", '"', '""', "078-05-1120", "\0"]),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=12),
)
LINES = st.lists(CELLS, min_size=1, max_size=9).map(",".join)


def listed(text: str) -> PatientList | None:
    try:
        layout = laid_out(records(text))
    except Refused:
        return None
    return PatientList("f", "0", layout.columns, layout.rows, layout.notices, layout.has_header)


def previewed(patient_list: PatientList, today: date = TODAY) -> list[RowState]:
    mapping = guess_mapping(patient_list, today=today)
    return [row.state for row in sorted_rows(patient_list, mapping, [], today=today)]


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_every_line_below_the_header_belongs_to_one_row(lines: Sequence[str]) -> None:
    text = "\n".join([HEADER, ANNA, *lines, BEN])

    read = listed(text)

    assert read is not None
    physical = re.split(r"\r\n|\n|\r", text)
    covered = [line for row in read.rows for line in range(row.line, row.last_line + 1)]
    assert covered == sorted(set(covered))
    unseen = set(range(1, len(physical) + 1)) - set(covered)
    first = read.rows[0].line if read.rows else len(physical) + 1
    for line in unseen:
        cells = physical[line - 1].replace('"', "").replace("=", "").replace("'", "")
        assert line < first or not re.sub(r"[\s,;|\x00-\x20]", "", cells)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_rows_in_are_rows_new_here_possible_or_rejected(lines: Sequence[str]) -> None:
    read = listed("\n".join([HEADER, ANNA, *lines, BEN, ANNA]))

    assert read is not None
    assert len(previewed(read)) == len(read.rows)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    try:
        text, _notices = decoded(content)
    except Refused:
        return
    read = listed(text)

    if read is not None:
        assert len(previewed(read)) == len(read.rows)
