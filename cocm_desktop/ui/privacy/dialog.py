"""One patient's privacy: what was given out, what the patient asked for, what holds the record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.disclosure import print_accounting, void_disclosure
from cocm_desktop.actions.privacy import Privacy, read_privacy
from cocm_desktop.actions.privacy_request import (
    end_restriction,
    override_restrictions,
    void_amendment,
    void_restriction,
)
from cocm_desktop.actions.retention import lift_hold, place_hold
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.privacy import Amendment, Decision, Disclosure, Restriction
from cocm_desktop.domain.retention import RetentionHold, RetentionHoldDraft
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import short_date
from cocm_desktop.ui.chart.section import Section
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.privacy.copy_dialog import CopyDialog
from cocm_desktop.ui.privacy.forms import (
    Act,
    AnswerAmendmentDialog,
    AskAmendmentDialog,
    AskRestrictionDialog,
    DecideRestrictionDialog,
    DisclosureDialog,
    ReasonDialog,
)
from cocm_desktop.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import Column

WIDTH, HEIGHT = 940, 640


class PrivacyDialog(QDialog):
    """Four lists, each with what can be done; deciding is offered to administrators."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._subject = desk, subject
        self._decides = desk.may(Permission.DECIDE_PRIVACY)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Privacy"))
        open_at(self, WIDTH, HEIGHT)
        self.given_out = self._given_out()
        self.restrictions = self._restrictions()
        self.amendments = self._amendments()
        self.holds = self._holds()
        scroll = FormScroll()
        for section in (self.given_out, self.restrictions, self.amendments, self.holds):
            scroll.body.addWidget(section)
        scroll.body.addStretch(1)
        self.holds.setVisible(self._decides)
        buttons = QDialogButtonBox()
        buttons.addButton(Button(self.tr("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("Privacy"), "section"))
        column.addWidget(PatientStrip(subject))
        column.addWidget(scroll, 1)
        column.addWidget(buttons)
        desk.changed.connect(self._note_change)

    @override
    def open(self) -> None:
        self.read_again()
        super().open()

    def read_again(self) -> None:
        asked = partial(read_privacy, patient_id=self._subject.patient_id)
        self._desk.read(asked, self.show_privacy)

    def show_privacy(self, found: Privacy) -> None:
        today = self._desk.today()
        listed = {each.id for each in found.disclosures.accounting.listed}
        self.given_out.show_rows(
            [
                Column(self.tr("Date"), lambda each: each.disclosed_on, short_date, width=96),
                Column(self.tr("Given to"), lambda each: each.recipient, width=200),
                Column(self.tr("What"), lambda each: each.what, width=0),
                Column(self.tr("For"), lambda each: _cell(each.purpose.value), width=190),
                Column(
                    self.tr("Accounting"),
                    lambda each: self.tr("Listed") if each.id in listed else "",
                    width=92,
                ),
            ],
            found.disclosures.kept,
        )
        self.restrictions.show_rows(
            [
                Column(self.tr("Asked"), lambda each: each.asked_on, short_date, width=96),
                Column(self.tr("Standing"), lambda each: _cell(each.standing(today)), width=190),
                Column(self.tr("In the patient's words"), lambda each: each.words, width=0),
            ],
            found.requests.restrictions,
        )
        self.amendments.show_rows(
            [
                Column(self.tr("Asked"), lambda each: each.asked_on, short_date, width=96),
                Column(self.tr("Standing"), lambda each: _cell(each.standing(today)), width=240),
                Column(self.tr("In the patient's words"), lambda each: each.words, width=0),
            ],
            found.requests.amendments,
        )
        self.holds.show_rows(
            [
                Column(self.tr("From"), lambda each: each.begins_on, short_date, width=96),
                Column(
                    self.tr("Lifted"),
                    lambda each: short_date(each.ends_on) if each.ends_on else "",
                    width=96,
                ),
                Column(self.tr("Reason"), lambda each: each.reason, width=0),
            ],
            found.holds,
        )

    def _given_out(self) -> Section[Disclosure]:
        section: Section[Disclosure] = Section(
            self.tr("Given out"),
            self.tr("Nothing of this record has gone out yet."),
            describe=lambda each: "; ".join(filter(None, (each.address, each.authority))),
        )
        section.offer(PrimaryButton(self.tr("Give a copy…")), self._give_copy)
        section.offer(Button(self.tr("Record by hand…"), "plus"), self._open(DisclosureDialog))
        section.offer(Button(self.tr("Accounting"), "printer"), self._print_accounting)
        section.offer_for_row(DangerButton(self.tr("Void")), self._void(void_disclosure))
        return section

    def _restrictions(self) -> Section[Restriction]:
        section: Section[Restriction] = Section(
            self.tr("Restrictions"),
            self.tr("The patient has asked for none."),
            describe=lambda each: each.words,
        )
        ask = Button(self.tr("Record a request…"), "plus")
        section.offer(ask, self._open(AskRestrictionDialog))
        section.offer_for_row(
            Button(self.tr("Allow for 15 minutes…")),
            lambda _each: self._override(),
            when=lambda each: each.holds_on(self._desk.today()),
        )
        section.offer_for_row(
            Button(self.tr("Decide…")),
            lambda each: DecideRestrictionDialog(
                self._desk, self._subject, each, parent=self
            ).open(),
            when=lambda each: each.decision is Decision.OPEN,
            is_shown=self._decides,
        )
        section.offer_for_row(
            Button(self.tr("End…")),
            self._end,
            when=lambda each: each.holds_on(self._desk.today()),
            is_shown=self._decides,
        )
        section.offer_for_row(
            DangerButton(self.tr("Void")), self._void(void_restriction), is_shown=self._decides
        )
        return section

    def _amendments(self) -> Section[Amendment]:
        section: Section[Amendment] = Section(
            self.tr("Requests to amend"),
            self.tr("The patient has asked for none."),
            describe=lambda each: " ".join(
                filter(None, (each.words, each.decision_words, each.disagreement))
            ),
        )
        ask = Button(self.tr("Record a request…"), "plus")
        section.offer(ask, self._open(AskAmendmentDialog))
        section.offer_for_row(
            Button(self.tr("Answer…")),
            lambda each: AnswerAmendmentDialog(self._desk, self._subject, each, parent=self).open(),
            is_shown=self._decides,
        )
        section.offer_for_row(
            DangerButton(self.tr("Void")), self._void(void_amendment), is_shown=self._decides
        )
        return section

    def _holds(self) -> Section[RetentionHold]:
        section: Section[RetentionHold] = Section(
            self.tr("Holds on the record"),
            self.tr("Nothing holds it beyond its time. The program deletes no record in any case."),
        )
        section.offer(Button(self.tr("Hold…"), "plus"), self._hold)
        section.offer_for_row(
            Button(self.tr("Lift…")),
            self._lift,
            when=lambda each: each.holds_on(self._desk.today()),
        )
        return section

    def _open(self, dialog: Callable[[Desk, Subject, QWidget], QDialog]) -> Callable[[], None]:
        return lambda: dialog(self._desk, self._subject, self).open()

    def _ask_reason(self, act: Act) -> None:
        ReasonDialog(self._desk, self._subject, act, parent=self).open()

    def _void(
        self, act: Callable[..., Change]
    ) -> Callable[[Disclosure | Restriction | Amendment], None]:
        title, button = self.tr("Void"), self.tr("Void record")
        words = self.tr("It is kept and counts no more: for what was recorded in error.")

        def ask(each: Disclosure | Restriction | Amendment) -> None:
            def void(workspace: Workspace, *, reason: str) -> Change:
                return act(workspace, each.id, reason=reason)

            self._ask_reason(Act(title, words, button, void))

        return ask

    @Slot()
    def _give_copy(self) -> None:
        CopyDialog(self._desk, self._subject, self).open()

    @Slot()
    def _print_accounting(self) -> None:
        title = self.tr("Accounting of disclosures")
        make = partial(print_accounting, patient_id=self._subject.patient_id)
        preview(self._desk, PaperRequest(make, title, f"accounting-{self._desk.today()}"), self)

    def _end(self, each: Restriction) -> None:
        words = self.tr("From today on the practice is not bound by it: the patient agreed.")
        self._ask_reason(
            Act(
                self.tr("End the restriction"),
                words,
                self.tr("End restriction"),
                partial(end_restriction, restriction_id=each.id),
            )
        )

    @Slot()
    def _override(self) -> None:
        words = self.tr(
            "For 15 minutes you may print and export this patient's record in spite of the "
            "restriction. The audit keeps the reason. What was paid in full stays kept from the "
            "payer."
        )
        self._ask_reason(
            Act(
                self.tr("Allow for 15 minutes"),
                words,
                self.tr("Allow"),
                partial(override_restrictions, patient_id=self._subject.patient_id),
            )
        )

    @Slot()
    def _hold(self) -> None:
        patient_id = self._subject.patient_id

        def place(workspace: Workspace, *, reason: str) -> Change:
            return place_hold(workspace, RetentionHoldDraft(patient_id, reason))

        words = self.tr("The record is kept whatever its age: a suit, a complaint, an audit.")
        self._ask_reason(Act(self.tr("Hold the record"), words, self.tr("Hold"), place))

    def _lift(self, each: RetentionHold) -> None:
        self._ask_reason(
            Act(
                self.tr("Lift the hold"),
                each.reason,
                self.tr("Lift hold"),
                partial(lift_hold, hold_id=each.id),
            )
        )

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & (Topic.PRIVACY | Topic.LETTER) and self.isVisible():
            self.read_again()


def _cell(words: str) -> str:
    """Begin with a capital letter what also stands within a sentence."""
    return f"{words[:1].upper()}{words[1:]}"
