"""The filter builder: conditions that all hold or any of them, with a live count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from cocm_desktop.domain.filter_field import FIELDS, Field
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.row_filter import (
    MOST_CONDITIONS,
    NO_FILTER,
    Condition,
    Match,
    RowFilter,
    choices_of,
)
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Refused
from cocm_desktop.ui.registry.condition_line import ConditionLine
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel

PAUSE_MS = 60


class FilterDialog(QDialog):
    """Counts over the patients it is given; nothing is asked of the file."""

    chosen = Signal(object)
    """The RowFilter wanted."""
    view_wanted = Signal(object)
    """The RowFilter, to be shown and then saved as a view."""

    def __init__(
        self, current: RowFilter, rows: Sequence[RegistryRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Filter"))
        self._rows = tuple(rows)
        self.lines: list[ConditionLine] = []
        self.match = ChoiceField(
            [(Match.ALL, self.tr("all of these hold")), (Match.ANY, self.tr("any of these holds"))]
        )
        self.add = LinkButton(self.tr("Add a condition"), "plus")
        self.words = Label("", wraps=True)
        self.count = Label("", "strong")
        self.problems = ProblemLabel()
        self.apply = PrimaryButton(self.tr("Show these patients"))
        self.save_view = Button(self.tr("Save as a view…"), "device-floppy")
        self.remove_all = Button(self.tr("Remove the filter"))
        self.cancel = Button(self.tr("Cancel"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._build()
        self._connect()
        self.match.choose(current.match)
        for condition in current.conditions or (Condition(FIELDS[0], FIELDS[0].operators[0]),):
            self.add_line(condition)
        self._show_count()

    @property
    def filter(self) -> RowFilter:
        return RowFilter(tuple(line.condition for line in self.lines), self.match.choice())

    def add_line(self, condition: Condition | None = None) -> ConditionLine:
        """Add a line, and put the cursor into it."""
        line = ConditionLine(self._choices_of, condition)
        line.changed.connect(self._pause.start)
        line.removed.connect(self._remove)
        self.lines.append(line)
        self._list.addWidget(line)
        self.add.setEnabled(len(self.lines) < MOST_CONDITIONS)
        line.field.setFocus()
        return line

    def _build(self) -> None:
        self.match.setAccessibleName(self.tr("How the conditions work together"))
        self.apply.setDefault(True)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Label(self.tr("Show patients where")))
        top.addWidget(self.match)
        top.addStretch(1)
        self._scroll = FormScroll()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._scroll.body.addLayout(self._list)
        self._scroll.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._scroll.body.addStretch(1)
        buttons = QDialogButtonBox()
        buttons.addButton(self.apply, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.save_view, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.remove_all, QDialogButtonBox.ButtonRole.ResetRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), "section"))
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.words)
        column.addWidget(self.count)
        column.addWidget(self.problems)
        column.addWidget(buttons)
        theme = theme_of(self)
        self.setMinimumSize(theme.px(660), theme.px(380))
        buttons.accepted.connect(self._apply)
        buttons.rejected.connect(self.reject)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add_line)
        self.match.currentIndexChanged.connect(self._show_count)
        self.save_view.clicked.connect(self._save_view)
        self.remove_all.clicked.connect(self._remove_filter)
        self._pause.timeout.connect(self._show_count)

    def _choices_of(self, field: Field) -> tuple[str, ...]:
        return choices_of(field, self._rows)

    @Slot()
    def _add_line(self) -> None:
        self.add_line()
        self._show_count()

    @Slot(object)
    def _remove(self, line: ConditionLine) -> None:
        self.lines.remove(line)
        self._list.removeWidget(line)
        line.deleteLater()
        self.add.setEnabled(True)
        self.add.setFocus()
        self._show_count()

    @Slot()
    def _show_count(self) -> None:
        """Say how many patients match; while a line is unfinished, only the others count."""
        self.problems.clear_problems()
        whole = tuple(c for c in self.filter.conditions if not c.problem())
        found = RowFilter(whole, self.match.choice())
        self.words.setText(found.words or self.tr("Without a condition everybody is shown."))
        patients = count_of(len(found.apply(self._rows)), "patient")
        of = self.tr("%1 of %2").replace("%1", patients).replace("%2", f"{len(self._rows):,}")
        self.count.setText(of)

    @Slot()
    def _apply(self) -> None:
        accepted = self._accepted()
        if accepted is not None:
            self.chosen.emit(accepted)
            self.accept()

    @Slot()
    def _save_view(self) -> None:
        accepted = self._accepted()
        if accepted is not None:
            self.view_wanted.emit(accepted)
            self.accept()

    def _accepted(self) -> RowFilter | None:
        try:
            return self.filter.accept()
        except Refused as refusal:
            fields: dict[str, QWidget] = {
                f"condition-{number}": line.typed for number, line in enumerate(self.lines)
            }
            self.problems.show_error(refusal, fields)
            return None

    @Slot()
    def _remove_filter(self) -> None:
        self.chosen.emit(NO_FILTER)
        self.accept()
