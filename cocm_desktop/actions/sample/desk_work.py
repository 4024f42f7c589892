"""What the sample clinic keeps beside the charts: tasks, marks, single paces, a setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from cocm_desktop.actions.episode import read_latest_episode
from cocm_desktop.actions.episode_phase import change_pace
from cocm_desktop.actions.flag import set_flag
from cocm_desktop.actions.merge import merge_patients
from cocm_desktop.actions.patient import read_patient
from cocm_desktop.actions.sample.calendar import next_working_day, working_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.settings import change_setting
from cocm_desktop.actions.task import add_task, finish_task, put_off_task
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.clinical_settings import SettingDraft
from cocm_desktop.domain.episode_phase import PaceDraft
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import FlagId, PatientId, PatientMergeId, StaffId, TaskId
from cocm_desktop.domain.patient_merge import MergeDraft
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.task import TaskDraft

MADE_BEFORE = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Chore:
    """A task. `due` counts in days from today; `whose` is a person's place or a team.

    `done` says how many days ago it was done, `put_off` to which day from today.
    """

    words: str
    due: int
    whose: str
    about: str = ""
    every: int = 0
    done: int = 0
    outcome: str = ""
    put_off: int = 0


CHORES = (
    Chore("Call the pharmacy about the sertraline refill", -3, "mine", "Alvarez"),
    Chore("Send the letter about leave from work", -1, "mine", "Dubois"),
    Chore("Ask the daughter for the memory clinic’s report", -6, "other", "Edwards"),
    Chore("Get the result of the thyroid test", 0, "mine", "Okonkwo"),
    Chore("Bring the blood pressure log to Dr. Smith", 0, "other", "Abernathy"),
    Chore("Mail the home PHQ-9 with a return slip", 0, "desk", "Grady"),
    Chore("Prepare the packet for Wednesday’s review", 2, "mine", every=1),
    Chore("Look through everybody without contact for 30 days", 4, "managers", every=2),
    Chore("Interpreter booked for the visit", 3, "desk", "Nguyễn"),
    Chore("New insurance card: copy both sides", 5, "desk", "Moreau"),
    Chore("Visit with the practitioner about the dose", 6, "mine", "Johnson", put_off=6),
    Chore("Ask whether the group at the senior center suits", 7, "mine", "Alvarez"),
    Chore("Call the trauma program about the waiting list", 1, "mine", "Vaughn"),
    Chore("Yearly consent letter template", 20, "managers"),
    Chore("Answer Dr. Chen’s question about alcohol", -2, "doctors", "Sato"),
    Chore("Look at the interaction with tamsulosin", 1, "consultant", "Edwards"),
    Chore("Member id missing on the last superbill", -4, "biller", "Ivanova"),
    Chore("Phone number no longer works: find a new one", -2, "desk", "Reed"),
    Chore("Send records to the specialty clinic", -2, "mine", "Prescott", done=1,
          outcome="Sent by fax, receipt in the chart."),
    Chore("Thank-you call after graduation", -1, "other", "Ciccone", done=1,
          outcome="Doing well, has the plan on the fridge."),
    Chore("Ask for the other insurance card", 8, "desk", "Lamberte"),
    Chore("Evening visits: is there one in December?", 5, "desk", "Yodar"),
    Chore("Check the safety plan’s phone numbers", -8, "mine", "Cruz", every=4, done=1,
          outcome="Both numbers work."),
    Chore("Return slip of the home PHQ-9", -30, "desk", "Kaplan", done=20, outcome="No slip came."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a patient; `days` from today is the last day on which it shows."""

    about: str
    kind: FlagKind
    reason: str
    words: str = ""
    days: int | None = None


MARKS = (
    Mark("Nguyễn", FlagKind.INTERPRETER, "Prefers one on the line", "Vietnamese interpreter"),
    Mark("Alvarez", FlagKind.INTERPRETER, "Spanish; the granddaughter is not to translate"),
    Mark("Cruz", FlagKind.NO_VOICEMAIL, "The landlord hears the machine"),
    Mark("Edwards", FlagKind.TRANSPORT, "Gave up driving at night"),
    Mark("Bergström", FlagKind.HEARING_OR_SIGHT, "Left ear; phone on the right", "Hard of hearing"),
    Mark("Okonkwo", FlagKind.SAFE_CONTACT, "Shares a room; ask who is there"),
    Mark("Kovács", FlagKind.OTHER, "Hip surgery, then rehabilitation", "In hospital", days=21),
    Mark("Lamberte", FlagKind.HEARING_OR_SIGHT, "Large print", "Large print, please"),
    Mark("Holloway", FlagKind.TRANSPORT, "Niece drives on Tuesdays only"),
    Mark("Mbeki", FlagKind.OTHER, "With family", "Abroad until mid-December", days=25),
    Mark("Johnson", FlagKind.NO_VOICEMAIL, "Phone shared while looking for work", days=-5),
)
# By last name: contacts every so many weeks (0: as needed), and the patient's own target.
PACES: dict[str, tuple[int | None, int | None]] = {
    "Alvarez": (1, None),
    "Jefferson": (3, 8),
    "Donovan": (0, None),
    "Coleman": (None, 5),
}
# By last name: whose record became one with another, written down by another hand.
MERGED = {"Yodar": "Yoder"}
CRISIS = {
    "practice_crisis_line": "845-555-0188",
    "practice_crisis_line_name": "Ulster mobile crisis team",
}


