"""A patient's coverage, and what payers answered when they were asked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    patient_option,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.commands.payer import payer_called
from cocm_desktop.domain.billing.coverage_draft import RANK_WORDS, CoverageDraft
from cocm_desktop.domain.billing.eligibility import EligibilityDraft
from cocm_desktop.domain.billing.payer import Insured, PatientCoverage, Relation
from cocm_desktop.domain.ids import CoverageId, PayerId
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.coverage import ReadCoverage
    from cocm_desktop.actions.workspace import Workspace

TEXTS = ("member_id", "group_number", "authorization")
DAYS = ("first_on", "last_on", "authorized_last_on")
INSURED = ("last_name", "first_name", "address", "city", "state", "postal_code")
YES_NO = {"yes": True, "no": False}


def declare_coverage(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list a patient's coverage and what payers answered")
    patient_option(listed)
    json_option(listed)
    listed.set_defaults(work=show)
    added = group.add("add", "record that a payer covers a patient")
    patient_option(added)
    added.add_argument("--payer", metavar="PAYER", required=True, help="name or id")
    _details(added)
    id_option(added)
    added.set_defaults(work=add)
    changed = group.add("change", "change the details that are named, such as the last day")
    patient_option(changed)
    changed.add_argument("coverage", metavar="ID")
    changed.add_argument("--payer", metavar="PAYER", help="name or id")
    _details(changed)
    changed.set_defaults(work=change)
    voided = group.add("void", "withdraw coverage that never was; one that ends gets a last day")
    voided.add_argument("coverage", metavar="ID")
    voided.add_argument("--reason", metavar="WORDS", required=True)
    voided.set_defaults(work=void)
    _declare_answers(group)


def _declare_answers(group: Group) -> None:
    asked = group.add("checked", "record what a payer answered when it was asked")
    asked.add_argument("coverage", metavar="ID")
    asked.add_argument("--on", metavar="DATE", default="today")
    asked.add_argument("--active", choices=tuple(YES_NO), required=True)
    asked.add_argument("--plan", metavar="TEXT", default="")
    asked.add_argument("--copay", metavar="DOLLARS")
    asked.add_argument("--covers-cocm", choices=tuple(YES_NO))
    asked.add_argument("--reference-number", metavar="TEXT", default="")
    id_option(asked)
    asked.set_defaults(work=record_answer)
    unasked = group.add("void-check", "withdraw an answer")
    unasked.add_argument("check", metavar="ID")
    unasked.add_argument("--reason", metavar="WORDS", required=True)
    unasked.set_defaults(work=void_answer)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.coverage import read_coverage

    read = read_coverage(workspace, typed.patient(workspace, options.patient).id)
    if options.json:
        say_json([_content(read, each) for each in read.coverage])
        return
    lines = [
        (
            RANK_WORDS[each.rank],
            read.payer_of(each).name,
            each.member_id or NOTHING,
            f"{_day(each.first_on, 'always')} to {_day(each.last_on, 'today')}",
            each.relation.value,
            each.eligibility_note or "never asked",
            each.id,
        )
        for each in read.coverage
    ]
    say_table(("pays", "payer", "member id", "days", "insured", "eligibility", "id"), lines)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.coverage import read_coverage, record_coverage

    read = read_coverage(workspace, typed.patient(workspace, options.patient).id)
    payer = payer_called(read.payers, options.payer)
    blank = CoverageDraft(read.patient.id, payer.id, "", **id_given(options))
    ack(record_coverage(workspace, _typed(workspace, options, blank)).record_id)


def change(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.coverage import change_coverage, read_coverage

    read = read_coverage(workspace, typed.patient(workspace, options.patient).id)
    before = next((each for each in read.coverage if each.id == options.coverage), None)
    if before is None:
        raise Refused(Problem("coverage", "This patient has no coverage of this id."))
    names = {each.name for each in fields(CoverageDraft)}
    values: dict[str, Any] = {name: getattr(before, name) for name in names}
    draft = _typed(workspace, options, CoverageDraft(**values))
    if options.payer:
        draft = replace(draft, payer_id=PayerId(payer_called(read.payers, options.payer).id))
    ack(change_coverage(workspace, draft, version=before.version).record_id)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.coverage import void_coverage

    ack(void_coverage(workspace, options.coverage, reason=options.reason).record_id)


def record_answer(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.coverage import record_eligibility

    draft = EligibilityDraft(
        coverage_id=CoverageId(options.coverage),
        checked_on=typed.day("on", options.on, today=workspace.today(), past=True),
        is_active=YES_NO[options.active],
        plan=options.plan,
        copay_cents=typed.cents(options.copay) if options.copay else None,
        covers_cocm=YES_NO[options.covers_cocm] if options.covers_cocm else None,
        reference_number=options.reference_number,
        **id_given(options),
    )
    ack(record_eligibility(workspace, draft).record_id)


def void_answer(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.coverage import void_eligibility

    ack(void_eligibility(workspace, options.check, reason=options.reason).record_id)


def _details(parser: ArgumentParser) -> None:
    for name in TEXTS:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    for name in DAYS:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="DATE")
    parser.add_argument("--rank", metavar="1|2|3", type=whole_number, help="1 pays first")
    parser.add_argument("--relation", choices=slugs(Relation), help="to the insured person")
    for name in INSURED:
        parser.add_argument(f"--insured-{name.replace('_', '-')}", metavar="TEXT")
    parser.add_argument("--insured-born", metavar="DATE")
    parser.add_argument("--insured-sex", choices=slugs(Sex))


def _typed(workspace: Workspace, options: Namespace, draft: CoverageDraft) -> CoverageDraft:
    """Put what was typed in place of what stands in a draft; an empty day takes one away."""
    today = workspace.today()
    named: dict[str, Any] = {name: getattr(options, name) for name in (*TEXTS, "rank")}
    if options.relation:
        named["relation"] = member_of(Relation, options.relation)
    changes = {name: value for name, value in named.items() if value is not None}
    for name in DAYS:
        if (text := getattr(options, name)) is not None:
            changes[name] = typed.day_or_none(name, text, today=today)
    made = replace(draft, **changes)
    if made.relation is Relation.SELF:
        return replace(made, insured=None) if options.relation else made
    return replace(made, insured=_insured(workspace, options, made.insured or Insured("", "")))


def _insured(workspace: Workspace, options: Namespace, before: Insured) -> Insured:
    named: dict[str, Any] = {name: getattr(options, f"insured_{name}") for name in INSURED}
    born = options.insured_born
    named["born_on"] = typed.day_or_none("insured_born_on", born, today=workspace.today())
    named["sex"] = member_of(Sex, options.insured_sex) if options.insured_sex else None
    return replace(before, **{name: value for name, value in named.items() if value is not None})


def _day(day: Any, else_words: str) -> str:
    return long_date(day) if day else else_words


def _content(read: ReadCoverage, each: PatientCoverage) -> dict[str, object]:
    """Write one coverage as JSON has it."""
    days = {name: day.isoformat() if (day := getattr(each, name)) else None for name in DAYS}
    return {
        "id": each.id,
        "payer_id": each.payer_id,
        "payer": read.payer_of(each).name,
        "rank": each.rank,
        "relation": slug(each.relation),
        "insured": _insured_content(each.insured) if each.insured else None,
        **{name: getattr(each, name) for name in TEXTS},
        **days,
        "checks": [
            {
                "id": check.id,
                "checked_on": check.checked_on.isoformat(),
                "checked_by": check.checked_by,
                "active": check.is_active,
                "plan": check.plan,
                "copay_cents": check.copay_cents,
                "covers_cocm": check.covers_cocm,
                "reference_number": check.reference_number,
            }
            for check in read.checks_of(each.id)
        ],
    }


def _insured_content(insured: Insured) -> dict[str, object]:
    return {
        **{name: getattr(insured, name) for name in INSURED},
        "born_on": insured.born_on.isoformat() if insured.born_on else None,
        "sex": slug(insured.sex),
    }
