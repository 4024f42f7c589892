"""A meeting under way: one case after the other, with what is known left and advice right."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cocm_desktop.actions.meeting_agenda import MeetingAgenda
from cocm_desktop.domain.case_clock import Pace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.review_priority import AgendaEntry
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.review.agenda_model import Case
from cocm_desktop.ui.review.case_form import CaseForm, RecordedCase, Sitting
from cocm_desktop.ui.review.case_panel import CasePanel
from cocm_desktop.ui.review.case_ticker import CaseTicker
from cocm_desktop.ui.review.walk_head import WalkHead
from cocm_desktop.ui.widgets.announce import announce
from cocm_desktop.ui.widgets.labels import EmptyState

SHARES = (57, 43)
"""Of the width: what is known, and what is recommended."""


class Walk(QWidget):
    """Steps through the agenda of one meeting. A draft waits with its case."""

    left = Signal()
    turned = Signal()
    """Another case is talked about."""
    end_wanted = Signal()

    def __init__(self, desk: Desk, panel: CasePanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found: MeetingAgenda | None = None
        self.current: EpisodeId | None = None
        self.forms: dict[EpisodeId, CaseForm] = {}
        self._more: set[EpisodeId] = set()
        self.head = WalkHead()
        self.ticker = CaseTicker(desk, lambda: self.window().isVisible(), self)
        self.panel = panel
        self.recorded = RecordedCase()
        self.nobody = EmptyState("clipboard-check", self.tr("Nobody is on this agenda"))
        self._right = QStackedWidget()
        self._build()
        self._connect()

    @property
    def entries(self) -> tuple[AgendaEntry, ...]:
        return self.found.agenda.entries if self.found else ()

    @property
    def entry(self) -> AgendaEntry | None:
        """The case that is talked about."""
        return next((e for e in self.entries if e.row.episode_id == self.current), None)

    @property
    def case(self) -> Case | None:
        entry = self.entry
        return Case(self._place + 1, entry) if entry else None

    @property
    def pace(self) -> Pace:
        if self.found is None:
            return Pace(0, 0, 0, 0)
        minutes, spent = self.found.meeting.minutes, self.ticker.clock.total_seconds
        return Pace(len(self.found.discussed), len(self.entries), minutes, spent)

    @property
    def drafts(self) -> tuple[EpisodeId, ...]:
        """The cases of which something is typed and not saved."""
        return tuple(key for key, form in self.forms.items() if form.is_touched)

    def names_of(self, cases: tuple[EpisodeId, ...]) -> tuple[str, ...]:
        return tuple(e.row.name for e in self.entries if e.row.episode_id in cases)

    def begin(self, found: MeetingAgenda, members: tuple[StaffMember, ...]) -> None:
        """Open a meeting at its first case that has not been discussed."""
        is_other = self.found is None or self.found.meeting.id != found.meeting.id
        if is_other:
            self._drop(key for key, form in self.forms.items() if not form.is_touched)
            self.current = None
            self._offer_people(found, members)
        self.found = found
        self.ticker.begin(found.meeting.id, found.meeting.case_times)
        if self.entry is None:
            waiting = (*found.not_reached, *found.agenda.entries)
            self.current = next(map(_key, waiting), None)
        self._turn_to(self.current)

    def show_agenda(self, found: MeetingAgenda) -> None:
        """Show the agenda as it is now; the case that is talked about stays open."""
        self.found = found
        if self.entry is None:
            self.current = next(map(_key, self.entries), None)
            self.ticker.turn_to(self.current)
        self._show()

    def leave(self) -> None:
        """Go back to the agenda. The clock waits; drafts stay."""
        self.ticker.stop()

    def forget(self) -> None:
        """Let nothing stay here of a meeting that has ended."""
        self.ticker.stop_without_keeping()
        self._drop(map(_key, self.entries))
        self.found, self.current = None, None

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next case (1) or the one before (-1)."""
        place = self._place + by
        if 0 <= place < len(self.entries):
            self.go(_key(self.entries[place]))

    @Slot(str)
    def go(self, case: str) -> None:
        if case != self.current:
            self._turn_to(EpisodeId(case))

    @Slot()
    def save(self) -> None:
        """Save the review that is typed, and go on; where it is saved already, only go on."""
        form = self._form_shown
        if form is None:
            self._go_on()
            return
        meeting = self.found.meeting if self.found else None
        if meeting is not None:
            self.ticker.look()
            consultant_id, mode = self.head.consultant.choice(), self.head.mode.choice()
            sitting = Sitting(meeting.id, consultant_id, mode)
            form.store(sitting, self.ticker.clock.minutes)

    def take_focus(self) -> None:
        form = self._form_shown
        if form is not None:
            form.take_focus()
        else:
            self.recorded.on.setFocus()

    @Slot()
    def turn_clock(self) -> None:
        if self.ticker.clock.is_running:
            self.ticker.pause()
        else:
            self.ticker.resume()

    def read_on(self, by: int) -> None:
        """Read on on the left while the cursor stays on the right."""
        bar = self.panel.verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep() * 4 // 5)

    @property
    def _place(self) -> int:
        ids = [entry.row.episode_id for entry in self.entries]
        return ids.index(self.current) if self.current in ids else -1

    @property
    def _form_shown(self) -> CaseForm | None:
        shown = self._right.currentWidget()
        return shown if isinstance(shown, CaseForm) else None

    def _turn_to(self, case: EpisodeId | None) -> None:
        before, self.current = self.current, case
        self.ticker.turn_to(case)
        self._show()
        if before is not None and before != case:
            self._let_go(before)
        self.take_focus()
        self.turned.emit()
        if self.entry is not None:
            announce(self, f"{self.entry.row.name}. {self.pace.words}")

    def _show(self) -> None:
        entry = self.entry
        self.head.show_cases(self.entries, self.current)
        self._show_clock()
        if entry is None:
            self._right.setCurrentWidget(self.nobody)
            self.panel.hide()
            return
        self.panel.show()
        if (case := self.case) is not None:
            self.panel.show_case(case, count=len(self.entries))
        self._show_right(entry)

    def _show_right(self, entry: AgendaEntry) -> None:
        key = _key(entry)
        form = self.forms.get(key)
        is_open = key in self._more or (form is not None and form.is_touched)
        if entry.is_discussed and not is_open:
            self._right.setCurrentWidget(self.recorded)
        else:
            self._right.setCurrentWidget(self._form_of(key))

    def _form_of(self, key: EpisodeId) -> CaseForm:
        if key not in self.forms:
            form = CaseForm(self._desk, key, {"consultant_id": self.head.consultant})
            form.save_wanted.connect(self.save)
            form.saved.connect(partial(self._note_saved, key))
            self.forms[key] = form
            self._right.addWidget(form)
            form.keep_drafts(next((e.row.patient_id for e in self.entries if _key(e) == key), ""))
        return self.forms[key]

    def _note_saved(self, key: EpisodeId) -> None:
        """Go on after a review was stored; the agenda is read again by whoever shows it."""
        self._drop([key])
        if key == self.current:
            self._go_on()

    def _go_on(self) -> None:
        """Go to the next case that has not been discussed; at the end, to the end of all."""
        here = self._place
        later = [*self.entries[here + 1 :], *self.entries[: max(here, 0)]]
        following = next((e for e in later if not e.is_discussed), None)
        if following is not None:
            self.go(_key(following))
        else:
            self._show()
            self.head.end.setFocus()

    @Slot(object)
    def _show_recorded(self, chart: Chart) -> None:
        if self.found is not None:
            meeting_id = self.found.meeting.id
            self.recorded.show_reviews(
                [each for each in chart.reviews if each.meeting_id == meeting_id]
            )

    @Slot()
    def _record_more(self) -> None:
        if self.current is not None and self.entry is not None:
            self._more.add(self.current)
            self._show_right(self.entry)
            self.take_focus()

    @Slot()
    def _show_clock(self) -> None:
        self.head.show_clock(self.ticker.clock, self.pace)

    def _offer_people(self, found: MeetingAgenda, members: tuple[StaffMember, ...]) -> None:
        self.head.consultant.offer_members(members)
        own = self._desk.staff if self._desk.staff.is_a(Role.PSYCHIATRIC_CONSULTANT) else None
        chosen = found.consultant or own
        if chosen is not None:
            self.head.consultant.choose(chosen.id)
        elif self.head.consultant.count() == len(("nobody", "the only one")):
            self.head.consultant.setCurrentIndex(1)

    def _drop(self, cases: Iterable[EpisodeId]) -> None:
        """Take the forms of some cases away; what was typed of others waits for their meeting."""
        for key in list(cases):
            self._more.discard(key)
            self._take_away(key)

    def _let_go(self, case: EpisodeId) -> None:
        """Take away a form in which nothing is typed: hundreds of them would slow every step."""
        if (form := self.forms.get(case)) is not None and not form.is_touched:
            self._take_away(case)

    def _take_away(self, key: EpisodeId) -> None:
        if (form := self.forms.pop(key, None)) is not None:
            self._right.removeWidget(form)
            form.deleteLater()

    def _build(self) -> None:
        for page in (self.recorded, self.nobody):
            self._right.addWidget(page)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        for part, share in zip((self.panel, self._right), SHARES, strict=True):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            beside.addWidget(part, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addLayout(beside, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            self._key(keys, self.save)
        self._key("F8", self.turn_clock)
        self._key("Ctrl+Shift+M", self.head.timer.ask)
        self._key("Alt+PgDown", partial(self.read_on, 1))
        self._key("Alt+PgUp", partial(self.read_on, -1))

    def _key(self, keys: str, do: object) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(keys), self, context=context).activated.connect(do)

    def _connect(self) -> None:
        self.head.step_wanted.connect(self.step)
        self.head.case_chosen.connect(self.go)
        self.head.end_wanted.connect(self.end_wanted)
        self.head.leave_wanted.connect(self.left)
        self.head.count.clicked.connect(lambda: self.ticker.count_missed(was_talk=True))
        self.head.leave_out.clicked.connect(lambda: self.ticker.count_missed(was_talk=False))
        self.head.timer.pause_wanted.connect(self.turn_clock)
        self.head.timer.corrected.connect(self.ticker.correct)
        self.ticker.moved.connect(self._show_clock)
        self.panel.chart_read.connect(self._show_recorded)
        self.panel.step_wanted.connect(self.step)
        self.recorded.next_wanted.connect(self.save)
        self.recorded.another_wanted.connect(self._record_more)


def _key(entry: AgendaEntry) -> EpisodeId:
    return EpisodeId(entry.row.episode_id or "")
