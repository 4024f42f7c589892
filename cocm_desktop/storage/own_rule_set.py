"""Rule sets as the practice wrote them: replaced, withdrawn, never lost."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.own_rule_set import Confirmation, OwnRuleSet
from cocm_desktop.domain.billing.rule_set import RuleSet
from cocm_desktop.domain.described import read_as, written
from cocm_desktop.domain.ids import OwnRuleSetId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import forget, is_stored, kept
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables import StaffTable
from cocm_desktop.storage.tables_rules import OwnRuleSetTable

_KEPT = "own rule sets"
Recorded = tuple[OwnRuleSet, datetime, str]


def put(session: Session, own: OwnRuleSet, stamp: Stamp) -> str | None:
    """Store it in the place of the one of its name and day; give the id of that one."""
    replaced = next(
        (
            each.id
            for each, _at, _by in everything(session)
            if (each.rules.id, each.rules.valid.first) == (own.rules.id, own.rules.valid.first)
        ),
        None,
    )
    forget(session, _KEPT)
    if replaced is not None:
        row = found(session, OwnRuleSetTable, replaced, words="rule set")
        void(row, stamp, f"Replaced by {own.id}")
        session.flush()
    confirmation = own.confirmation
    session.add(
        OwnRuleSetTable(
            id=own.id,
            name=own.rules.id,
            valid_from=own.rules.valid.first,
            content=json.dumps(written(own.rules), ensure_ascii=False, sort_keys=True),
            confirmed_on=confirmation.confirmed_on if confirmation else None,
            confirmed_note=confirmation.note if confirmation else "",
            **recorded(stamp),
        )
    )
    return replaced


def exists(session: Session, own_id: str) -> bool:
    return is_stored(session, OwnRuleSetTable, own_id)


def withdraw(session: Session, own_id: str, stamp: Stamp, *, reason: str) -> None:
    forget(session, _KEPT)
    void(found(session, OwnRuleSetTable, own_id, words="rule set"), stamp, reason)


def everything(session: Session) -> tuple[Recorded, ...]:
    """Give every rule set that holds, the newest days first, each with when and by whom."""
    return kept(session, _KEPT, _everything)


def _everything(session: Session) -> tuple[Recorded, ...]:
    table = OwnRuleSetTable
    rows = session.execute(
        select(table, StaffTable.name)
        .outerjoin(StaffTable, StaffTable.id == table.recorded_by)
        .where(table.voided_at.is_(None))
        .order_by(table.name, table.valid_from.desc())
    )
    return tuple((_own(row), row.recorded_at, by or "") for row, by in rows)


def _own(row: OwnRuleSetTable) -> OwnRuleSet:
    confirmation = Confirmation(row.confirmed_on, row.confirmed_note) if row.confirmed_on else None
    return OwnRuleSet(OwnRuleSetId(row.id), _rules(row.content), confirmation)


@lru_cache(maxsize=256)
def _rules(content: str) -> RuleSet:
    """Read a rule set once: the content on file is never changed."""
    return read_as(RuleSet, json.loads(content))