@dataclass(frozen=True, slots=True)
class DeskWork:
    """Writes it into the book. A patient whom the story leaves out is left out here too."""

    book: Book
    team: Team
    patients: Mapping[str, PatientId]

    def tell(self) -> None:
        for number, chore in enumerate(CHORES):
            if not chore.about or chore.about in self.patients:
                self._give(number, chore)
        for number, mark in enumerate(MARKS):
            if mark.about in self.patients:
                self._mark(number, mark)
        self._merge_twins()
        self._set_paces()
        self._set_crisis_line()

    def _merge_twins(self) -> None:
        for last, survivor in MERGED.items():
            if {last, survivor} <= self.patients.keys():
                deed = partial(
                    _merge, survivor_id=self.patients[survivor], other_id=self.patients[last]
                )
                at = self.book.at(working_day(self.book.as_of - timedelta(days=2)), 15, 40)
                self.book.write(at, self.team.care_managers[0], deed)

    def _set_paces(self) -> None:
        for last, pace in PACES.items():
            if last in self.patients:
                deed = partial(_pace, patient_id=self.patients[last], pace=pace)
                at = self.book.at(working_day(self.book.as_of - timedelta(days=3)), 15, 5)
                self.book.write(at, self.team.care_managers[0], deed)

    def _set_crisis_line(self) -> None:
        opened_on = next_working_day(self.book.as_of - timedelta(weeks=60))
        for name, value in CRISIS.items():
            draft = SettingDraft(name, value, opened_on, id=sample_id(name, opened_on))
            chosen = partial(change_setting, draft=draft)
            self.book.write(self.book.at(opened_on, 9, 30), self.team.care_managers[0], chosen)

    def _give(self, number: int, chore: Chore) -> None:
        as_of, owner = self.book.as_of, self._owner(chore)
        due_on = as_of + timedelta(days=chore.due)
        made_on = working_day(min(due_on, as_of) - MADE_BEFORE)
        team, person = owner if isinstance(owner, Role) else None, None
        if isinstance(owner, StaffMember):
            person = StaffId(owner.id)
        task = TaskId(sample_id(f"task {number}", made_on))
        first_due = due_on if not chore.put_off else made_on + timedelta(days=4)
        draft = TaskDraft(
            chore.words,
            first_due,
            patient_id=self.patients.get(chore.about),
            assigned_to=person,
            team=team,
            repeat_weeks=chore.every,
            id=task,
        )
        who, at = self.team.care_managers[0], self.book.at(made_on, 11, number)
        self.book.write(at, who, partial(add_task, draft=draft))
        if chore.put_off:
            on = working_day(first_due)
            reason = "Practitioner away this week"
            deed = partial(put_off_task, task_id=task, due_on=due_on, reason=reason)
            self.book.write(self.book.at(on, 11, number), who, deed)
        if chore.done:
            on = working_day(as_of - timedelta(days=chore.done))
            done = partial(finish_task, task_id=task, outcome=chore.outcome)
            self.book.write(self.book.at(on, 15, number), who, done)

    def _owner(self, chore: Chore) -> StaffMember | Role:
        owners: dict[str, StaffMember | Role] = {
            "mine": self.team.care_managers[0],
            "other": self.team.care_managers[1],
            "consultant": self.team.consultant,
            "biller": self.team.biller,
            "managers": Role.CARE_MANAGER,
            "doctors": Role.TREATING_PRACTITIONER,
            "desk": Role.FRONT_DESK,
        }
        return owners[chore.whose]

    def _mark(self, number: int, mark: Mark) -> None:
        day = working_day(self.book.as_of - timedelta(days=20))
        shown = None if mark.days is None else self.book.as_of + timedelta(days=mark.days)
        draft = FlagDraft(
            self.patients[mark.about],
            mark.kind,
            mark.reason,
            words=mark.words,
            expires_on=shown,
            id=FlagId(sample_id(f"mark {number}", day)),
        )
        at = self.book.at(day, 10, 20 + number)
        self.book.write(at, self.team.front_desk, partial(set_flag, draft=draft))


def _merge(workspace: Workspace, *, survivor_id: PatientId, other_id: PatientId) -> None:
    typed = read_patient(workspace, survivor_id).mrn
    merge_id = PatientMergeId(sample_id(f"merge {other_id}", workspace.today()))
    merge_patients(workspace, MergeDraft(survivor_id, other_id, typed=typed, id=merge_id))


def _pace(
    workspace: Workspace, *, patient_id: PatientId, pace: tuple[int | None, int | None]
) -> None:
    episode = read_latest_episode(workspace, patient_id)
    interval_weeks, target_below = pace
    draft = PaceDraft(episode.id, interval_weeks, target_below, episode.version)
    change_pace(workspace, draft)
