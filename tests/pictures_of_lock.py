"""Pictures of the lock and of drafts: the door as it stands there, an offer, the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.draft import keep_draft
from cocm_desktop.domain.draft import DraftPlace
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.drafts.list_dialog import DraftsDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from tests.pictures_of_patients import Stage, measured, opened

NOTE = "Sleeps through since the dose went up. Wants to try the walking group on"


def kept(stage: Stage) -> Subject:
    """Let somebody have typed a contact an hour ago, and leave a task half said."""
    subject = Subject.of_row(measured(stage))
    earlier = stage.workspace.now() - timedelta(hours=1)
    here = replace(stage.workspace, now=lambda: earlier)
    place = DraftPlace("contact", subject.patient_id)
    values = {"fields.note": NOTE, "fields.minutes": 12}
    keep_draft(here, place, values, title="Record contact", patient_id=subject.patient_id)
    keep_draft(here, DraftPlace("task"), {}, title="New task")
    return subject


def today(stage: Stage) -> QWidget:
    kept(stage)
    stage.window.go("today")
    stage.window.refresh()
    return stage.window


def offer(stage: Stage) -> QDialog:
    return opened(RecordContactDialog(stage.desk, kept(stage), stage.window))


def listed(stage: Stage) -> QDialog:
    kept(stage)
    return opened(DraftsDialog(stage.desk, stage.window))


def closing(stage: Stage) -> QDialog:
    """Show what closing a form asks in which something was typed."""
    dialog = RecordContactDialog(stage.desk, Subject.of_row(measured(stage)), stage.window)
    RecordDialog.open(dialog)
    if dialog.draft_offer is not None:
        dialog.draft_offer.go_on.click()
    dialog.note.setPlainText(NOTE)
    dialog.reject()
    question = dialog.findChild(Question)
    assert question is not None
    return question


SCREENS: dict[str, Callable[[Stage], QWidget]] = {"today-drafts": today}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "draft-offer": offer,
    "draft-list": listed,
    "draft-closing": closing,
}
