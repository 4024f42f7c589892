"""Opening the sample clinic, made first where there is none yet."""

from __future__ import annotations

from cocm_desktop.actions.sample.clinic import make_sample_clinic
from cocm_desktop.actions.sample.team import OWNER
from cocm_desktop.actions.session import Place, new_recovery_code, sign_ins_of, state_of, unlock
from cocm_desktop.actions.workspace import Workspace

PASSWORD = "invented people only here"  # noqa: S105  guards nothing: all of it is made up
"""Everybody at the sample clinic signs in with it."""


def open_sample_clinic(place: Place) -> Workspace:
    """Sign in to the sample clinic in this folder as its care manager, who may do everything."""
    if state_of(place).may_be_created_in:
        return make_sample_clinic(place, PASSWORD, new_recovery_code())
    sign_ins_of(place)
    return unlock(place, OWNER.sign_in, PASSWORD, upgrade=True)
