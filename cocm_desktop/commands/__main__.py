"""Starts the command line alone: `python -m cocm_desktop.commands`."""

from __future__ import annotations

from cocm_desktop.commands.main import main

raise SystemExit(main())
