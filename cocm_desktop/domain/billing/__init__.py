"""Codes and minutes: what a month of collaborative care comes to."""
