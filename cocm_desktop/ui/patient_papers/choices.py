"""Which papers can be made for one patient, and how each is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from cocm_desktop.actions.home_form import USUAL, FormChoice, Printable, print_home_form
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.patient_summary import print_patient_summary
from cocm_desktop.actions.plan import PlanChoice, print_plan
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.ui.patient.subject import Subject

FOR_PATIENTS = (PlanKind.SAFETY_PLAN, PlanKind.RELAPSE_PREVENTION_PLAN)
Make = Callable[[Workspace], Paper]


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """One paper: how it is called, how it is made, and the languages in which it exists."""

    words: str
    name: str
    make: Callable[[Language], Make]
    languages: tuple[Language, ...] = tuple(Language)


def form_choices(subject: Subject | None, printable: Sequence[Printable]) -> Iterator[PaperChoice]:
    """Give the usual forms together, then each by itself; without a patient blank ones."""
    patient_id = subject.patient_id if subject else None
    usual = [each.instrument for each in printable if each.instrument in USUAL]
    pairs: list[tuple[Sequence[str], tuple[Language, ...]]] = [
        ([each.instrument], each.languages) for each in printable
    ]
    if len(usual) > 1:
        pairs.insert(0, (usual, (Language.ENGLISH,)))
    for names, languages in pairs:
        words = tr("%1 to fill in at home").replace("%1", tr(" and ").join(names))
        file_name = "-".join(names).lower()

        def make(language: Language, names: Sequence[str] = names) -> Make:
            return partial(print_home_form, choice=FormChoice(tuple(names), language, patient_id))

        yield PaperChoice(words, file_name, make, languages)


def chart_choices(subject: Subject) -> Iterator[PaperChoice]:
    """Give the summary and the plans that patients keep, for whoever may open the chart."""

    def summary(language: Language) -> Make:
        return partial(print_patient_summary, patient_id=subject.patient_id, language=language)

    yield PaperChoice(tr("Summary of the care"), "summary", summary)
    if subject.episode_id is None:
        return
    for kind in FOR_PATIENTS:
        for as_form in (False, True):
            words = tr("%1, empty form") if as_form else tr("%1 as written")

            def plan(language: Language, kind: PlanKind = kind, *, as_form: bool = as_form) -> Make:
                choice = PlanChoice(kind, as_form, language=language)
                return partial(print_plan, episode_id=subject.episode_id or "", choice=choice)

            name = kind.value.lower().replace(" ", "-")
            yield PaperChoice(words.replace("%1", kind.value), name, plan)


def tr(words: str) -> str:
    return QCoreApplication.translate("PaperChoice", words)
