"""Start CoCM Desktop from its source; also where the bundled program begins."""

from __future__ import annotations

import sys

from cocm_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
