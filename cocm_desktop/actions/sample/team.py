"""The people who work at the sample clinic, and the clinic itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cocm_desktop.actions.billing_settings import change_billing_setting
from cocm_desktop.actions.practice import record_fee
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.setting_list import BillingSettingDraft
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.staff import Role, StaffDraft, StaffMember

# NPIs with a right check digit that belong to no such people; 555-01xx numbers ring nowhere.
PRACTICE = Practice(
    name="Riverbend Family Medicine",
    time_zone="America/New_York",
    address="120 Mill Street",
    city="Kingston",
    state="NY",
    postal_code="12401-0042",
    phone="845-555-0100",
    npi="1876543210",
    ein="12-3456789",
    is_sample=True,
)
FEES = {"99492": 210_00, "99493": 185_00, "99494": 85_00, "G2214": 82_00}
SETTINGS = {"group_taxonomy": "193400000X", "contact_name": "Rana Haddad"}


def _draft(
    sign_in: str, name: str, credentials: str, *roles: Role, npi: str = "", taxonomy: str = ""
) -> StaffDraft:
    return StaffDraft(
        id=StaffId(sample_id(f"staff {name}")),
        name=name,
        roles=frozenset(roles),
        sign_in=sign_in,
        credentials=credentials,
        npi=npi,
        taxonomy=taxonomy,
    )


# Both see other patients of the practice too: half of a post, and a little less.
OWNER = replace(
    _draft("mbell", "Maya Bell", "LCSW", Role.CARE_MANAGER, Role.ADMINISTRATOR),
    full_time_percent=40,
)
OTHERS = (
    replace(_draft("", "Jordan Reyes", "RN", Role.CARE_MANAGER), full_time_percent=50),
    _draft(
        *("", "Alan Smith", "MD"),
        Role.TREATING_PRACTITIONER,
        npi="1234567893",
        taxonomy="207Q00000X",
    ),
    _draft(
        *("", "Grace Okafor", "NP"),
        Role.TREATING_PRACTITIONER,
        npi="1245319599",
        taxonomy="363LF0000X",
    ),
    _draft("lchen", "Lin Chen", "MD", Role.PSYCHIATRIC_CONSULTANT, npi="2000000002"),
    _draft("tyoung", "Tess Young", "", Role.FRONT_DESK),
    _draft("rhaddad", "Rana Haddad", "", Role.BILLER),
)
SIGN_INS = tuple(draft.sign_in for draft in (OWNER, *OTHERS) if draft.sign_in)
"""Everybody of these signs in with the password that the clinic was made with."""


@dataclass(frozen=True, slots=True)
class Team:
    care_managers: tuple[StaffMember, StaffMember]
    practitioners: tuple[StaffMember, StaffMember]
    front_desk: StaffMember
    biller: StaffMember
    consultant: StaffMember


def hire(workspace: Workspace, *, password: str, since: date) -> None:
    """Add everybody but the owner, who is there, the practice's charges and its settings."""
    for draft in OTHERS:
        kept = draft if password else replace(draft, sign_in="")
        add_staff(workspace, kept, password=password if draft.sign_in else "")
    for code, cents in FEES.items():
        record_fee(workspace, code, cents=cents, valid_from=since)
    for name, value in SETTINGS.items():
        draft_id = sample_id(f"setting of billing {name}")
        change_billing_setting(workspace, BillingSettingDraft(name, value, since, draft_id))


def team_of(owner: StaffMember) -> Team:
    reyes, smith, okafor, chen, young, haddad = (draft.accept() for draft in OTHERS)
    return Team((owner, reyes), (smith, okafor), young, haddad, chen)
