"""Payers: setting them up, changing and retiring them, and giving them to who names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.coverage_draft import (
    CoverageDraft,
    NamedPayer,
    fits,
    named_payers,
)
from cocm_desktop.domain.billing.payer import Payer
from cocm_desktop.domain.billing.payer_draft import PayerDraft, RuleChoice
from cocm_desktop.domain.billing.rule_set import CLINIC
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PayerId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.text import fold
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, coverage
from cocm_desktop.storage import payer as payers

TOUCHES = Topic.BILLING


@dataclass(frozen=True, slots=True)
class Payers:
    """The payers on file, whom each covers, and what patients without coverage name."""

    payers: tuple[Payer, ...]
    rules: tuple[RuleChoice, ...]
    covered: Mapping[PayerId, int]
    named: tuple[NamedPayer, ...]

    def rule_title(self, payer: Payer) -> str:
        return next((rule.title for rule in self.rules if rule.id == payer.rule_set), "")


def read_payers(workspace: Workspace) -> Payers:
    workspace.require(Permission.SEE_BILLING)
    with workspace.database.read() as session:
        found = payers.everything(session)
        return Payers(
            payers=found,
            rules=rule_choices(workspace),
            covered=coverage.covered_by(session),
            named=named_payers(coverage.uncovered(session), found),
        )


def read_payer_names(workspace: Workspace) -> tuple[str, ...]:
    """Give the payers that may be named for a patient, as whoever takes patients in may see."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    with workspace.database.read() as session:
        return tuple(payer.name for payer in payers.everything(session) if payer.active)


def rule_choices(workspace: Workspace) -> tuple[RuleChoice, ...]:
    """Give the rule sets that a payer may have: of each the one in force, or else the last."""
    today, chosen = workspace.today(), dict[str, RuleChoice]()
    for rules in reversed(tables_of(workspace).rule_sets.all()):
        if rules.id.endswith(CLINIC):
            continue
        if rules.id not in chosen or rules.valid.holds(today):
            chosen[rules.id] = RuleChoice(rules.id, rules.title, rules.program)
    return tuple(sorted(chosen.values(), key=lambda each: (each.program.value, fold(each.title))))


def add_payer(workspace: Workspace, draft: PayerDraft) -> Change:
    workspace.require(Permission.SET_UP_CHARGES)
    with workspace.database.write() as session:
        if not payers.exists(session, draft.id):
            payer = _accepted(workspace, draft, payers.everything(session))
            payers.add(session, payer, workspace.stamp())
            audit.write(session, workspace.stamp(), audit.created("payer.added", payer.id))
    return Change(TOUCHES, draft.id)


def change_payer(workspace: Workspace, draft: PayerDraft, *, version: int) -> Change:
    """Change a payer, or retire it: it stays with those whom it covered, and is not offered."""
    workspace.require(Permission.SET_UP_CHARGES)
    with workspace.database.write() as session:
        payers.get(session, draft.id)
        payer = _accepted(workspace, draft, payers.everything(session))
        changes = payers.update(session, replace(payer, version=version))
        note = audit.changed("payer.changed", payer.id, changes)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def cover_named(
    workspace: Workspace, words: str, payer_id: PayerId, *, first_on: date | None = None
) -> Change:
    """Give a payer to every patient without coverage who names it by these words.

    Their member id and group number go along. Who has none that fits is left as they are.
    """
    workspace.require(Permission.SET_UP_CHARGES)
    with workspace.database.write() as session:
        payer = payers.get(session, payer_id)
        if not payer.active:
            raise Refused(Problem("payer_id", f"{payer.name} is retired. Choose another payer."))
        named = named_payers(coverage.uncovered(session), payers.everything(session))
        chosen = next((each for each in named if fold(each.words) == fold(words)), None)
        if chosen is None:
            raise Refused(Problem("words", f"No patient without coverage names “{words}”."))
        _cover(workspace, chosen, payer, first_on=first_on)
    return Change(TOUCHES | Topic.PATIENT, payer_id)


def cover_matched(workspace: Workspace) -> Change:
    """Give every patient without coverage the payer of the name that they name, where set up."""
    workspace.require(Permission.SET_UP_CHARGES)
    with workspace.database.write() as session:
        for named in named_payers(coverage.uncovered(session), payers.everything(session)):
            if named.payer is not None:
                _cover(workspace, named, named.payer)
    return Change(TOUCHES | Topic.PATIENT, "")


def _cover(
    workspace: Workspace, named: NamedPayer, payer: Payer, *, first_on: date | None = None
) -> None:
    for patient_id, intake in named.patients:
        if not fits(payer, intake.member_id):
            continue
        draft = CoverageDraft(patient_id, payer.id, intake.member_id, intake.group_number, first_on)
        made = draft.accept(payers={payer.id: payer}, others=(), today=workspace.today())
        with workspace.database.write() as session:
            coverage.add(session, made, workspace.stamp())
            note = audit.created("coverage.recorded", made.id, patient_id)
            audit.write(session, workspace.stamp(), note)


def _accepted(workspace: Workspace, draft: PayerDraft, others: tuple[Payer, ...]) -> Payer:
    return draft.accept(today=workspace.today(), others=others, rules=rule_choices(workspace))
