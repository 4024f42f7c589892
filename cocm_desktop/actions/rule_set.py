"""The rule sets of payers: listing them, and keeping the practice's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.code_catalogue import BillingCode
from cocm_desktop.domain.billing.own_rule_set import (
    Confirmation,
    ListedRuleSet,
    RuleSetDraft,
    listed_rule_sets,
)
from cocm_desktop.domain.billing.rule_set import RuleSet
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.described import read_as, written
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.strict_json import read_json
from cocm_desktop.storage import audit
from cocm_desktop.storage import own_rule_set as own_rule_sets

TOUCHES = Topic.SETTINGS | Topic.BILLING


@dataclass(frozen=True, slots=True)
class RuleSetList:
    """Every rule set as it holds, and the codes that one may cover."""

    rule_sets: tuple[ListedRuleSet, ...]
    codes: tuple[BillingCode, ...]
    today: date

    def named(self, name: str) -> tuple[ListedRuleSet, ...]:
        """Give the rule sets of a name, the newest days first, or raise Refused for none."""
        found = tuple(each for each in self.rule_sets if each.rules.id == name.upper())
        if not found:
            raise Refused(Problem("rule_set", f"There is no rule set {name[:80]}."))
        return found

    def on_day(self, name: str, day: date) -> ListedRuleSet:
        """Give the one that holds on a day, the practice's before the program's.

        Raises Refused where none does.
        """
        holding = [each for each in self.named(name) if each.rules.valid.holds(day)]
        if not holding:
            words = f"The rule set {name[:80]} has no rules for {day.isoformat()}."
            raise Refused(Problem("rule_set", words))
        return next((each for each in holding if each.own), holding[0])


def read_rule_sets(workspace: Workspace) -> RuleSetList:
    workspace.require(Permission.SEE_BILLING)
    shipped = load_tables()
    with workspace.database.read() as session:
        own = own_rule_sets.everything(session)
    listed = [ListedRuleSet(each.rules, each, at, by) for each, at, by in own]
    return RuleSetList(
        rule_sets=listed_rule_sets(listed, shipped.rule_sets.all()),
        codes=shipped.codes.codes,
        today=workspace.today(),
    )


def rule_set_in(file: Path) -> RuleSet:
    """Read a rule set from a JSON file, or raise Refused naming the field, or Unavailable."""
    return read_as(RuleSet, read_json(file))


def put_rule_set(workspace: Workspace, draft: RuleSetDraft) -> Change:
    """Keep a rule set. It takes the place of the practice's one of the same name and first day.

    Bills that were issued keep the rules they were worked out with.
    """
    workspace.require(Permission.SET_UP_CHARGES)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if not own_rule_sets.exists(session, draft.id):
            own = draft.accept(load_tables().codes, today=workspace.today())
            before = own_rule_sets.put(session, own, stamp)
            changes = [FieldChange("rules", before, str(written(own.rules)))]
            audit.write(session, stamp, audit.changed("rule_set.put", own.id, changes))
    return Change(TOUCHES, draft.id)


def confirm_rule_set(
    workspace: Workspace, name: str, confirmation: Confirmation, *, day: date | None = None
) -> Change:
    """Record that the payer confirmed the rules that hold on a day, today unless it is given.

    A rule set of the program becomes the practice's own by it: what was confirmed stays as it is.
    """
    workspace.require(Permission.SET_UP_CHARGES)
    holding = read_rule_sets(workspace).on_day(name, day or workspace.today())
    return put_rule_set(workspace, RuleSetDraft(holding.rules, confirmation))


def withdraw_rule_set(workspace: Workspace, own_id: str, *, reason: str) -> Change:
    """Go back to the program's rules of that name, or to none. What was withdrawn stays on file."""
    workspace.require(Permission.SET_UP_CHARGES)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        own_rule_sets.withdraw(session, own_id, workspace.stamp(), reason=reason)
        note = audit.voided("rule_set.withdrawn", own_id, reason=reason)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, own_id)
