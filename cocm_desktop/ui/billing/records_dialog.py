"""A patient's consents, visits, other services and stays: what is on file, and how it is mended."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.outside_care import void_outside_care
from cocm_desktop.actions.proof_record import read_proof_records
from cocm_desktop.domain.billing.outside_care import Death
from cocm_desktop.domain.billing.proof_record import ProofRecord
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date, short_date
from cocm_desktop.ui.billing.care_dialogs import (
    DeathDialog,
    OtherServiceDialog,
    StayDialog,
    VisitDialog,
)
from cocm_desktop.ui.billing.consent_dialog import ConsentDialog, WithdrawConsentDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.list_dialog import PatientListDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.labels import EmptyState
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import Column

WIDTH, HEIGHT, MOST_ROWS = 820, 460, 8


class RecordsDialog(PatientListDialog[ProofRecord]):
    """`treats` is the practitioner who is offered first where one is to be chosen."""

    topics = Topic.BILLING | Topic.EPISODE

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        *,
        treats: StaffId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, desk.tr("Consent, visits and stays"), parent=parent)
        self._treats = treats
        open_at(self, WIDTH, HEIGHT)
        columns: tuple[Column[ProofRecord], ...] = (
            Column(self.tr("Date"), lambda each: each.day, short_date, width=104),
            Column(self.tr("What"), lambda each: each.kind, width=120),
            Column(self.tr("On file"), lambda each: each.words, width=0),
        )
        none = EmptyState("clipboard-list", self.tr("Nothing is on file"))
        self.list_by(columns, none, most_rows=MOST_ROWS)
        self.consent = Button(self.tr("Consent again…"))
        self.visit = Button(self.tr("Visit…"), "plus")
        self.service = Button(self.tr("Other service…"), "plus")
        self.stay = Button(self.tr("Stay…"), "plus")
        self.death = Button(self.tr("Day of death…"))
        self.withdraw = Button(self.tr("Withdraw consent…"))
        self.void = DangerButton(self.tr("Void…"))
        self.arrange(
            (self.visit, self.service, self.stay, self.consent, self.death),
            (self.withdraw, self.void),
        )
        self._connect()

    def show_records(self, found: tuple[ProofRecord, ...]) -> None:
        row = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(found)
        self.table.setVisible(bool(found))
        self.none.setVisible(not found)
        self.table.select_row(min(row, len(found) - 1))
        self._show_chosen()

    def _connect(self) -> None:
        self.visit.clicked.connect(self._add_visit)
        self.service.clicked.connect(self._add_service)
        self.stay.clicked.connect(self._add_stay)
        self.death.clicked.connect(self._add_death)
        self.consent.clicked.connect(self._consent_again)
        self.withdraw.clicked.connect(self._ask_to_withdraw)
        self.void.clicked.connect(self._ask_to_void)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)

    @override
    def read_again(self) -> None:
        asked = partial(
            read_proof_records,
            patient_id=self._subject.patient_id,
            episode_id=self._subject.episode_id or "",
        )
        self._desk.read(asked, self.show_records)

    @property
    def _consents(self) -> tuple[Consent, ...]:
        facts = (each.fact for each in self.model.rows)
        return tuple(fact for fact in facts if isinstance(fact, Consent))

    @Slot()
    def _show_chosen(self) -> None:
        fact = self.chosen.fact if self.chosen else None
        takes, records = Permission.TAKE_IN, self._desk.may(Permission.RECORD_VISIT)
        for button in (self.visit, self.service, self.stay):
            button.setEnabled(records)
        is_dead = any(isinstance(each.fact, Death | Episode) for each in self.model.rows)
        self.death.setEnabled(records and not is_dead)
        self.consent.setEnabled(self._desk.may(takes) and bool(self._consents))
        is_held = isinstance(fact, Consent) and fact.withdrawn_on is None
        self.withdraw.setEnabled(self._desk.may(takes) and is_held)
        is_elsewhere = isinstance(fact, Consent | Episode)
        self.void.setEnabled(records and fact is not None and not is_elsewhere)

    @Slot()
    def _add_visit(self) -> None:
        VisitDialog(self._desk, self._subject, treats=self._treats, parent=self).open()

    @Slot()
    def _add_service(self) -> None:
        OtherServiceDialog(self._desk, self._subject, treats=self._treats, parent=self).open()

    @Slot()
    def _add_stay(self) -> None:
        StayDialog(self._desk, self._subject, self).open()

    @Slot()
    def _add_death(self) -> None:
        DeathDialog(self._desk, self._subject, self).open()

    @Slot()
    def _consent_again(self) -> None:
        known = tuple(reversed(self._consents))
        ConsentDialog(self._desk, self._subject, known, treats=self._treats, parent=self).open()

    @Slot()
    def _ask_to_withdraw(self) -> None:
        if self.chosen and isinstance(self.chosen.fact, Consent):
            WithdrawConsentDialog(self._desk, self._subject, self.chosen.fact, parent=self).open()

    @Slot()
    def _ask_to_void(self) -> None:
        chosen = self.chosen
        if chosen is None or isinstance(chosen.fact, Consent | Episode):
            return
        fact = chosen.fact
        record = Voidable(
            f"{chosen.kind}, {long_date(chosen.day)}: {chosen.words}",
            self.tr("Months that are not issued yet are worked out without it."),
            lambda workspace, why: void_outside_care(workspace, type(fact), fact.id, reason=why),
        )
        VoidDialog(self._desk, self._subject, record, parent=self).open()
