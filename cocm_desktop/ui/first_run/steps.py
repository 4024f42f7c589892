"""The pages of the set-up, in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QTimeZone, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.intended_use import INTENDED_USE
from cocm_desktop.domain.practice import US_TIME_ZONES, Practice
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Problem
from cocm_desktop.ui.door import FolderLook
from cocm_desktop.ui.first_run.step import Step
from cocm_desktop.ui.practice.zones import zone_words
from cocm_desktop.ui.staff.recovery_panel import RecoveryPanel
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.file_choice import ask_folder
from cocm_desktop.ui.widgets.form import Form, beside
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.password import NewPasswordField, PasswordField

_FIRST_ROLES = (Role.CARE_MANAGER, Role.TREATING_PRACTITIONER, Role.PSYCHIATRIC_CONSULTANT,
                Role.BILLER, Role.FRONT_DESK)  # fmt: skip


class Start(Enum):
    """What the person wants to see first."""

    IMPORT = "Import my patient list"
    EMPTY = "Start with an empty registry"
    SAMPLE = "Look at the sample clinic first"


class PracticeStep(Step):
    """The name on every paper, and the zone in which days are counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_words(
            self.tr("Your practice"),
            self.tr(
                "The name stands on every packet and superbill. Minutes are counted by the day "
                "and month of your time zone. Address, NPI and charges can wait: they are under "
                "Settings."
            ),
        )
        self.name = QLineEdit()
        self.time_zone = ChoiceField([(zone, zone_words(zone)) for zone in US_TIME_ZONES])
        self.time_zone.choose(QTimeZone.systemTimeZone().id().toStdString())
        form = Form()
        form.add(self.tr("Na&me"), self.name, self.tr("As on your letters."))
        form.add(self.tr("T&ime zone"), self.time_zone)
        self.body.addLayout(form)
        self.body.addStretch(1)
        self.fields = {"name": self.name, "time_zone": self.time_zone}

    def practice(self) -> Practice:
        return Practice(name=self.name.text().strip(), time_zone=self.time_zone.choice())

    @override
    def problems(self) -> Sequence[Problem]:
        return tuple(self.practice().problems())


