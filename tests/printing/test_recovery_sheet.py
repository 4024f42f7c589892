from __future__ import annotations

from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.printing.recovery_sheet import RecoverySheet, recovery_sheet
from tests.builders import TODAY
from tests.printing.read_back import reader, texts


def a_sheet() -> RecoverySheet:
    return RecoverySheet(generate(bytes(range(18))), "Riverbend Family Medicine", TODAY)


def test_the_sheet_shows_each_group_of_the_code_on_one_page() -> None:
    sheet = a_sheet()

    [page] = texts(recovery_sheet(sheet))

    places = [page.index(group) for group in sheet.code.groups]
    assert places == sorted(places)
    assert "Riverbend Family Medicine · made Nov 20, 2026" in page
    assert "Lock it away" in page


def test_the_code_is_not_in_what_the_file_tells_about_itself() -> None:
    sheet = a_sheet()

    metadata = reader(recovery_sheet(sheet)).metadata

    assert metadata is not None
    told = " ".join(map(str, metadata.values()))
    assert [group for group in sheet.code.groups if group in told] == []
