"""Recording one patient's review: who, when, whether it was discussed, what was recommended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.review_record import record_review
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    LONGEST_DOCUMENTS,
    LONGEST_MINUTES,
    ReviewDraft,
    ReviewMode,
)
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, new_id
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.ui.case_review.advice_field import AdviceField
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.people import RoleField
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import (
    ChoiceField,
    DateField,
    MinutesField,
    NoteField,
    words_of,
)
from cocm_desktop.ui.widgets.form import Form, align, beside
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 680


class RecordReviewDialog(PatientDialog):
    """Attendance without discussion is kept, and is no review; nor is one without advice."""

    draft_kind = "review"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._review_id = CaseReviewId(new_id())
        self.reviewed_on = DateField(desk.today(), desk.today())
        self.consultant = RoleField(Role.PSYCHIATRIC_CONSULTANT, self.tr("Choose"))
        self.mode = ChoiceField(words_of(ReviewMode))
        self.mode.choose(ReviewMode.VIDEO)
        self.minutes = MinutesField(LONGEST_MINUTES)
        self.discussed = QCheckBox(self.tr("The patient was &discussed"))
        self.discussed.setChecked(True)
        self.advice = AdviceField(desk)
        self.impression = NoteField(lines=2)
        self.documents = QLineEdit()
        self.documents.setMaxLength(LONGEST_DOCUMENTS)
        self.next_review_on = DateField(desk.today())
        self.next_review_on.entry.setPlaceholderText(self.tr("+4w"))
        self.about = Label("", "secondary", wraps=True)
        self._build()

        self.discussed.toggled.connect(self._explain)
        desk.read(read_staff, self._offer_staff)

    @override
    def typed(self) -> object:
        return (
            self.reviewed_on.entry.text(),
            self.mode.choice(),
            self.minutes.value(),
            self.discussed.isChecked(),
            self.impression.text(),
            self.documents.text(),
            self.next_review_on.entry.text(),
            self.advice.typed(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        self.advice.require_dates()
        is_discussed = self.discussed.isChecked()
        draft = ReviewDraft(
            id=self._review_id,
            episode_id=self.subject.episode_id or EpisodeId(""),
            consultant_id=self.consultant.choice(),
            reviewed_on=self.reviewed_on.day(),
            recommendations=self.advice.drafts(),
            discussed=is_discussed,
            minutes=self.minutes.value(),
            mode=self.mode.choice(),
            impression=self.impression.text(),
            documents=self.documents.text(),
            next_review_on=self.next_review_on.day(),
        )
        return partial(record_review, draft=draft)

    def _build(self) -> None:
        self.set_words(self.tr("Record review"), self.tr("Record review"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        first = self.advice.forms[0]
        self.fields = {
            "reviewed_on": self.reviewed_on,
            "consultant_id": self.consultant,
            "minutes": self.minutes,
            "impression": self.impression,
            "documents": self.documents,
            "next_review_on": self.next_review_on,
            "recommendations": first.words,
            "kind": first.kind,
            "words": first.words,
            "due_on": first.due_on,
            "recheck_on": first.recheck_on,
        }
        self.body.insertWidget(0, self.about)
        self.form.add(self.tr("&Reviewed on"), beside(self.reviewed_on, self.mode))
        self.form.add(self.tr("&Consultant"), self.consultant)
        self.form.add(self.tr("&Minutes"), beside(self.minutes, self.discussed))
        self.reviewed_on.setAccessibleName(self.tr("Reviewed on"))
        self.mode.setAccessibleName(self.tr("How they met"))
        self.minutes.setAccessibleName(self.tr("Minutes"))
        self.body.addWidget(self.advice)
        rest = Form()
        rest.add(self.tr("&Impression"), self.impression)
        rest.add(self.tr("Doc&uments reviewed"), self.documents)
        rest.add(self.tr("&Next review on"), self.next_review_on)
        self.body.addLayout(rest)
        align(self.form, rest)
        self._explain()

    def _offer_staff(self, members: Sequence[StaffMember]) -> None:
        self.consultant.offer_members(members)
        if self.desk.staff.is_a(Role.PSYCHIATRIC_CONSULTANT):
            self.consultant.choose(self.desk.staff.id)
        elif self.consultant.count() == len((None, "the only one")):
            self.consultant.setCurrentIndex(1)

    @Slot()
    def _explain(self) -> None:
        is_discussed = self.discussed.isChecked()
        is_given = any(not draft.is_blank for draft in self.advice.drafts())
        self.advice.setVisible(is_discussed or is_given)
        words = self.tr(
            "A review counts with at least one recommendation; to continue as is is one too. It is "
            "advice: the treating practitioner accepts or declines it."
        )
        if not is_discussed:
            words = self.tr("Kept as attendance alone: it does not count as a review.")
        self.about.setText(words)
