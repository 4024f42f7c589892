"""Forms: a label before each field, tied to it for the keyboard and for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

COLUMN = 760
"""The widest a page of text and fields grows, at the usual text size."""
LABEL_WIDTH = 116


class Form(QFormLayout):
    """Labels to the left, fields as wide as they need or as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(8)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)

    def add(self, name: str, field: QWidget, hint: str = "") -> None:
        """Add a field with its name; an & before a letter makes it the field's key."""
        label = Label(name, "field")
        theme = theme_of(label)
        label.setBuddy(field.focusProxy() or field)
        label.setMinimumWidth(theme.px(LABEL_WIDTH))
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(0, (theme.px(30) - label.fontMetrics().height()) // 2, 0, 0)
        _name(field, name.replace("&", ""))
        if hint:
            field.setAccessibleDescription(hint)
            field = _with_hint(field, hint)
        self.addRow(label, field)


def align(*forms: Form) -> None:
    """Let the fields of forms above each other begin at one place."""
    role = QFormLayout.ItemRole.LabelRole
    items = (form.itemAt(row, role) for form in forms for row in range(form.rowCount()))
    labels = [widget for item in items if item and (widget := item.widget())]
    widest = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(widest)


def _name(field: QWidget, spoken: str) -> None:
    """Name a field for screen readers, and what takes its focus where that says nothing itself."""
    field.setAccessibleName(spoken)
    inner = field
    while (proxy := inner.focusProxy()) is not None:
        inner = proxy
    if inner is not field and isinstance(inner, QComboBox | QLineEdit | QAbstractSpinBox):
        inner.setAccessibleName(spoken)


def _with_hint(field: QWidget, hint: str) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 2)
    column.setSpacing(2)
    column.addWidget(field)
    column.addWidget(Label(hint, "caption", wraps=True))
    both.setFocusProxy(field.focusProxy() or field)
    return both


def beside(*widgets: QWidget) -> QWidget:
    """Put widgets on one line, at the left."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    line.setFocusProxy(widgets[0])
    return line


class Page(QScrollArea):
    """A page that scrolls when it must and never grows wider than text can be read."""

    def __init__(self, parent: QWidget | None = None, *, widest: int = COLUMN) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "page")
        row = QHBoxLayout(inner)
        row.setContentsMargins(16, 12, 16, 12)
        column = QWidget()
        column.setMaximumWidth(theme_of(self).px(widest))
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        row.addWidget(column, 1)
        row.addStretch(0)
        self.setWidget(inner)


class StackedForm(QVBoxLayout):
    """Labels above their fields, for narrow windows."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(4)

    def add(self, name: str, field: QWidget, hint: str = "") -> None:
        """Add a field under its name; an & before a letter makes it the field's key."""
        label = Label(name, "field")
        label.setBuddy(field.focusProxy() or field)
        _name(field, name.replace("&", ""))
        if self.count():
            self.addSpacing(6)
        self.addWidget(label)
        self.addWidget(field)
        if hint:
            field.setAccessibleDescription(hint)
            self.addWidget(Label(hint, "caption", wraps=True))
