"""The chart's tab of reviews: what was recommended, who acts, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal, Slot
from typing_extensions import override

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.actions.review_record import void_review
from cocm_desktop.domain.case_review import CaseReview, Recommendation
from cocm_desktop.domain.ids import CaseReviewId
from cocm_desktop.domain.letter import Letter
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOTHING, count_of, long_date, minutes_of, short_date
from cocm_desktop.ui.chart.list_page import ListPage
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.table import Column


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One recommendation with its review; a review without any has one line all the same."""

    review: CaseReview
    given: Recommendation | None


def lines_of(reviews: tuple[CaseReview, ...]) -> tuple[ReviewLine, ...]:
    """Give the lines of some reviews, the newest review first."""
    return tuple(
        ReviewLine(review, given)
        for review in reversed(reviews)
        for given in (review.recommendations or (None,))
    )


class ReviewsPage(ListPage[ReviewLine]):
    """A review is recorded here, and what became of its advice."""

    review_wanted = Signal()
    step_wanted = Signal(object)  # Recommendation
    letter_wanted = Signal(object)  # CaseReview
    answer_wanted = Signal(object)  # CaseReview

    def __init__(self, desk: Desk) -> None:
        empty = EmptyState(
            "clipboard-check",
            desk.tr("No review recorded yet"),
            words=desk.tr("A review is a discussion of this patient that ends with advice."),
        )
        super().__init__(desk, desk.tr("Reviews"), empty)
        self._names: dict[str, str] = {}
        self._may_record = desk.may(Permission.RECORD_REVIEW)
        self._head = Label("", "secondary")
        self.first = PrimaryButton(self.tr("Record review"))
        self.record = Button(self.tr("Record review"), "clipboard-check")
        self.step = Button(self.tr("What became of it"))
        self.letter = Button(self.tr("Letter"))
        self.answer = Button(self.tr("Record answer"))
        self._letters: Mapping[CaseReviewId, tuple[Letter, ...]] = {}
        empty.add_action(self.first)
        self.above.addWidget(self._head, 1)
        for button in (self.step, self.answer, self.letter):
            self.above.addWidget(button)
        self.above.addWidget(self.record)
        for button in (self.first, self.record, self.letter, self.answer, self.step):
            button.setVisible(self._may_record)

        self.first.clicked.connect(self.review_wanted)
        self.record.clicked.connect(self.review_wanted)
        self.step.clicked.connect(self._ask_step)
        self.letter.clicked.connect(self._ask_letter)
        self.answer.clicked.connect(self._ask_answer)

    def show_page(self, page: ChartPage) -> None:
        self._names = {str(key): name for key, name in page.staff_names.items()}
        self._letters = page.letters
        columns: list[Column[ReviewLine]] = [
            Column(self.tr("Date"), lambda each: each.review.reviewed_on, short_date, width=98),
            Column(self.tr("Consultant"), self._consultant, width=104),
            Column(self.tr("Kind"), self._kind, width=184),
            Column(self.tr("Recommendation"), self._words, width=0),
            Column(self.tr("Who acts"), self._owner, width=142),
            Column(self.tr("Due"), self._due_on, short_date, width=90),
            Column(self.tr("Stands"), self._stands, width=160),
            Column(self.tr("Letter"), self._letter_words, width=84, is_spare=True),
        ]
        reviews = page.chart.reviews
        counted = count_of(sum(review.counts for review in reviews), "review")
        self._head.setText(self.tr("%1 with a recommendation").replace("%1", counted))
        self.show_rows(columns, lines_of(reviews), voidable=self._voidable_of)
        self.table.selectionModel().currentRowChanged.connect(self._offer_step)
        self._offer_step(self.table.currentIndex())
        is_open = page.chart.row.is_open
        self.first.setVisible(self._may_record and is_open)

    @override
    def describe(self, row: ReviewLine) -> tuple[str, str]:
        review, given = row.review, row.given
        minutes = count_of(minutes_of(review.seconds), "minute")
        mode = review.mode.value.lower()
        parts = (long_date(review.reviewed_on), self._consultant(row), mode, minutes)
        words = [f"{self.tr('Impression')}: {review.impression or NOTHING}"]
        if review.documents:
            words.append(f"{self.tr('Documents reviewed')}: {review.documents}")
        if review.next_review_on:
            words.append(f"{self.tr('Next review on')}: {long_date(review.next_review_on)}")
        if not review.counts:
            words.append(self.tr("Not discussed: this does not count as a review."))
        if given is not None:
            words.append(f"{given.kind.value}, {given.urgency.value.lower()}: {given.words}")
            if given.recheck_on:
                words.append(f"{self.tr('Recheck on')}: {long_date(given.recheck_on)}")
            words += [
                " · ".join(
                    filter(
                        None,
                        (
                            long_date(step.noted_on),
                            step.status.value,
                            self._names[step.by],
                            step.reason,
                        ),
                    )
                )
                for step in given.steps
            ]
        words += self._letter_lines(review)
        return " · ".join(parts), "\n".join(words)

    def _consultant(self, row: ReviewLine) -> str:
        return self._names[row.review.consultant_id]

    def _kind(self, row: ReviewLine) -> str | None:
        return row.given.kind.value if row.given else None

    def _words(self, row: ReviewLine) -> str:
        if row.given is None:
            return self.tr("Not discussed")
        return " ".join(row.given.words.split())

    def _owner(self, row: ReviewLine) -> str | None:
        return row.given.owner.value if row.given else None

    @staticmethod
    def _due_on(row: ReviewLine) -> object:
        return row.given.due_on if row.given else None

    def _stands(self, row: ReviewLine) -> str | None:
        return row.given.status.value if row.given else None

    def _letter_words(self, row: ReviewLine) -> str | None:
        written = self._letters.get(row.review.id, ())
        if not written:
            return None
        return self.tr("Sent") if written[-1].is_sent else self.tr("Not sent")

    def _letter_lines(self, review: CaseReview) -> Iterator[str]:
        for letter in self._letters.get(review.id, ()):
            words = self.tr("Letter of %1 to %2").replace("%1", long_date(letter.written_on))
            sent = [
                f"{each.way.value.lower()} {long_date(each.sent_on)}" for each in letter.sendings
            ]
            state = ", ".join(sent) or self.tr("not sent yet")
            yield f"{words.replace('%2', letter.recipient)}: {state}"

    @Slot(QModelIndex)
    def _offer_step(self, _current: object) -> None:
        row = self.model.row_at(self.table.currentIndex())
        counts = row is not None and row.review.counts
        self.letter.setEnabled(counts)
        self.answer.setEnabled(counts)
        given = row.given if row else None
        self.step.setEnabled(given is not None and bool(given.status.next_ones))

    @Slot()
    def _ask_letter(self) -> None:
        if (row := self.model.row_at(self.table.currentIndex())) is not None:
            self.letter_wanted.emit(row.review)

    @Slot()
    def _ask_answer(self) -> None:
        if (row := self.model.row_at(self.table.currentIndex())) is not None:
            self.answer_wanted.emit(row.review)

    @Slot()
    def _ask_step(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None and row.given is not None:
            self.step_wanted.emit(row.given)

    def _letter_warning(self, review: CaseReview) -> str:
        """Say that the letters go with the review, and whom one of them has reached."""
        written = self._letters.get(review.id, ())
        if not written:
            return ""
        reached = dict.fromkeys(each.recipient for letter in written for each in letter.sendings)
        words = [self.tr("The letters about it will be withdrawn with it.")]
        if reached:
            told = self.tr("One went out: tell %1 that it no longer holds.")
            words.append(told.replace("%1", ", ".join(reached)))
        return " ".join(words)

    def _voidable_of(self, row: ReviewLine) -> Voidable:
        review = row.review
        words = self.tr("Review of %1").replace("%1", long_date(review.reviewed_on))
        advice = count_of(len(review.recommendations), "recommendation")
        also = self.tr("Its %1 will be withdrawn with it.").replace("%1", advice)
        time = self.tr("Time that its meeting gave the patient stays in the log: void it there.")
        told = (
            also if review.recommendations else "",
            self._letter_warning(review),
            time if review.meeting_id else "",
        )
        return Voidable(
            words,
            " ".join(filter(None, told)),
            lambda workspace, reason: void_review(workspace, review.id, reason=reason),
        )
