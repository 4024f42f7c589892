"""Diagnoses in the windows: finding a code, noting one, saying how it stands."""
