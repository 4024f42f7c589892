"""The measures of a patient that were voided: kept, with the reason and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cocm_desktop.commands.console import say_json, say_table
from cocm_desktop.domain.wording import NOTHING, long_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def show_voided(workspace: Workspace, patient_id: str, *, as_json: bool) -> None:
    """Write what was voided in every episode of the patient, by episode and day."""
    from cocm_desktop.actions.episode_history import read_episodes
    from cocm_desktop.actions.measure_form import read_withdrawn_measures

    history = read_episodes(workspace, patient_id)
    found = [
        (each, history.staff_names.get(each.voided_by, NOTHING))
        for record in reversed(history.records)
        for each in read_withdrawn_measures(workspace, record.episode.id)
    ]
    if as_json:
        say_json(
            [
                {
                    "id": each.measure.id,
                    "instrument": each.measure.instrument_id,
                    "taken_on": each.measure.taken_on.isoformat(),
                    "answers": each.measure.answers,
                    "total": each.measure.total,
                    "voided_at": each.voided_at.isoformat(),
                    "voided_by": name,
                    "reason": each.reason,
                    "corrected_by": each.corrected_by,
                }
                for each, name in found
            ]
        )
        return
    lines = [
        (
            each.measure.id,
            each.measure.instrument_id,
            long_date(each.measure.taken_on),
            NOTHING if each.measure.total is None else str(each.measure.total),
            long_date(each.voided_at.date()),
            name,
            each.reason,
        )
        for each, name in found
    ]
    say_table(("id", "form", "taken", "total", "voided", "by", "reason"), lines)
