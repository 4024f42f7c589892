"""Keying a consultant's reply from the signed page: the page found, and its lines understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.domain.case_review import (
    LATEST_RECHECK_WEEKS,
    RecommendationDraft,
    RecommendationKind,
    RecommendationOwner,
    RecommendationUrgency,
    ReviewDraft,
    ReviewMode,
    recheck_day,
)
from cocm_desktop.domain.ids import (
    CaseReviewId,
    EpisodeId,
    PatientId,
    RecommendationId,
    ReviewMeetingId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.text import fold, says_something
from cocm_desktop.errors import Problem, Refused

_K = RecommendationKind


@dataclass(frozen=True, slots=True)
class Mark:
    """A box of the page's write-in block. `words` stand where the tick alone says everything."""

    letter: str
    name: str
    kind: RecommendationKind
    words: str = ""


MARKS = (
    Mark("c", "continue", _K.CONTINUE, "Continue as is"),
    Mark("m", "medication", _K.MEDICATION),
    Mark("d", "dose", _K.DOSE),
    Mark("t", "therapy", _K.THERAPY),
    Mark("l", "labs", _K.LAB),
    Mark("e", "measure", _K.MEASURE),
    Mark("s", "safety step", _K.SAFETY),
    Mark("r", "refer", _K.REFERRAL),
    Mark("v", "visit", _K.VISIT),
    Mark("g", "diagnosis", _K.DIAGNOSIS),
    Mark("n", "step down", _K.STEP_DOWN, "Step down"),
    Mark("x", "close the episode", _K.STEP_DOWN, "Close the episode"),
)
_BY_LETTER = {mark.letter: mark for mark in MARKS}
MARK_WORDS = " · ".join(
    f"{mark.letter} {mark.name}".replace(" ", "\N{NO-BREAK SPACE}") for mark in MARKS
)
"""Every letter with its box; a line breaks only between two of them."""


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """A patient's page of a packet, by the number that stands on it."""

    number: int
    episode_id: EpisodeId
    patient_id: PatientId
    name: str
    mrn: str
    born_on: date
    age: int
    recorded_on: date | None = None
    """The day of the review that is on file already."""

    def fits(self, identity: str) -> bool:
        """Whether this is the MRN of the patient, or the year in which they were born."""
        given = fold(identity)
        return bool(given) and given in {fold(self.mrn), str(self.born_on.year)}


def page_of(pages: Sequence[ReplyPage], number: int | None, identity: str) -> ReplyPage:
    """Give the page whose number and patient both fit what stands on the paper, or refuse.

    Two marks, since a slip in one of them would put the reply into another's chart.
    """
    found = next((page for page in pages if page.number == number), None)
    if found is None:
        words = f"Type the case number at the top of the page, 1 to {len(pages)}."
        raise Refused(Problem("number", words))
    if not fold(identity):
        words = "Type the MRN on the page, or the year of birth."
        raise Refused(Problem("identity", words))
    if not found.fits(identity):
        words = (
            f"Case {found.number} is not a patient with this MRN or year of birth. Nothing was "
            "recorded. Compare the page: it may be of another packet."
        )
        raise Refused(Problem("identity", words))
    return found


def next_open(pages: Sequence[ReplyPage], *, after: int = 0) -> ReplyPage | None:
    """Give the next page without a review, from the top again where the last was reached."""
    waiting = [page for page in pages if page.recorded_on is None]
    return next((p for p in waiting if p.number > after), next(iter(waiting), None))


def read_line(line: str, recommendation_id: RecommendationId) -> RecommendationDraft | None:
    """Read one line, such as “d Raise to 100 mg”; None for an empty one.

    Without a letter it has no kind yet, which is refused when it is saved.
    """
    if not says_something(line):
        return None
    letter, _, rest = line.strip().partition(" ")
    mark = _BY_LETTER.get(letter.lower())
    if mark is None:
        return RecommendationDraft(words=line.strip(), id=recommendation_id)
    words = rest.strip() if says_something(rest) else mark.words
    return RecommendationDraft(words=words, kind=mark.kind, id=recommendation_id)


def line_words(line: str) -> str:
    """Say beside a line how it is understood."""
    mark = _BY_LETTER.get(line.strip().partition(" ")[0].lower())
    if not says_something(line):
        return ""
    return mark.name if mark else "no letter yet"


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One handwritten line as it was typed."""

    typed: str
    id: RecommendationId = field(default_factory=lambda: RecommendationId(new_id()))


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """One page's reply as it was typed: who acts, how soon and when to recheck hold for all of it.

    `recheck_weeks` is 0 where the page asks for none.
    """

    episode_id: EpisodeId
    consultant_id: StaffId | None
    reviewed_on: date | None
    lines: tuple[ReplyLine, ...] = ()
    owner: RecommendationOwner = RecommendationOwner.PRACTITIONER
    urgency: RecommendationUrgency = RecommendationUrgency.ROUTINE
    recheck_weeks: int = 0
    minutes: int = 0
    impression: str = ""
    mode: ReviewMode = ReviewMode.VIDEO
    id: CaseReviewId = field(default_factory=lambda: CaseReviewId(new_id()))

    def problems(self) -> Iterator[Problem]:
        """Name what a line lacks; the rest is told by the review itself."""
        if not 0 <= self.recheck_weeks <= LATEST_RECHECK_WEEKS:
            yield Problem("recheck", f"Type 0 to {LATEST_RECHECK_WEEKS} weeks.")
        for number, line in enumerate(self.lines):
            read = read_line(line.typed, line.id)
            if read is not None and read.kind is None:
                words = f"Begin the line with the letter of its kind: {line.typed.strip()[:40]}"
                yield Problem(f"line{number}", words)
            elif read is not None and read.is_blank:
                yield Problem(f"line{number}", "Type what was recommended after the letter.")

    def review(self, *, meeting_id: ReviewMeetingId | None = None) -> ReviewDraft:
        """Give the review, or raise Refused where a line is not understood."""
        if problems := tuple(self.problems()):
            raise Refused(*problems)
        return ReviewDraft(
            id=self.id,
            episode_id=self.episode_id,
            consultant_id=self.consultant_id,
            reviewed_on=self.reviewed_on,
            recommendations=tuple(self._recommendations()),
            minutes=self.minutes,
            impression=self.impression,
            mode=self.mode,
            meeting_id=meeting_id,
        )

    def _recommendations(self) -> Iterator[RecommendationDraft]:
        recheck_on = None
        if self.recheck_weeks and self.reviewed_on:
            recheck_on = recheck_day(self.reviewed_on, self.recheck_weeks)
        for line in self.lines:
            read = read_line(line.typed, line.id)
            if read is not None:
                yield RecommendationDraft(
                    words=read.words,
                    kind=read.kind,
                    owner=self.owner,
                    urgency=self.urgency,
                    recheck_on=recheck_on,
                    id=read.id,
                )
