"""What is typed in a form, as values by name: taken out and put in again.

A field is named by the way to it from its form, such as "due.date.entry": the names of a program
that is brought up to date stay, where numbers would shift.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

DEEPEST = 5
_CHOICES = (QComboBox, QCheckBox, QRadioButton)
_TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox)


@runtime_checkable
class KeepsDraft(Protocol):
    """A field of several parts, which says itself what was typed in it."""

    def draft_value(self) -> Any: ...

    def put_draft_value(self, value: Any) -> None: ...


def values_of(form: QWidget) -> dict[str, Any]:
    """Give what is typed, by the names of the fields. Passwords are never among it."""
    return {name: _value(field) for name, field in _fields(form)}


def put_values(form: QWidget, values: Mapping[str, Any]) -> None:
    """Put into a form what was typed; what it does not have is left out.

    Choices come first: they may bring fields into sight, or fill them.
    """
    for kinds in (_CHOICES, (QWidget,)):
        fields = dict(_fields(form))
        for name, value in values.items():
            field = fields.get(name)
            if field is not None and isinstance(field, kinds):
                _put(field, value)


def _fields(form: QWidget) -> Iterator[tuple[str, QWidget]]:
    found: dict[str, QWidget] = {}
    _gather(form, form, "", found=found, seen={id(form)})
    named = {id(field) for field in found.values()}
    yield from found.items()
    rest = (each for each in form.findChildren(QWidget) if id(each) not in named)
    kept = [each for each in found.values() if isinstance(each, KeepsDraft)]
    number = 0
    for field in rest:
        if _is_field(field) and not any(each.isAncestorOf(field) for each in kept):
            number += 1
            yield f"{type(field).__name__} {number}", field


def _gather(
    form: QWidget, owner: object, path: str, *, found: dict[str, QWidget], seen: set[int]
) -> None:
    for name, value in _parts_of(owner):
        if id(value) in seen:
            continue
        seen.add(id(value))
        way = f"{path}{name}"
        if isinstance(value, QWidget):
            if not isValid(value) or not form.isAncestorOf(value):
                continue
            if isinstance(value, KeepsDraft) or _is_field(value):
                found[way] = value
                continue
        if way.count(".") < DEEPEST:
            _gather(form, value, f"{way}.", found=found, seen=seen)


def _parts_of(owner: object) -> Iterator[tuple[str, object]]:
    """Give the widgets that an object names, and lists of them."""
    if isinstance(owner, Mapping):
        pairs = [(str(key), value) for key, value in owner.items()]
    elif isinstance(owner, list | tuple):
        pairs = [(str(place), value) for place, value in enumerate(owner)]
    else:
        pairs = list(getattr(owner, "__dict__", {}).items())
    for name, value in pairs:
        if isinstance(value, QWidget | list | tuple | dict):
            yield name, value


def _is_field(widget: QWidget) -> bool:
    if isinstance(widget.parent(), QComboBox | QAbstractSpinBox):
        return False
    if isinstance(widget, QLineEdit):
        return not widget.isReadOnly() and widget.echoMode() is QLineEdit.EchoMode.Normal
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, (*_CHOICES, *_TEXTS))


def _value(field: QWidget) -> Any:
    if isinstance(field, KeepsDraft):
        return field.draft_value()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QAbstractButton):
        return field.isChecked()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QLineEdit):
        return field.text()
    return field.toPlainText() if isinstance(field, QPlainTextEdit | QTextEdit) else None


def _put(field: QWidget, value: Any) -> None:
    if isinstance(field, KeepsDraft):
        field.put_draft_value(value)
    elif isinstance(field, QComboBox):
        _choose(field, str(value))
    elif isinstance(field, QAbstractButton):
        field.setChecked(bool(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(value))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
    elif isinstance(field, QPlainTextEdit | QTextEdit):
        field.setPlainText(str(value))


def _choose(field: QComboBox, words: str) -> None:
    """Choose by the words: their place in the list may be another by now."""
    if field.currentText() == words:
        return
    place = field.findText(words)
    if place >= 0:
        field.setCurrentIndex(place)
        field.activated.emit(place)
    elif field.isEditable():
        field.setEditText(words)
