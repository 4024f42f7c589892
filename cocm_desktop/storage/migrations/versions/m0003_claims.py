"""Files of claims and remittances."""

from __future__ import annotations

revision = "0003_claims"
down_revision = "0003_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
