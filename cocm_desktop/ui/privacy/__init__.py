"""What patients ask about their records, copies of them, and the practice's own papers on it."""
