"""Thresholds of the clinical rules, and the crisis numbers, as a practice sets them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.safety_protocol import DEFAULT_PROTOCOL
from cocm_desktop.domain.text import has_controls
from cocm_desktop.errors import Problem, Refused

LONGEST_TEXT = 80
LONGEST_LONG_TEXT = 4_000
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ClinicalSettings:
    """Every setting with the value that holds unless the practice chose another.

    `target_below` 0 is the Bao/NYS target. The words of each setting are in `SETTINGS`.
    """

    first_contact_days: int = 7
    active_interval_weeks: int = 2
    active_weeks: int = 12
    settled_interval_weeks: int = 4
    relapse_prevention_interval_weeks: int = 4
    measure_days: int = 28
    first_follow_up_days: int = 28
    stale_days: int = 30
    no_contact_days: int = 30
    long_no_contact_days: int = 60
    inactive_days: int = 90
    target_below: int = 0
    non_response_week: int = 8
    consultation_week: int = 12
    consultation_from_days: int = 70
    consultation_days: int = 60
    plateau_weeks: int = 10
    worse_points: int = 5
    follow_through_days: int = 14
    review_days: int = 30
    relapse_prevention_review_days: int = 60
    meeting_days: int = 7
    sustained_days: int = 56
    relapse_from: int = 10
    long_episode_weeks: int = 39
    caseload_least: int = 60
    caseload_most: int = 100
    safety_escalation_days: int = 1
    retention_years: int = 10
    retention_minor_years: int = 10
    crisis_line: str = "988"
    crisis_line_name: str = "Suicide & Crisis Lifeline, call or text"
    practice_crisis_line: str = ""
    practice_crisis_line_name: str = ""
    safety_protocol: str = DEFAULT_PROTOCOL

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> ClinicalSettings:
        """Read settings by name as they are stored; names of other releases are passed over."""
        values: dict[str, Any] = {
            setting.name: setting.read(stored[setting.name])
            for setting in SETTINGS
            if setting.name in stored
        }
        return cls(**values)

    @property
    def crisis_lines(self) -> tuple[tuple[str, str], ...]:
        """The numbers to call in a crisis, each with its name; the national one first."""
        lines = (
            (self.crisis_line, self.crisis_line_name),
            (self.practice_crisis_line, self.practice_crisis_line_name),
        )
        return tuple(line for line in lines if line[0])

    def value(self, name: str) -> int | str:
        value: int | str = getattr(self, name)
        return value

    def order_problems(self) -> Iterator[Problem]:
        """Name each pair of settings that must not stand the other way round."""
        values = asdict(self)
        for earlier, later in IN_ORDER:
            if values[earlier] >= values[later]:
                words = f"{BY_NAME[later].title} must be more than: {BY_NAME[earlier].title}"
                yield Problem("value", f"{words} ({values[earlier]}).")


DEFAULT_SETTINGS = ClinicalSettings()
IN_ORDER = (
    ("no_contact_days", "long_no_contact_days"),
    ("long_no_contact_days", "inactive_days"),
    ("non_response_week", "consultation_week"),
    ("caseload_least", "caseload_most"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting is called, what it may be, and whose rule it is. No unit: it is a text.

    A long text has lines of its own, and a field of several lines; empty, the program's own holds.
    """

    name: str
    title: str
    unit: str
    lowest: int
    highest: int
    source: str
    is_long_text: bool = False

    @property
    def longest(self) -> int:
        """The most characters that a text may have."""
        return LONGEST_LONG_TEXT if self.is_long_text else LONGEST_TEXT

    @property
    def is_text(self) -> bool:
        return not self.unit

    @property
    def default(self) -> int | str:
        return DEFAULT_SETTINGS.value(self.name)

    def value_words(self, value: int | str) -> str:
        """Write a value as it stands in a list: 30 days, or the words of a text."""
        if self.is_text:
            return str(value) or "None"
        if self.name == "target_below" and not value:
            return "Bao/NYS"
        return f"{value} {self.unit if value != 1 else self.unit.removesuffix('s')}"

    def read(self, text: str) -> int | str:
        """Read a value that was stored: it was checked when it was typed."""
        return text if self.is_text else int(text)

    def problem(self, text: str) -> str | None:
        """Say what is wrong with a value as typed; None if nothing is."""
        if self.is_text:
            if len(text.strip()) > self.longest:
                return f"{self.title}: at most {self.longest:,} characters."
            if not self.is_long_text and has_controls(text.strip()):
                return f"{self.title}: one line, without line breaks or tabs."
            if self.name == "crisis_line" and not text.strip():
                return "A crisis number is always shown. Type 988, or the number of your country."
            return None
        number = text.strip()
        if not _NUMBER.fullmatch(number) or not self.lowest <= int(number) <= self.highest:
            return f"{self.title}: type {self.lowest} to {self.highest} {self.unit}."
        return None

    def words(self, settings: ClinicalSettings) -> str:
        """Write the setting with its value: Score is stale after: 30 days."""
        value = settings.value(self.name)
        if self.name == "target_below" and not value:
            return f"{self.title}: none, the Bao/NYS target holds"
        unit = self.unit if value != 1 else self.unit.removesuffix("s")
        return f"{self.title}: {value} {unit}".rstrip()


