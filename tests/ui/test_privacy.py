"""The windows about a patient's privacy, and the page of the settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.privacy import read_privacy
from cocm_desktop.actions.privacy_request import ask_restriction, read_requests
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.privacy import Decision, Purpose, RestrictionDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.privacy.copy_dialog import CopyDialog
from cocm_desktop.ui.privacy.dialog import PrivacyDialog
from cocm_desktop.ui.privacy.forms import (
    AnswerAmendmentDialog,
    AskAmendmentDialog,
    AskRestrictionDialog,
    DecideRestrictionDialog,
    DisclosureDialog,
    ReasonDialog,
)
from cocm_desktop.ui.privacy.page import PrivacyPage
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.patient_banner import PatientBanner
from tests.ui.hands import click

ASKED = date(2026, 11, 2)


@pytest.fixture
def shown(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> PrivacyDialog:
    del maria
    subject = Subject.of_row(read_chart(workspace, maria_patient).row)
    dialog = PrivacyDialog(desk, subject, window)
    dialog.open()
    return dialog


def press(section: QWidget, words: str) -> None:
    [button] = [
        each
        for each in section.findChildren(Button)
        if words in (each.text(), each.accessibleName())
    ]
    click(button)


def opened(dialog: QDialog, kind: type[QDialog]) -> QDialog:
    [found] = [each for each in dialog.findChildren(kind) if each.isVisible()]
    return found


def test_what_was_given_out_is_recorded_listed_and_withdrawn(
    shown: PrivacyDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    press(shown.given_out, "Record by hand…")
    form = opened(shown, DisclosureDialog)
    assert isinstance(form, DisclosureDialog)
    form.recipient.setText("Elm County")
    form.what.setPlainText("Scores of October")
    form.purpose.choose(Purpose.OVERSIGHT)
    click(form.save)

    [kept] = read_privacy(workspace, maria_patient).disclosures.kept
    assert (kept.recipient, kept.purpose) == ("Elm County", Purpose.OVERSIGHT)
    assert shown.given_out.table.isVisible()
    assert shown.given_out.model.index(0, 3).data() == "Health oversight"
    assert shown.given_out.model.index(0, 4).data() == "Listed"
    press(shown.given_out, "Void")
    reason = opened(shown, ReasonDialog)
    assert isinstance(reason, ReasonDialog)
    reason.reason.setText("another patient")
    click(reason.save)
    assert read_privacy(workspace, maria_patient).disclosures.kept == ()


def test_a_restriction_goes_from_request_to_banner_to_its_end(
    shown: PrivacyDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    allow = next(b for b in shown.findChildren(Button) if b.text().startswith("Allow for"))
    assert not allow.isEnabled()
    press(shown.restrictions, "Record a request…")
    asked = opened(shown, AskRestrictionDialog)
    assert isinstance(asked, AskRestrictionDialog)
    asked.words.setPlainText("Nothing to my employer.")
    click(asked.save)
    assert shown.restrictions.model.index(0, 1).data() == "Not decided yet"
    press(shown.restrictions, "Decide…")
    decided = opened(shown, DecideRestrictionDialog)
    assert isinstance(decided, DecideRestrictionDialog)
    decided.decision.choose(Decision.ACCEPTED)
    click(decided.save)

    banner = PatientBanner(shown)
    banner.show_chart(read_chart(workspace, maria_patient))
    assert "Restriction: Nothing to my employer." in banner.accessibleName()
    for words, reason in (("Allow for 15 minutes…", "She called."), ("End…", "She asked.")):
        press(shown.restrictions, words)
        dialog = opened(shown, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        dialog.reason.setText(reason)
        click(dialog.save)
    [known] = read_requests(workspace, maria_patient).restrictions
    assert known.ended_on is not None
    assert read_chart(workspace, maria_patient).restriction == ""


def test_a_request_to_amend_is_answered(
    shown: PrivacyDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    press(shown.amendments, "Record a request…")
    asked = opened(shown, AskAmendmentDialog)
    assert isinstance(asked, AskAmendmentDialog)
    asked.words.setPlainText("I never took lithium.")
    click(asked.save)
    press(shown.amendments, "Answer…")
    answered = opened(shown, AnswerAmendmentDialog)
    assert isinstance(answered, AnswerAmendmentDialog)
    answered.decision.choose(Decision.DENIED)
    click(answered.save)
    assert "Say why it was denied" in answered.problems.text()
    answered.words.setPlainText("The pharmacy confirms it.")
    click(answered.save)

    [known] = read_requests(workspace, maria_patient).amendments
    assert known.decision is Decision.DENIED


def test_a_record_is_held_and_the_hold_lifted(
    shown: PrivacyDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    for words, reason in (("Hold…", "Suit of 2026"), ("Lift…", "settled")):
        press(shown.holds, words)
        dialog = opened(shown, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        dialog.reason.setText(reason)
        click(dialog.save)

    [hold] = read_privacy(workspace, maria_patient).holds
    assert hold.ends_on is not None


def test_a_copy_asks_only_for_what_its_purpose_needs_and_is_written(
    shown: PrivacyDialog, workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    press(shown.given_out, "Give a copy…")
    form = opened(shown, CopyDialog)
    assert isinstance(form, CopyDialog)
    assert not form.authority.isVisible()
    form.purpose.choose(Purpose.COURT)
    assert form.court_order.isVisible()
    form.save_to(tmp_path / "copy.zip")
    assert "Name the order" in form.problems.text()
    form.purpose.choose(Purpose.TO_PATIENT)

    form.save_to(tmp_path / "copy.zip")

    assert (tmp_path / "copy.zip").exists()
    assert len(read_privacy(workspace, maria_patient).disclosures.kept) == 1


def test_the_page_says_what_is_past_its_time_and_what_waits(
    window: QWidget, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    ask_restriction(workspace, RestrictionDraft(maria_patient, ASKED, "Nothing to my employer."))
    page = PrivacyPage(desk, window)

    page.read_again()

    assert "Kept 10 years after the last entry" in page.kept.text()
    assert page.asked.text() == "No request to amend a record waits for an answer."
