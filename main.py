"""Start CoCM Desktop from its source; also where the bundled program begins."""

from __future__ import annotations

import sys

from cocm_desktop.app import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the bundled program is its own child, to read spreadsheets
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
