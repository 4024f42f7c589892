"""A field for a diagnosis code: it is found while one types, by its number or by words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.actions.codes import load_codes
from cocm_desktop.domain.diagnosis_code import CodeSet, DiagnosisCode
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

MOST_ROWS = 7
ROW, MARGIN = 26, 4
BETWEEN = "  "
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_CHOOSE = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CodeField(QWidget):
    """Type, go down with the arrows, choose with Enter. What should be known stands below."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._codes = load_codes()
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(self.tr("F33.1, or words such as mdd moderate, panic"))
        self.entry.installEventFilter(self)
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("Codes found"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.hide()
        self.notice = Label("", "caption", wraps=True)
        self.warning = Label("", "caption_due", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for each in (self.entry, self.found, self.notice, self.warning):
            column.addWidget(each)
        for label in (self.notice, self.warning):
            policy = label.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            label.setSizePolicy(policy)
        self.setFocusProxy(self.entry)
        self._explain()

        self.entry.textEdited.connect(self._search)
        self.entry.textChanged.connect(self._explain)
        self.found.itemClicked.connect(self._choose)
        self.found.currentItemChanged.connect(self._say_current)

    def use_codes(self, codes: CodeSet) -> None:
        """Find codes in these, the clinic's own releases among them."""
        self._codes = codes
        self._explain()

    def text(self) -> str:
        return self.entry.text()

    def code(self) -> str:
        """Give the code typed or chosen; where words were typed, the first of them."""
        return self.text().strip().partition(" ")[0]

    def is_known(self) -> bool:
        """Tell whether the list has the code, so that it needs no title of its own."""
        return self._codes.find(self.code()) is not None

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let the arrows and Enter work on the list while the cursor stays in the field."""
        if event.type() == QEvent.Type.FocusOut:
            self.found.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if self.found.isHidden():
            return False
        key = Qt.Key(event.key())
        if step := _STEPS.get(key):
            last = self.found.count() - 1
            self.found.setCurrentRow(min(max(self.found.currentRow() + step, 0), last))
        elif key in _CHOOSE:
            self._choose(self.found.currentItem() or self.found.item(0))
        elif key == Qt.Key.Key_Escape:
            self.found.hide()
        else:
            return False
        return True

    @Slot(str)
    def _search(self, text: str) -> None:
        found = self._codes.search(text, self._today)
        height = theme_of(self).px(ROW)
        self.found.clear()
        for each in found:
            item = QListWidgetItem(self._row(each))
            item.setSizeHint(QSize(0, height))
            self.found.addItem(item)
        self.found.setFixedHeight(height * min(len(found), MOST_ROWS) + 2 * MARGIN)
        self.found.setVisible(bool(found))

    def _row(self, code: DiagnosisCode) -> str:
        heading = "" if code.is_billable(self._today) else self.tr("  (heading)")
        return f"{code.code}{BETWEEN}{code.title}{heading}"

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        code = item.text().partition(BETWEEN)[0]
        self.found.hide()
        self.entry.setText(f"{code}{BETWEEN}{self._codes.title_of(code)}")

    @Slot(QListWidgetItem, QListWidgetItem)
    def _say_current(self, item: QListWidgetItem | None, _before: object) -> None:
        self.entry.setAccessibleDescription(item.text() if item else "")

    @Slot()
    def _explain(self) -> None:
        """Say the title of a code that was typed bare, and what should be known of it."""
        code = self.code()
        title = self._codes.title_of(code)
        is_bare = bool(title) and title not in self.text()
        warnings = self._codes.warnings(code, self._today)
        self.notice.setText(title if is_bare else "")
        self.notice.setVisible(is_bare)
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))
        self.entry.setAccessibleDescription(" ".join(filter(None, (title, *warnings))))
        self.changed.emit()
