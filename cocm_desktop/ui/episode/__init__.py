"""Enrolling a patient, starting treatment, closing the episode."""
