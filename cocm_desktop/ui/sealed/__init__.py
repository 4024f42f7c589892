"""Sealed notes in their windows."""
