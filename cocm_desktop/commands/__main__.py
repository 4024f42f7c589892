"""Starts the command line alone: `python -m cocm_desktop.commands`."""

from __future__ import annotations

from cocm_desktop.commands.main import main
from cocm_desktop.no_dumps import leave_no_dump

leave_no_dump()

raise SystemExit(main())
