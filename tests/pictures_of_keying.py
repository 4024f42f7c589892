"""Pictures of keying replies from paper, and of the time of a meeting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
from cocm_desktop.actions.reply_keying import read_reply_stacks
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.review_meeting import read_meetings
from cocm_desktop.ui.case_review.keying.dialog import KeyRepliesDialog
from cocm_desktop.ui.review.share_dialog import ShareTimeDialog
from tests.pictures_of_patients import Stage, opened, typed


def keying(stage: Stage) -> KeyRepliesDialog:
    if not read_reply_stacks(stage.workspace).stacks:
        print_packet(stage.workspace, PacketChoice())
    return opened(KeyRepliesDialog(stage.desk, stage.window))


def found(stage: Stage) -> QDialog:
    dialog = keying(stage)
    stack = dialog.stack.choice()
    if stack is not None:
        waiting = [page for page in stack.pages if page.recorded_on is None] or stack.pages
        dialog.finder.number.setText(str(waiting[0].number))
        dialog.finder.identity.setText(str(waiting[0].born_on.year))
        dialog.finder.identity.entered.emit()
    first, second, *_ = dialog.lines.lines
    first.setText("d Raise sertraline to 100 mg; ask about sleep in two weeks")
    second.setText("l TSH and B12 with the next blood draw")
    dialog.rest.recheck.setValue(4)
    dialog.rest.impression.setText("Partial response after eight weeks at 50 mg")
    dialog.rest.minutes.setValue(8)
    return typed(dialog)


def wrong(stage: Stage) -> QDialog:
    dialog = keying(stage)
    dialog.finder.identity.setText("1900")
    dialog.finder.identity.entered.emit()
    return typed(dialog)


def share(stage: Stage) -> QDialog:
    known = read_meetings(stage.workspace)
    held = [each for each in known.meetings if each.is_ended]
    found = read_meeting_agenda(stage.workspace, held[-1].id)
    members = dict.fromkeys((*known.care_managers, *known.consultants))
    return opened(ShareTimeDialog(stage.desk, found, members, parent=stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {}
DIALOGS: dict[str, Callable[[Stage], QWidget]] = {
    "keying": found,
    "keying-wrong": wrong,
    "keying-time": share,
}
