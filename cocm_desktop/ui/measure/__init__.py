"""Recording measures."""
