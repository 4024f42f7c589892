"""Recording at once that several letters went out the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.recommendation_letter import send_letters
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.letter import SendingDraft, SendingWay
from cocm_desktop.domain.review_loop import LoopLine
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog


class SendAllDialog(RecordDialog):
    """Names everybody whose letter is meant, and to whom it went."""

    def __init__(
        self, desk: Desk, lines: Sequence[LoopLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._review_ids = [line.case.review.id for line in lines]
        nothing: list[tuple[SendingWay | None, str]] = [(None, self.tr("Choose"))]
        self.way = ChoiceField([*nothing, *words_of(SendingWay)])
        self.sent_on = DateField(desk.today(), desk.today())
        self.fields = {"way": self.way, "sent_on": self.sent_on}
        title = self.tr("Record %1 as sent").replace("%1", count_of(len(lines), "letter"))
        self.set_words(title, self.tr("Record as sent"))
        self.form.add(self.tr("&How"), self.way)
        self.form.add(self.tr("&On"), self.sent_on)
        named = (f"{line.case.name} – {line.case.practitioner}" for line in lines)
        self.body.addWidget(Label("\n".join(named), "secondary", wraps=True))

    @override
    def typed(self) -> object:
        return (self.way.choice(), self.sent_on.entry.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        sending = SendingDraft(self.sent_on.day(), self.way.choice())
        return partial(send_letters, review_ids=self._review_ids, sending=sending)
