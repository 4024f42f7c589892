"""What is known of one person of the sample clinic before the story is told."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.patient import Sex

HIGH = 10
PCL5 = InstrumentId("PCL-5")
F, M, X = Sex.FEMALE, Sex.MALE, Sex.OTHER


@dataclass(frozen=True, slots=True)
class Part:
    """One patient. All weeks count back from the day as of which the clinic is made.

    `course` reads "12 stuck 17 6": enrolled 12 weeks ago, the shape of the course, the baseline
    PHQ-9 and GAD-7, a dash where one was not used. Empty for a patient who is not enrolled.
    `item9` holds the answers to item 9 at the first measures; `open9` the one of yesterday that
    nobody has closed yet. `lapse`, `hold` and `relapse_prevention` are weeks ago; `closed` is
    weeks ago and the name of the reason; `before` is an earlier episode: weeks ago it began and
    ended. `pcl5` is a baseline on that scale, by which the episode is then judged. `waits` says
    what a referral is on the wait-list for. `unreviewed` is
    for how many weeks the case review has not come to the patient. `slip` says what happened to
    the second PHQ-9: "total only", "partial" or "corrected".
    """

    last: str
    first: str
    born: str
    sex: Sex
    payer: str
    course: str = ""
    life: str = ""
    drug: str = ""
    code: str = "F33.1"
    middle: str = ""
    preferred: str = ""
    language: str = ""
    item9: tuple[int, ...] = ()
    open9: int = 0
    question: str = ""
    lapse: int = 0
    hold: int = 0
    relapse_prevention: int = 0
    closed: tuple[int, str] | None = None
    before: tuple[int, int] | None = None
    effort: float = 1.0
    consented_days: int = 0
    referred_days: int = 0
    waits: str = ""
    pcl5: int = 0
    unreviewed: int = 0
    slip: str = ""

    @property
    def weeks(self) -> int:
        return int(self.course.split()[0]) if self.course else 0

    @property
    def shape(self) -> str:
        return self.course.split()[1]

    @property
    def phq9(self) -> int | None:
        return _baseline(self.course.split()[2])

    @property
    def primary(self) -> InstrumentId:
        """The scale by which the episode is judged: the one that began high."""
        if self.pcl5:
            return PCL5
        high = GAD7 if self.course and (self.gad7 or 0) >= HIGH > (self.phq9 or 0) else PHQ9
        return InstrumentId(high)

    @property
    def gad7(self) -> int | None:
        return _baseline(self.course.split()[3])


def _baseline(text: str) -> int | None:
    return None if text == "-" else int(text)
