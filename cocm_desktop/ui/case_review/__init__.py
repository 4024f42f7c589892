"""What was said of one patient at a caseload review, and what became of it."""
