"""The history and protected records on the chart's tab: what is shown, offered and stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.background import note_history, read_background, record_part2
from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import (
    PART2_NOTICE,
    HistoryKind,
    HistoryNoteDraft,
    Part2ConsentDraft,
    Part2RecordDraft,
)
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.ui.background.dialogs import HistoryDialog, Part2ConsentDialog, Part2Dialog
from cocm_desktop.ui.background.part import BackgroundPart
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.patient_banner import PatientBanner
from tests.ui.hands import click

NOTED = date(2026, 11, 2)


@pytest.fixture
def part(window: QWidget, desk: Desk) -> BackgroundPart:
    part = BackgroundPart(desk, window)
    part.resize(1200, 700)
    part.show()
    return part


@pytest.fixture
def show(
    part: BackgroundPart, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> Callable[[], None]:
    """Show what is recorded of Maria now."""
    del maria
    return lambda: part.show_chart(read_chart(workspace, maria_patient))


def press(section: QWidget, words: str) -> None:
    [button] = [each for each in section.findChildren(Button) if each.accessibleName() == words]
    click(button)


def opened(part: BackgroundPart, kind: type[PatientDialog]) -> PatientDialog:
    [dialog] = [each for each in part.findChildren(kind) if each.isVisible()]
    return dialog


def test_a_part_of_the_history_is_recorded_and_written_anew(
    part: BackgroundPart, show: Callable[[], None], workspace: Workspace, maria_patient: PatientId
) -> None:
    show()
    assert part.history.nothing.isVisibleTo(part)
    press(part.history, "Record history")
    first = opened(part, HistoryDialog)
    assert isinstance(first, HistoryDialog)
    first.kind.choose(HistoryKind.SOCIAL)
    first.words.setPlainText("Lives alone.")
    click(first.save)

    show()
    press(part.history, "Write anew")
    again = opened(part, HistoryDialog)
    assert isinstance(again, HistoryDialog)
    assert (again.words.text(), again.kind.isEnabled()) == ("Lives alone.", False)
    again.words.setPlainText("Lives with her sister.")
    click(again.save)

    found = read_background(workspace, maria_patient)
    assert [note.words for note in found.notes] == ["Lives alone.", "Lives with her sister."]
    assert [note.words for note in found.history] == ["Lives with her sister."]


def test_an_empty_note_is_refused_beside_its_field(
    part: BackgroundPart, show: Callable[[], None], workspace: Workspace, maria_patient: PatientId
) -> None:
    show()
    press(part.history, "Record history")
    dialog = opened(part, HistoryDialog)

    click(dialog.save)

    assert dialog.isVisible()
    assert read_background(workspace, maria_patient).notes == ()


def test_a_protected_record_is_shown_once_its_consent_is_typed(
    part: BackgroundPart, show: Callable[[], None], desk: Desk
) -> None:
    show()
    press(part.records, "Add protected record")
    dialog = opened(part, Part2Dialog)
    assert isinstance(dialog, Part2Dialog)
    dialog.program.setText("Elm House")
    dialog.words.setPlainText("Methadone 80 mg.")
    click(dialog.save)
    show()
    assert "left out: no consent on file" in part.records.detail.text()

    press(part.records, "Consent")
    consent = opened(part, Part2ConsentDialog)
    assert isinstance(consent, Part2ConsentDialog)
    consent.days.consent_on.set_day(desk.today())
    click(consent.save)

    show()
    assert "Methadone 80 mg." in part.records.detail.text()
    assert PART2_NOTICE in part.records.detail.text()


def test_the_banner_says_how_the_consent_stands(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, window: QWidget
) -> None:
    del maria
    banner = PatientBanner(window)
    ended = Part2ConsentDraft(NOTED, NOTED + timedelta(days=1))
    record_part2(
        workspace,
        Part2RecordDraft(maria_patient, "Elm House", "Methadone 80 mg.", NOTED, ended),
    )

    banner.show_chart(read_chart(workspace, maria_patient))

    assert "consent expired on Nov 3, 2026" in banner.accessibleName()
    assert "Elm House" not in banner.accessibleName()


def test_each_can_be_voided(
    part: BackgroundPart, show: Callable[[], None], workspace: Workspace, maria_patient: PatientId
) -> None:
    note_history(workspace, HistoryNoteDraft(maria_patient, HistoryKind.FAMILY, "Mother.", NOTED))
    record_part2(workspace, Part2RecordDraft(maria_patient, "Elm House", "Methadone.", NOTED))
    wanted: list[Voidable] = []
    part.void_wanted.connect(wanted.append)
    show()

    press(part.history, "Void")
    press(part.records, "Void")

    assert [each.words for each in wanted] == [
        "Family: Mother.",
        "Protected record received on 11/02/2026",
    ]
    for each in wanted:
        each.void(workspace, "wrong patient")
    found = read_background(workspace, maria_patient)
    assert (found.notes, found.records) == ((), ())
