"""The marks of one patient: those that show now, a new one, and those of before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.flag import clear_flag, read_flag_history, set_flag
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.flag import (
    LONGEST_REASON,
    LONGEST_WORDS,
    Flag,
    FlagDraft,
    FlagKind,
    PastFlag,
)
from cocm_desktop.domain.ids import FlagId, new_id
from cocm_desktop.domain.wording import long_date, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.tasks.dialogs import BecauseDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.chips import Chip, ChipLabel
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Card, ElidingLabel, Label

WIDTH = 680
MOST_PAST = 6


class MarksDialog(PatientDialog):
    """Clearing one asks for the reason; setting one closes the dialog."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._flag_id = FlagId(new_id())
        self.kind = ChoiceField(words_of(FlagKind))
        self.words = QLineEdit()
        self.words.setMaxLength(LONGEST_WORDS)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.until = DateField(desk.today())
        self.fields = {
            "kind": self.kind,
            "words": self.words,
            "reason": self.reason,
            "expires_on": self.until,
        }
        self.now = QVBoxLayout()
        self.past = QVBoxLayout()
        self.clear_buttons: list[Button] = []
        self.set_words(self.tr("Marks"), self.tr("Set mark"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build()
        desk.changed.connect(self._note_change)

    @override
    def open(self) -> None:
        self._read()
        super().open()

    @override
    def typed(self) -> object:
        return self.words.text(), self.reason.text(), self.until.day()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = FlagDraft(
            patient_id=self.subject.patient_id,
            kind=self.kind.choice(),
            reason=self.reason.text(),
            words=self.words.text(),
            expires_on=self.until.day(),
            id=self._flag_id,
        )
        return partial(set_flag, draft=draft)

    def _build(self) -> None:
        for lines in (self.now, self.past):
            lines.setSpacing(4)
        frame = Card(self.tr("Marks now"))
        frame.body.addLayout(self.now)
        self.body.insertWidget(0, frame)
        self.body.insertWidget(1, Label(self.tr("A new mark"), "strong"))
        self.form.add(self.tr("&Mark"), self.kind)
        hint = self.tr("What to see on the chart and in the registry; empty for the words above.")
        self.form.add(self.tr("&Words"), self.words, hint)
        self.form.add(self.tr("&Reason"), self.reason)
        hint = self.tr("Empty: it shows until somebody clears it.")
        self.form.add(self.tr("&Until"), self.until, hint)
        self._past_title = Label(self.tr("Before"), "strong")
        self.body.addWidget(self._past_title)
        self.body.addLayout(self.past)

    def _read(self) -> None:
        asked = partial(read_flag_history, patient_id=self.subject.patient_id)
        self.desk.read(asked, self._show_marks)

    def _show_marks(self, history: tuple[PastFlag, ...]) -> None:
        today = self.desk.today()
        empty(self.now)
        empty(self.past)
        self.clear_buttons = []
        shown = [each.flag for each in history if each.shows_on(today)]
        for flag in shown:
            self.now.addWidget(self._line(flag))
        if not shown:
            self.now.addWidget(Label(self.tr("None"), "secondary"))
        before = [each for each in history if not each.shows_on(today)][:MOST_PAST]
        for each in before:
            self.past.addWidget(Label(self._past_words(each), "secondary", wraps=True))
        self._past_title.setVisible(bool(before))

    def _line(self, flag: Flag) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ChipLabel(Chip(flag.title, Tone.INFO)))
        words = flag.reason
        if flag.expires_on is not None:
            words += self.tr(" · until %1").replace("%1", long_date(flag.expires_on))
        row.addWidget(ElidingLabel(words), 1)
        clear = Button(self.tr("Clear"))
        clear.setAccessibleName(self.tr("Clear the mark %1").replace("%1", flag.title))
        clear.clicked.connect(partial(self._clear, flag))
        self.clear_buttons.append(clear)
        row.addWidget(clear)
        return line

    def _clear(self, flag: Flag) -> None:
        BecauseDialog(
            self.desk,
            flag.title,
            lambda workspace, reason: clear_flag(workspace, flag.id, reason=reason),
            title=self.tr("Clear mark"),
            parent=self,
        ).open()

    def _past_words(self, past: PastFlag) -> str:
        flag, zone = past.flag, self.desk.now().tzinfo
        since = short_date(past.set_at.astimezone(zone).date())
        words = f"{flag.title}: {flag.reason}. {self.tr('Set %1').replace('%1', since)}"
        if past.cleared_at is not None:
            day = short_date(past.cleared_at.astimezone(zone).date())
            cleared = self.tr("cleared %1").replace("%1", day)
            return f"{words}, {cleared}: {past.cleared_because}"
        if flag.expires_on is not None:
            ended = self.tr("expired %1").replace("%1", short_date(flag.expires_on))
            return f"{words}, {ended}"
        return words

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & Topic.PATIENT and self.isVisible():
            self._read()
