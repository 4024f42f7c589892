"""Keying the replies of one packet, page after page, without the mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.reply_keying import (
    ReplyStack,
    ReplyStacks,
    read_reply_stacks,
    record_reply,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import ReviewMode
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, StaffId, new_id
from cocm_desktop.domain.reply_keying import MARK_WORDS, ReplyDraft, next_open
from cocm_desktop.errors import CocmError, Problem, Refused
from cocm_desktop.ui.case_review.keying.finder import PageFinder
from cocm_desktop.ui.case_review.keying.lines import ReplyLines
from cocm_desktop.ui.case_review.keying.rest import RestOfPage
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.form import beside
from cocm_desktop.ui.widgets.labels import Label, Line
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

WIDTH = 720


class KeyRepliesDialog(RecordDialog):
    """Stays open from page to page. What is typed belongs to the patient shown, and to no other."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        stack_id: str = "",
        episode_id: EpisodeId | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._found = ReplyStacks((), ())
        self._wanted = stack_id
        self._of = episode_id
        self._review_id = CaseReviewId(new_id())
        self.stack: ChoiceField[ReplyStack | None] = ChoiceField([(None, self.tr("None yet"))])
        self.reviewed_on = DateField(desk.today(), desk.today())
        self.consultant: ChoiceField[StaffId | None] = ChoiceField([(None, self.tr("Choose"))])
        self.mode = ChoiceField(words_of(ReviewMode))
        self.mode.choose(ReviewMode.VIDEO)
        self.progress = Label("", "secondary", wraps=True)
        self.finder = PageFinder()
        self.lines = ReplyLines()
        self.rest = RestOfPage()
        self._build()

        self.stack.activated.connect(self._show_stack)
        self.finder.found.connect(self._begin_page)
        self.finder.other_wanted.connect(self._ask_for_another)
        self.lines.done.connect(self.rest.setFocus)
        self.rest.done.connect(self.save.click)

    @override
    def open(self) -> None:
        super().open()
        self._read()

    @override
    def typed(self) -> object:
        return tuple(line.typed for line in self.lines.typed() if line.typed), self.rest.typed()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        stack, page = self.stack.choice(), self.finder.page
        if stack is None or page is None:
            raise Refused(Problem("identity", self.tr("Find the page first.")))
        number, identity = self.finder.told
        draft = ReplyDraft(
            id=self._review_id,
            episode_id=page.episode_id,
            consultant_id=self.consultant.choice(),
            reviewed_on=self.reviewed_on.day(),
            lines=self.lines.typed(),
            owner=self.rest.owner.choice(),
            urgency=self.rest.urgency.choice(),
            recheck_weeks=self.rest.recheck.value(),
            minutes=self.rest.minutes.value(),
            impression=self.rest.impression.text(),
            mode=self.mode.choice(),
        )
        return partial(
            record_reply, draft=draft, stack_id=stack.id, number=number, identity=identity
        )

    @override
    def _done(self) -> None:
        """Keep the dialog open and go on to the next page."""
        self._set_busy(busy=False)
        self.problems.clear_problems()
        self.stored.emit()
        stack, page = self.stack.choice(), self.finder.page
        if stack is not None and page is not None:
            day = self.reviewed_on.day() or stack.reviewed_on
            self._show_stacks(self._found.with_stack(stack.with_recorded(page.number, day)))

    @override
    def _show(self, error: CocmError) -> None:
        first = self.lines.lines[0]
        lines = {f"line{n}": line for n, line in enumerate(self.lines.lines)}
        self.fields = {
            "reviewed_on": self.reviewed_on,
            "consultant_id": self.consultant,
            "number": self.finder.number,
            "identity": self.finder.identity,
            "recommendations": first,
            "words": first,
            "recheck": self.rest.recheck,
            "impression": self.rest.impression,
            "minutes": self.rest.minutes,
            **lines,
        }
        super()._show(error)

    def _build(self) -> None:
        self.set_words(self.tr("Key replies from paper"), self.tr("Save and next page"))
        self.cancel.setText(self.tr("Close"))
        self.save.setDefault(False)
        self.save.setAutoDefault(False)
        self.save.setToolTip(self.tr("Ctrl+Enter"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.fields = {"reviewed_on": self.reviewed_on}
        self.form.add(self.tr("&Packet"), self.stack)
        signed = beside(self.consultant, self.reviewed_on, self.mode)
        self.form.add(self.tr("Si&gned by"), signed)
        self.reviewed_on.setAccessibleName(self.tr("Reviewed on"))
        self.consultant.setAccessibleName(self.tr("Signed by"))
        self.mode.setAccessibleName(self.tr("How they met"))
        self.body.addWidget(self.progress)
        self.body.addWidget(self.finder)
        self.body.addWidget(Line())
        legend = self.tr("Each line begins with a letter: %1").replace("%1", MARK_WORDS)
        self.body.addWidget(Label(legend, "secondary", wraps=True))
        self.body.addWidget(self.lines)
        self.body.addWidget(self.rest)
        self._let()

    def _read(self) -> None:
        self.desk.read(read_reply_stacks, self._show_stacks)

    def _show_stacks(self, found: ReplyStacks) -> None:
        is_first = not self._found.stacks
        self._found = found
        before = self.stack.choice()
        self.stack.offer([(each, each.words) for each in found.stacks] or [(None, "")])
        if before is None and self._of:
            self.stack.choose(found.stack_with(self._of))
        else:
            self.stack.choose(found.stack(before.id if before else self._wanted))
        names = [(member.id, member.title) for member in found.consultants]
        self.consultant.offer([(None, self.tr("Choose")), *names])
        if is_first:
            self._show_stack()
        else:
            self._next_page()

    @Slot()
    def _show_stack(self) -> None:
        stack = self.stack.choice()
        if stack is not None:
            self.reviewed_on.set_day(stack.reviewed_on)
            only = self._found.consultants[0].id if len(self._found.consultants) == 1 else None
            self.consultant.choose(stack.consultant_id or only)
        self._next_page()
        page = stack.page_of(self._of) if stack and self._of else None
        if page is not None:
            self.finder.number.setText(str(page.number))

    def _next_page(self) -> None:
        """Propose the page after the last one; the pile on the desk is in this order."""
        stack, last = self.stack.choice(), self.finder.told[0] or 0
        self.lines.begin()
        self.rest.begin()
        self._review_id = CaseReviewId(new_id())
        self.finder.offer(stack.pages if stack else (), after=last)
        self.forget()
        self._let()
        self._say_progress()
        self.finder.identity.setFocus()

    @Slot()
    def _begin_page(self) -> None:
        self._let()
        self.lines.setFocus()

    @Slot()
    def _ask_for_another(self) -> None:
        if not self.is_touched:
            self._leave_page()
            return
        question = Question(
            self.tr("Leave this page?"),
            self.tr("What you typed for it is not saved yet."),
            self.tr("Discard what I typed"),
            leave_it=self.tr("Go on typing"),
            parent=self,
        )
        question.accepted.connect(self._leave_page)
        question.open()

    @Slot()
    def _leave_page(self) -> None:
        self._next_page()
        self.finder.number.setFocus()
        self.finder.number.selectAll()

    def _let(self) -> None:
        """Offer the lines only for a page that was found; the packet only between pages."""
        is_found = self.finder.page is not None
        for part in (self.lines, self.rest, self.save):
            part.setEnabled(is_found)
        self.stack.setEnabled(not is_found)

    def _say_progress(self) -> None:
        stack = self.stack.choice()
        if stack is None:
            words = self.tr(
                "No packet was printed and no meeting held in the last eight weeks. A review can "
                "be recorded in the chart at any time."
            )
        elif next_open(stack.pages) is None:
            words = self.tr("All pages of this packet are recorded.")
        else:
            words = self.tr("%1 of %2 pages recorded")
            words = words.replace("%1", str(stack.recorded)).replace("%2", str(len(stack.pages)))
        self.progress.setText(words)
