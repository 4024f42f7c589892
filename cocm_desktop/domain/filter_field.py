"""What a filter of the registry may ask of a row: fields by kind, and what is asked of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.due_item import RULES
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Trajectory
from cocm_desktop.domain.registry import NOT_ENROLLED, RegistryRow


class Kind(Enum):
    NUMBER = "number"
    TEXT = "text"
    DAY = "date"
    CHOICE = "choice"
    FACT = "yes or no"


class Operator(Enum):
    """The value is what stands between a field and its value in words."""

    AT_LEAST = "is at least"
    AT_MOST = "is at most"
    IS = "is"
    IS_NOT = "is not"
    CONTAINS = "contains"
    OLDER = "was so many days ago or more"
    WITHIN = "was within the last days"
    AHEAD = "is within the next days"
    BEFORE = "is before"
    SINCE = "is on or after"
    YES = "holds"
    NO = "does not hold"
    EMPTY = "is not recorded"
    RECORDED = "is recorded"


WITHOUT_VALUE = frozenset({Operator.YES, Operator.NO, Operator.EMPTY, Operator.RECORDED})
IN_DAYS = frozenset({Operator.OLDER, Operator.WITHIN, Operator.AHEAD})
OF_KIND: dict[Kind, tuple[Operator, ...]] = {
    Kind.NUMBER: (
        Operator.AT_LEAST,
        Operator.AT_MOST,
        Operator.IS,
        Operator.EMPTY,
        Operator.RECORDED,
    ),
    Kind.TEXT: (Operator.CONTAINS, Operator.IS, Operator.EMPTY, Operator.RECORDED),
    Kind.DAY: (
        Operator.OLDER,
        Operator.WITHIN,
        Operator.AHEAD,
        Operator.BEFORE,
        Operator.SINCE,
        Operator.EMPTY,
        Operator.RECORDED,
    ),
    Kind.CHOICE: (Operator.IS, Operator.IS_NOT, Operator.EMPTY, Operator.RECORDED),
    Kind.FACT: (Operator.YES, Operator.NO),
}


@dataclass(frozen=True, slots=True)
class Field:
    """`value` gives None for what is not recorded; a choice may give several words.

    `choices` are those of every clinic; without them a choice is what its rows say.
    `phrases` say a condition as people do, with {} for the value.
    """

    key: str
    title: str
    kind: Kind
    value: Callable[[RegistryRow], object]
    choices: tuple[str, ...] = ()
    phrases: Mapping[Operator, str] = field(default_factory=dict)

    @property
    def operators(self) -> tuple[Operator, ...]:
        return OF_KIND[self.kind]


def _on(score: Score | None) -> date | None:
    return score.taken_on if score else None


def _total(score: Score | None) -> int | None:
    return score.total if score else None


def _due_titles(row: RegistryRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.rule.title for item in row.due_now))


def _days_without_contact(row: RegistryRow) -> int | None:
    return row.days_since_contact


_NUMBERS = (
    Field("phq9", "PHQ-9", Kind.NUMBER, lambda row: _total(row.phq9.last)),
    Field("gad7", "GAD-7", Kind.NUMBER, lambda row: _total(row.gad7.last)),
    Field("primary", "Primary score", Kind.NUMBER, lambda row: _total(row.primary.last)),
    Field("baseline", "PHQ-9 baseline", Kind.NUMBER, lambda row: _total(row.phq9.baseline)),
    Field("change", "PHQ-9 change", Kind.NUMBER, lambda row: row.phq9.change),
    Field(
        "change-percent",
        "PHQ-9 change in percent",
        Kind.NUMBER,
        lambda row: row.phq9.change_percent,
    ),
    Field("weeks", "Weeks in treatment", Kind.NUMBER, lambda row: row.weeks),
    Field(
        "no-contact",
        "Days without contact",
        Kind.NUMBER,
        _days_without_contact,
        phrases={Operator.AT_LEAST: "no contact for {} days"},
    ),
    Field("minutes", "Minutes this month", Kind.NUMBER, lambda row: row.minutes_this_month),
    Field("age", "Age", Kind.NUMBER, lambda row: row.age),
    Field("tasks", "Open tasks", Kind.NUMBER, lambda row: row.open_tasks),
)
_DAYS = (
    Field("last-contact", "Last contact", Kind.DAY, lambda row: row.last_contact_on),
    Field("last-attempt", "Last attempt", Kind.DAY, lambda row: row.last_attempt_on),
    Field("last-phq9", "Last PHQ-9", Kind.DAY, lambda row: _on(row.phq9.last)),
    Field("next-due", "Next due", Kind.DAY, lambda row: row.next_due.on if row.next_due else None),
    Field("last-review", "Last review", Kind.DAY, lambda row: row.last_review_on),
    Field("referred", "Referral", Kind.DAY, lambda row: row.referred_on),
    Field("consented", "Consent", Kind.DAY, lambda row: row.consented_on),
    Field("enrolled", "Enrollment", Kind.DAY, lambda row: row.enrolled_on),
    Field("closed", "Closing", Kind.DAY, lambda row: row.closed_on),
    Field("born", "Date of birth", Kind.DAY, lambda row: row.born_on),
)
_CHOICES = (
    Field(
        "status",
        "Status",
        Kind.CHOICE,
        lambda row: row.status.value if row.status else NOT_ENROLLED,
        choices=(NOT_ENROLLED, *(status.value for status in EpisodeStatus)),
    ),
    Field("care-manager", "Care manager", Kind.CHOICE, lambda row: row.care_manager or None),
    Field(
        "practitioner",
        "Treating practitioner",
        Kind.CHOICE,
        lambda row: row.treating_practitioner or None,
    ),
    Field(
        "band",
        "PHQ-9 band",
        Kind.CHOICE,
        lambda row: row.phq9_band.name if row.phq9_band else None,
    ),
    Field(
        "outcome",
        "Outcome on the primary scale",
        Kind.CHOICE,
        lambda row: row.primary.trajectory.value if row.episode_id else None,
        choices=tuple(each.value for each in Trajectory),
    ),
    Field("scale", "Primary scale", Kind.CHOICE, lambda row: row.primary_instrument.id),
    Field(
        "due",
        "What is due",
        Kind.CHOICE,
        _due_titles,
        choices=tuple(rule.title for rule in RULES),
        phrases={Operator.IS: "due: {}", Operator.IS_NOT: "not due: {}"},
    ),
    Field("mark", "Mark", Kind.CHOICE, lambda row: row.flags),
)
_TEXTS = (
    Field("name", "Name", Kind.TEXT, lambda row: row.name),
    Field("mrn", "MRN", Kind.TEXT, lambda row: row.mrn),
    Field("phone", "Phone", Kind.TEXT, lambda row: row.phone),
    Field("question", "Question for the consultant", Kind.TEXT, lambda row: row.question),
)


def _fact(
    key: str, title: str, holds: Callable[[RegistryRow], bool], *, said: tuple[str, str]
) -> Field:
    phrases = {Operator.YES: said[0], Operator.NO: said[1]}
    return Field(key, title, Kind.FACT, holds, phrases=phrases)


_FACTS = (
    _fact(
        "open",
        "Open episode",
        lambda row: row.is_open,
        said=("the episode is open", "it is not open"),
    ),
    _fact(
        "due-now",
        "Something is due",
        lambda row: bool(row.due_now),
        said=("something is due", "nothing is due"),
    ),
    _fact("overdue", "Overdue", lambda row: row.is_overdue, said=("overdue", "not overdue")),
    _fact(
        "at-target",
        "At target",
        lambda row: row.is_at_target is True,
        said=("at target", "not shown to be at target"),
    ),
    _fact(
        "safety",
        "Safety open",
        lambda row: row.has_safety_open,
        said=("a safety task is open", "no safety task is open"),
    ),
    _fact(
        "question-open",
        "Question open",
        lambda row: bool(row.question),
        said=("a question is open", "no question is open"),
    ),
)
FIELDS = (*_NUMBERS, *_DAYS, *_CHOICES, *_FACTS, *_TEXTS)
BY_KEY = {each.key: each for each in FIELDS}
