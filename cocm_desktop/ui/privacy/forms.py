"""Recording what was given out, what a patient asks, and what the practice decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.disclosure import record_disclosure
from cocm_desktop.actions.privacy_request import (
    answer_amendment,
    ask_amendment,
    ask_restriction,
    decide_restriction,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import AmendmentId, DisclosureId, RestrictionId, new_id
from cocm_desktop.domain.privacy import (
    Amendment,
    AmendmentAnswer,
    AmendmentDraft,
    Decision,
    DisclosureDraft,
    Purpose,
    Restriction,
    RestrictionDraft,
)
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 620
DECIDED = (Decision.ACCEPTED, Decision.DENIED)


class DisclosureDialog(PatientDialog):
    """What was given out by a call, a fax or a copy of one's own making."""

    draft_kind = "disclosure"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = DisclosureId(new_id())
        self.disclosed_on = DateField(desk.today(), desk.today(), past=True)
        self.recipient, self.address = QLineEdit(), QLineEdit()
        self.what = NoteField(lines=2)
        self.purpose = ChoiceField(words_of(Purpose))
        self.authority = QLineEdit()
        self.has_part2 = QCheckBox(self.tr("With records of a Part 2 &program"))
        self.fields = {
            "disclosed_on": self.disclosed_on,
            "recipient": self.recipient,
            "address": self.address,
            "what": self.what,
            "purpose": self.purpose,
            "authority": self.authority,
        }
        self.set_words(self.tr("Record what was given out"), self.tr("Save"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Given out on"), self.disclosed_on)
        self.form.add(self.tr("&To"), self.recipient)
        self.form.add(self.tr("A&ddress"), self.address)
        self.form.add(self.tr("&What"), self.what)
        self.form.add(self.tr("&For"), self.purpose)
        hint = self.tr("The court order, the law or the signed authorization, where there is one.")
        self.form.add(self.tr("&By"), self.authority, hint)
        self.form.addRow(Label(""), self.has_part2)

    @override
    def typed(self) -> object:
        texts = tuple(each.text() for each in (self.recipient, self.address, self.authority))
        chosen = self.purpose.choice(), self.has_part2.isChecked()
        return (*texts, self.what.text(), self.disclosed_on.entry.text(), *chosen)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = DisclosureDraft(
            id=self._id,
            patient_id=self.subject.patient_id,
            disclosed_on=self.disclosed_on.day(),
            recipient=self.recipient.text(),
            what=self.what.text(),
            purpose=self.purpose.choice(),
            address=self.address.text(),
            authority=self.authority.text(),
            has_part2=self.has_part2.isChecked(),
        )
        return partial(record_disclosure, draft=draft)


class _AskDialog(PatientDialog):
    """The day, and what the patient asks, in the patient's words."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self.asked_on = DateField(desk.today(), desk.today(), past=True)
        self.words = NoteField(lines=4)
        self.fields = {"asked_on": self.asked_on, "words": self.words}
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Asked on"), self.asked_on)
        self.form.add(self.tr("&In the patient's words"), self.words)

    @override
    def typed(self) -> object:
        return self.asked_on.entry.text(), self.words.text()


class AskAmendmentDialog(_AskDialog):
    draft_kind = "amendment"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = AmendmentId(new_id())
        self.set_words(self.tr("Request to amend the record"), self.tr("Save request"))
        words = self.tr("The practice answers within 60 days, in writing.")
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = AmendmentDraft(
            self.subject.patient_id, self.asked_on.day(), self.words.text(), self._id
        )
        return partial(ask_amendment, draft=draft)


class AskRestrictionDialog(_AskDialog):
    draft_kind = "restriction"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = RestrictionId(new_id())
        self.paid = QCheckBox(self.tr("&Paid in full by the patient: nothing to the payer"))
        self.set_words(self.tr("Request for a restriction"), self.tr("Save request"))
        words = self.tr(
            "Once agreed to, it stops every paper and file about this patient that leaves, but "
            "not the patient's own copy. What was paid in full must be kept from the payer; that "
            "binds at once."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.addRow(Label(""), self.paid)

    @override
    def typed(self) -> object:
        return super().typed(), self.paid.isChecked()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = RestrictionDraft(
            self.subject.patient_id,
            self.asked_on.day(),
            self.words.text(),
            is_paid_in_full=self.paid.isChecked(),
            id=self._id,
        )
        return partial(ask_restriction, draft=draft)


class AnswerAmendmentDialog(PatientDialog):
    """What was decided, with words; after a denial, the patient's own statement."""

    def __init__(
        self, desk: Desk, subject: Subject, amendment: Amendment, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._amendment = amendment
        self.decision = ChoiceField(words_of(DECIDED))
        self.words, self.disagreement = NoteField(lines=3), NoteField(lines=3)
        self.fields = {
            "decision": self.decision,
            "words": self.words,
            "disagreement": self.disagreement,
        }
        self.set_words(self.tr("Answer the request"), self.tr("Save answer"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(amendment.words, "strong", wraps=True))
        self.form.add(self.tr("&Decision"), self.decision)
        hint = self.tr("What was corrected and where, or why it was denied.")
        self.form.add(self.tr("&Words"), self.words, hint)
        hint = self.tr("The patient's own, after a denial. It goes along with every later copy.")
        self.form.add(self.tr("&Statement"), self.disagreement, hint)
        if not amendment.is_open:
            self.decision.choose(amendment.decision)
            self.words.setPlainText(amendment.decision_words)
            self.disagreement.setPlainText(amendment.disagreement)

    @override
    def typed(self) -> object:
        return self.decision.choice(), self.words.text(), self.disagreement.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        answer = AmendmentAnswer(
            self.decision.choice(), self.words.text(), self.disagreement.text()
        )
        return partial(answer_amendment, amendment_id=self._amendment.id, answer=answer)


class DecideRestrictionDialog(PatientDialog):
    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        restriction: Restriction,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._restriction = restriction
        self.decision = ChoiceField(words_of(DECIDED))
        self.fields = {"decision": self.decision}
        self.set_words(self.tr("Decide on the restriction"), self.tr("Save decision"))
        self.body.insertWidget(0, Label(restriction.words, "strong", wraps=True))
        self.form.add(self.tr("&Decision"), self.decision)

    @override
    def typed(self) -> object:
        return self.decision.choice()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(
            decide_restriction,
            restriction_id=self._restriction.id,
            decision=self.decision.choice(),
        )


@dataclass(frozen=True, slots=True)
class Act:
    """Something that needs its reason: what it is called, what it means, what its button says."""

    title: str
    about: str
    button: str
    do: Callable[..., Change]
    """Takes the workspace, and the reason by its name."""


class ReasonDialog(PatientDialog):
    """Asks why, and does it."""

    def __init__(
        self, desk: Desk, subject: Subject, act: Act, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._act = act
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        self.set_words(act.title, act.button)
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(act.about, wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(self._act.do, reason=self.reason.text())
