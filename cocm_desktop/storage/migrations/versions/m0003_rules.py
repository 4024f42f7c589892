"""The practice's own billing rules, rates and code releases."""

from __future__ import annotations

revision = "0003_rules"
down_revision = "0003_charges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
