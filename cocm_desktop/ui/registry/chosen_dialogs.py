"""Dialogs for several patients at once: one care manager, one task each, one mark each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.chosen import add_tasks, assign_care_manager, set_flags
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.flag import LONGEST_REASON, LONGEST_WORDS, FlagDraft, FlagKind
from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.task import LONGEST_WORDS as LONGEST_TASK
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

NAMED = 6


class ChosenDialog(RecordDialog):
    """Names who it is about before anything is done; it is done for all of them or for nobody."""

    def __init__(
        self, desk: Desk, rows: Sequence[RegistryRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self.rows = tuple(rows)
        self.body.insertWidget(0, Label(self._who(), "secondary", wraps=True))

    @property
    def patient_ids(self) -> tuple[PatientId, ...]:
        return tuple(row.patient_id for row in self.rows)

    def say(self, title: str, save: str) -> None:
        """Set the words; %n is how many patients it is about."""
        count = f"{len(self.rows):,}"
        self.set_words(title.replace("%n", count), save.replace("%n", count))

    def _who(self) -> str:
        names = [row.name for row in self.rows[:NAMED]]
        more = len(self.rows) - len(names)
        listed = "; ".join(names)
        if not more:
            return listed
        return self.tr("%1 and %2 more").replace("%1", listed).replace("%2", f"{more:,}")


class AssignDialog(ChosenDialog):
    """Gives the open episodes of the chosen patients to one care manager."""

    def __init__(
        self,
        desk: Desk,
        rows: Sequence[RegistryRow],
        parent: QWidget | None = None,
        *,
        managers: Sequence[StaffMember],
    ) -> None:
        super().__init__(desk, rows, parent)
        choices: list[tuple[StaffId | None, str]] = [(None, self.tr("Choose…"))]
        choices += [(member.id, member.title) for member in managers if member.active]
        self.manager = ChoiceField(choices)
        self.say(self.tr("Assign %n patients"), self.tr("Assign all %n"))
        self.form.add(self.tr("&Care manager"), self.manager)
        self.fields = {"care_manager_id": self.manager}

    @override
    def typed(self) -> object:
        return self.manager.choice()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(
            assign_care_manager,
            patient_ids=self.patient_ids,
            care_manager_id=self.manager.choice(),
        )


class TasksDialog(ChosenDialog):
    """Adds the same task about each of the chosen patients."""

    def __init__(
        self, desk: Desk, rows: Sequence[RegistryRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, rows, parent)
        self.words = QLineEdit()
        self.words.setMaxLength(LONGEST_TASK)
        self.due_on = DateField(desk.today(), desk.today())
        whose: list[tuple[Role | None, str]] = [(None, self.tr("Me"))]
        self.whose = ChoiceField([*whose, *words_of(Role)])
        self.say(self.tr("A task for each of %n patients"), self.tr("Add %n tasks"))
        self.form.add(self.tr("&Task"), self.words)
        self.form.add(self.tr("&Due"), self.due_on)
        self.form.add(self.tr("&For"), self.whose)
        self.fields = {"words": self.words, "due_on": self.due_on, "assigned_to": self.whose}

    @override
    def typed(self) -> object:
        return self.words.text(), self.due_on.day(), self.whose.choice()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        team = self.whose.choice()
        drafts = [
            TaskDraft(
                words=self.words.text(),
                due_on=self.due_on.day(),
                patient_id=patient_id,
                assigned_to=None if team else self.desk.staff.id,
                team=team,
            )
            for patient_id in self.patient_ids
        ]
        return partial(add_tasks, drafts=drafts)


class MarksDialog(ChosenDialog):
    """Sets the same mark on each of the chosen patients."""

    def __init__(
        self, desk: Desk, rows: Sequence[RegistryRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, rows, parent)
        kinds: list[tuple[FlagKind | None, str]] = [(None, self.tr("Choose…"))]
        self.kind = ChoiceField([*kinds, *words_of(FlagKind)])
        self.words = QLineEdit()
        self.words.setMaxLength(LONGEST_WORDS)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.until = DateField(desk.today())
        self.say(self.tr("A mark on %n patients"), self.tr("Set %n marks"))
        self.form.add(self.tr("&Mark"), self.kind)
        self.form.add(self.tr("&Words"), self.words, self.tr("What everybody sees"))
        self.form.add(self.tr("&Reason"), self.reason)
        self.form.add(self.tr("&Until"), self.until, self.tr("Empty: until it is cleared"))
        self.fields = {
            "kind": self.kind,
            "words": self.words,
            "reason": self.reason,
            "expires_on": self.until,
        }

    @override
    def typed(self) -> object:
        texts = (self.words.text(), self.reason.text())
        return self.kind.choice(), *texts, self.until.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        drafts = [
            FlagDraft(
                patient_id=patient_id,
                kind=self.kind.choice(),
                reason=self.reason.text(),
                words=self.words.text(),
                expires_on=self.until.day(),
            )
            for patient_id in self.patient_ids
        ]
        return partial(set_flags, drafts=drafts)
