"""One line of the filter builder: a field, what is asked of it, and a value."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIntValidator, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from cocm_desktop.domain.filter_field import (
    FIELDS,
    IN_DAYS,
    WITHOUT_VALUE,
    Field,
    Kind,
    Operator,
)
from cocm_desktop.domain.row_filter import MOST_DAYS, Condition
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import IconButton
from cocm_desktop.ui.widgets.fields import ChoiceField

ChoicesOf = Callable[[Field], tuple[str, ...]]


class ConditionLine(QWidget):
    """Offers only what can be asked of the field, and a value of its kind."""

    changed = Signal()
    removed = Signal(object)  # this line

    def __init__(
        self,
        choices_of: ChoicesOf,
        condition: Condition | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices_of = choices_of
        self.field = ChoiceField([(each, self.tr(each.title)) for each in FIELDS])
        self.operator: ChoiceField[Operator] = ChoiceField([(Operator.AT_LEAST, "")])
        self.typed = QLineEdit()
        self.picked: ChoiceField[str] = ChoiceField([("", "")])
        self._numbers = QIntValidator(-MOST_DAYS, MOST_DAYS, self)
        self._anything = QRegularExpressionValidator(self)
        self.remove = IconButton(self.tr("Remove this condition"), "x")
        self.field.setAccessibleName(self.tr("Field"))
        self.operator.setAccessibleName(self.tr("What is asked"))
        self.typed.setAccessibleName(self.tr("Value"))
        self.picked.setAccessibleName(self.tr("Value"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        theme = theme_of(self)
        self.field.setFixedWidth(theme.px(190))
        self.operator.setFixedWidth(theme.px(170))
        for value in (self.typed, self.picked):
            value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            value.setMinimumWidth(theme.px(120))
        for widget in (self.field, self.operator):
            line.addWidget(widget)
        for value in (self.typed, self.picked):
            line.addWidget(value, 1)
        line.addWidget(self.remove)
        self._show(condition)

        self.field.currentIndexChanged.connect(self._offer_operators)
        self.operator.currentIndexChanged.connect(self._offer_value)
        self.typed.textChanged.connect(self._tell)
        self.picked.currentIndexChanged.connect(self._tell)
        self.remove.clicked.connect(self._ask_to_remove)

    @property
    def condition(self) -> Condition:
        field, operator = self.field.choice(), self.operator.choice()
        if operator in WITHOUT_VALUE:
            return Condition(field, operator)
        is_picked = field.kind is Kind.CHOICE
        return Condition(field, operator, self.picked.choice() if is_picked else self.typed.text())

    def _show(self, condition: Condition | None) -> None:
        if condition is not None:
            self.field.choose(condition.field)
        self._offer_operators()
        if condition is not None:
            self.operator.choose(condition.operator)
            self._offer_value()
            if condition.field.kind is Kind.CHOICE and condition.value:
                offered = dict.fromkeys((*self._choices_of(condition.field), condition.value))
                self.picked.offer([(each, each) for each in offered])
            self.picked.choose(condition.value)
            self.typed.setText(condition.value)

    @Slot()
    def _offer_operators(self) -> None:
        field = self.field.choice()
        self.operator.offer([(each, self.tr(_short(each))) for each in field.operators])
        self.operator.setCurrentIndex(0)
        if field.kind is Kind.CHOICE:
            self.picked.offer([(each, each) for each in self._choices_of(field)] or [("", "")])
        self.typed.clear()
        self._offer_value()

    @Slot()
    def _offer_value(self) -> None:
        if self.operator.count() == 0:
            return
        field, operator = self.field.choice(), self.operator.choice()
        has_value = operator not in WITHOUT_VALUE
        is_picked = field.kind is Kind.CHOICE
        self.picked.setVisible(has_value and is_picked)
        self.typed.setVisible(has_value and not is_picked)
        in_days = operator in IN_DAYS
        is_number = in_days or field.kind is Kind.NUMBER
        least = 0 if in_days else -MOST_DAYS
        self._numbers.setBottom(least)
        self.typed.setValidator(self._numbers if is_number else self._anything)
        is_day = field.kind is Kind.DAY and not in_days
        hint = self.tr("days") if in_days else self.tr("mm/dd/yyyy or t-30") if is_day else ""
        self.typed.setPlaceholderText(hint)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    @Slot()
    def _ask_to_remove(self) -> None:
        self.removed.emit(self)


def _short(operator: Operator) -> str:
    """Name an operator in the width of a list."""
    return {
        Operator.OLDER: "days ago or more",
        Operator.WITHIN: "in the last … days",
        Operator.AHEAD: "in the next … days",
        Operator.YES: "yes",
        Operator.NO: "no",
    }.get(operator, operator.value)
