"""What is done with a meeting as a whole: planned, changed, started, ended, reopened."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.meeting_agenda import MeetingAgenda, read_meeting_agenda
from cocm_desktop.actions.review_meeting import ReviewMeetings, reopen_meeting, start_meeting
from cocm_desktop.domain.ids import ReviewMeetingId
from cocm_desktop.domain.review_meeting import ReviewMeeting
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.case_review.keying.dialog import KeyRepliesDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.review.actions import ReviewActions
from cocm_desktop.ui.review.meeting_dialog import CancelMeetingDialog, MeetingDialog
from cocm_desktop.ui.review.share_dialog import ShareTimeDialog


class MeetingActions(ReviewActions):
    """Follows the meeting that is chosen."""

    planned = Signal(str)
    """A ReviewMeetingId: it is to be shown."""
    started = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, window)
        self._known: ReviewMeetings | None = None
        self._meeting: ReviewMeeting | None = None
        self.plan = self._action(self.tr("Plan a meeting…"), "Ctrl+Shift+P", self._plan)
        self.change = self._action(self.tr("Change the meeting…"), "", self._change)
        self.cancel = self._action(self.tr("Take the meeting off…"), "", self._cancel)
        self.start = self._action(self.tr("Start the meeting"), "Ctrl+B", self._start)
        self.reopen = self._action(self.tr("Reopen the meeting"), "", self._reopen)
        self.key = self._action(self.tr("Key replies from paper…"), "Ctrl+Shift+K", self._key)
        self.share = self._action(self.tr("Share the time of the meeting…"), "", self._share)
        self.follow(None, None)

    @property
    def all(self) -> tuple[QAction, ...]:
        return (self.plan, self.change, self.start, self.key, self.share, self.reopen, self.cancel)

    def follow(self, known: ReviewMeetings | None, meeting: ReviewMeeting | None) -> None:
        self._known, self._meeting = known, meeting
        is_open = meeting is not None and not meeting.is_ended
        self.plan.setEnabled(known is not None)
        for action in (self.change, self.cancel):
            action.setEnabled(is_open)
        may_start = meeting is not None and meeting.may_start(self._desk.today())
        self.start.setEnabled(may_start)
        may_share = self._desk.may(Permission.RECORD_TIME) and self._may_take_time_back
        self.share.setEnabled(meeting is not None and meeting.is_ended and may_share)
        may_reopen = meeting is not None and meeting.may_be_reopened(self._desk.now())
        self.reopen.setEnabled(may_reopen and self._may_take_time_back)
        is_begun = meeting is not None and meeting.is_begun and is_open
        words = self.tr("Go on with the meeting") if is_begun else self.tr("Start the meeting")
        self.start.setText(words)

    @property
    def _may_take_time_back(self) -> bool:
        """Whether what was shared of the meeting, if anything, may be withdrawn by this person."""
        is_shared = self._meeting is not None and self._meeting.time_meeting_id is not None
        return not is_shared or self._desk.may(Permission.VOID_RECORD)

    @Slot()
    def _plan(self) -> None:
        self._open(None)

    @Slot()
    def _change(self) -> None:
        self._open(self._meeting)

    def _open(self, meeting: ReviewMeeting | None) -> None:
        if self._known is None:
            return
        dialog = MeetingDialog(self._desk, self._known, meeting, parent=self._window)
        dialog.stored.connect(partial(self.planned.emit, dialog.meeting_id))
        dialog.open()

    @Slot()
    def _key(self) -> None:
        meeting_id = self._meeting.id if self._meeting else ""
        KeyRepliesDialog(self._desk, self._window, stack_id=meeting_id).open()

    @Slot()
    def _share(self) -> None:
        known, meeting = self._known, self._meeting
        if known is None or meeting is None:
            return

        def show(found: MeetingAgenda) -> None:
            ShareTimeDialog(self._desk, found, known.attendees, parent=self._window).open()

        self._desk.read(partial(read_meeting_agenda, meeting_id=meeting.id), show)

    @Slot()
    def _cancel(self) -> None:
        if self._known is not None and self._meeting is not None:
            about = self._known.title_words(self._meeting)
            CancelMeetingDialog(self._desk, self._meeting.id, about, parent=self._window).open()

    @Slot()
    def _start(self) -> None:
        """Hold the agenda as it stands, and open the first case."""
        if self._meeting is not None:
            meeting_id = self._meeting.id
            self._desk.do(
                partial(start_meeting, meeting_id=meeting_id),
                done=partial(self._note_started, meeting_id),
                refused=self._desk.tell,
            )

    def _note_started(self, meeting_id: ReviewMeetingId) -> None:
        self.started.emit(meeting_id)

    @Slot()
    def _reopen(self) -> None:
        if self._meeting is not None:
            self._do(partial(reopen_meeting, meeting_id=self._meeting.id))
