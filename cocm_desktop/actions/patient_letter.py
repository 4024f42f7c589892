"""Letters to patients and consent forms: filled from the records, kept, printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cocm_desktop.actions.letter import read_letter, write_letter
from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.mailing import died_among, require_living
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.flag import Flag
from cocm_desktop.domain.ids import LetterId, PatientId, StaffId, new_id
from cocm_desktop.domain.letter import Language, LetterDraft, LetterKind, LetterTemplate
from cocm_desktop.domain.letter_template import BLANK, fill, missing_problems
from cocm_desktop.domain.letter_values import (
    LetterFacts,
    attempts_since_reached,
    day_problems,
    letter_values,
    practice_values,
    said_values,
)
from cocm_desktop.domain.mailing import letter_notices
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import language_spoken
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.consent_form import ConsentForm, consent_pdf
from cocm_desktop.printing.letter import LetterPaper, letter_pdf
from cocm_desktop.storage import contact as contacts
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import flag as flags
from cocm_desktop.storage import letter_template as templates
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import settings
from cocm_desktop.storage import staff as staff_members

HAS_DIED = (
    "This patient is recorded as having died. No letter was written. A word to the family is "
    "better written by hand."
)


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """Which letter to whom; `given` are values typed for it, by the names of their fields.

    Without a language it is the one on file for the patient.
    """

    patient_id: str
    kind: LetterKind
    language: Language | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    id: LetterId = field(default_factory=lambda: LetterId(new_id()))


@dataclass(frozen=True, slots=True)
class LetterBasis:
    """What a letter to one patient can be written from."""

    facts: LetterFacts
    templates: tuple[LetterTemplate, ...]
    marks: tuple[Flag, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """Say what to know before a letter leaves."""
        return tuple(letter_notices(self.patient, self.marks, today=self.facts.today))

    @property
    def patient(self) -> Patient:
        return self.facts.patient

    @property
    def language(self) -> Language:
        return language_spoken(self.patient.reach.language)

    def template(self, kind: LetterKind, language: Language) -> LetterTemplate:
        return next(
            each for each in self.templates if (each.kind, each.language) == (kind, language)
        )

    def values(self, language: Language, given: Mapping[str, str]) -> dict[str, str]:
        return said_values(self.facts, language, given)


def read_letter_basis(workspace: Workspace, patient_id: str) -> LetterBasis:
    workspace.require(Permission.WRITE_LETTER)
    look_at_chart(workspace, patient_id, ChartPart.LETTERS)
    with workspace.database.read() as session:
        marks = flags.showing(session, workspace.today()).get(PatientId(patient_id), ())
        return LetterBasis(_facts(workspace, patient_id), templates.everyone(session), marks)


def write_patient_letter(workspace: Workspace, request: LetterRequest) -> Change:
    """Fill the template and keep the letter; refuse where a field has no value."""
    if request.kind is LetterKind.RECOMMENDATION:
        words = "The letter to the practitioner is written from its review."
        raise Refused(Problem("kind", words))
    basis = read_letter_basis(workspace, request.patient_id)
    language = request.language or basis.language
    template = basis.template(request.kind, language)
    values = basis.values(language, request.given)
    days = day_problems(request.kind, request.given, today=basis.facts.today)
    if problems := (*missing_problems(template.body, values), *days):
        raise Refused(*problems)
    with workspace.database.read() as session:
        episode = episodes.latest(session, request.patient_id)
    if died_among(workspace, [request.patient_id]):
        raise Refused(Problem("patient_id", HAS_DIED))
    draft = LetterDraft(
        patient_id=PatientId(request.patient_id),
        kind=request.kind,
        recipient=values["patient_name"],
        title=template.title,
        body=fill(template.body, values),
        language=language,
        episode_id=episode.id if episode else None,
        id=request.id,
    )
    return write_letter(workspace, draft)


def print_patient_letter(workspace: Workspace, letter_id: str) -> Paper:
    """Make the PDF of a letter as its words were kept, and note it.

    What never went out goes to nobody who died since; what did is a record, and stays readable.
    """
    letter = read_letter(workspace, letter_id)
    if letter.kind is LetterKind.RECOMMENDATION:
        raise Refused(Problem("kind", "This letter is printed with its review."))
    if not letter.is_sent:
        require_living(workspace, letter.patient_id)
    with workspace.database.read() as session:
        practice = practices.get(session)
        patient = patients.get(session, letter.patient_id)
    if letter.kind is LetterKind.CONSENT:
        form = ConsentForm(practice, letter.language, letter.title, letter.body, patient)
        made = consent_pdf(form)
    else:
        made = letter_pdf(
            LetterPaper(
                practice, patient, letter.kind.value, letter.language, letter.written_on,
                letter.title, letter.body,
            )
        )  # fmt: skip
    told = Made("letter.printed", [patient.id])
    return noted(workspace, told, made.pdf, pages=made.pages, as_of=workspace.now())


def print_consent_form(
    workspace: Workspace, *, patient_id: str | None = None, language: Language | None = None
) -> Paper:
    """Make a consent form to sign: for one patient, or blank. What is not known stays blank."""
    workspace.require(Permission.WRITE_LETTER)
    if patient_id:
        require_living(workspace, patient_id)
    with workspace.database.read() as session:
        practice = practices.get(session)
        facts = _facts(workspace, patient_id) if patient_id else None
        spoken = language_spoken(facts.patient.reach.language) if facts else Language.ENGLISH
        chosen = language or spoken
        template = templates.holding(session, LetterKind.CONSENT, chosen)
        now = settings.on_day(session, workspace.today())
        values = letter_values(facts, chosen) if facts else practice_values(practice, now, chosen)
    body = fill(template.body, values, blank=BLANK)
    patient = facts.patient if facts else None
    made = consent_pdf(ConsentForm(practice, chosen, template.title, body, patient))
    told = Made("consent.printed", [patient_id] if patient_id else [])
    return noted(workspace, told, made.pdf, pages=made.pages, as_of=workspace.now())


def _facts(workspace: Workspace, patient_id: str) -> LetterFacts:
    today = workspace.today()
    with workspace.database.read() as session:
        patient = patients.get(session, patient_id)
        episode = episodes.latest(session, patient_id)
        members = staff_members.everyone(session)
        made = contacts.of_episode(session, episode.id, until=today) if episode else ()
        practice = practices.get(session)
        now = settings.on_day(session, today)
    titles = {each.id: each.title for each in members}
    treating = episode.treating_practitioner_id if episode else None
    return LetterFacts(
        practice=practice,
        patient=patient,
        settings=now,
        today=today,
        sender=workspace.staff.title,
        practitioner=_title(titles, treating) or patient.treating_practitioner,
        care_manager=_title(titles, episode.care_manager_id if episode else None),
        consultant=_only_consultant(members),
        attempts=attempts_since_reached(made),
    )


def _title(titles: Mapping[StaffId, str], staff_id: StaffId | None) -> str:
    return titles.get(staff_id, "") if staff_id else ""


def _only_consultant(members: Iterable[StaffMember]) -> str:
    """Name the consultant where there is one; of several, a person says which."""
    role = Role.PSYCHIATRIC_CONSULTANT
    found = [each.title for each in members if each.active and each.is_a(role)]
    return found[0] if len(found) == 1 else ""
