"""A remittance before it is posted: what each claim comes to, and why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.remittance import post_remittance
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.posting import (
    LineMatch,
    PostingRow,
    ReasonLine,
    RemittancePreview,
)
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOTHING, count_of, dollars, long_moment
from cocm_desktop.ui.billing.columns import TONES
from cocm_desktop.ui.claims.detail_card import DetailCard
from cocm_desktop.ui.claims.table_dialog import TableDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.table import Column

DETAIL_LINES = 10


class RemittanceDialog(TableDialog):
    """Nothing is stored until it is posted. The chosen claim is explained below the table."""

    def __init__(
        self, desk: Desk, preview: RemittancePreview, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, self.tr("Remittance"), self.tr("&Post"), parent=parent)
        self._preview = preview
        self.model = self.show_columns(self._columns())
        self.detail = DetailCard(DETAIL_LINES)
        self.insert_below_table(self.detail)
        self._show()

        self.main.clicked.connect(self._post)
        self.table.selectionModel().currentRowChanged.connect(self._explain)

    def _show(self) -> None:
        preview = self._preview
        self.heading.setText("\n".join(each.words for each in preview.file.payments))
        notices = [*preview.file.notices, *(check.words for check in preview.checks)]
        is_caution = bool(notices)
        if preview.posted_before is not None:
            words = self.tr("This file was posted on %1. It is not posted twice.")
            notices.insert(0, words.replace("%1", long_moment(preview.posted_before)))
        self.notices.show_notices(notices, is_caution=is_caution)
        self.model.show_rows(preview.rows)
        self.table.select_row(0)
        words = self.tr("%1, %2 with a bill of this practice")
        claims = count_of(len(preview.rows), "claim")
        self.summary.setText(words.replace("%1", claims).replace("%2", f"{preview.matched:,}"))
        may_post = self.desk.may(Permission.ISSUE_SUPERBILL)
        is_new = preview.posted_before is None and not preview.file.is_test
        self.main.setEnabled(may_post and is_new)
        self._explain()

    @Slot(QModelIndex, QModelIndex)
    def _explain(self, *_rows: QModelIndex) -> None:
        """Show the cards of the chosen claim's reasons, line by line."""
        row = self.model.row_at(self.table.currentIndex())
        self.detail.show_lines(_told(row) if row else ())

    @Slot()
    def _post(self) -> None:
        self.problems.clear_problems()
        self.set_busy(busy=True)
        action = partial(post_remittance, preview=self._preview)
        self.desk.do(action, done=self._posted, refused=self.show_error, failed=self.show_error)

    def _posted(self) -> None:
        claims = count_of(len(self._preview.rows), "claim")
        self.desk.told.emit(self.tr("Remittance posted: %1.").replace("%1", claims))
        self.finish()

    def _columns(self) -> list[Column[PostingRow]]:
        def amount(title: str, value: str) -> Column[PostingRow]:
            return Column(
                title, lambda row: getattr(row.claim, value), dollars, right=True, width=84
            )

        return [
            Column(self.tr("Bill after"), _chip, lambda chip: chip.text, width=88),
            Column(self.tr("Account"), lambda row: row.claim.account_number, width=164),
            Column(self.tr("Patient"), lambda row: row.patient_name or NOTHING, width=150),
            Column(self.tr("Decision"), lambda row: row.claim.status_words, width=160),
            amount(self.tr("Charge"), "charge_cents"),
            amount(self.tr("Allowed"), "allowed_cents"),
            amount(self.tr("Paid"), "paid_cents"),
            amount(self.tr("Patient owes"), "owed_cents"),
            Column(
                self.tr("To look at"),
                lambda row: row.problem_words or ("" if row.bill else row.words),
                hint=lambda row: row.problem_words or row.words,
                width=0,
            ),
        ]


def _chip(row: PostingRow) -> Chip:
    after: MonthState | None = row.state_after
    return Chip(after.value, TONES[after]) if after else Chip("No bill", Tone.NEUTRAL)


def _told(row: PostingRow) -> Iterator[tuple[str, str]]:
    """Say what is to be looked at, then each line with its reasons."""
    yield row.words, ""
    if row.problem_words:
        yield row.problem_words, "problem"
    if row.remarks:
        yield f"Remark codes: {', '.join(row.remarks)}", ""
    yield from _cards(row.reasons)
    for line in row.lines:
        yield _line_words(line), "strong"
        yield from _cards(line.reasons)


def _cards(reasons: tuple[ReasonLine, ...]) -> Iterator[tuple[str, str]]:
    for each in reasons:
        yield each.words, ""
        yield f"{each.card.code}: {each.card.meaning} {each.card.next_step}", "secondary"


def _line_words(line: LineMatch) -> str:
    paid = line.paid
    told = [
        f"{paid.code} × {paid.units}" if paid.units != 1 else paid.code,
        f"charged {dollars(paid.charge_cents)}",
        f"allowed {dollars(paid.allowed_cents)}",
        f"paid {dollars(paid.paid_cents)}",
    ]
    if line.difference_cents:
        more = "more" if line.difference_cents > 0 else "less"
        told.append(f"{dollars(abs(line.difference_cents))} {more} than expected")
    return " · ".join(told)
