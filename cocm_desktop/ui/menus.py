"""The menus: every action of the window with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from cocm_desktop.ui.computer import Computer, ComputerSettings
from cocm_desktop.ui.screen import Place, Screen
from cocm_desktop.ui.sizes import TEXT_SIZES, USUAL_TEXT
from cocm_desktop.ui.theme import Scheme


def action(
    parent: QObject,
    text: str,
    do: Callable[..., object],
    *,
    keys: str | QKeySequence.StandardKey = "",
    role: QAction.MenuRole = QAction.MenuRole.NoRole,
) -> QAction:
    """Make an action of a menu. `do` takes no argument."""
    made = QAction(text, parent)
    made.setMenuRole(role)
    if keys:
        made.setShortcut(QKeySequence(keys))
    made.triggered.connect(lambda _on=False: do())
    return made


class ScreenMenu(QMenu):
    """Holds the actions of the screen that is shown, and is gone where it has none."""

    def show_actions_of(self, screen: Screen) -> None:
        self.clear()
        actions = screen.menu_actions()
        self.addActions(list(actions))
        self.setTitle(screen.menu_title)
        self.menuAction().setVisible(bool(actions))


class ViewMenu(QMenu):
    """Appearance and text size of this computer."""

    def __init__(
        self, computer: Computer, *, refresh: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&View"))
        self._computer = computer
        self.addAction(action(self, self.tr("&Refresh"), refresh, keys="F5"))
        self.addSeparator()
        larger = action(self, self.tr("&Larger text"), self._larger, keys="Ctrl++")
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.addAction(larger)
        self.addAction(action(self, self.tr("&Smaller text"), self._smaller, keys="Ctrl+-"))
        self.addAction(action(self, self.tr("&Usual text size"), self._usual, keys="Ctrl+0"))
        self.addSeparator()
        colours = self.addMenu(self.tr("&Colors"))
        self._schemes = QActionGroup(self)
        for scheme in Scheme:
            each = action(self, scheme.value, lambda chosen=scheme: self._choose(chosen))
            each.setCheckable(True)
            each.setChecked(scheme is computer.settings.appearance)
            self._schemes.addAction(each)
            colours.addAction(each)
        computer.changed.connect(self._show)

    @Slot(object)
    def _show(self, settings: ComputerSettings) -> None:
        self._schemes.actions()[list(Scheme).index(settings.appearance)].setChecked(True)

    def _choose(self, scheme: Scheme) -> None:
        self._computer.change(scheme=scheme.name)

    def _larger(self) -> None:
        self._step(1)

    def _smaller(self) -> None:
        self._step(-1)

    def _usual(self) -> None:
        self._computer.change(text_percent=USUAL_TEXT)

    def _step(self, by: int) -> None:
        here = TEXT_SIZES.index(self._computer.settings.text_percent)
        wanted = min(max(here + by, 0), len(TEXT_SIZES) - 1)
        self._computer.change(text_percent=TEXT_SIZES[wanted])


class GoMenu(QMenu):
    """The places, by Ctrl and their number."""

    def __init__(
        self, places: Sequence[Place], go: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Go"))
        for number, place in enumerate(places, start=1):
            keys = f"Ctrl+{number}"
            self.addAction(action(self, place.title, lambda key=place.key: go(key), keys=keys))
        self.addSeparator()
