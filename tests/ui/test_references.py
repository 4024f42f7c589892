"""The bindings must not lose references: the program would abort after some thousand calls."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

CALLS = 20_000
SLACK = 200

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


class OneRow(QAbstractListModel):
    """Answers most questions with None, as models do."""

    @override
    def rowCount(self, parent: Index = TOP) -> int:
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return True if role == Qt.ItemDataRole.UserRole else None


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
@pytest.mark.parametrize("value", [None, True], ids=["None", "True"])
def test_asking_a_model_costs_no_reference(qapp: QApplication, value: object) -> None:
    model = OneRow()
    index = model.index(0)
    role = Qt.ItemDataRole.UserRole if value else Qt.ItemDataRole.FontRole
    before = sys.getrefcount(value)

    for _ in range(CALLS):
        index.data(role)

    assert abs(sys.getrefcount(value) - before) < SLACK


class Plain(QStyledItemDelegate):
    """Does nothing of its own."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_painting_with_a_delegate_costs_no_reference(qapp: QApplication) -> None:
    view = QListView()
    model, delegate = OneRow(view), Plain(view)
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.resize(100, 100)
    page = QPixmap(100, 100)
    before = sys.getrefcount(None)

    for _ in range(500):
        view.render(page)

    assert abs(sys.getrefcount(None) - before) < SLACK
