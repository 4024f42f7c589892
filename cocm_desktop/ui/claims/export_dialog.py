"""Writing a month's claims into a file, with what is not ready and why."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.claims import FileRequest, Filing, read_filing, write_claims
from cocm_desktop.domain.billing.claim_file import ClaimFileKind, FilingRow
from cocm_desktop.domain.billing.filing import Rank
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of, dollars
from cocm_desktop.ui.claims.detail_card import DetailCard
from cocm_desktop.ui.claims.table_dialog import TableDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.file_choice import ask_folder
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.table import Column, Table
from cocm_desktop.ui.widgets.tick_table import TickTable

DETAIL_LINES = 5


class ExportClaimsDialog(TableDialog):
    """What is ticked goes into one file, at first all that is ready; the rest says why not."""

    def __init__(self, desk: Desk, month: ServiceMonth, parent: QWidget | None = None) -> None:
        self.claims = TickTable(self.tr("Export claims"), _key)
        super().__init__(desk, self.tr("Export claims"), self.tr("&Write file…"), parent=parent)
        self._month = month
        self._filing: Filing | None = None
        kinds = [
            (ClaimFileKind.PROFESSIONAL, self.tr("837P, for a clearinghouse or payer")),
            (ClaimFileKind.CSV, self.tr("CSV, a row for each line")),
        ]
        self.kind = ChoiceField[ClaimFileKind](kinds)
        self.kind.setAccessibleName(self.tr("Kind of file"))
        self.marks_sent = QCheckBox(self.tr("&Mark these bills as sent"))
        self.marks_sent.setChecked(True)
        self.model = self.show_columns(self._columns())
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Label(self.tr("Kind of file")))
        line.addWidget(self.kind)
        line.addWidget(self.marks_sent)
        line.addStretch(1)
        self.column.insertLayout(2, line)
        self.detail = DetailCard(DETAIL_LINES)
        self.insert_below_table(self.detail)
        self.main.setEnabled(False)

        self.claims.ticks_changed.connect(self._show_choice)
        self.kind.activated.connect(self._show_choice)
        self.table.selectionModel().currentRowChanged.connect(self._explain)
        self.main.clicked.connect(self._ask_folder)

    @property
    def chosen(self) -> tuple[FilingRow, ...]:
        """The claims that are ticked."""
        rows = self._filing.rows if self._filing else ()
        return tuple(row for row in rows if _key(row) in self.claims.ticked)

    @override
    def new_table(self, name: str) -> Table:
        return self.claims

    @override
    def open(self) -> None:
        self.desk.read(partial(read_filing, month=self._month), self._show)
        super().open()

    def write(self, folder: Path) -> None:
        """Write what is ticked into a folder."""
        self.problems.clear_problems()
        self.set_busy(busy=True)
        request = FileRequest(
            month=self._month,
            kind=self.kind.choice(),
            keys=frozenset(row.key for row in self.chosen),
            again=not all(row.is_due for row in self.chosen),
            marks_sent=self.marks_sent.isChecked(),
        )
        action = partial(write_claims, request=request, path=folder)
        done = partial(self._written, folder)
        self.desk.do(action, done=done, refused=self.show_error, failed=self.show_error)

    def _written(self, folder: Path) -> None:
        words = self.tr("The claims were written to %1.").replace("%1", str(folder))
        self.desk.told.emit(words)
        self.finish()

    def _show(self, filing: Filing) -> None:
        self._filing = filing
        self.model.show_rows(filing.rows)
        self.claims.tick(row.key for row in filing.due)
        first = next((place for place, row in enumerate(filing.rows) if row.problems), 0)
        self.table.select_row(first)
        self._explain()
        if not filing.settings.makes_claim_files:
            self.kind.choose(ClaimFileKind.CSV)
        self._show_choice()

    @Slot(QModelIndex, QModelIndex)
    def _explain(self, *_rows: QModelIndex) -> None:
        """Show what keeps the chosen claim back, a line for each."""
        row = self.model.row_at(self.table.currentIndex())
        if row is None:
            words = self.tr("Issue superbills of this month first; then their claims stand here.")
            self.detail.show_lines([(words, "secondary")])
            return
        bill = row.superbill
        title = f"{bill.number} · {bill.patient.name} · {bill.account_number}"
        told = [(problem.message, "") for problem in row.problems] or [(row.words, "secondary")]
        self.detail.show_lines([(title, "strong"), *told])

    @Slot()
    def _show_choice(self) -> None:
        """Say what stands in the way of the kind of file that is chosen."""
        filing = self._filing
        if filing is None:
            return
        is_x12 = self.kind.choice() is ClaimFileKind.PROFESSIONAL
        is_stopped = is_x12 and bool(filing.problems)
        is_test = is_x12 and not is_stopped and not filing.settings.is_production
        problems = [problem.message for problem in filing.problems] if is_x12 else []
        if is_test:
            problems.append(
                self.tr(
                    "The file is marked as a test until production is turned on in the settings "
                    "of charges. Bills of a test file stay as they are."
                )
            )
        if again := sum(not row.is_due for row in self.chosen):
            words = self.tr("%1 ticked went to the payer already. It denies what comes twice.")
            problems.append(words.replace("%1", count_of(again, "claim")))
        self.notices.show_notices(problems)
        self.marks_sent.setEnabled(not is_test)
        self.heading.setText(str(self._month))
        self.summary.setText(self._summary(filing))
        self.main.setEnabled(bool(self.chosen) and not is_stopped)

    def _summary(self, filing: Filing) -> str:
        """Say how many are ticked and what they come to, and how many cannot go."""
        if not filing.rows:
            return self.tr("No superbill of this month is issued yet.")
        cents = sum(row.superbill.total_cents or 0 for row in self.chosen)
        text = self.tr("%1 ticked, %2").replace("%1", count_of(len(self.chosen), "claim"))
        told = [text.replace("%2", dollars(cents))]
        if filing.kept_back:
            kept_back = count_of(len(filing.kept_back), "claim")
            told.append(self.tr("%1 not ready").replace("%1", kept_back))
        return " · ".join(told)

    @Slot()
    def _ask_folder(self) -> None:
        ask_folder(self, self.tr("Write the file into which folder?"), self.write)

    def _columns(self) -> list[Column[FilingRow]]:
        return [
            Column(
                self.tr("Goes"),
                lambda row: _key(row) in self.claims.ticked,
                lambda is_ticked: self.tr("ticked") if is_ticked else "",
                width=56,
            ),
            Column(self.tr("Claim"), _chip, lambda chip: chip.text, width=112),
            Column(self.tr("Number"), lambda row: row.superbill.number, width=116),
            Column(self.tr("Patient"), lambda row: row.superbill.patient.name, width=160),
            Column(self.tr("Payer"), lambda row: row.payer_words, width=180),
            Column(self.tr("Codes"), lambda row: row.superbill.code_words, width=130),
            Column(
                self.tr("Charge"),
                lambda row: row.superbill.total_cents or 0,
                dollars,
                right=True,
                width=84,
            ),
            Column(
                self.tr("What keeps it back"),
                lambda row: row.words if row.problems else "",
                hint=lambda row: "\n".join(problem.message for problem in row.problems),
                width=0,
            ),
        ]


def _chip(row: FilingRow) -> Chip:
    if row.problems:
        return Chip("Not ready", Tone.MODERATE)
    return Chip(row.words, Tone.MINIMAL if row.is_due else Tone.NEUTRAL)


def _key(row: FilingRow) -> Rank | None:
    """Give what a claim that can go out is known by."""
    return row.key if row.may_go_again else None
