"""The front and the back of a packet with texts that nobody types."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cocm_desktop.domain.caseload_statistics import statistics_of
from cocm_desktop.domain.packet_options import Identity, PacketOptions
from cocm_desktop.domain.review_priority import LeftOut
from cocm_desktop.printing.agenda import agenda_pages
from cocm_desktop.printing.caseload_pages import caseload_pages
from cocm_desktop.printing.page import ROOM
from tests.builders import a_care_manager, a_packet, a_practice
from tests.printing.random_sheets import random_sheet

pytestmark = pytest.mark.no_cover

A_LITTLE = 0.01
LONG = "W" * 1_000


@pytest.mark.parametrize("identity", Identity)
def test_no_page_at_the_front_or_the_back_is_too_high(identity: Identity) -> None:
    sheets = tuple(map(random_sheet, range(24)))
    rows = tuple(sheet.chart.row for sheet in sheets)
    packet = replace(
        a_packet(rows=[]),
        practice=a_practice(name=LONG),
        care_managers=(a_care_manager(name=LONG),) * 6,
        sheets=sheets,
        left_out=tuple(LeftOut(sheet.entry, LONG) for sheet in sheets),
        caseload=rows,
        options=PacketOptions(identity),
        statistics=statistics_of(rows, care_managers=[a_care_manager()], reviewed={}),
    )

    front, back = agenda_pages(packet), caseload_pages(packet, {})

    assert max(page.height for page in (*front, *back)) <= ROOM + A_LITTLE
