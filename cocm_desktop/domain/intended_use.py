"""What the program is for and what it does not do, in the words shown at first start."""

from __future__ import annotations

INTENDED_USE = (
    "CoCM Desktop organizes and prints what your team records. It does not diagnose, choose "
    "treatment, watch patients or alert anyone outside this computer. Not for emergencies. "
    "US crisis line: call or text 988."
)
