"""The practice's own rules, rates and codes: they come before those of the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.actions.billing_tables import load_tables, tables_of
from cocm_desktop.actions.codes import codes_of
from cocm_desktop.actions.payer import rule_choices
from cocm_desktop.actions.rule_set import (
    confirm_rule_set,
    put_rule_set,
    read_rule_sets,
    withdraw_rule_set,
)
from cocm_desktop.actions.table_loading import (
    check_table,
    find_localities,
    load_table,
    read_table_list,
    withdraw_table,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_table import TableKind
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.billing.locality import locality_on
from cocm_desktop.domain.billing.own_rule_set import (
    STAND_INS,
    Confirmation,
    ListedRuleSet,
    RuleSetDraft,
)
from cocm_desktop.domain.billing.rate_table import table_for
from cocm_desktop.domain.billing.rule_set import RuleSet, StateRate
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from tests.actions.work import as_role, rows_stored
from tests.exchange.public_files import code_lines, gpci_lines, rvu_lines, stored

TODAY = date(2026, 11, 30)
ASKED = Confirmation(date(2026, 11, 20), "J. Doe of provider relations, by phone")


def shipped(name: str) -> RuleSet:
    return next(each for each in load_tables().rule_sets.all() if each.id == name)


def loaded(workspace: Workspace, file: Path, kind: TableKind) -> str:
    checked = check_table(workspace, file, kind)
    return load_table(workspace, checked.preview).record_id


def only(workspace: Workspace, name: str) -> ListedRuleSet:
    (listed,) = read_rule_sets(workspace).named(name)
    return listed


def test_a_clinic_begins_with_the_tables_of_the_program(workspace: Workspace) -> None:
    own, program = tables_of(workspace), load_tables()

    assert own.rule_sets.all() == program.rule_sets.all()
    assert (own.rates, own.localities) == (program.rates, ())
    assert all(each.own is None for each in read_rule_sets(workspace).rule_sets)


def test_a_rule_set_of_the_practice_holds_from_its_day_on(workspace: Workspace) -> None:
    mine = replace(shipped("BCBSND"), valid=Span(date(2026, 7, 1)), codes=("99492", "99493"))
    put_rule_set(workspace, RuleSetDraft(mine))
    sets = tables_of(workspace).rule_sets

    before = sets.holding("BCBSND", date(2026, 6, 30), is_clinic=False)
    after = sets.holding("BCBSND", date(2026, 7, 1), is_clinic=False)

    assert before == shipped("BCBSND")
    assert (after.codes, after.is_confirmed) == (("99492", "99493"), False)


def test_what_the_payer_confirmed_needs_no_more_to_be_told(workspace: Workspace) -> None:
    assert only(workspace, "REGENCE").is_open

    confirm_rule_set(workspace, "regence", ASKED)

    listed = only(workspace, "REGENCE")
    rules = tables_of(workspace).rule_sets.holding("REGENCE", TODAY, is_clinic=False)
    assert (rules.is_confirmed, rules.unconfirmed_codes) == (True, ())
    assert (listed.state_words, listed.origin_words) == ("Confirmed Nov 20, 2026", "Practice")
    assert (listed.recorded_by, listed.is_open) == ("M. Bell", False)
    assert rules.codes == shipped("REGENCE").codes


def test_a_payer_is_offered_the_practices_rules_in_the_place_of_the_programs(
    workspace: Workspace,
) -> None:
    mine = replace(shipped("REGENCE"), title="Regence, by our contract")
    put_rule_set(workspace, RuleSetDraft(mine))
    put_rule_set(workspace, RuleSetDraft(replace(mine, id="OWN", title="A payer of our own")))

    offered = {each.id: each.title for each in rule_choices(workspace)}

    assert (offered["REGENCE"], offered["OWN"]) == (mine.title, "A payer of our own")


@pytest.mark.parametrize("rules", load_tables().rule_sets.all(), ids=lambda each: each.title)
def test_every_rule_set_of_the_program_could_be_kept(rules: RuleSet) -> None:
    asked = None if rules.id in STAND_INS else ASKED

    assert list(RuleSetDraft(rules, asked).problems(load_tables().codes, today=TODAY)) == []


def test_a_rule_set_takes_the_place_of_the_one_before_and_can_be_withdrawn(
    workspace: Workspace,
) -> None:
    first = RuleSetDraft(replace(shipped("SELFPAY"), id="AETNA", title="Aetna, as we know it"))
    put_rule_set(workspace, first)
    put_rule_set(workspace, first)
    second = RuleSetDraft(replace(first.rules, days_to_file=120))

    put_rule_set(workspace, second)

    assert only(workspace, "AETNA").rules.days_to_file == 120
    assert rows_stored(workspace)["own_rule_set"] == 2
    withdraw_rule_set(workspace, second.id, reason="Written for another plan")
    with pytest.raises(Refused, match="no rule set AETNA"):
        read_rule_sets(workspace).named("AETNA")
    with pytest.raises(Refused, match="not on file any more"):
        withdraw_rule_set(workspace, second.id, reason="Again")


GOOD = replace(shipped("MCD-WI"), id="OWN-1")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "own 1"}, "id"),
        ({"id": "CLINIC"}, "id"),
        ({"id": "X" * 41}, "id"),
        ({"title": " "}, "title"),
        ({"source": ""}, "source"),
        ({"source": "x" * 401}, "source"),
        ({"codes": ("99492", "12345"), "state_rates": (), "unconfirmed_codes": ()}, "codes"),
        ({"codes": (), "state_rates": (), "unconfirmed_codes": ()}, "codes"),
        ({"unconfirmed_codes": ("G2214",)}, "unconfirmed_codes"),
        ({"roles": ()}, "roles"),
        ({"state_rates": (StateRate("99492", 1), StateRate("99492", 2))}, "state_rates"),
        ({"state_rates": (StateRate("G2214", 1),)}, "state_rates"),
    ],
)
def test_rules_that_are_not_whole_are_refused_and_nothing_is_stored(
    workspace: Workspace, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        put_rule_set(workspace, RuleSetDraft(replace(GOOD, **changes)))

    assert {problem.field for problem in refusal.value.problems} == {field}
    assert rows_stored(workspace)["own_rule_set"] == 0


@pytest.mark.parametrize(
    ("confirmation", "field"),
    [
        (Confirmation(date(2026, 12, 1), "by phone"), "confirmed_on"),
        (Confirmation(TODAY, " "), "confirmed_note"),
    ],
)
def test_a_confirmation_says_when_and_with_whom(
    workspace: Workspace, confirmation: Confirmation, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        confirm_rule_set(workspace, "REGENCE", confirmation)

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert rows_stored(workspace)["own_rule_set"] == 0


@pytest.mark.parametrize("name", ["COMMERCIAL-DEFAULT", "MCD-UNKNOWN"])
def test_rules_of_payers_nobody_asked_are_not_confirmed(workspace: Workspace, name: str) -> None:
    with pytest.raises(Refused, match="stands for payers that nobody has asked"):
        confirm_rule_set(workspace, name, ASKED)

    assert rows_stored(workspace)["own_rule_set"] == 0


def test_a_day_without_rules_has_none_to_confirm(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="no rules for 2010-01-01"):
        confirm_rule_set(workspace, "MCR", ASKED, day=date(2010, 1, 1))


def test_next_year_is_not_loaded_until_its_file_is(workspace: Workspace, tmp_path: Path) -> None:
    year = read_table_list(workspace).years[0]
    assert (year.year, year.is_loaded, year.factor_words) == (2027, False, "Not loaded")

    file = stored(tmp_path, rvu_lines("2027", "January", "32.8409"), "PPRRVU2027_Jan_nonQPP.csv")
    loaded(workspace, file, TableKind.RATES)

    day = date(2027, 2, 1)
    table = table_for(tables_of(workspace).rates, day)
    assert table is not None
    assert table.factor == Decimal("32.8409")
    assert table_for(tables_of(workspace).rates, day, is_qualifying=True) is None
    assert read_table_list(workspace).years[0].factor_words == "32.8409"


def test_the_practices_own_and_the_latest_release_come_first(
    workspace: Workspace, tmp_path: Path
) -> None:
    july = stored(tmp_path, rvu_lines(factor="34.0000"), "PPRRVU2026_Jul_nonQPP.csv")
    october = rvu_lines("2026", "October", "35.0000")
    late = stored(tmp_path, october, "PPRRVU2026_Oct_nonQPP.csv")
    loaded(workspace, late, TableKind.RATES)
    loaded(workspace, july, TableKind.RATES)

    days = (date(2026, 6, 30), date(2026, 7, 1), date(2026, 10, 1))
    tables = [table_for(tables_of(workspace).rates, day) for day in days]

    assert [str(each.factor) for each in tables if each] == ["33.4009", "34.0000", "35.0000"]
    assert read_table_list(workspace).years[1].factor_words == (
        "33.4009; 33.5675 qualifying; 34.0000 from Jul 1; 35.0000 from Oct 1"
    )


def test_a_table_is_loaded_once_and_can_be_withdrawn(workspace: Workspace, tmp_path: Path) -> None:
    file = stored(tmp_path, gpci_lines(), "GPCI2026.csv")
    first = check_table(workspace, file, TableKind.LOCALITIES).preview
    load_table(workspace, first)
    load_table(workspace, first)

    again = check_table(workspace, file, TableKind.LOCALITIES)
    with pytest.raises(Refused, match="loaded already"):
        load_table(workspace, again.preview)

    assert [problem.field for problem in again.problems] == ["file"]
    assert rows_stored(workspace)["billing_table"] == 1
    withdraw_table(workspace, first.id, reason="The wrong year")
    assert tables_of(workspace).localities == ()
    assert rows_stored(workspace)["billing_table"] == 1


def test_a_locality_is_of_its_year_and_says_where_it_is_not_loaded(
    workspace: Workspace, tmp_path: Path
) -> None:
    loaded(workspace, stored(tmp_path, gpci_lines(), "GPCI2026.csv"), TableKind.LOCALITIES)
    tables = tables_of(workspace).localities

    here = locality_on(tables, "06302-00", date(2026, 3, 1))
    later = locality_on(tables, "06302-00", date(2027, 3, 1))

    assert here is not None
    assert later is not None
    assert (here.words, here.expense) == ("06302-00 WISCONSIN", Decimal("0.958"))
    assert later.words == "06302-00 not loaded for 2027: national amounts"
    assert later.expense == 1
    assert locality_on(tables, "", TODAY) is None
    assert [each.state for each in find_localities(workspace)] == ["AK", "PR", "WI"]
    assert read_table_list(workspace).years[1].locality_words == "GPCI2026.csv (3)"


def test_a_release_of_codes_ends_adds_and_divides(workspace: Workspace, tmp_path: Path) -> None:
    before = read_table_list(workspace)
    file = stored(tmp_path, code_lines(), "icd10cm_codes_2027.txt")
    told = check_table(workspace, file, TableKind.DIAGNOSES).preview.remarks[-1]
    loaded(workspace, file, TableKind.DIAGNOSES)
    codes, tables, late = codes_of(workspace), tables_of(workspace), date(2026, 10, 1)

    assert told.startswith("It ends ")
    assert told.endswith("compare the file with its source before you load it.")
    assert before.is_code_release_stale
    assert not read_table_list(workspace).is_code_release_stale
    assert tables.diagnoses_until == date(2027, 9, 30)
    assert tables.is_billable("F33.1", date(2026, 9, 30))
    assert not tables.is_billable("F33.1", late)
    assert codes.problem("F33.1", late) == (
        "F33.1 is divided into longer codes since Oct 1, 2026: add a digit."
    )
    assert codes.problem("F41.1", late) == "F41.1 ended on Sep 30, 2026: choose another code."
    assert tables.is_billable("F33.10", late)
    assert codes.problem("F33.10", date(2026, 9, 30)) == "F33.10 is valid from Oct 1, 2026 on."
    assert tables.is_billable("E11.9", late)
    assert not tables.is_billable("E11.8", late)
    assert tables.is_billable("E11.8", date(2026, 9, 30))
    assert codes.title_of("e119") == "Type 2 diabetes mellitus without complications"
    assert [each.code for each in codes.search("diabetes", late)] == ["E11.9"]
    assert [each.code for each in codes.search("E11", late)] == ["E11.9"]
    assert codes.search("F41.99", late)[0].title == "A new anxiety disorder"


def test_an_older_release_changes_nothing_but_its_own_days(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = stored(tmp_path, code_lines(), "icd10cm_codes_2025.txt")
    loaded(workspace, file, TableKind.DIAGNOSES)
    tables = tables_of(workspace)

    assert not tables.is_billable("F33.1", date(2025, 1, 1))
    assert tables.is_billable("F33.1", TODAY)
    assert codes_of(workspace).release == date(2026, 4, 1)


def test_a_biller_keeps_rules_and_loads_rates(workspace: Workspace, tmp_path: Path) -> None:
    biller = as_role(workspace, Role.BILLER)
    loaded(biller, stored(tmp_path, gpci_lines(), "GPCI2026.csv"), TableKind.LOCALITIES)
    confirm_rule_set(biller, "REGENCE", ASKED)

    assert tables_of(workspace).localities
    assert only(workspace, "REGENCE").own


def test_only_who_sets_up_charges_changes_their_tables(
    workspace: Workspace, tmp_path: Path
) -> None:
    other = as_role(workspace, Role.CARE_MANAGER)
    file = stored(tmp_path, gpci_lines(), "GPCI2026.csv")
    preview = check_table(workspace, file, TableKind.LOCALITIES).preview

    for attempt in (
        lambda: put_rule_set(other, RuleSetDraft(GOOD)),
        lambda: confirm_rule_set(other, "REGENCE", ASKED),
        lambda: withdraw_rule_set(other, "x", reason="x"),
        lambda: check_table(other, file, TableKind.LOCALITIES),
        lambda: load_table(other, preview),
        lambda: withdraw_table(other, "x", reason="x"),
    ):
        with pytest.raises(Refused, match="may not change payers"):
            attempt()

    assert read_rule_sets(other).rule_sets
    assert read_table_list(other).years
    stored_now = rows_stored(workspace)
    assert (stored_now["own_rule_set"], stored_now["billing_table"]) == (0, 0)
