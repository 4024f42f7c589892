"""The right side of a meeting: what is recommended for one case, typed while it is talked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from cocm_desktop.actions.review_record import record_review
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import CaseReview, ReviewDraft, ReviewMode
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.draft import Draft, DraftPlace
from cocm_desktop.domain.ids import (
    CaseReviewId,
    EpisodeId,
    ReviewMeetingId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.wording import count_of, minutes_of
from cocm_desktop.errors import CocmError, Problem, Refused
from cocm_desktop.ui.case_review.advice_field import AdviceField
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.drafts.keeper import DraftKeeper, Form
from cocm_desktop.ui.drafts.offer import DraftOffer
from cocm_desktop.ui.widgets.buttons import LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.fields import DateField, NoteField
from cocm_desktop.ui.widgets.form import StackedForm
from cocm_desktop.ui.widgets.in_sight import InSight
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel
from cocm_desktop.ui.widgets.question import Question


@dataclass(frozen=True, slots=True)
class Sitting:
    """What every review of a meeting has in common."""

    meeting_id: ReviewMeetingId
    consultant_id: StaffId | None
    mode: ReviewMode


class CaseForm(QWidget):
    """Keeps what was typed of one case while others are talked about; saving is one key."""

    saved = Signal()
    save_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        episode_id: EpisodeId,
        outer: Mapping[str, QWidget],
        *,
        parent: QWidget | None = None,
    ) -> None:
        """`outer` are the fields that all cases have in common, for what is wrong with them."""
        super().__init__(parent)
        self._desk = desk
        self._outer = outer
        self._episode_id = episode_id
        self._review_id = CaseReviewId(new_id())
        self._is_busy = False
        self._keeper: DraftKeeper | None = None
        self.draft_offer: DraftOffer | None = None
        self.setWindowTitle(self.tr("Review at a meeting"))
        self.advice = AdviceField(desk)
        self.impression = NoteField(lines=2)
        self.documents = QLineEdit()
        self.next_review = DateField(desk.today())
        self.problems = ProblemLabel()
        self.save = PrimaryButton(self.tr("Save and next case"), "check")
        self.save.setToolTip(self.tr("Ctrl+Enter"))
        self.clear = LinkButton(self.tr("Clear what I typed"))
        self._build()
        self._untouched = self.typed()

        self.clear.clicked.connect(self._ask_to_forget)
        self.save.clicked.connect(self.save_wanted)

    @property
    def is_touched(self) -> bool:
        return self.typed() != self._untouched

    def typed(self) -> object:
        return (
            self.advice.typed(),
            self.impression.text(),
            self.documents.text(),
            self.next_review.entry.text(),
        )

    def take_focus(self) -> None:
        self.advice.setFocus()

    def action(self, sitting: Sitting, minutes: int) -> Callable[[Workspace], Change]:
        """Give what saves the review, or refuse what cannot be read."""
        self._require_readable()
        draft = ReviewDraft(
            id=self._review_id,
            episode_id=self._episode_id,
            consultant_id=sitting.consultant_id,
            reviewed_on=self._desk.today(),
            recommendations=self.advice.drafts(),
            minutes=minutes,
            mode=sitting.mode,
            impression=self.impression.text(),
            documents=self.documents.text(),
            next_review_on=self.next_review.day(),
            meeting_id=sitting.meeting_id,
        )
        return partial(record_review, draft=draft)

    def store(self, sitting: Sitting, minutes: int) -> None:
        """Save the review; what is wrong is said here, and nothing typed is lost."""
        if self._is_busy:
            return
        try:
            action = self.action(sitting, minutes)
        except CocmError as error:
            self._show(error)
            return
        self._set_busy(busy=True)
        whole = self._keeper.saving(action) if self._keeper else action
        self._desk.do(whole, done=self._done, refused=self._show, failed=self._show)

    def keep_drafts(self, patient_id: str) -> None:
        """Keep what is typed from now on, and offer what was typed before and not saved."""
        self._keeper = DraftKeeper(
            self._desk,
            self,
            Form(
                DraftPlace("meeting_case", self._episode_id),
                is_touched=lambda: self.is_touched and not self._is_busy,
                patient_id=patient_id,
            ),
        )
        self._keeper.offered.connect(self._offer_draft)
        self._keeper.begin()

    @Slot(object)
    def _offer_draft(self, draft: Draft) -> None:
        self.draft_offer = DraftOffer(draft, self._desk.device)
        self._page.insertWidget(0, self.draft_offer)
        self._wait_for_draft(is_waiting=True)
        self.draft_offer.continued.connect(self._go_on_with_draft)
        self.draft_offer.discarded.connect(self._discard_draft)

    @Slot()
    def _go_on_with_draft(self) -> None:
        self._wait_for_draft(is_waiting=False)
        if self._keeper is not None:
            self._keeper.go_on()

    @Slot()
    def _discard_draft(self) -> None:
        self._wait_for_draft(is_waiting=False)
        if self._keeper is not None:
            self._keeper.discard()

    def _wait_for_draft(self, *, is_waiting: bool) -> None:
        for part in (self._room, self.save, self.clear):
            part.setDisabled(is_waiting)
        if self.draft_offer is not None:
            self.draft_offer.setVisible(is_waiting)

    @Slot()
    def _ask_to_forget(self) -> None:
        if not self.is_touched:
            self.forget()
            return
        question = Question(
            self.tr("Clear what you typed?"),
            self.tr("It is not saved yet."),
            self.tr("Clear what I typed"),
            leave_it=self.tr("Go on typing"),
            parent=self,
        )
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(self.forget)
        question.open()

    @Slot()
    def forget(self) -> None:
        """Begin anew with an empty form."""
        if self._keeper is not None:
            self._keeper.forget()
        self.problems.clear_problems()
        self._review_id = CaseReviewId(new_id())
        fresh = AdviceField(self._desk)
        self._column.replaceWidget(self.advice, fresh)
        self.advice.hide()
        self.advice.deleteLater()
        self.advice = fresh
        self.impression.setPlainText("")
        self.documents.clear()
        self.next_review.set_day(None)
        self._untouched = self.typed()
        self._order_fields()
        self.take_focus()

    def _require_readable(self) -> None:
        words = self.tr("This is not a date. Type it like 11/22/2026.")
        days = {
            "due_on": [form.due_on for form in self.advice.forms],
            "recheck_on": [form.recheck_on for form in self.advice.forms],
            "next": [self.next_review],
        }
        unread = [n for n, fields in days.items() if not all(f.is_readable() for f in fields)]
        if unread:
            raise Refused(*(Problem(name, words) for name in unread))

    def _done(self) -> None:
        self._set_busy(busy=False)
        self.problems.clear_problems()
        self._untouched = self.typed()
        if self._keeper is not None:
            self._keeper.saved()
        self.saved.emit()

    def _show(self, error: CocmError) -> None:
        self._set_busy(busy=False)
        first = self.advice.forms[0]
        fields: dict[str, QWidget] = {
            **self._outer,
            "recommendations": first.words,
            "kind": self._without_kind(),
            "words": first.words,
            "due_on": first.due_on,
            "recheck_on": first.recheck_on,
            "impression": self.impression,
            "documents": self.documents,
            "next_review_on": self.next_review,
            "next": self.next_review,
        }
        self.problems.show_error(error, fields)

    def _without_kind(self) -> QWidget:
        """Give the field of the first recommendation that has words and no kind."""
        for form in self.advice.forms:
            if form.words.text().strip() and form.kind.choice() is None:
                return form.kind
        return self.advice.forms[0].kind

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        self.save.setDisabled(busy)

    def _order_fields(self) -> None:
        """Let Tab end at the button that saves, before the one that clears."""
        rest = (self.impression, self.documents, self.next_review.entry, self.save, self.clear)
        for here, following in pairwise((self.advice.more, *rest)):
            self.setTabOrder(here, following)

    def _build(self) -> None:
        rest = StackedForm()
        rest.add(self.tr("Impression"), self.impression)
        rest.add(self.tr("Documents reviewed"), self.documents)
        rest.add(self.tr("Next review on"), self.next_review)
        inner = QWidget()
        inner.setProperty("role", "page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self.advice)
        self._column.addLayout(rest)
        self._column.addStretch(1)
        self._room = room = QScrollArea()
        room.setWidgetResizable(True)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(inner)
        InSight(room)
        foot = QHBoxLayout()
        foot.addWidget(self.clear)
        foot.addStretch(1)
        foot.addWidget(self.save)
        self._page = page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addWidget(room, 1)
        page.addWidget(self.problems)
        page.addLayout(foot)
        self._order_fields()


class RecordedCase(Card):
    """What was recorded of a case at this meeting; corrections are made in its chart."""

    next_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.head = Label("", "success", wraps=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.on = PrimaryButton(self.tr("Next case"), "chevron-down")
        self.on.setToolTip(self.tr("Ctrl+Enter"))
        self.another = LinkButton(self.tr("Record more"))
        self.body.addWidget(self.head)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.another)
        foot.addStretch(1)
        foot.addWidget(self.on)
        self.body.addLayout(foot)

        self.on.clicked.connect(self.next_wanted)
        self.another.clicked.connect(self.another_wanted)

    def show_reviews(self, reviews: Sequence[CaseReview]) -> None:
        """Show what was recorded, the kind before the words."""
        empty(self._lines)
        seconds = sum(review.seconds for review in reviews)
        minutes = count_of(minutes_of(seconds), "minute")
        self.head.setText(self.tr("Recorded at this meeting, %1").replace("%1", minutes))
        for review in reviews:
            for given in review.recommendations:
                self._lines.addWidget(Label(given.about, "secondary", wraps=True))
                self._lines.addWidget(Label(given.words, wraps=True))
            if review.impression:
                self._lines.addWidget(Label(self.tr("Impression"), "secondary"))
                self._lines.addWidget(Label(review.impression, wraps=True))
