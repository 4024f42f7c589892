"""A dialog that collects a draft: form, problems, a primary button and Cancel."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.form import Form
from cocm_desktop.ui.widgets.in_sight import InSight
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel

WIDTH = 520
LEAST_HEIGHT = 96
SCREEN_SHARE = 0.94


class FormScroll(QScrollArea):
    """The form's own room: as high as the form wants, and scrolling where the screen is small."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.setWidget(inner)
        InSight(self)

    @override
    def sizeHint(self) -> QSize:
        """Count a scroll bar that is there: words wrap earlier beside it, and it would stay."""
        bar = self.verticalScrollBar()
        taken = bar.width() if bar.isVisible() else 0
        width = max(self.body.sizeHint().width(), self.minimumWidth(), self.width()) - taken
        wraps = self.body.hasHeightForWidth()
        height = self.body.heightForWidth(width) if wraps else self.body.sizeHint().height()
        return QSize(self.body.sizeHint().width(), height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass on what Qt's own scroll area keeps to itself: that the form needs other room."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.body.minimumSize().width(), theme_of(self).px(LEAST_HEIGHT))


class FormDialog(QDialog):
    """Stays open until the action is done. While it runs it can neither be saved nor closed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.title = Label("", "section", wraps=True)
        self.form = Form()
        self.problems = ProblemLabel()
        self.save = PrimaryButton(self.tr("Save"))
        self.cancel = Button(self.tr("Cancel"))
        self.fields: Mapping[str, QWidget] = {}
        self._is_busy = False
        buttons = QDialogButtonBox()
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.save.setDefault(True)

        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 18, 20, 16)
        self.column.setSpacing(12)
        self.column.addWidget(self.title)
        self.scroll_area = FormScroll()
        self.body = self.scroll_area.body
        self.body.addLayout(self.form)
        self.column.addWidget(self.scroll_area, 1)
        self.column.addWidget(self.problems)
        self.column.addWidget(buttons)
        self.setMinimumWidth(theme_of(self).px(WIDTH))

        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)

    def set_words(self, title: str, save: str) -> None:
        """Say what the dialog is for and what its button does. No patient's name in the title."""
        self.setWindowTitle(title)
        self.title.setText(title)
        self.save.setText(save)

    def action(self) -> Callable[[Workspace], Change]:
        """Give what Save does with what is typed, or raise Refused."""
        raise NotImplementedError

    @override
    def open(self) -> None:
        self.resize(self.minimumSize())
        self._order_fields()
        super().open()

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        """Be at least as large as the form and its problems, but never larger than the screen."""
        room = self.screen().availableGeometry().size() * SCREEN_SHARE
        self.column.activate()
        self.resize(self.sizeHint().expandedTo(self.size()).boundedTo(room))

    def _order_fields(self) -> None:
        """Let Tab go through the fields first, then to the buttons; begin in the first field."""
        # WORKAROUND: not by nextInFocusChain(). The bindings make each answer a child of the one
        # asked; the chain is a ring, and taking it down ends the program.
        fields = [
            each
            for each in self.scroll_area.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.window() is self
        ]
        if fields:
            self.setTabOrder(fields[-1], self.save)
            self.setTabOrder(self.save, self.cancel)
            fields[0].setFocus()

    @override
    def reject(self) -> None:
        if not self._is_busy:
            super().reject()

    @Slot()
    def _save(self) -> None:
        try:
            action = self.action()
        except CocmError as error:
            self._show(error)
            return
        self._set_busy(busy=True)
        self.desk.do(self._whole(action), done=self._done, refused=self._show, failed=self._show)

    def _whole(self, action: Callable[[Workspace], Change]) -> Callable[[Workspace], Change]:
        """Give what is done on Save: the action, and what belongs into its transaction."""
        return action

    def _done(self) -> None:
        self._set_busy(busy=False)
        self.accept()

    def _show(self, error: CocmError) -> None:
        self._set_busy(busy=False)
        self.problems.show_error(error, self.fields)

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        self.save.setDisabled(busy)
        self.cancel.setDisabled(busy)