COMPASS = "COMPASS: weekly in month 1, then every other week for 2–3 months, then extended"
SCOPE = "AIMS/SCOPE registry workflow"
BAO = "Bao et al., Psychiatric Services 2016, doi 10.1176/appi.ps.201500491"
NYS = "NYS OMH Collaborative Care, metrics of 2025"
AIMS = "AIMS Center: measurement-based treatment to target"
CASELOAD = (
    "AIMS Center, for one full-time care manager: 60–80 where most are publicly insured, "
    "90–120 where most are commercially insured"
)
OURS = "This program's own rule"
LAW = "Your state's law and your contracts; 10 years: 42 CFR 422.504(d), Medicare Advantage"
SETTINGS: tuple[Setting, ...] = (
    Setting("first_contact_days", "First contact after the start", "days", 1, 28, COMPASS),
    Setting("active_interval_weeks", "Contacts in active treatment every", "weeks", 1, 8, COMPASS),
    Setting("active_weeks", "Active pace until treatment week", "weeks", 4, 52, COMPASS),
    Setting(
        "settled_interval_weeks",
        "Contacts at target or after the active pace every",
        "weeks",
        1,
        12,
        f"{SCOPE}: never less than monthly until response",
    ),
    Setting(
        "relapse_prevention_interval_weeks",
        "Contacts in relapse prevention every",
        "weeks",
        1,
        12,
        f"{SCOPE}: at least once every 2 months; AIMS: monthly",
    ),
    Setting("measure_days", "Measure again after", "days", 7, 90, f"{NYS}: a score each month"),
    Setting(
        "first_follow_up_days",
        "First follow-up within",
        "days",
        7,
        60,
        f"{BAO}: a follow-up within 4 weeks of the initial contact",
    ),
    Setting("stale_days", "A score is stale after", "days", 14, 120, "AIMS: score within 30 days"),
    Setting(
        "no_contact_days",
        "No contact in active treatment for",
        "days",
        7,
        120,
        f"{SCOPE}: never less than monthly until response",
    ),
    Setting(
        "long_no_contact_days",
        "Long without contact after",
        "days",
        14,
        180,
        "AIMS caseload tracker: marked after 60 days",
    ),
    Setting(
        "inactive_days",
        "Closing is proposed without contact for",
        "days",
        30,
        365,
        f"{NYS}: inactive after 90 consecutive days",
    ),
    Setting(
        "target_below",
        "Treatment target: last primary score below",
        "points",
        0,
        27,
        "0 is the Bao/NYS target; a patient's own target comes first",
    ),
    Setting("non_response_week", "Non-response is looked at from week", "weeks", 4, 26, BAO),
    Setting("consultation_week", "Consultation at the latest in week", "weeks", 5, 52, BAO),
    Setting(
        "consultation_from_days",
        "Consultation is counted from day",
        "days",
        28,
        180,
        f"{NYS}, metric 8",
    ),
    Setting(
        "consultation_days",
        "A recommendation counts for",
        "days",
        28,
        180,
        f"{NYS}, metric 8: reviewed in the past 60 days",
    ),
    Setting(
        "plateau_weeks",
        "Plateau: same plan without half of the baseline for",
        "weeks",
        4,
        26,
        f"{AIMS}: change treatment after 10–12 weeks on a plan",
    ),
    Setting(
        "worse_points",
        "Worse: above the best score by",
        "points",
        2,
        15,
        "Löwe et al. 2004, doi 10.1097/00005650-200412000-00006: 5 PHQ-9 points matter",
    ),
    Setting("follow_through_days", "Act on a recommendation within", "days", 3, 60, OURS),
    Setting("review_days", "Review in active treatment every", "days", 7, 90, f"{SCOPE}: monthly"),
    Setting(
        "relapse_prevention_review_days",
        "Review in relapse prevention every",
        "days",
        14,
        180,
        f"{SCOPE}: every 2 months",
    ),
    Setting("meeting_days", "The caseload review meets every", "days", 1, 31, "AIMS: weekly"),
    Setting(
        "sustained_days",
        "Ready to step down after response for",
        "days",
        14,
        180,
        "Full remission: 2 months without significant symptoms",
    ),
    Setting(
        "relapse_from",
        "Relapse in relapse prevention: score from",
        "points",
        5,
        27,
        f"{SCOPE}: back to treatment; 10 as the elevated baseline",
    ),
    Setting(
        "long_episode_weeks", "Long episode after", "weeks", 12, 104, f"{SCOPE}: after 9 months"
    ),
    Setting("caseload_least", "Caseload goal: from", "patients", 1, 300, CASELOAD),
    Setting("caseload_most", "Caseload goal: to", "patients", 2, 400, CASELOAD),
    Setting(
        "safety_escalation_days",
        "A safety task goes to the treating practitioner after",
        "days",
        1,
        7,
        "AIMS and SCOPE protocols for item 9: the same day; later it is passed on",
    ),
    Setting("retention_years", "Keep a record after its last entry", "years", 6, 99, LAW),
    Setting("retention_minor_years", "Keep a minor's record after age 18", "years", 1, 50, LAW),
    Setting("crisis_line", "Crisis number", "", 0, 0, "988 Suicide & Crisis Lifeline, since 2022"),
    Setting("crisis_line_name", "Crisis number: whose", "", 0, 0, OURS),
    Setting("practice_crisis_line", "The practice's own crisis number", "", 0, 0, OURS),
    Setting("practice_crisis_line_name", "The practice's crisis number: whose", "", 0, 0, OURS),
    Setting(
        "safety_protocol",
        "Safety protocol of the practice",
        "",
        0,
        0,
        "AIMS and SCOPE protocols for item 9; C-SSRS screener. Empty: the program's own words",
        is_long_text=True,
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def changed(settings: ClinicalSettings, name: str, value: int | str) -> ClinicalSettings:
    """Give the same settings with one of them changed."""
    values: dict[str, Any] = {name: value}
    return replace(settings, **values)


def differing(settings: ClinicalSettings) -> tuple[Setting, ...]:
    """Give the settings that are not as the program comes."""
    values = asdict(settings)
    return tuple(setting for setting in SETTINGS if values[setting.name] != setting.default)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """What the practice chose, from which day on, and when that was typed once it is stored."""

    id: str
    name: str
    value: str
    valid_from: date
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SettingDraft:
    """What was typed to change a setting."""

    name: str
    value: str
    valid_from: date | None
    id: str = field(default_factory=new_id)

    def problems(self, settings: ClinicalSettings, *, today: date) -> Iterator[Problem]:
        """Name what is wrong; `settings` are those that hold now."""
        setting = BY_NAME.get(self.name)
        if setting is None:
            yield Problem("name", f"There is no setting {self.name}.")
            return
        if words := setting.problem(self.value):
            yield Problem("value", words)
        else:
            value = setting.read(self.value.strip())
            yield from changed(settings, self.name, value).order_problems()
        if self.valid_from is None:
            yield Problem("valid_from", "Type the day from which the setting holds.")
        elif self.valid_from < today:
            words = "A setting holds from today on, or later: what was due is not rewritten."
            yield Problem("valid_from", words)

    def accept(self, settings: ClinicalSettings, *, today: date) -> SettingChange:
        problems = tuple(self.problems(settings, today=today))
        if problems or self.valid_from is None:
            raise Refused(*problems)
        return SettingChange(self.id, self.name, self.value.strip(), self.valid_from)


NAMES = tuple(one.name for one in fields(ClinicalSettings))
