"""Windows about time beyond one patient: one's own signatures, joint meetings."""
