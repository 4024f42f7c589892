"""How codes of services are shaped."""

from __future__ import annotations

import re

# Source: X12 005010X222A1, SV101-2: a CPT or HCPCS Level II code.
_SERVICE_CODE = re.compile(r"[0-9]{5}|[A-Z][0-9]{4}", re.ASCII)


def is_service_code(text: str) -> bool:
    """Tell whether a text, as typed, is shaped like a CPT or HCPCS code."""
    return bool(_SERVICE_CODE.fullmatch(text.strip().upper()))
