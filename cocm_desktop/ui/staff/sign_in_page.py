"""The signed-in person's own password."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from cocm_desktop.actions.practice import read_practice
from cocm_desktop.actions.staff import change_password, is_bound_to_computer
from cocm_desktop.domain.practice import Practice
from cocm_desktop.errors import CocmError, WrongSecret
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.staff.words import role_words
from cocm_desktop.ui.widgets.buttons import PrimaryButton
from cocm_desktop.ui.widgets.form import Form, Page
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel
from cocm_desktop.ui.widgets.password import NewPasswordField, PasswordField

WHAT_BINDING_DOES = (
    "Half of your key then lies in this computer's own key store: a copied file and your "
    "password open nothing elsewhere. The practice's recovery code still does."
)


class SignInPage(Page):
    """Who is signed in, and a form for another password."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._practice_name = ""
        self.old = PasswordField()
        self.new = NewPasswordField(self._context)
        self.bound = QCheckBox(self.tr("Open with it on this &computer only"))
        self.problems = ProblemLabel()
        self.save = PrimaryButton(self.tr("Change password"))
        self._build()

        self.save.clicked.connect(self._save)

    def read_again(self) -> None:
        self._desk.read(read_practice, self._show)
        self._desk.read(is_bound_to_computer, self.bound.setChecked)

    def _build(self) -> None:
        staff = self._desk.staff
        person = Card(self.tr("Signed in"))
        form = Form()
        form.add(self.tr("Name"), Label(staff.title))
        form.add(self.tr("Roles"), Label(role_words(staff), wraps=True))
        form.add(self.tr("Sign-in name"), Label(staff.sign_in))
        person.body.addLayout(form)

        change = Card(self.tr("Change my password"))
        form = Form()
        form.add(self.tr("&Old password"), self.old)
        form.add(self.tr("&New password"), self.new)
        form.add("", self.bound)
        form.add("", Label(self.tr(WHAT_BINDING_DOES), "secondary", wraps=True))
        change.body.addLayout(form)
        change.body.addWidget(self.problems)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        change.body.addLayout(row)
        self.body.addWidget(person)
        self.body.addWidget(change)
        self.body.addStretch(1)

    def _context(self) -> tuple[str, ...]:
        return (self._practice_name, self._desk.staff.name, self._desk.staff.sign_in)

    def _show(self, practice: Practice) -> None:
        self._practice_name = practice.name

    @Slot()
    def _save(self) -> None:
        self.save.setEnabled(False)
        action = partial(
            change_password,
            old=self.old.text(),
            new=self.new.text(),
            this_computer_only=self.bound.isChecked(),
        )
        self._desk.do(action, done=self._saved, refused=self._show_error, failed=self._show_error)

    def _saved(self) -> None:
        self.save.setEnabled(True)
        for each in (self.old, self.new, self.problems):
            each.clear()
        self.problems.clear_problems()
        self._desk.told.emit(self.tr("Your password is changed. It counts from now on."))

    def _show_error(self, error: CocmError) -> None:
        self.save.setEnabled(True)
        if isinstance(error, WrongSecret):
            self.problems.show_error(error)
            self.problems.setText(self.tr("The old password is wrong. Nothing was changed."))
            self.old.setFocus()
        else:
            self.problems.show_error(error, {"password": self.new})
