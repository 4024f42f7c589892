"""Why something is due: each rule with inputs, threshold, source and a way to change it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.due.why import WhyCard, WhyDialog
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.ui.hands import click, dialog_of


def the_row(workspace: Workspace) -> RegistryRow:
    [row] = read_registry(workspace).rows
    return row


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def test_what_is_due_says_why_with_threshold_source_and_a_way_to_the_rule(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    wanted: list[str] = []
    desk.setting_wanted.connect(wanted.append)
    actions = PatientActions(desk, window)
    actions.follow(the_row(workspace))
    actions.why.trigger()
    dialog = dialog_of(WhyDialog)
    cards = {card.accessibleName().split(":")[0]: card for card in dialog.findChildren(WhyCard)}

    words = words_in(cards["Long without contact"])
    cards["Long without contact"].change.click()

    assert "Long without contact (F6)" in words
    assert "Never reached since the start Oct 1, 2026" in words
    assert "Long without contact after: 60 days" in words
    assert "Source: AIMS caseload tracker" in words
    assert wanted == ["long_no_contact_days"]
    assert not dialog.isVisible()


def test_who_may_not_change_rules_is_not_led_there(
    window: QWidget, workspace: Workspace, maria: EpisodeId
) -> None:
    desk = Desk(as_role(workspace, Role.PSYCHIATRIC_CONSULTANT), InlineWork())

    dialog = WhyDialog(desk, the_row(workspace), window)

    cards = dialog.findChildren(WhyCard)
    assert cards
    assert all(card.change.isHidden() for card in cards)


def test_where_no_rule_holds_that_is_said(
    window: QWidget, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    dialog = WhyDialog(desk, the_row(workspace), window)

    assert "No rule names this patient" in words_in(dialog)
    click(dialog.done_button)
