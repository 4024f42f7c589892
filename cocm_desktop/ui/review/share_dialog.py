"""Sharing the time of a meeting that has ended: later, or anew after replies were keyed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from cocm_desktop.actions.review_time import share_anew
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.ui.review.end_dialog import EndMeetingDialog
from cocm_desktop.ui.widgets.labels import Label


class ShareTimeDialog(EndMeetingDialog):
    """The same questions as at the end of the meeting; what was shared before is taken back."""

    @override
    def open(self) -> None:
        self.set_words(self.tr("Share the time of the meeting"), self.tr("Share the time"))
        self.save.setEnabled(bool(self._found.discussed))
        if self._found.meeting.time_meeting_id is not None:
            words = self.tr(
                "Its time is recorded. It is taken back, stays on file, and is shared anew with "
                "everybody who was discussed."
            )
            self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        super().open()
        self.has_time.hide()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(share_anew, draft=self._time())
