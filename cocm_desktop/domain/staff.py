"""Who works at the practice, in which role, and what a role may do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from cocm_desktop.domain.identifiers import NO_TAXONOMY, is_npi, is_taxonomy
from cocm_desktop.domain.ids import StaffId, new_id
from cocm_desktop.domain.text import tidy
from cocm_desktop.errors import Problem, Refused

LONGEST_SIGN_IN = 40
FULL_TIME = 100
ENOUGH_ADMINISTRATORS = 2


class Role(Enum):
    FRONT_DESK = "Front desk"
    CARE_MANAGER = "Care manager"
    PSYCHIATRIC_CONSULTANT = "Psychiatric consultant"
    TREATING_PRACTITIONER = "Treating practitioner"
    BILLER = "Biller"
    ADMINISTRATOR = "Administrator"


class Permission(Enum):
    """What an action may ask for; the value completes the sentence "You may not …"."""

    SEE_REGISTRY = "see the registry"
    SEE_PATIENT_LIST = "see the patient list"
    SEE_CHART = "open a patient's chart"
    IMPORT_PATIENTS = "import patients"
    CHANGE_PATIENT = "change a patient's details"
    MERGE_PATIENTS = "merge two records of one patient"
    TAKE_IN = "refer a patient or record consent"
    ENROLL = "start treatment or close an episode"
    RECORD_MEASURE = "record a measure"
    RECORD_CONTACT = "record a contact"
    RECORD_TIME = "record time"
    RECORD_TREATMENT = "record medications, plans or interventions"
    WORK_ON_TASKS = "see or record tasks and flags"
    VOID_RECORD = "void a record"
    CLOSE_SAFETY_TASK = "close a safety task"
    FLAG_FOR_REVIEW = "flag a patient for review"
    RECORD_REVIEW = "record a review or what became of it"
    PRINT_PACKET = "print the review packet"
    PRINT_FORMS = "print forms for patients or the day list"
    WRITE_LETTER = "write or send letters"
    EXPORT_LIST = "export a list of patients"
    SEE_BILLING = "see the billing month"
    ISSUE_SUPERBILL = "issue or void a superbill"
    APPROVE_MONTH = "approve a month for billing"
    CLOSE_MONTH = "close or reopen a month"
    RECORD_VISIT = "record visits, stays or other services"
    SET_UP_CHARGES = "change payers, fees or settings of billing"
    RECORD_COVERAGE = "record a patient's coverage"
    CHANGE_PRACTICE = "change the practice's details and rules"
    CHANGE_STAFF = "add or change staff members"
    BACK_UP = "back up or check the file"
    SEE_AUDIT = "see the audit"
    TAKE_EMERGENCY_ACCESS = "take emergency access"
    RELEASE_RECORDS = "give a patient's record out or account for it"
    DECIDE_PRIVACY = "decide on amendments, restrictions or retention"
    KEEP_SEALED_NOTES = "keep sealed notes"


_EVERYONE = frozenset(
    {
        Permission.SEE_PATIENT_LIST,
        Permission.BACK_UP,
        Permission.WORK_ON_TASKS,
        Permission.TAKE_EMERGENCY_ACCESS,
    }
)
_CLINICAL = frozenset(
    {
        Permission.SEE_REGISTRY,
        Permission.SEE_CHART,
        Permission.RECORD_MEASURE,
        Permission.CLOSE_SAFETY_TASK,
        Permission.FLAG_FOR_REVIEW,
        Permission.RECORD_REVIEW,
        Permission.RECORD_TIME,
        Permission.PRINT_PACKET,
        Permission.PRINT_FORMS,
        Permission.WRITE_LETTER,
        Permission.KEEP_SEALED_NOTES,
    }
)
GRANTED: dict[Role, frozenset[Permission]] = {
    Role.FRONT_DESK: _EVERYONE
    | {
        Permission.IMPORT_PATIENTS,
        Permission.CHANGE_PATIENT,
        Permission.TAKE_IN,
        Permission.RECORD_MEASURE,
        Permission.PRINT_FORMS,
        Permission.RECORD_COVERAGE,
        Permission.RECORD_VISIT,
        Permission.WRITE_LETTER,
    },
    Role.CARE_MANAGER: _EVERYONE
    | _CLINICAL
    | {
        Permission.IMPORT_PATIENTS,
        Permission.CHANGE_PATIENT,
        Permission.MERGE_PATIENTS,
        Permission.TAKE_IN,
        Permission.ENROLL,
        Permission.RECORD_CONTACT,
        Permission.RECORD_TREATMENT,
        Permission.VOID_RECORD,
        Permission.RECORD_COVERAGE,
        Permission.SEE_BILLING,
        Permission.RECORD_VISIT,
        Permission.EXPORT_LIST,
        Permission.RELEASE_RECORDS,
    },
    Role.PSYCHIATRIC_CONSULTANT: _EVERYONE | _CLINICAL,
    Role.TREATING_PRACTITIONER: _EVERYONE
    | _CLINICAL
    | {
        Permission.SEE_BILLING,
        Permission.RECORD_TREATMENT,
        Permission.APPROVE_MONTH,
        Permission.RECORD_VISIT,
    },
    Role.BILLER: _EVERYONE
    | {
        Permission.SEE_BILLING,
        Permission.ISSUE_SUPERBILL,
        Permission.CLOSE_MONTH,
        Permission.RECORD_VISIT,
        Permission.SET_UP_CHARGES,
        Permission.RECORD_COVERAGE,
    },
    Role.ADMINISTRATOR: _EVERYONE
    | {
        Permission.IMPORT_PATIENTS,
        Permission.CHANGE_PATIENT,
        Permission.MERGE_PATIENTS,
        Permission.SEE_BILLING,
        Permission.ISSUE_SUPERBILL,
        Permission.CLOSE_MONTH,
        Permission.RECORD_VISIT,
        Permission.SET_UP_CHARGES,
        Permission.RECORD_COVERAGE,
        Permission.CHANGE_PRACTICE,
        Permission.CHANGE_STAFF,
        Permission.SEE_AUDIT,
        Permission.RELEASE_RECORDS,
        Permission.DECIDE_PRIVACY,
    },
}


IN_AN_EMERGENCY = frozenset(
    {
        Permission.SEE_REGISTRY,
        Permission.SEE_CHART,
        Permission.PRINT_FORMS,
        Permission.CLOSE_SAFETY_TASK,
    }
)
"""What anybody may do who takes emergency access: look, print the downtime list, see to safety."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who works at the practice; `roles` may be several in a small practice.

    An NP, PA or CNS who `bills_incident_to` a physician names that one as `supervisor_id`.
    `full_time_percent` is the share of a full-time post that a care manager spends on the program.
    """

    id: StaffId
    sign_in: str
    name: str
    credentials: str
    roles: frozenset[Role]
    npi: str = ""
    taxonomy: str = ""
    bills_incident_to: bool = False
    supervisor_id: StaffId | None = None
    full_time_percent: int = FULL_TIME
    active: bool = True
    version: int = 1

    @property
    def title(self) -> str:
        """The name with credentials, as it stands on paper: M. Bell, LCSW."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def may(self, permission: Permission) -> bool:
        return self.active and any(permission in GRANTED[role] for role in self.roles)

    def is_a(self, role: Role) -> bool:
        return role in self.roles