class OwnerStep(Step):
    """The person who may change everything."""

    def __init__(self, practice: Callable[[], Practice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self.set_words(
            self.tr("Your account"),
            self.tr(
                "You become the administrator: you can add everybody else and give them a "
                "password of their own. Nobody, not the makers of the program either, can look "
                "your password up."
            ),
        )
        self.name = QLineEdit()
        self.credentials = QLineEdit()
        self.roles = {role: QCheckBox(role.value) for role in _FIRST_ROLES}
        self.sign_in = QLineEdit()
        self.password = NewPasswordField(self._context)
        self.again = PasswordField()
        self._build()

    def owner(self) -> StaffDraft:
        chosen = {role for role, box in self.roles.items() if box.isChecked()}
        return StaffDraft(
            name=self.name.text(),
            roles=frozenset(chosen | {Role.ADMINISTRATOR}),
            sign_in=self.sign_in.text(),
            credentials=self.credentials.text(),
        )

    @override
    def problems(self) -> Sequence[Problem]:
        found = list(self.owner().problems(taken=frozenset()))
        if not self.sign_in.text().strip():
            found.append(Problem("sign_in", self.tr("Choose a sign-in name.")))
        if not self.password.is_good():
            found.append(Problem("password", self.password.verdict.text()))
        elif self.password.text() != self.again.text():
            words = self.tr("The two passwords are not the same. Type the second one again.")
            found.append(Problem("again", words))
        return found

    def _context(self) -> tuple[str, ...]:
        return (self._practice().name, self.name.text(), self.sign_in.text())

    def _build(self) -> None:
        roles = QWidget()
        column = QVBoxLayout(roles)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        boxes = list(self.roles.values())
        for row in (boxes[:3], boxes[3:]):
            column.addWidget(beside(*row))
        form = Form()
        form.add(self.tr("Na&me"), self.name)
        form.add(self.tr("&Credentials"), self.credentials, self.tr("Such as LCSW or MD."))
        form.add(self.tr("Also works as"), roles)
        form.add(self.tr("&Sign-in name"), self.sign_in)
        form.add(self.tr("&Password"), self.password)
        form.add(self.tr("Type it &again"), self.again)
        self.body.addLayout(form)
        self.body.addStretch(1)
        self.fields = {
            "name": self.name, "sign_in": self.sign_in, "password": self.password,
            "again": self.again,
        }  # fmt: skip
        for line in (self.name, self.sign_in):
            line.textChanged.connect(self.password.judge)


class RecoveryStep(Step):
    """The way in when a password is forgotten."""

    def __init__(
        self,
        code: RecoveryCode,
        sheet: Callable[[Callable[[bytes], object]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.set_words(
            self.tr("The recovery code"),
            self.tr(
                "If every password is forgotten, this code is the only way in. It is shown now "
                "and never again. Print it and lock the paper away, not beside the computer."
            ),
        )
        self.panel = RecoveryPanel(code, sheet)
        self.body.addWidget(self.panel)
        self.body.addStretch(1)
        first, second = self.panel.entries.values()
        self.fields = {"first": first, "second": second}

    @override
    def problems(self) -> Sequence[Problem]:
        if self.panel.is_complete():
            return ()
        words = self.tr("Type the two groups from your paper. They show that you have it.")
        return (Problem("first", words),)


class PlaceStep(Step):
    """Where the encrypted file goes."""

    def __init__(
        self,
        folder: Path,
        look: Callable[[Path, Callable[[FolderLook], object]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._found: FolderLook | None = None
        self.set_words(
            self.tr("The place of the file"),
            self.tr(
                "All patients stand in one encrypted file. Keep it on this computer's own disk: "
                "network drives and folders that are copied to a cloud can damage it."
            ),
        )
        self.folder = QLineEdit(str(folder))
        self.choose = Button(self.tr("Choose…"), "folder-open")
        self.said = Label("", "caption", wraps=True)
        form = Form()
        form.add(self.tr("&Folder"), self.folder)
        form.add("", beside(self.choose))
        self.body.addLayout(form)
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.fields = {"folder": self.folder}

        self.choose.clicked.connect(self._ask)
        self.folder.textChanged.connect(self.look_again)

    def path(self) -> Path:
        return Path(self.folder.text().strip()).expanduser()

    @override
    def take_focus(self) -> None:
        super().take_focus()
        self.look_again()

    @override
    def problems(self) -> Sequence[Problem]:
        if not self.folder.text().strip() or not self.path().is_absolute():
            return (Problem("folder", self.tr("Choose a folder on this computer.")),)
        if self._found is None:
            return (Problem("folder", self.tr("The folder is being looked at. One moment.")),)
        if not self._found.may_be_created_in:
            return (Problem("folder", self._found.words),)
        return ()

    @Slot()
    def look_again(self) -> None:
        """Ask what is in the folder, before anything is made there."""
        self._found = None
        if self.path().is_absolute():
            self._look(self.path(), self._show)

    def _show(self, found: FolderLook) -> None:
        self._found = found
        good = found.may_be_created_in
        self.said.set_role("caption_good" if good else "caption_due")
        self.said.setText(self.tr("This folder will do.") if good else found.words)
        self.changed.emit()

    @Slot()
    def _ask(self) -> None:
        title = self.tr("Where shall the clinic's file be kept?")
        ask_folder(self, title, lambda folder: self.folder.setText(str(folder)))


class StartStep(Step):
    """What to see first. Nothing here is decided for good."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_words(
            self.tr("How to begin"),
            self.tr(
                "Your clinic is made when you press the button below, and not before. You can "
                "import a list at any time, and the sample clinic never mixes with your patients."
            ),
        )
        words = {
            Start.IMPORT: self.tr("From a CSV or Excel file that your record system wrote."),
            Start.EMPTY: self.tr("Add patients one by one as they are referred."),
            Start.SAMPLE: self.tr("Invented people; your own clinic is made as well."),
        }
        self._group = QButtonGroup(self)
        for number, start in enumerate(Start):
            button = QRadioButton(start.value)
            button.setAccessibleDescription(words[start])
            self._group.addButton(button, number)
            self.body.addWidget(button)
            hint = Label(words[start], "caption", wraps=True)
            hint.setIndent(28)
            self.body.addWidget(hint)
        self.body.addStretch(1)
        self.intended_use = Label(INTENDED_USE, "secondary", wraps=True)
        self.body.addWidget(self.intended_use)
        self._group.button(0).setChecked(True)

    def start(self) -> Start:
        return list(Start)[self._group.checkedId()]

    @override
    def take_focus(self) -> None:
        self._group.button(self._group.checkedId()).setFocus()
