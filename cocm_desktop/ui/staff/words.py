"""How a person's roles read."""

from __future__ import annotations

from cocm_desktop.domain.staff import Role, StaffMember


def role_words(member: StaffMember) -> str:
    """Name the roles in the order of the glossary."""
    return ", ".join(role.value for role in Role if role in member.roles)
