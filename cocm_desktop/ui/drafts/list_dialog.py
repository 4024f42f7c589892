"""One's own drafts: what was typed, about whom and when; to go on with or to discard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.draft import discard_draft, read_drafts
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.draft import Draft, ListedDraft
from cocm_desktop.domain.wording import clock_time, long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.room import open_at

WIDTH, HEIGHT = 680, 400


class DraftsDialog(QDialog):
    """The last one typed is first. Nobody else sees this list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.go_on: list[Button] = []
        self.discard: list[Button] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Unsaved drafts"))
        open_at(self, WIDTH, HEIGHT)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        scroll = FormScroll()
        scroll.body.addLayout(self._list)
        scroll.body.addStretch(1)
        buttons = QDialogButtonBox()
        buttons.addButton(Button(self.tr("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        words = self.tr("What you typed and have not saved. Nobody else sees it.")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("Unsaved drafts"), "section"))
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addWidget(scroll, 1)
        column.addWidget(buttons)
        desk.changed.connect(self._note_change)

    @override
    def open(self) -> None:
        self._read()
        super().open()

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if self.isVisible() and change.topics & Topic.DRAFT:
            self._read()

    def _read(self) -> None:
        self._desk.read(read_drafts, self._show)

    def _show(self, found: tuple[ListedDraft, ...]) -> None:
        empty(self._list)
        self.go_on, self.discard = [], []
        for each in found:
            self._list.addWidget(self._entry(each))
        if not found:
            words = self.tr("What you type is kept every two seconds until you save it.")
            self._list.addWidget(EmptyState("circle-check", self.tr("No drafts"), words=words))

    def _entry(self, listed: ListedDraft) -> QFrame:
        draft = listed.draft
        entry = QFrame()
        entry.setProperty("role", "note")
        about = f"{draft.title} · {listed.patient_name}" if listed.patient_name else draft.title
        when = self.tr("Typed on %1 at %2, on %3")
        when = when.replace("%1", long_date(draft.kept_at.date()))
        when = when.replace("%2", clock_time(draft.kept_at)).replace("%3", draft.device)
        go_on, discard = Button(self.tr("Continue")), Button(self.tr("Discard"))
        for button in (go_on, discard):
            button.setAccessibleName(f"{button.text()}: {about}")
        go_on.clicked.connect(partial(self._continue, draft))
        discard.clicked.connect(partial(self._ask_to_discard, draft))
        self.go_on.append(go_on)
        self.discard.append(discard)
        words = QVBoxLayout()
        words.addWidget(Label(about, "strong", wraps=True))
        words.addWidget(Label(when, "secondary", wraps=True))
        row = QHBoxLayout(entry)
        row.addLayout(words, 1)
        row.addWidget(discard)
        row.addWidget(go_on)
        return entry

    def _continue(self, draft: Draft, *_checked: bool) -> None:
        self.accept()
        self._desk.draft_wanted.emit(draft)

    def _ask_to_discard(self, draft: Draft, *_checked: bool) -> None:
        question = Question(
            self.tr("Discard this draft?"),
            self.tr("What you typed cannot be brought back. Everything saved is safe."),
            self.tr("Discard the draft"),
            leave_it=self.tr("Keep it"),
            parent=self,
        )
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(partial(self._discard, draft))
        question.open()

    def _discard(self, draft: Draft) -> None:
        self._desk.do(
            partial(discard_draft, draft_id=draft.id), done=self._read, refused=self._desk.tell
        )
