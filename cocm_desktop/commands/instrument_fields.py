"""An instrument's definition as JSON: what it asks, how it is scored, what is not confirmed."""

from __future__ import annotations

from typing import Any

from cocm_desktop.domain.instrument import CutOff, Instrument, Item, Scale
from cocm_desktop.domain.instrument_item import Condition, Option

Fields = dict[str, Any]


def instrument_fields(instrument: Instrument) -> Fields:
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "title": instrument.title,
        "respondent": instrument.respondent,
        "recall": instrument.recall,
        "ages": instrument.ages.words,
        "ages_confirmed": instrument.ages.confirmed,
        "direction": instrument.direction.value,
        "has_wording": instrument.has_wording,
        "may_ship_wording": instrument.may_ship_wording,
        "items": [_item(item) for item in instrument.items],
        "total": _scale(instrument.total) if instrument.total else None,
        "subscales": [_scale(scale) for scale in instrument.subscales],
        "cut_offs": [_cut_off(cut_off) for cut_off in instrument.cut_offs],
        "published_triage": _triage(instrument),
        "missing_allowed_for_estimate": instrument.missing.allowed,
        "missing_rule_confirmed": instrument.missing.confirmed,
        "difficulty": instrument.difficulty or None,
        "loinc": {
            name: code and {"code": code.code, "checked_on": code.checked_on, "source": code.source}
            for name, code in (("panel", instrument.panel_code), ("total", instrument.total_code))
        },
        "source": instrument.source,
        "licence": instrument.licence,
        "note": instrument.note or None,
        "unconfirmed": instrument.unconfirmed,
    }


def _item(item: Item) -> Fields:
    return {
        "item": item.number,
        "label": item.label,
        "words": item.words or None,
        "short": item.short,
        "options": _options(item.options),
        "critical_from": item.critical_from,
        "reversed": item.is_reversed,
        "asked_when": _condition(item.asked_when) if item.asked_when else None,
        "only_for": item.only_for.value if item.only_for else None,
        "loinc": item.loinc or None,
    }


def _options(options: tuple[Option, ...]) -> list[Fields]:
    return [{"value": option.value, "words": option.words} for option in options]


def _scale(scale: Scale) -> Fields:
    return {
        "id": scale.id,
        "name": scale.name,
        "kind": scale.kind.value,
        "items": [item.number for item in scale.items],
        "factor": scale.factor,
        "counted_from": scale.counted_from or None,
        "gate": _condition(scale.gate) if scale.gate else None,
        "lowest": scale.lowest,
        "highest": scale.highest,
        "bands": [
            {
                "name": band.name,
                "lowest": band.lowest,
                "highest": band.highest,
                "confirmed": band.confirmed,
            }
            for band in scale.bands
        ],
        "confirmed": scale.confirmed,
    }


def _cut_off(cut_off: CutOff) -> Fields:
    return {
        "purpose": cut_off.purpose.value,
        "name": cut_off.name,
        "scale": cut_off.scale if cut_off.has_mark else None,
        "at_least": cut_off.at_least,
        "at_most": cut_off.at_most,
        "and": [_condition(condition) for condition in cut_off.conditions],
        "sex": cut_off.sex.value if cut_off.sex else None,
        "source": cut_off.source or None,
        "confirmed": cut_off.confirmed,
    }


def _triage(instrument: Instrument) -> Fields | None:
    triage = instrument.triage
    if triage is None:
        return None
    return {
        "title": triage.title,
        "rows": [
            {"name": row.name, "any": [_condition(condition) for condition in row.conditions]}
            for row in triage.rows
        ],
        "otherwise": triage.otherwise,
        "source": triage.source,
        "confirmed": triage.confirmed,
    }


def _condition(condition: Condition) -> Fields:
    return {
        "items": condition.items,
        "at_least": condition.at_least,
        "how_many": condition.how_many,
    }
