"""The letter about a review: its words, the ways out of the program, and that it was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.actions.letter import record_sending, void_letter, write_letter
from cocm_desktop.actions.recommendation_letter import (
    LetterPage,
    compose_letter,
    copy_letter_text,
    print_recommendation_letter,
    read_letter_page,
    send_recommendation_letter,
    write_letter_file,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import LetterId, new_id
from cocm_desktop.domain.letter import Letter, LetterDraft, SendingDraft, SendingWay
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.form import beside
from cocm_desktop.ui.widgets.labels import Label, Line
from cocm_desktop.ui.widgets.new_file import ask_new_file

WIDTH, LEAST_LINES = 760, 5
PAUSE = 350
"""Milliseconds without a keystroke after which the words are composed anew."""


class LetterDialog(PatientDialog):
    """What is copied, printed, saved or sent is kept first, word for word as it is shown."""

    def __init__(
        self, desk: Desk, subject: Subject, review: CaseReview, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._review = review
        self._letter_id = LetterId(new_id())
        self._draft: LetterDraft | None = None
        self._kept: Letter | None = None
        self.about = Label("", "secondary", wraps=True)
        self.recipient = QLineEdit()
        self.addition = QLineEdit()
        self.with_part2 = QCheckBox(self.tr("With &protected records, under a valid consent"))
        self.words = QPlainTextEdit()
        self.copy = Button(self.tr("Copy as text"), "copy")
        self.print = Button(self.tr("Preview and print"), "printer")
        self.file = Button(self.tr("Save as RTF"), "device-floppy")
        self.withdraw = DangerButton(self.tr("Withdraw"))
        self.told = Label("", "secondary", wraps=True)
        nothing: list[tuple[SendingWay | None, str]] = [(None, self.tr("Choose"))]
        self.way = ChoiceField([*nothing, *words_of(SendingWay)])
        self.sent_on = DateField(desk.today(), desk.today())
        self.note = QLineEdit()
        self._wait = QTimer(self)
        self._build()
        self._connect()
        self.form.setRowVisible(self.with_part2, False)  # noqa: FBT003  Qt's own
        self._read()

    @override
    def typed(self) -> object:
        choice = () if self._kept else (*self._own_words(), self.with_part2.isChecked())
        return (*choice, self.way.choice(), self.note.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        sending = SendingDraft(self.sent_on.day(), self.way.choice(), note=self.note.text())
        if self._kept is not None:
            return partial(record_sending, letter_id=self._kept.id, draft=sending)
        return partial(send_recommendation_letter, draft=self._needed(), sending=sending)

    def _own_words(self) -> tuple[str, str]:
        """Give what a person typed: the proposed recipient, put in by itself, is not it."""
        recipient = self.recipient.text() if self.recipient.isModified() else ""
        return recipient, self.addition.text()

    def choice(self) -> LetterChoice:
        return LetterChoice(
            self.recipient.text(), self.addition.text(), self.with_part2.isChecked()
        )

    def _build(self) -> None:
        self.set_words(self.tr("Letter to the practitioner"), self.tr("Record as sent"))
        theme = theme_of(self)
        self.setMinimumWidth(theme.px(WIDTH))
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(self.tr("The letter"))
        self.words.setMinimumHeight(LEAST_LINES * self.words.fontMetrics().lineSpacing() + 16)
        self.addition.setPlaceholderText(self.tr("A sentence of your own, if it is needed"))
        self._wait.setSingleShot(True)
        self._wait.setInterval(PAUSE)
        self.body.insertWidget(0, self.about)
        self.form.add(self.tr("&To"), self.recipient)
        self.form.add(self.tr("&Addition"), self.addition)
        self.form.addRow(Label(""), self.with_part2)
        self.body.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.copy, self.print, self.file):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.withdraw)
        self.body.addLayout(row)
        self.body.addWidget(self.told)
        self.told.hide()
        self.body.addWidget(Line())
        self.body.addLayout(self._sending())
        self.copy.setToolTip(self.tr("For the record system of the practice (Ctrl+Shift+C)"))
        self.fields = {
            "recipient": self.recipient,
            "addition": self.addition,
            "way": self.way,
            "sent_on": self.sent_on,
            "note": self.note,
        }

    def _sending(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(Label(self.tr("When it went out"), "strong"))
        self.way.setAccessibleName(self.tr("How it went out"))
        self.sent_on.setAccessibleName(self.tr("Sent on"))
        self.note.setAccessibleName(self.tr("Note on the sending"))
        self.note.setPlaceholderText(self.tr("Note"))
        self.note.setMinimumWidth(theme_of(self).px(220))
        column.addWidget(beside(self.way, self.sent_on, self.note))
        return column

    def _connect(self) -> None:
        self.copy.clicked.connect(self._copy)
        self.print.clicked.connect(self._print)
        self.file.clicked.connect(self._ask_file)
        self.withdraw.clicked.connect(self._ask_withdraw)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self).activated.connect(self.copy.click)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print.click)
        self._wait.timeout.connect(self.compose)
        for entry in (self.recipient, self.addition):
            entry.textEdited.connect(self._compose_soon)
        self.with_part2.clicked.connect(self.compose)

    @Slot()
    def _compose_soon(self) -> None:
        self._wait.start()

    @Slot()
    def _read(self) -> None:
        question = partial(read_letter_page, review_id=self._review.id)
        self.desk.read(question, self._show_page, failed=self._show)

    def _show_page(self, page: LetterPage) -> None:
        self._kept = page.letters[-1] if page.letters else None
        is_new = self._kept is None
        self.form.setRowVisible(self.with_part2, page.has_protected and is_new)
        for widget in (self.recipient, self.addition, self.with_part2):
            widget.setEnabled(is_new)
        self.withdraw.setVisible(not is_new)
        if self._kept is None:
            self.compose()
        else:
            self._show_kept(self._kept)
        self.forget()

    def _show_kept(self, letter: Letter) -> None:
        self.recipient.setText(letter.recipient)
        self.words.setPlainText(letter.body)
        sent = "; ".join(
            f"{long_date(each.sent_on)}, {each.way.value.lower()}" for each in letter.sendings
        )
        words = self.tr("Written %1").replace("%1", long_date(letter.written_on))
        state = self.tr("sent %1").replace("%1", sent) if sent else self.tr("not sent yet")
        self.about.setText(f"{words}, {state}.")

    @Slot()
    def compose(self) -> None:
        """Compose the words anew. Nothing is kept by it."""
        self._wait.stop()
        question = partial(compose_letter, review_id=self._review.id, choice=self.choice())
        self.desk.read(question, self._show_draft, failed=self._show)

    def _show_draft(self, draft: LetterDraft) -> None:
        if self._kept is not None:
            return
        self.problems.clear_problems()
        self._draft = replace(draft, id=self._letter_id)
        if not self.recipient.text() and not self.recipient.isModified():
            self.recipient.setText(draft.recipient)
        self.words.setPlainText(draft.body)
        reviewed = long_date(self._review.reviewed_on)
        words = self.tr("Not written yet. Review of %1. The letter is kept when it leaves here.")
        self.about.setText(words.replace("%1", reviewed))

    def _needed(self) -> LetterDraft:
        if self._draft is None:
            raise Refused(Problem("recipient", self.tr("The letter has no words yet.")))
        return replace(self._draft, recipient=self.recipient.text())

    def _keep(self, then: Callable[[str], object]) -> None:
        """Have the letter kept, and go on with its id."""
        if self._kept is not None:
            then(self._kept.id)
            return
        try:
            draft = self._needed()
        except Refused as refusal:
            self._show(refusal)
            return

        def done() -> None:
            self._read()
            then(draft.id)

        self.desk.do(
            partial(write_letter, draft=draft), done=done, refused=self._show, failed=self._show
        )

    @Slot()
    def _copy(self) -> None:
        self._keep(self._copy_kept)

    def _copy_kept(self, letter_id: str) -> None:
        def show(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._propose(SendingWay.EHR)
            self._say(self.tr("Copied. Paste it into the record, then record it as sent."))

        self.desk.read(partial(copy_letter_text, letter_id=letter_id), show, failed=self._show)

    @Slot()
    def _print(self) -> None:
        self._keep(self._print_kept)

    def _print_kept(self, letter_id: str) -> None:
        make = partial(print_recommendation_letter, letter_id=letter_id)
        name = f"letter-to-practitioner-{self.desk.today()}"
        request = PaperRequest(make, self.tr("Letter to the practitioner"), name)
        preview(self.desk, request, self, failed=self._show)
        self._propose(SendingWay.FAX)

    def _propose(self, way: SendingWay) -> None:
        """Offer the way that fits what was just done; a person says that it really went out."""
        if self.way.choice() is None:
            self.way.choose(way)
            self.forget()

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()

    @Slot()
    def _ask_file(self) -> None:
        self._keep(self._ask_where)

    def _ask_where(self, letter_id: str) -> None:
        proposed = Path(f"letter-to-practitioner-{self.desk.today()}.rtf")
        kind, chosen = self.tr("Rich text"), partial(self.write_file, letter_id)
        ask_new_file(self, self.tr("Save the letter"), proposed, kind=kind, chosen=chosen)

    def write_file(self, letter_id: str, file: Path) -> None:
        """Write the letter to a file, whole or not at all."""

        def told(_nothing: None) -> None:
            self._say(self.tr("Written to %1").replace("%1", str(file)))

        question = partial(write_letter_file, letter_id=letter_id, file=file)
        self.desk.read(question, told, failed=self._show)

    @Slot()
    def _ask_withdraw(self) -> None:
        if self._kept is None:
            return
        letter_id = self._kept.id
        record = Voidable(
            self.tr("Letter of %1").replace("%1", long_date(self._kept.written_on)),
            self.tr("Advice that nobody has answered yet is to be sent again."),
            lambda workspace, reason: void_letter(workspace, letter_id, reason=reason),
        )
        dialog = VoidDialog(self.desk, self.subject, record, parent=self)
        dialog.stored.connect(self._begin_again)
        dialog.open()

    @Slot()
    def _begin_again(self) -> None:
        self._letter_id = LetterId(new_id())
        self._read()