def lacks_second_administrator(members: Iterable[StaffMember]) -> bool:
    """Tell whether one lost password would leave nobody who can add staff or change keys."""
    can_help = [m for m in members if m.active and m.sign_in and m.is_a(Role.ADMINISTRATOR)]
    return len(can_help) < ENOUGH_ADMINISTRATORS


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """What a person has typed about a staff member."""

    name: str
    roles: frozenset[Role]
    sign_in: str = ""
    credentials: str = ""
    npi: str = ""
    taxonomy: str = ""
    bills_incident_to: bool = False
    supervisor_id: StaffId | None = None
    full_time_percent: int = FULL_TIME
    id: StaffId = field(default_factory=lambda: StaffId(new_id()))

    def problems(self, *, taken: frozenset[str]) -> Iterator[Problem]:
        """Name what is wrong; `taken` holds the sign-in names in use, casefolded."""
        sign_in = tidy(self.sign_in)
        if not tidy(self.name):
            yield Problem("name", "Type the staff member's name.")
        if not self.roles:
            yield Problem("roles", "Choose at least one role.")
        if sign_in.casefold() in taken:
            yield Problem("sign_in", f"The sign-in name {sign_in} is taken. Choose another.")
        if len(sign_in) > LONGEST_SIGN_IN:
            yield Problem("sign_in", f"A sign-in name has at most {LONGEST_SIGN_IN} characters.")
        yield from self._billing_problems()

    def _billing_problems(self) -> Iterator[Problem]:
        if self.npi.strip() and not is_npi(self.npi.strip()):
            yield Problem("npi", "This NPI's check digit does not fit. Compare it with the card.")
        if self.taxonomy.strip() and not is_taxonomy(self.taxonomy.strip()):
            yield Problem("taxonomy", NO_TAXONOMY)
        if self.supervisor_id == self.id:
            yield Problem("supervisor_id", "Nobody supervises themselves. Choose somebody else.")
        if not 1 <= self.full_time_percent <= FULL_TIME:
            yield Problem("full_time_percent", "A share of full time is 1 to 100 percent.")

    def accept(self, *, taken: frozenset[str] = frozenset()) -> StaffMember:
        """Give the staff member, or raise Refused with every problem at once."""
        if problems := tuple(self.problems(taken=taken)):
            raise Refused(*problems)
        return StaffMember(
            id=self.id,
            sign_in=tidy(self.sign_in),
            name=tidy(self.name),
            credentials=tidy(self.credentials),
            roles=self.roles,
            npi=self.npi.strip(),
            taxonomy=self.taxonomy.strip(),
            bills_incident_to=self.bills_incident_to,
            supervisor_id=self.supervisor_id,
            full_time_percent=self.full_time_percent,
        )
