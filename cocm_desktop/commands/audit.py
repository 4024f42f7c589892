"""The audit: who did and saw what, and whether its chain is whole."""

from __future__ import annotations

from argparse import ArgumentParser

from cocm_desktop.commands.audit_chain import add_chain_commands
from cocm_desktop.commands.audit_trail import add_trail_commands
from cocm_desktop.commands.parser import Group


def declare_audit(parser: ArgumentParser) -> None:
    group = Group(parser)
    add_trail_commands(group)
    add_chain_commands(group)
