"""The rules of a payer that the sample practice wrote down itself."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.rule_set import put_rule_set
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.billing.own_rule_set import Confirmation, RuleSetDraft
from cocm_desktop.domain.billing.rule_set import Program, RuleSet, StateRate
from cocm_desktop.domain.ids import OwnRuleSetId

OWN_RULES = "AETNA-CONTRACT"


def keep_contract(workspace: Workspace) -> None:
    """Keep the contract with a commercial payer; its amounts are made up like everything here."""
    today = workspace.today()
    rules = RuleSet(
        id=OWN_RULES,
        title="Aetna, by the practice's contract",
        program=Program.COMMERCIAL,
        source="Sample contract of this year; its amounts are made up",
        codes=("99492", "99493", "99494", "G2214"),
        valid=Span(date(today.year - 1, 1, 1)),
        days_to_file=120,
        state_rates=(
            StateRate("99492", 18_400),
            StateRate("99493", 16_600),
            StateRate("99494", 7_000),
            StateRate("G2214", 6_900),
        ),
    )
    confirmation = Confirmation(today, "Provider relations, by telephone")
    own_id = OwnRuleSetId(sample_id("rules of a contract"))
    put_rule_set(workspace, RuleSetDraft(rules, confirmation, own_id))
